"""A whole import is taken back at once, or not at all, or but for what changed since."""

import io
from datetime import date

import pytest

from customers.actions import add_promise, add_tag, change_customer, run_import
from customers.models import Contact, ContactPoint, Customer, ImportChange, ImportRun, Ownership, Sale
from desk.tasks import undo_imports
from secrets_manual.actions import log_secret
from secrets_manual.models import Category
from tests.conftest import NOW

HEADER = "customer_code,name,city,contact_name,contact_email,owner_email,owned_since\n"
OWNER, COLLEAGUE = "mark.carver@fairwater.example", "ines.okafor@fairwater.example"
NEW = f"K1,Kiln & Clay,Kiel,Ada Kiln,ada@kiln.example;office@kiln.example,{OWNER},2026-01-01\n"
OTHER = f"K2,Harbour Bikes,Kiel,Bo Bike,bo@bikes.example,{OWNER},2026-01-01\n"
CHANGED = f"ALDOUS,Aldous & Sons,Bremen,Judith Aldous,j@aldous.example,{COLLEAGUE},2026-06-01\n"


def load(kind, text):
    return run_import(
        kind, io.BytesIO(text.encode()), file_name="f.csv", dry_run=False, acting_user=None, at=NOW
    )  # fmt: skip


def state():
    """Everything an import of customers touches, but for keys and times."""
    return [
        [*Customer.objects.order_by("pk").values_list("code", "name", "city", "owner__name", "removed_at")],
        [*Contact.objects.order_by("pk").values_list("customer__name", "name", "email", "email_changed_at")],
        [*ContactPoint.objects.values_list("value")],
        [*Ownership.objects.order_by("since").values_list("customer__name", "owner__name", "since", "until", "source")],
    ]


@pytest.fixture
def undo(signed_in, administrator):
    def undo(run, what="all"):
        page = signed_in(administrator).post(f"/imports/{run.pk}/undo/", {"what": what}, follow=True)
        undo_imports()
        run.refresh_from_db()
        return page

    return undo


@pytest.fixture
def before(customer, colleague):
    return state()


def test_everything_becomes_what_it_was(before, undo):
    run = load("customers", HEADER + NEW + CHANGED)
    assert run.counts == "created 1, updated 1, unchanged 0, failed 0"
    assert state() != before
    assert "hx-get" in undo(run).text
    assert (run.state, state()) == ("undone", before)
    assert ImportChange.objects.count() == 0
    assert load("customers", HEADER + NEW + CHANGED).counts == run.counts


def test_returns_go_with_their_sales_but_not_without_them(customer, undo):
    columns = "order_number,customer_code,salesperson_email,ordered_on,amount,currency,returns_order\n"
    sales = load("sales", columns + f"A1,ALDOUS,{OWNER},2026-03-02,100,EUR,\nR1,ALDOUS,{OWNER},2026-03-03,-40,EUR,A1\n")
    returns = load("sales", columns + f"R2,ALDOUS,{OWNER},2026-03-04,-60,EUR,A1\n")
    assert (sales.created, returns.created) == (2, 1)
    undo(sales)
    assert (sales.state, [one["reason"] for one in sales.refusal]) == ("done", ["has sales since"])
    undo(returns)
    undo(sales)
    assert (returns.state, sales.state, Sale.objects.count()) == ("undone", "undone", 0)


def test_rows_touched_twice_by_one_run(before, undo, signed_in, administrator):
    text = "contact_name,contact_email,phone,name,customer_code,city\nBo,bo@x.example,1,Kiln,K1,\n"
    run = load(
        "contacts", text + "Cy,cy@x.example,,Kiln,K1,\nJudith Aldous,judith@aldous.example;j2@x.example,,,ALDOUS,\n"
    )
    assert run.failed == 0
    undo(run)
    assert (run.state, state()) == ("undone", before)


def touch_name(customer, owner):
    change_customer(customer, name="Kiln", acting_user=owner, at=NOW)


def touch_promise(customer, owner):
    add_promise(customer, text="Send it", due_on=date(2026, 12, 1), acting_user=owner, at=NOW)


def touch_secret(customer, owner):
    told = {"category": Category.objects.get(key="inventory_problem"), "text": "Too many mugs.", "acting_user": owner}
    log_secret(customer, sensitivity="shared", audiences=["sales"], at=NOW, **told)


def touch_contact(customer, owner):
    Contact.objects.filter(customer=customer).update(phone="1")


def touch_people(customer, owner):
    Contact.objects.create(customer=customer, name="New here")


def touch_tag(customer, owner):
    add_tag(customer, name="Fair")


@pytest.mark.parametrize(
    ("touch", "reason"),
    [
        (touch_name, "was changed since"),
        (touch_promise, "has promises since"),
        (touch_secret, "has secrets since"),
        (touch_contact, "its contact was changed since"),
        (touch_people, "has contacts since"),
        (touch_tag, "has tags since"),
    ],
)
def test_what_somebody_worked_with_is_in_the_way(before, undo, owner, touch, reason, signed_in, administrator):
    run = load("customers", HEADER + NEW + OTHER + CHANGED)
    touch(Customer.objects.get(code="K1"), owner)
    kept = state()
    undo(run)
    assert (run.state, state()) == ("done", kept)
    assert [(one["name"], one["reason"]) for one in run.refusal] == [(Customer.objects.get(code="K1").name, reason)]
    assert reason[1:] in signed_in(administrator).get(f"/imports/{run.pk}/undo/").text
    undo(run, "rest")
    assert run.state == "undone"
    page = signed_in(administrator).get(f"/imports/{run.pk}/").text
    assert ("1 stayed: changed since, or worked with" in page, reason in page) == (True, True)
    assert sorted(Customer.objects.values_list("code", flat=True)) == ["ALDOUS", "K1"]
    assert [*Customer.objects.filter(code="ALDOUS").values_list("name", "city")] == [("Aldous & Daughter", "Kiel")]
    assert Contact.objects.filter(customer__code="K1", name="Ada Kiln").exists()


def test_a_later_import_comes_first(before, undo):
    first = load("customers", HEADER + NEW)
    second = load("customers", HEADER + NEW.replace("Kiel", "Bremen"))
    undo(first)
    assert (first.state, first.refusal[0]["reason"]) == ("done", "was changed since")
    undo(second)
    undo(first)
    assert (second.state, first.state, state()) == ("undone", "undone", before)


def test_sales(customer, undo):
    sale = "order_number,customer_code,salesperson_email,ordered_on,amount,currency\n{},ALDOUS,{},2026-11-02,{},EUR\n"
    load("sales", sale.format("1", OWNER, "10.00"))
    run = load("sales", sale.format("1", OWNER, "12.50") + sale.format("2", OWNER, "1.5").splitlines()[1] + "\n")
    assert run.counts == "created 1, updated 1, unchanged 0, failed 0"
    undo(run)
    assert [(sale.order_number, str(sale.amount)) for sale in Sale.objects.all()] == [("1", "10.00")]


def test_asking_shows_what_would_happen(before, signed_in, administrator, owner):
    run = load("customers", HEADER + NEW)
    assert "created 1, updated 0" in signed_in(administrator).get(f"/imports/{run.pk}/undo/").text
    assert signed_in(owner).get(f"/imports/{run.pk}/undo/").status_code == 403


def test_an_undo_that_fails_at_each_attempt_is_left(before, undo):
    run = load("customers", HEADER + NEW)
    ImportRun.objects.filter(pk=run.pk).update(state="undoing", attempts=3)
    undo_imports()
    run.refresh_from_db()
    assert (run.state, Customer.objects.count()) == ("done", 2)
