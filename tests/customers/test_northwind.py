"""The real order book, exactly as it comes."""

from decimal import Decimal

import pytest
from django.core import mail
from django.core.management import call_command
from django.db.models import Sum

from accounts.models import RoleChange, Team, User
from customers.models import Contact, Customer, Ownership, Sale
from firm.models import OutboxMail

KINDS = ("salespeople", "customers", "sales")


@pytest.fixture
def book(northwind, firm, capsys):
    """Imports all three files by command; the last lines."""

    def run(*flags):
        lines = []
        for kind in KINDS:
            call_command(f"import_{kind}", str(northwind / f"{kind}.csv"), *flags)
            lines.append(capsys.readouterr().out.splitlines()[-1])
        return lines

    return run


def test_everything_comes_in(book):
    assert book() == [
        "created 9, updated 0, unchanged 0, failed 0",
        "created 91, updated 0, unchanged 0, failed 0",
        "created 830, updated 0, unchanged 0, failed 0",
    ]
    assert Sale.objects.aggregate(Sum("amount"))["amount__sum"] == Decimal("1265792.98")
    assert (Customer.objects.filter(owner=None).count(), Ownership.objects.count()) == (2, 89)
    assert Contact.objects.count() == 91
    assert Customer.objects.get(code="ANTON").name == "Antonio Moreno Taquería"


def test_a_second_time_changes_nothing(book):
    book()
    assert book() == [f"created 0, updated 0, unchanged {count}, failed 0" for count in (9, 91, 830)]


def test_people_and_teams(book):
    book()
    andrew, steven, anne = (User.objects.get(name__startswith=name) for name in ("Andrew", "Steven", "Anne"))
    assert all("salesperson" in user.roles for user in User.objects.all())
    assert [user.name for user in User.objects.filter(roles__contains=["manager"])] == [andrew.name, steven.name]
    upper, lower = Team.objects.get(manager=andrew), Team.objects.get(manager=steven)
    assert (upper.name, lower.name, lower.parent, upper.parent) == (
        "Andrew Fuller's team",
        "Steven Buchanan's team",
        upper,
        None,
    )
    assert (andrew.team, steven.team, anne.team) == (None, upper, lower)
    assert (anne.employee_number, anne.has_usable_password(), RoleChange.objects.count()) == ("9", False, 11)


def test_no_mail_is_sent(book):
    book()
    assert (mail.outbox, OutboxMail.objects.count()) == ([], 0)


def test_a_dry_run_counts_the_same_and_keeps_nothing(book):
    assert book("--dry-run")[0] == "created 9, updated 0, unchanged 0, failed 0"
    assert (User.objects.count(), Team.objects.count(), Sale.objects.count()) == (0, 0, 0)
