"""Nobody makes and approves, nobody touches their own pay, ratings are never edited.

One person holds every role that has to do with pay and is paid by the plan: each act on their own pay is refused, by
the action and, where a row could say so, by the database too. What concerns ratings alone (a voided answer takes two
people outside the line) is tested beside the report cards.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, InternalError, ProgrammingError, transaction

from accounts.models import Role
from compensation import actions
from compensation.actions import disputes
from compensation.models import Adjustment, Dispute, PlanMember, Quota, Run, Statement
from customers.actions import erase_customer
from report_cards.models import Answer
from tests.compensation.issued import issue
from tests.compensation.makers import computed
from tests.conftest import NOW, person


@pytest.fixture
def almighty(paid_planner, compensation_admin):
    """Somebody with every role of pay, who is paid by the plan; how they are paid."""
    compensation_admin.roles = [Role.SALESPERSON, Role.COMPENSATION, Role.EXECUTIVE, Role.MANAGER]
    compensation_admin.save()
    return paid_planner


def set_quota(me, member):
    actions.set_quota(
        member, target_bonus=Decimal(9), eligible_from=None, eligible_until=None, quotas={}, acting_user=me, at=NOW
    )


def add_leave(me, member):
    day = date(2026, 3, 2)
    actions.add_leave(member.salesperson, starts_on=day, ends_on=day, reason="ill", acting_user=me, at=NOW)


def propose_adjustment(me, member):
    actions.propose_adjustment(
        member,
        member.plan.years.first(),
        component="new_revenue",
        amount=Decimal(5),
        cause=Adjustment.Cause.DISPUTE,
        reason="I like it.",
        acting_user=me,
        at=NOW,
    )


def add_member(me, member):
    actions.add_member(
        member.plan, salesperson=me, target_bonus=Decimal(9), quotas={}, eligible_from=None, acting_user=me, at=NOW
    )


def approve_run(me, member):
    run = computed(member.plan, person("Otto Pay", Role.COMPENSATION))
    actions.approve_run(run, acting_user=me, at=NOW)


def decide_dispute(me, member):
    statement = issue(member, run_by=person("Otto Pay"), approved_by=person("Erik Signs"))
    mine = disputes.open_dispute(statement, component="new_revenue", text="More.", acting_user=me, at=NOW)
    disputes.uphold_dispute(mine, reason="Yes.", amount=Decimal(5), acting_user=me, at=NOW)


@pytest.mark.parametrize("act", [set_quota, add_leave, propose_adjustment, add_member, decide_dispute])
def test_nobody_touches_their_own_pay(act, almighty):
    with pytest.raises(PermissionDenied):
        act(almighty.salesperson, almighty)


def test_nobody_approves_a_run_that_pays_them(almighty, plan):
    for kind in Quota.Kind.values:
        Quota.objects.create(
            salesperson=almighty.salesperson,
            year=plan.years.first(),
            kind=kind,
            amount=1,
            changed_by=almighty.changed_by,
            changed_at=NOW,
        )
    with pytest.raises(PermissionDenied):
        approve_run(almighty.salesperson, almighty)


def test_nobody_decides_an_adjustment_of_their_own_pay(almighty):
    propose_adjustment(person("Otto Pay", Role.COMPENSATION), almighty)
    for decide in (actions.approve_adjustments, actions.refuse_adjustments):
        assert decide(Adjustment.objects.values_list("pk", flat=True), acting_user=almighty.salesperson, at=NOW) == 0


def test_who_makes_an_adjustment_does_not_approve_it(member, compensation_admin):
    compensation_admin.roles = [Role.COMPENSATION, Role.EXECUTIVE]
    compensation_admin.save()
    propose_adjustment(compensation_admin, member)
    made = Adjustment.objects.get()
    assert actions.approve_adjustments([made.pk], acting_user=compensation_admin, at=NOW) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Adjustment.objects.update(approved_by=compensation_admin, approved_at=NOW)


def test_who_runs_does_not_approve(member, plan, compensation_admin):
    compensation_admin.roles = [Role.COMPENSATION, Role.EXECUTIVE]
    compensation_admin.save()
    run = computed(plan, compensation_admin)
    with pytest.raises(PermissionDenied):
        actions.approve_run(run, acting_user=compensation_admin, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.update(state="locked", approved_by=compensation_admin, approved_at=NOW)


@pytest.mark.parametrize("model", [PlanMember, Quota])
def test_the_database_refuses_what_somebody_sets_for_themselves(model, member, owner):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(salesperson=owner).update(changed_by=owner)


def test_the_database_refuses_a_dispute_decided_by_who_opened_it(member, owner, compensation_admin, second_executive):
    statement = issue(member, run_by=compensation_admin, approved_by=second_executive)
    disputes.open_dispute(statement, component="new_revenue", text="More.", acting_user=owner, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.update(state="upheld", decision="Yes.", decided_by=owner, decided_at=NOW)


@pytest.mark.parametrize("change", [{"value": "excellent"}, {"behaviour_key": "follow-up"}, {"is_counted": False}])
def test_a_rating_that_pays_is_never_edited(change, member, rated):
    rated({"listening": ["poor"]})
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Answer.objects.update(**change)
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Answer.objects.all().delete()


def test_a_statement_is_the_same_byte_for_byte_after_its_customers_were_erased(
    member, sell, rated, customer, owner, compensation_admin, second_executive, signed_in, tmp_path, capsys
):
    sell("2026-03-01", "90000.00")
    rated({"listening": ["good"] * 6, "follow-up": ["good"] * 6, "asks-about-my-world": ["good"] * 6})
    run = computed(member.plan, compensation_admin, through=date(2026, 10, 31))
    actions.approve_run(run, acting_user=second_executive, at=NOW)
    kept = Statement.objects.get(run=run, member=member)
    client, address = signed_in(owner), f"/statements/kept/{kept.pk}/download/"
    before = client.get(address).content
    erase_customer(customer, today=NOW.date(), at=NOW)
    assert client.get(address).content == before
    (tmp_path / "statement.json").write_bytes(before)
    call_command("statement", str(tmp_path / "statement.json"))
    assert capsys.readouterr().out == "matches\n"
