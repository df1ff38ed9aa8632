"""Facts that come after a run is locked: taken up by the next run of the year, or an adjustment after the final one."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Sum

from compensation import actions, queries, rules
from compensation.models import Adjustment, StatementLine
from customers.models import Customer
from firm.models import Job, Notification
from report_cards.models import Round
from tests.compensation.makers import computed, go_on
from tests.conftest import NOW

AFTER = NOW + timedelta(days=80)
YEARS_END = date(2026, 12, 31)
MONTH_ENDS = list(rules.month_ends(rules.Span(date(2026, 1, 1), YEARS_END), after=None, until=date(2027, 1, 1)))


@pytest.fixture
def lock(plan, card, compensation_admin, executive):
    """``lock(through)`` runs and locks an accrual; ``lock(YEARS_END, "final")`` the final run."""
    Round.objects.create(month=date(2026, 12, 1), card=card, drawn_at=AFTER, closes_at=AFTER, closed_at=AFTER)

    def run(through, kind="accrual"):
        made = computed(plan, compensation_admin, through=through, kind=kind, at=AFTER)
        return go_on(actions.approve_run(made, acting_user=executive, at=AFTER), at=AFTER)

    return run


@pytest.fixture
def look(compensation_admin):
    """Looks for what came after a run was locked; how many adjustments that makes."""

    def find(run):
        return actions.find_late_facts(
            actions.look_for_late_facts(run, acting_user=compensation_admin, at=AFTER), at=AFTER
        )

    return find


def paid(member, **of):
    return StatementLine.objects.filter(statement__member=member, **of).aggregate(sum=Sum("amount"))["sum"]


def test_a_late_sale_after_the_final_run_is_an_adjustment(lock, look, member, sell, compensation_admin):
    sell("2026-03-01", "90000.00")
    final = lock(YEARS_END, "final")
    stated = final.statements.get(member=member)
    sell("2026-02-01", "5000.00")
    assert look(final) == 1, "the late sale makes the other continuing"
    late = Adjustment.objects.get(component="new_revenue")
    assert late.corrects == stated
    assert late.amount < 0
    assert late.reason == "revenue 90,000 is 5,000"
    assert late.inputs != stated.inputs
    assert rules.statement(late.inputs)["lines"][0]["amount"] != stated.result["lines"][0]["amount"]
    assert "another of 1 lines of 1 people" in Notification.objects.filter(user=compensation_admin).latest("pk").text
    assert look(final) == 0, "what is proposed is not proposed again"


def test_adjustments_are_settled_in_the_next_run(lock, look, member, plan, sell, compensation_admin, executive):
    sell("2026-03-01", "70000.00")
    final = lock(YEARS_END, "final")
    sell("2026-03-02", "30000.00", to=another_customer(member))
    assert look(final) == 1
    made = Adjustment.objects.get()
    assert actions.approve_adjustments([made.pk], acting_user=compensation_admin, at=AFTER) == 0, "nobody their own"
    assert actions.approve_adjustments([made.pk], acting_user=executive, at=AFTER) == 1
    later, year = AFTER + timedelta(days=40), plan.years.get(number=2)
    run = actions.start_run(year, kind="accrual", through=date(2027, 1, 31), acting_user=compensation_admin, at=later)
    assert go_on(run, at=later).adjustments.get() == made
    assert look(final) == 0


def another_customer(member):
    return Customer.objects.create(name=f"Customer {Customer.objects.count()}", owner=member.salesperson)


@pytest.mark.parametrize("who", ["owner", "manager", "administrator"])
def test_who_may_not_decide(who, lock, look, member, sell, request):
    final = lock(YEARS_END, "final")
    sell("2026-02-01", "90000.00")
    look(final)
    ids = list(Adjustment.objects.values_list("pk", flat=True))
    with pytest.raises(PermissionDenied):
        actions.approve_adjustments(ids, acting_user=request.getfixturevalue(who), at=AFTER)


def test_a_refused_difference_is_found_again(lock, look, member, sell, executive):
    final = lock(YEARS_END, "final")
    sell("2026-02-01", "90000.00")
    assert look(final) == 1
    ids = list(Adjustment.objects.values_list("pk", flat=True))
    assert actions.refuse_adjustments(ids, acting_user=executive, at=AFTER) == 1
    assert look(final) == 1


def test_before_the_final_run_the_next_one_takes_it_up(lock, look, member, sell):
    run = lock(MONTH_ENDS[0])
    sell("2026-01-07", "9000.00")
    with pytest.raises(ValidationError, match="takes up by itself"):
        look(run)
    lock(MONTH_ENDS[1])
    final = lock(YEARS_END, "final")
    line = final.statements.get(member=member).lines.get(component="new_revenue")
    assert paid(member, component="new_revenue") == line.year_to_date


def test_a_search_runs_once_at_a_time(lock, compensation_admin):
    final = lock(YEARS_END, "final")
    actions.look_for_late_facts(final, acting_user=compensation_admin, at=AFTER)
    with pytest.raises(ValidationError, match="looking already"):
        actions.look_for_late_facts(final, acting_user=compensation_admin, at=AFTER)
    job = Job.objects.get()
    assert actions.find_late_facts(job, at=AFTER) == 0
    assert actions.find_late_facts(job, at=AFTER) is None, "rung twice"


@pytest.mark.parametrize("seed", range(3))
def test_all_accruals_and_the_final_correction_are_the_year_to_the_cent(
    seed, lock, look, member, sell, card, rated, executive
):
    """Random facts, each known only in some month at or after its own; some only after the final run is locked."""
    rng = random.Random(seed)
    buyers = [another_customer(member) for _ in range(3)]
    facts = [random_sale(rng) for _ in range(14)]
    for number, through in enumerate([*sorted(rng.sample(MONTH_ENDS, 4)), None]):
        for day, amount, known in facts:
            if known == number:
                sell(f"{day}", amount, to=rng.choice(buyers))
        if number == 2:
            rated({"listening": rng.choices(["good", "poor", "excellent"], k=6), "follow-up": ["good", "fair"]})
        last = lock(through) if through else lock(YEARS_END, "final")
    for day, amount, known in facts:
        if known > 4:
            sell(f"{day}", amount, to=rng.choice(buyers))
    look(last)
    late = list(Adjustment.objects.values_list("pk", flat=True))
    assert actions.approve_adjustments(late, acting_user=executive, at=AFTER) == len(late)
    for line in queries.estimate(member, last.year, through=YEARS_END).statement["lines"]:
        adjusted = sum(Adjustment.objects.filter(component=line["component"]).values_list("amount", flat=True))
        assert paid(member, component=line["component"]) + adjusted == Decimal(line["amount"])


def random_sale(rng):
    day = date(2026, 1, 1) + timedelta(days=rng.randrange(365))
    return day, Decimal(rng.randrange(-4_000_00, 40_000_00)) / 100, rng.randrange(7)
