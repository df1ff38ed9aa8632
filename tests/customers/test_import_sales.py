"""Sales by file."""

from customers.actions import remove_customer, remove_sale
from customers.models import Sale
from tests.conftest import NOW

HEADER = "order_number,customer_code,salesperson_email,ordered_on,shipped_on,amount,currency\n"
OWNER = "mark.carver@fairwater.example"


def line(number="10248", code="ALDOUS", email=OWNER, amount="440.00"):
    return f"{number},{code},{email},2026-11-02,2026-11-09,{amount},EUR\n"


def test_created_updated_unchanged(load, customer, owner):
    assert load("sales", HEADER + line()).created == 1
    assert load("sales", HEADER + line(code="aldous")).unchanged == 1
    assert load("sales", HEADER + line(amount="-440.00")).updated == 1
    sale = Sale.objects.get()
    assert (str(sale.amount), sale.customer, sale.salesperson, sale.currency) == ("-440.00", customer, owner, "EUR")


def test_every_version_of_a_sale_is_kept(load, customer):
    load("sales", HEADER + line())
    load("sales", HEADER + line(amount="1.00"))
    kept = Sale.pgh_event_model.objects.order_by("pgh_id").values_list("amount", flat=True)
    assert [str(amount) for amount in kept] == ["440.00", "1.00"]


def test_unknown_references_and_removals(load, customer):
    load("sales", HEADER + line() + line("2"))
    remove_sale(Sale.objects.get(order_number="10248"), acting_user=None, at=NOW)
    run = load("sales", HEADER + line() + line("3", code="NOBODY") + line("4", email="x@x.example") + line("2"))
    assert run.counts == "created 0, updated 0, unchanged 1, failed 3"
    assert [error["reason"] for error in run.errors] == [
        "order 10248 was removed here; restore it first",
        "customer_code NOBODY is unknown",
        "salesperson_email x@x.example is nobody here",
    ]
    remove_customer(customer, acting_user=None, at=NOW)
    assert load("sales", HEADER + line("2")).errors[0]["reason"].startswith("Aldous & Daughter was removed")


def test_few_queries_for_many(load, customer, django_assert_max_num_queries):
    with django_assert_max_num_queries(32):
        assert load("sales", HEADER + "".join(line(i) for i in range(900))).created == 900
