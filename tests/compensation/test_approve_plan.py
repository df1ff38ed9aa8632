"""Approving a plan, and that it never changes after."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, ProgrammingError, transaction

from accounts.models import Role
from compensation import actions, queries
from compensation.models import Component, PlanBehaviour, PlanMember
from tests.conftest import NOW

FROZEN = (InternalError, ProgrammingError, IntegrityError)


def test_another_executive_approves(draft, executive, signed_in):
    client = signed_in(executive)
    assert "Approve the plan" in client.get(f"/plans/{draft.pk}/").content.decode()
    client.post(f"/plans/{draft.pk}/approve/")
    draft.refresh_from_db()
    assert (draft.is_approved, draft.approved_by, draft.approved_at) == (True, executive, NOW)
    assert "Approve the plan" not in client.get(f"/plans/{draft.pk}/").content.decode()


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
    response = signed_in(executive).post(f"/plans/{draft.pk}/approve/", follow=True)
    page = response.content.decode()
    assert "Year 2: its components sum to 101 %, not 100 %." in page
    assert "Year 3: the behaviours of relationship sum to 40.01 %" in page


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: type(plan).objects.filter(pk=plan.pk).update(name="Other"),
        lambda plan: type(plan).objects.filter(pk=plan.pk).update(state="draft", approved_by=None, approved_at=None),
        lambda plan: plan.years.update(ends_on="2030-01-01"),
        lambda plan: Component.objects.filter(year__plan=plan).update(weight_bp=1),
        lambda plan: Component.objects.create(
            year=plan.years.first(), position=9, key="relationship", kind="revenue", weight_bp=0, curve=[["0", "1"]]
        ),
        lambda plan: PlanBehaviour.objects.filter(component__year__plan=plan).update(prior_mean="0.1"),
        lambda plan: PlanBehaviour.objects.filter(component__year__plan=plan).delete(),
        lambda plan: plan.delete(),
    ],
    ids=["name", "state", "year", "weight", "component", "baseline", "behaviour", "all of it"],
)
def test_the_database_refuses_to_change_an_approved_plan(plan, change):
    with pytest.raises(FROZEN), transaction.atomic():
        change(plan)


def test_a_plan_approved_by_its_maker_is_refused_by_the_database(draft, compensation_admin):
    draft.state, draft.approved_by, draft.approved_at = "approved", compensation_admin, NOW
    with pytest.raises(IntegrityError, match="plan_approved_by_another"), transaction.atomic():
        draft.save()
