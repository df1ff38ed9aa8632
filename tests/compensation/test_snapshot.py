"""Everybody's facts at once are each one's facts alone."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from accounts.models import Role
from compensation import queries, rules
from compensation.models import Leave, PlanMember, Quota, SaleCredit
from compensation.queries.estimates import frozen_inputs
from customers.models import Customer
from report_cards.models import Round
from tests.compensation.makers import BEHAVIOURS, answer, respond
from tests.conftest import NOW, person

DAY = date(2026, 11, 24)
WORDS = ["poor", "fair", "average", "good", "excellent", "cant_judge"]


@pytest.fixture
def many(plan, card, owner, colleague, compensation_admin, sell):
    """Eight members with any days, sales, splits, returns and ratings."""
    rng = random.Random(7)
    people = [owner, colleague, *(person(f"Seller {n}", Role.SALESPERSON) for n in range(6))]
    set_by = {"changed_by": compensation_admin, "changed_at": NOW}
    rounds = [
        Round.objects.create(month=date(2026, month, 1), card=card, drawn_at=NOW, closes_at=NOW, closed_at=closed)
        for month, closed in ((8, NOW), (9, NOW), (10, None))
    ]
    for place, each in enumerate(people):
        member, _ = PlanMember.objects.get_or_create(
            plan=plan, salesperson=each, defaults={"target_bonus": 1000 * place, **set_by}
        )
        if place % 3 == 0:
            PlanMember.objects.filter(pk=member.pk).update(eligible_from=date(2026, 2, 1) + timedelta(40 * place))
        for kind in ("new_revenue", "continuing_revenue"):
            Quota.objects.get_or_create(
                salesperson=each, year=plan.years.first(), kind=kind, defaults={"amount": 5000, **set_by}
            )
        if place % 2:
            away = date(2026, 5, 1)
            Leave.objects.create(salesperson=each, starts_on=away, ends_on=away + timedelta(9), reason="ill", **set_by)
    customers = [Customer.objects.create(name=f"C{n}", owner=owner) for n in range(12)]
    sales = [
        sell(
            str(date(2025, 6, 1) + timedelta(rng.randrange(540))),
            Decimal(rng.randrange(1, 90_000)).scaleb(-2),
            to=rng.choice(customers),
            by=rng.choice(people),
        )
        for _ in range(120)
    ]
    for sale in sales[:30]:
        if rng.random() < 0.5:
            with transaction.atomic():
                for who, ppm in zip(rng.sample(people, 3), (333_334, 333_333, 333_333), strict=True):
                    SaleCredit.objects.create(sale=sale, salesperson=who, share_ppm=ppm, **set_by)
        sell(str(sale.ordered_on + timedelta(30)), -sale.amount / 2, reverses=sale)
    for each in people:
        for round_ in rounds:
            said = {"fit": "no", "offered": rng.random() < 0.5} if rng.random() < 0.4 else {}
            response = respond(round_, each, f"{each} {round_.pk}", **said)
            for _, key, _, _ in BEHAVIOURS:
                answer(response, key, rng.choice(WORDS))
    return plan


def one_by_one(plan, year):
    for member in plan.members.select_related("plan", "salesperson").order_by("pk"):
        counts = queries.counts_of(member, year, through=DAY)
        yield member, frozen_inputs(member, year, counts, through=DAY)


def test_everybody_at_once_is_each_alone(many):
    year = queries.years_begun(many, DAY).get()
    together = list(queries.snapshot(year, through=DAY))
    assert together == list(one_by_one(many, year))
    assert len({rules.digest(inputs) for _, inputs in together}) == len(together) == 8


def test_a_missing_quota_or_rate_is_told_of_the_one_it_concerns(many, owner, colleague, sell):
    Quota.objects.filter(salesperson=owner, kind="new_revenue").delete()
    sell("2026-03-01", "1.00", by=colleague, currency="USD")
    year = queries.years_begun(many, DAY).get()
    told = {
        member.salesperson: str(found)
        for member, found in queries.snapshot(year, through=DAY)
        if isinstance(found, rules.Refused)
    }
    assert told[owner] == "no quota is set for new revenue"
    assert told[colleague].startswith("the plan has no fixed rate for the currency of S")
    assert len(told) == 2


def test_some_of_the_members_are_enough(many, colleague):
    year = queries.years_begun(many, DAY).get()
    some = PlanMember.objects.filter(plan=many, salesperson=colleague)
    assert [member.salesperson for member, _ in queries.snapshot(year, through=DAY, members=some)] == [colleague]


def test_one_or_eight_take_the_same_queries(many, colleague, django_assert_num_queries):
    year = queries.years_begun(many, DAY).get()
    everybody = PlanMember.objects.filter(plan=many)
    assert list(queries.snapshot(year, through=DAY))
    for members in (everybody.filter(salesperson=colleague), everybody):
        with django_assert_num_queries(6):
            assert list(queries.snapshot(year, through=DAY, members=members))
