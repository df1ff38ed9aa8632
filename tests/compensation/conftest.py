"""A signed card, an approved plan from the template, sales and answers that pay."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.models import Role
from compensation import actions
from compensation.models import PlanMember
from customers.models import Customer, Sale
from report_cards.models import Round
from tests.compensation.makers import answer, draft_plan, respond, signed_card
from tests.conftest import NOW


@pytest.fixture
def november():
    """The clock stands at the cast's moment, 24 November 2026."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def card(manager, executive):
    return signed_card(made_by=manager, signed_by=executive)


@pytest.fixture
def draft(november, card, owner, colleague, compensation_admin):
    return draft_plan(compensation_admin)


@pytest.fixture
def planner(compensation_admin, signed_in):
    """A browser of compensation's."""
    return signed_in(compensation_admin)


@pytest.fixture
def plan(draft, second_executive):
    return actions.approve_plan(draft, acting_user=second_executive, at=NOW)


@pytest.fixture
def member(plan, owner):
    return PlanMember.objects.select_related("plan", "salesperson").get(plan=plan, salesperson=owner)


@pytest.fixture
def paid_planner(plan, outsider, compensation_admin):
    """A person of compensation who sells too, and is paid by the plan."""
    compensation_admin.roles = [Role.COMPENSATION, Role.SALESPERSON]
    compensation_admin.save()
    return PlanMember.objects.create(
        plan=plan, salesperson=compensation_admin, target_bonus=1000, changed_by=outsider, changed_at=NOW
    )


@pytest.fixture
def sell(owner, customer):
    """``sell("2026-03-02", "500.00")`` is a sale of the owner; other customers by ``to``."""

    def add(day, amount, *, to=customer, by=owner, currency="EUR", **fields):
        number = f"S{Sale.objects.count() + 1}"
        return Sale.objects.create(
            order_number=number,
            customer=to,
            salesperson=by,
            ordered_on=date.fromisoformat(day),
            amount=amount,
            currency=currency,
            **fields,
        )

    return add


@pytest.fixture
def rated(card, owner):
    """``rated({"listening": ["good", "poor"]})``: one customer a word in one closed round, rating the owner."""
    round_ = Round.objects.create(
        month=date(2026, 9, 1), card=card, drawn_at=NOW, closes_at=NOW, closed_at=NOW - timedelta(days=1)
    )

    def rate(words, *, salesperson=owner, round_=round_):
        for place in range(max(map(len, words.values()))):
            response = respond(round_, salesperson, f"Customer {Customer.objects.count()}")
            for key, said in words.items():
                if place < len(said):
                    answer(response, key, said[place])

    return rate


@pytest.fixture
def rated_year(plan, sell, rated, colleague):
    sell("2026-03-01", "90000.00")
    sell("2026-05-01", "190000.00")
    sell("2026-05-02", "50000.00", by=colleague)
    rated({"listening": ["good"] * 9 + ["poor"], "asks-about-my-world": ["good"] * 6})
    return plan.years.get(number=1)


@pytest.fixture
def executives(executive, signed_in):
    return signed_in(executive)
