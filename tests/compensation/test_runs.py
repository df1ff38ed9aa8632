"""Runs: started, computed from frozen facts, approved by another, locked, handed out."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Role
from compensation import actions, rules
from compensation.models import Issue, Run, RunInput, Statement, StatementLine
from compensation.queries.runs import possible_runs
from firm.models import Notification, OutboxMail
from report_cards.models import Round
from tests.compensation.makers import go_on
from tests.conftest import NOW

JANUARY, FEBRUARY = date(2026, 1, 31), date(2026, 2, 28)
YEARS_END = date(2026, 12, 31)
AFTER = NOW + timedelta(days=80)


@pytest.fixture
def year(plan):
    return plan.years.get(number=1)


@pytest.fixture
def start(year, compensation_admin):
    """``start(JANUARY)`` starts the accrual through January and lets the worker compute it."""

    def run(through, *, kind="accrual", at=NOW):
        started = actions.start_run(year, kind=kind, through=through, acting_user=compensation_admin, at=at)
        return go_on(started, at=at)

    return run


@pytest.fixture
def lock(start, executive):
    """The same, approved, its statements handed out."""

    def run(through, *, kind="accrual", at=NOW):
        computed = start(through, kind=kind, at=at)
        return go_on(actions.approve_run(computed, acting_user=executive, at=at), at=at)

    return run


@pytest.fixture
def all_closed(card):
    """The year's last round is closed."""
    return Round.objects.create(
        month=date(2026, 12, 1), card=card, drawn_at=AFTER, closes_at=AFTER, closed_at=AFTER - timedelta(days=1)
    )


def test_a_run_is_computed_for_everybody(start, member, sell):
    sell("2026-01-05", "9000.00")
    run = start(JANUARY)
    assert (run.state, run.members_total, run.members_done) == ("computed", 2, 2)
    assert not RunInput.objects.exists()
    statement = run.statements.get(member=member)
    assert statement.result == rules.statement(statement.inputs)
    assert statement.inputs["eligible_days"] == 31
    assert statement.total == statement.amount == Decimal(statement.result["total"])
    assert run.total == sum(one.amount for one in run.statements.all())


def test_an_accrual_is_the_year_to_date_less_what_was_accrued(lock, member, sell):
    sell("2026-01-05", "9000.00")
    lock(JANUARY)
    second = lock(FEBRUARY)
    line = StatementLine.objects.get(statement__run=second, statement__member=member, component="new_revenue")
    assert line.before > 0
    assert line.amount == line.year_to_date - line.before
    assert line.amount < 0, "February has a quota and no sale"


def test_the_hash_chains_every_run_to_the_one_before(lock):
    first, second = lock(JANUARY), lock(FEBRUARY)
    chain = rules.Chain(first.facts_hash)
    for statement in second.statements.order_by("member_id"):
        chain.add(rules.canonical(statement.inputs))
    assert second.previous == first
    assert second.facts_hash == chain.hexdigest


def test_facts_are_frozen_once_and_survive_a_killed_worker(year, compensation_admin, member, sell):
    run = actions.start_run(year, kind="accrual", through=JANUARY, acting_user=compensation_admin, at=NOW)
    assert actions.go_on(run, at=NOW), "the facts are read"
    run.refresh_from_db()
    frozen = run.facts_hash
    sell("2026-01-07", "99000.00")
    go_on(run)
    assert run.facts_hash == frozen
    statement = run.statements.get(member=member)
    assert json.loads(rules.canonical(statement.inputs))["components"][0]["actual"] == "0.00"


def test_a_missing_quota_stops_the_run_with_a_list(start, owner, colleague, compensation_admin, executive):
    owner.quotas.all().delete()
    run = start(JANUARY)
    assert run.state == "refused"
    assert [one["name"] for one in run.refusals] == [owner.name]
    assert "no quota is set" in run.refusals[0]["reason"]
    assert not run.statements.exists()
    assert "stopped" in Notification.objects.get(user=compensation_admin, url=f"/runs/{run.pk}/").text
    with pytest.raises(ValidationError, match="refused"):
        actions.approve_run(run, acting_user=executive, at=NOW)


def test_a_refused_run_is_made_again(start, owner, colleague, compensation_admin):
    quotas = list(owner.quotas.all())
    owner.quotas.all().delete()
    start(JANUARY)
    for quota in quotas:
        quota.save(force_insert=True)
    assert start(JANUARY).state == "computed"


def test_one_run_of_a_plan_at_a_time(start, year, compensation_admin):
    start(JANUARY)
    with pytest.raises(ValidationError, match="started by Cora Pay"):
        actions.start_run(year, kind="accrual", through=FEBRUARY, acting_user=compensation_admin, at=NOW)


