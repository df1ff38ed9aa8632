"""A change of an approved plan is a new version from a date: no day is paid twice or not at all."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, transaction
from hypothesis import given
from hypothesis import strategies as st

from compensation import actions, queries
from compensation.models import BonusPlan, Component, PlanMember, Run
from compensation.rules import Span
from tests.compensation.makers import draft_plan
from tests.conftest import NOW

DECEMBER = date(2026, 12, 1)


@pytest.fixture
def version(plan, compensation_admin):
    return actions.new_plan_version(plan, effective_on=DECEMBER, acting_user=compensation_admin, at=NOW)


@pytest.fixture
def approve(second_executive):
    return lambda draft: actions.approve_plan(draft, acting_user=second_executive, at=NOW)


def paid_days(salesperson):
    """Every day that some approved version pays, as often as one does."""
    found = []
    for member in PlanMember.objects.filter(salesperson=salesperson, plan__state="approved"):
        for year in member.plan.years.all():
            days = member.days_of(year, year.ends_on)
            found += [days.start + timedelta(days=n) for n in range(days.days)]
    return sorted(found)


def test_a_version_is_a_draft_with_everything_of_the_one_before(version, plan, owner):
    assert (version.version, version.replaces, version.effective_on, version.is_approved) == (2, plan, DECEMBER, False)
    mine, theirs = queries.plan_document(version), queries.plan_document(plan)
    assert mine["years"] == theirs["years"]
    assert queries.document_hash(version) != queries.document_hash(plan)
    assert version.members.count() == plan.members.count()
    assert version.years.first().quotas.count() == plan.years.first().quotas.count()


def test_until_approved_the_old_version_pays_on(version, plan, owner):
    assert plan.paid_span == Span(date(2026, 1, 1), date(2028, 12, 31))
    assert queries.member_on(owner, DECEMBER).plan == plan


def test_the_old_one_pays_the_days_before_and_the_new_one_those_from_it(version, plan, owner, approve):
    approve(version)
    plan.refresh_from_db()
    first, same = plan.years.first(), version.years.first()
    assert (first.paid_span, same.paid_span.start) == (Span(date(2026, 1, 1), date(2026, 11, 30)), DECEMBER)
    assert plan.years.get(number=2).paid_span.days == 0
    assert queries.member_on(owner, date(2026, 11, 30)).plan == plan
    assert queries.member_on(owner, DECEMBER).plan == version
    span = Span(date(2026, 1, 1), date(2028, 12, 31))
    assert paid_days(owner) == [span.start + timedelta(days=n) for n in range(span.days)]


def test_versions_of_versions_leave_no_day_out(version, plan, owner, approve, compensation_admin):
    told = {"acting_user": compensation_admin, "at": NOW}
    approve(actions.new_plan_version(approve(version), effective_on=date(2028, 3, 1), **told))
    days = paid_days(owner)
    assert len(days) == len(set(days)) == (date(2029, 1, 1) - date(2026, 1, 1)).days


@given(st.integers(1, 36), st.data())
def test_windows_that_follow_each_other_share_out_every_day(months, data):
    starts = sorted(data.draw(st.sets(st.integers(1, max(1, months - 1)), max_size=4))) if months > 1 else []
    plans = [BonusPlan(starts_on=date(2026, 1, 1), months=months, effective_on=None)]
    for month in starts:
        day = date(2026 + month // 12, month % 12 + 1, 1)
        plans[-1].__dict__["paid_through"] = day - timedelta(days=1)
        plans.append(BonusPlan(starts_on=date(2026, 1, 1), months=months, effective_on=day))
    plans[-1].__dict__["paid_through"] = plans[-1].ends_on
    days = [plan.paid_from + timedelta(days=n) for plan in plans for n in range(plan.paid_span.days)]
    whole = (plans[0].ends_on - plans[0].starts_on).days + 1
    assert days == [date(2026, 1, 1) + timedelta(days=n) for n in range(whole)]


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2029, 1, 1), date(2025, 6, 1)])
def test_it_begins_within_the_months_the_plan_pays(plan, compensation_admin, day):
    with pytest.raises(ValidationError, match="pays from 1 January 2026 to 31 December 2028"):
        actions.new_plan_version(plan, effective_on=day, acting_user=compensation_admin, at=NOW)


def test_two_versions_cannot_follow_the_same(plan, version, approve, compensation_admin, executive):
    other = actions.new_plan_version(plan, effective_on=date(2027, 5, 1), acting_user=compensation_admin, at=NOW)
    approve(version)
    with pytest.raises(ValidationError, match="version 2 follows version 1 already"):
        approve(other)
    force = BonusPlan.objects.filter(pk=other.pk)
    with pytest.raises(IntegrityError, match="plan_replaced_by_one_version"), transaction.atomic():
        force.update(state="approved", approved_by=executive, approved_at=NOW, document_hash="0" * 64)


def test_ratings_that_are_known_are_not_paid_differently_after(plan, rated, approve, compensation_admin):
    rated({"listening": ["good"]})
    known = actions.new_plan_version(plan, effective_on=date(2026, 9, 1), acting_user=compensation_admin, at=NOW)
    with pytest.raises(ValidationError, match="ratings of September 2026 are known already"):
        approve(known)


def test_what_a_locked_run_paid_stays_paid_by_it(plan, version, approve, compensation_admin, executive):
    Run.objects.create(
        plan=plan,
        year=plan.years.first(),
        kind="accrual",
        through=date(2026, 12, 31),
        state="locked",
        run_by=compensation_admin,
        run_at=NOW,
        approved_by=executive,
        approved_at=NOW,
    )
    with pytest.raises(ValidationError, match="run through December 2026 or later is locked"):
        approve(version)


def test_nobody_writes_the_version_that_pays_them(paid_planner, plan):
    with pytest.raises(PermissionDenied):
        actions.new_plan_version(plan, effective_on=DECEMBER, acting_user=paid_planner.salesperson, at=NOW)


def test_another_plan_cannot_pay_the_same_days(plan, approve, compensation_admin, owner, colleague):
    draft = draft_plan(compensation_admin)
    said = f"{min(owner.name, colleague.name)} and 1 more are paid by Rapport, version 1 for the same days"
    with pytest.raises(ValidationError, match=said):
        approve(draft)
    plan.members.update(eligible_until=date(2026, 6, 30))
    draft.members.update(eligible_from=date(2026, 7, 1))
    assert approve(draft).is_approved


def test_the_database_refuses_a_member_who_is_paid_for_those_days(plan, version, approve, owner, compensation_admin):
    other = draft_plan(compensation_admin)
    other.members.all().delete()
    approve(other)
    with pytest.raises(IntegrityError, match="no day of a salesperson"), transaction.atomic():
        other.members.create(salesperson=owner, target_bonus=1, changed_by=compensation_admin, changed_at=NOW)
    PlanMember.objects.filter(plan=plan, salesperson=owner).update(eligible_until=date(2026, 6, 30))
    moved = other.members.create(
        salesperson=owner,
        target_bonus=1,
        eligible_from=date(2026, 7, 1),
        changed_by=compensation_admin,
        changed_at=NOW,
    )
    with pytest.raises(IntegrityError, match="no day of a salesperson"), transaction.atomic():
        PlanMember.objects.filter(pk=moved.pk).update(eligible_from=date(2026, 6, 30))


def test_a_version_with_other_months_is_refused_by_the_database(version, executive):
    Component.objects.filter(year__plan=version).update(target=None, prior_strength=None, kind="revenue")
    BonusPlan.objects.filter(pk=version.pk).update(months=24)
    approved = {"state": "approved", "approved_by": executive, "approved_at": NOW, "document_hash": "0" * 64}
    with pytest.raises(InternalError, match="takes over from an approved one"), transaction.atomic():
        BonusPlan.objects.filter(pk=version.pk).update(**approved)


def test_days_that_another_plan_pays_are_refused_kindly(plan, approve, owner, planner, compensation_admin):
    other = draft_plan(compensation_admin)
    other.members.exclude(salesperson=owner).delete()
    PlanMember.objects.filter(plan=plan, salesperson=owner).update(eligible_until=date(2026, 6, 30))
    other.members.update(eligible_from=date(2026, 7, 1))
    member = approve(other).members.get()
    form = {"target_bonus": "1000", "eligible_from": "2026-06-01"}
    form |= {f"quota_{year}_{kind}": "1" for year in (1, 2, 3) for kind in ("new_revenue", "continuing_revenue")}
    page = planner.post(f"/plans/members/{member.pk}/quota/", form).content.decode()
    assert "is paid by another approved plan for some of these days" in page
    assert 'value="2026-06-01"' in page
