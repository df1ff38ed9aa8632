"""Returns and cancelled orders by file: a negative row that names the sale it takes back."""

import pytest

from customers.models import Customer, Sale
from customers.rules.headings import guess
from tests.conftest import NOW

HEADER = "order_number,customer_code,salesperson_email,ordered_on,amount,currency,returns_order\n"
OWNER = "mark.carver@fairwater.example"


def line(number="A1", amount="440.00", back="", day="2026-11-02", code="ALDOUS", email=OWNER, currency="EUR"):
    return f"{number},{code},{email},{day},{amount},{currency},{back}\n"


def back(number="R1", amount="-100.00", of="A1", day="2026-11-05", **fields):
    return line(number, amount, of, day, **fields)


def test_a_return_follows_its_sale_in_the_same_file(load, customer, owner):
    run = load("sales", HEADER + back() + line() + back("R2", "-340.00"))
    assert run.counts == "created 3, updated 0, unchanged 0, failed 0"
    sale = Sale.objects.get(order_number="A1")
    assert {one.order_number: str(one.amount) for one in sale.reversals.all()} == {"R1": "-100.00", "R2": "-340.00"}
    assert load("sales", HEADER + back() + line()).counts == "created 0, updated 0, unchanged 2, failed 0"


def test_a_later_file_takes_back_what_is_here(load, customer, owner, colleague):
    load("sales", HEADER + line())
    run = load("sales", HEADER + back(of="a1", email=colleague.email))
    taken = Sale.objects.get(order_number="R1")
    assert (run.created, taken.reverses.order_number, taken.salesperson) == (1, "A1", owner)
    assert load("sales", HEADER + back(email=colleague.email)).unchanged == 1
    # Without the column a return stays what it is.
    assert load("sales", HEADER + back(of="")).unchanged == 1
    assert load("sales", HEADER + back(of="", amount="-90.00")).updated == 1
    assert str(Sale.objects.get(order_number="R1").amount) == "-90.00"


def test_a_negative_row_of_before_learns_what_it_takes_back(load, customer):
    load("sales", HEADER + line() + back(of=""))
    assert Sale.objects.get(order_number="R1").reverses is None
    assert load("sales", HEADER + back()).updated == 1
    assert Sale.objects.get(order_number="R1").reverses.order_number == "A1"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (back(amount="100.00"), "amount 100.00 is not negative; write what came back as -440.00"),
        (back(amount="0"), "amount 0 is not negative; write what came back as -440.00"),
        (back(of="r1"), "an order does not take back itself: give the return a number of its own"),
        (back(of="NONE"), "returns_order NONE is no sale here; put it above its return, or import it first"),
        (back(of="A2"), "order A2 is a return itself; name the sale it takes back"),
        (back(amount="-430.01"), "only 430.00 of order A1 is left to take back, not 430.01"),
        (back(day="2026-11-01"), "ordered_on 2026-11-01 lies before order A1 of 2026-11-02"),
        (back(currency="USD"), "order A1 was sold in EUR, not USD"),
        (back(code="OTHER"), "order A1 was not sold to OTHER"),
        (line(amount="9.00"), "10.00 of order A1 came back already, so it can't be 9.00"),
        (back("A1", "-1.00", "A3"), "order A1 is taken back in part itself, so it is no return"),
    ],
)
def test_a_bad_row_is_told_and_the_others_go_on(load, customer, owner, row, reason):
    Customer.objects.create(name="Other", code="OTHER", made_by=owner)
    load("sales", HEADER + line() + line("A3") + back("A2", "-10.00"))
    run = load("sales", HEADER + row + line("B1"))
    assert [error["reason"] for error in run.errors] == [reason]
    assert run.created == 1


def test_more_than_was_sold_does_not_come_back_in_one_file(load, customer):
    run = load("sales", HEADER + line() + back("R1", "-400.00") + back("R2", "-40.01") + back("R3", "-40.00"))
    assert [error["reason"] for error in run.errors] == ["only 40.00 of order A1 is left to take back, not 40.01"]
    assert run.created == 3


def test_a_removed_sale_is_not_taken_back(load, customer):
    load("sales", HEADER + line())
    Sale.objects.update(removed_at=NOW)
    assert load("sales", HEADER + back()).errors[0]["reason"] == "order A1 was removed here; restore it first"


def test_a_trial_says_the_same_and_writes_nothing(load, customer):
    text = HEADER + line() + back() + back("R2", "-400.00") + back("R3", of="NONE")
    trial = load("sales", text, dry_run=True)
    assert not Sale.objects.exists()
    run = load("sales", text)
    assert (trial.counts, trial.errors) == (run.counts, run.errors)
    assert run.counts == "created 2, updated 0, unchanged 0, failed 2"


def test_a_sale_a_thousand_rows_above_is_found(load, customer):
    text = HEADER + "".join(line(f"A{i}") for i in range(1001)) + back("R1", of="A1")
    trial = load("sales", text, dry_run=True)
    run = load("sales", text)
    assert (trial.created, run.created, run.failed) == (1002, 1002, 0)


def test_headings_of_other_systems_are_known():
    assert guess("sales", ["Invoice number", "Credit for", "Amount"]) == ["order_number", "returns_order", "amount"]


def test_few_queries_for_many(load, customer, django_assert_max_num_queries):
    rows = "".join(line(f"A{i}") + back(f"R{i}", of=f"A{i}") for i in range(450))
    with django_assert_max_num_queries(36):
        assert load("sales", HEADER + rows).created == 900
