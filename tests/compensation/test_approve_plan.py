"""Approving a plan, and that it never changes after."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

from accounts.models import Role
from compensation import actions, queries
from compensation.models import BonusPlan, Component, PlanBehaviour, PlanMember
from firm.models import Notification
from tests.conftest import NOW

FROZEN = (InternalError, ProgrammingError, IntegrityError)


def test_another_executive_approves_exactly_what_they_read(draft, executive, signed_in):
    client = signed_in(executive)
    assert "Read and approve" in client.get(f"/plans/{draft.pk}/").content.decode()
    page = client.get(f"/plans/{draft.pk}/approve/")
    assert queries.document_hash(draft) in page.content.decode()
    client.post(f"/plans/{draft.pk}/approve/", {"seen": page.context["seen"]})
    draft.refresh_from_db()
    assert (draft.is_approved, draft.approved_by, draft.approved_at) == (True, executive, NOW)
    assert draft.document_hash == queries.document_hash(draft)
    assert "Read and approve" not in client.get(f"/plans/{draft.pk}/").content.decode()


@pytest.mark.parametrize(
    "edit",
    [
        lambda plan: plan.years.filter(number=1).update(ends_on=date(2026, 12, 30)),
        lambda plan: type(plan).objects.filter(pk=plan.pk).update(rates={"USD": "0.92"}),
        lambda plan: PlanBehaviour.objects.filter(component__year__plan=plan).update(prior_mean="0.1"),
        lambda plan: plan.members.update(target_bonus=1),
        lambda plan: plan.years.first().quotas.update(amount=1),
    ],
    ids=["year", "rate", "baseline", "target bonus", "quota"],
)
def test_a_draft_edited_while_it_is_read_is_refused(draft, executive, edit):
    seen = queries.approval_mark(draft)
    edit(draft)
    with pytest.raises(ValidationError, match="changed since you opened it"):
        actions.approve_plan(draft, acting_user=executive, at=NOW, seen=seen)
    draft.refresh_from_db()
    assert not draft.is_approved


@pytest.mark.django_db(transaction=True)
def test_of_20_approvals_at_once_one_wins(draft, executive):
    seen, start, told = queries.approval_mark(draft), Barrier(20), []

    def approve():
        try:
            start.wait()
            actions.approve_plan(draft, acting_user=executive, at=NOW, seen=seen)
            told.append("approved")
        except ValidationError as refused:
            told.extend(refused.messages)
        finally:
            connection.close()

    threads = [Thread(target=approve) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["This plan is approved already."] * 19 + ["approved"]
    assert Notification.objects.filter(text="Rapport is approved.").count() == 1


def test_whoever_wrote_on_it_does_not_approve_it(draft, executive, owner, compensation_admin):
    executive.roles = [Role.COMPENSATION, Role.EXECUTIVE]
    executive.save()
    member = draft.members.select_related("plan").get(salesperson=owner)
    days = {"eligible_from": None, "eligible_until": None}
    actions.set_quota(member, target_bonus=1, **days, quotas={}, acting_user=executive, at=NOW)
    with pytest.raises(PermissionDenied):
        actions.approve_plan(draft, acting_user=executive, at=NOW)
    forced = {"state": "approved", "approved_by": executive, "approved_at": NOW, "document_hash": "0" * 64}
    with pytest.raises(InternalError, match="whoever wrote"), transaction.atomic():
        BonusPlan.objects.filter(pk=draft.pk).update(**forced)
    assert not queries.plans_to_approve(executive).exists()


def test_the_maker_does_not_approve_even_as_executive(draft, compensation_admin):
    compensation_admin.roles = [Role.COMPENSATION, Role.EXECUTIVE]
    compensation_admin.save()
    with pytest.raises(PermissionDenied):
        actions.approve_plan(draft, acting_user=compensation_admin, at=NOW)


def test_nobody_approves_their_own_pay(draft, executive, compensation_admin):
    PlanMember.objects.create(
        plan=draft, salesperson=executive, target_bonus=1, changed_by=compensation_admin, changed_at=NOW
    )
    with pytest.raises(PermissionDenied):
        actions.approve_plan(draft, acting_user=executive, at=NOW)
    assert not queries.plans_to_approve(executive).exists()


def test_it_waits_for_executives(draft, executive, owner):
    assert list(queries.plans_to_approve(executive)) == [draft]
    assert not queries.plans_to_approve(owner).exists()


def test_twice_is_refused(plan, executive):
    with pytest.raises(ValidationError, match="approved already"):
        actions.approve_plan(plan, acting_user=executive, at=NOW)


def test_weights_that_do_not_sum_are_refused_by_year(draft, executive, signed_in):
    Component.objects.filter(year__number=2, key="relationship").update(weight_bp=600)
    PlanBehaviour.objects.filter(component__year__number=3, key="listening").update(weight_bp=1)
    client = signed_in(executive)
    seen = client.get(f"/plans/{draft.pk}/approve/").context["seen"]
    page = client.post(f"/plans/{draft.pk}/approve/", {"seen": seen}).content.decode()
    assert "Year 2: its components sum to 101 %, not 100 %." in page
    assert "Year 3: the behaviours of relationship sum to 40.01 %" in page


CHANGES = {
    "name": lambda plan: type(plan).objects.filter(pk=plan.pk).update(name="Other"),
    "state": lambda plan: (
        type(plan).objects.filter(pk=plan.pk).update(state="draft", approved_by=None, approved_at=None)
    ),
    "year": lambda plan: plan.years.update(ends_on="2030-01-01"),
    "weight": lambda plan: Component.objects.filter(year__plan=plan).update(weight_bp=1),
    "component": lambda plan: Component.objects.create(
        year=plan.years.first(), position=9, key="relationship", kind="revenue", weight_bp=0, curve=[["0", "1"]]
    ),
    "baseline": lambda plan: PlanBehaviour.objects.filter(component__year__plan=plan).update(prior_mean="0.1"),
    "behaviour": lambda plan: PlanBehaviour.objects.filter(component__year__plan=plan).delete(),
    "writers": lambda plan: plan.writers.all().delete(),
    "all of it": lambda plan: BonusPlan.objects.get(pk=plan.pk).delete(),
}


def test_the_database_refuses_to_change_an_approved_plan(plan, subtests):
    for name, change in CHANGES.items():
        with subtests.test(change=name), pytest.raises(FROZEN), transaction.atomic():
            change(plan)


def test_a_plan_approved_by_its_maker_is_refused_by_the_database(draft, compensation_admin):
    draft.writers.all().delete()
    draft.state, draft.approved_by, draft.approved_at = "approved", compensation_admin, NOW
    draft.document_hash = "0" * 64
    with pytest.raises(IntegrityError, match="plan_approved_by_another"), transaction.atomic():
        draft.save()