@pytest.mark.parametrize(
    ("kind", "through", "reason"),
    [
        ("accrual", date(2026, 11, 30), "month of year 1 that is over and"),
        ("accrual", date(2026, 3, 15), "month of year 1 that is over and"),
        ("accrual", JANUARY, "locked. The next accrual"),
        ("final", YEARS_END, "lasts until 31 December 2026"),
    ],
)
def test_runs_that_cannot_be_say_why(kind, through, reason, lock, year, compensation_admin):
    lock(JANUARY)
    with pytest.raises(ValidationError, match=reason):
        actions.start_run(year, kind=kind, through=through, acting_user=compensation_admin, at=NOW)


def test_the_final_run_waits_for_the_last_round(year, compensation_admin, card):
    final = {"kind": "final", "through": YEARS_END, "acting_user": compensation_admin, "at": AFTER}
    with pytest.raises(ValidationError, match="has not been drawn"):
        actions.start_run(year, **final)
    last = Round.objects.create(month=date(2026, 12, 1), card=card, drawn_at=AFTER, closes_at=AFTER)
    with pytest.raises(ValidationError, match="still takes answers"):
        actions.start_run(year, **final)
    Round.objects.filter(pk=last.pk).update(closed_at=AFTER)
    assert actions.start_run(year, **final).pays


def test_after_the_final_run_there_is_no_other(lock, year, compensation_admin, all_closed):
    lock(YEARS_END, kind="final", at=AFTER)
    with pytest.raises(ValidationError, match="has its final run"):
        actions.start_run(year, kind="accrual", through=YEARS_END, acting_user=compensation_admin, at=AFTER)
    assert {one.year.number for one in possible_runs(date(2027, 2, 12))} == {2}


@pytest.mark.parametrize("who", ["compensation_admin", "manager", "owner", "administrator"])
def test_nobody_approves_what_they_ran_or_have_no_say_in(who, start, request):
    run = start(JANUARY)
    with pytest.raises(PermissionDenied):
        actions.approve_run(run, acting_user=request.getfixturevalue(who), at=NOW)


def test_nobody_approves_a_run_that_pays_them(start, paid_planner, plan, executive):
    run = Run.objects.create(
        plan=plan, year=plan.years.get(number=1), kind="accrual", through=JANUARY, run_by=executive, run_at=NOW
    )
    with pytest.raises(PermissionDenied):
        actions.approve_run(run, acting_user=paid_planner.salesperson, at=NOW)


def test_approved_runs_are_mailed_once_to_each(lock, owner, colleague, executive):
    run = lock(JANUARY)
    go_on(run)
    assert run.issued_at is not None
    assert Issue.objects.filter(statement__run=run).count() == 2
    assert sorted(OutboxMail.objects.values_list("to", flat=True)) == sorted([owner.email, colleague.email])
    mail = OutboxMail.objects.get(to=owner.email)
    assert f"/statements/kept/{run.statements.get(member__salesperson=owner).pk}/" in mail.text
    with pytest.raises(ValidationError, match="approved this run already"):
        actions.approve_run(run, acting_user=executive, at=NOW)


def test_who_left_is_not_mailed(start, executive, owner, colleague):
    colleague.is_active = False
    colleague.save()
    go_on(actions.approve_run(start(JANUARY), acting_user=executive, at=NOW))
    assert [mail.to for mail in OutboxMail.objects.all()] == [owner.email]


def test_a_dropped_run_makes_room_for_another(start, compensation_admin, executive):
    run = actions.drop_run(start(JANUARY), reason="Two quotas were wrong.", acting_user=compensation_admin, at=NOW)
    assert run.note.startswith("Two quotas were wrong. (Cora Pay")
    with pytest.raises(ValidationError, match="Two quotas were wrong"):
        actions.approve_run(run, acting_user=executive, at=NOW)
    again = start(JANUARY)
    assert again.state == "computed"
    assert again.previous is None, "a dropped run is no link of the chain"


def test_somebody_elses_draft_is_not_shown_to_the_person(start, owner, signed_in, executive):
    run = start(JANUARY)
    statement = run.statements.get(member__salesperson=owner)
    client = signed_in(owner)
    assert client.get(f"/statements/kept/{statement.pk}/").status_code == 404
    actions.approve_run(run, acting_user=executive, at=NOW)
    assert client.get(f"/statements/kept/{statement.pk}/").status_code == 200


def test_only_the_final_run_pays_unless_the_plan_pays_monthly(start, plan):
    run = start(JANUARY)
    assert not run.pays
    run.plan.pays_monthly = True
    assert run.pays
    assert Role.COMPENSATION in run.run_by.roles
    assert Statement.objects.filter(kind="accrual", run=run).count() == 2
