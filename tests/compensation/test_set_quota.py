"""Target bonuses, days and quotas; nobody sets their own."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from compensation import actions
from compensation.models import PlanMember, Quota
from tests.compensation.makers import QUOTAS
from tests.conftest import NOW


def form(**changes):
    quotas = {f"quota_{year}_{kind}": "50000" for year in (1, 2, 3) for kind in ("new_revenue", "continuing_revenue")}
    return {"target_bonus": "30000", "eligible_from": "", "eligible_until": ""} | quotas | changes


def test_compensation_sets_a_members_pay(member, compensation_admin, signed_in):
    signed_in(compensation_admin).post(
        f"/plans/members/{member.pk}/quota/", form(quota_2_new_revenue="77000.50", eligible_from="2026-03-01")
    )
    member.refresh_from_db()
    assert (member.target_bonus, member.eligible_from) == (Decimal(30000), date(2026, 3, 1))
    assert member.changed_by == compensation_admin
    quota = Quota.objects.get(salesperson=member.salesperson, year__number=2, kind="new_revenue")
    assert quota.amount == Decimal("77000.50")


def test_every_change_is_kept(member, compensation_admin, signed_in):
    signed_in(compensation_admin).post(f"/plans/members/{member.pk}/quota/", form())
    events = member.events.order_by("pgh_id").values_list("target_bonus", flat=True)
    assert list(events) == [Decimal(24000), Decimal(30000)]


@pytest.mark.parametrize("value", ["0", "-1", "x", ""])
def test_a_quota_of_nothing_is_refused_beside_the_field(member, compensation_admin, signed_in, value):
    url = f"/plans/members/{member.pk}/quota/"
    response = signed_in(compensation_admin).post(url, form(quota_1_new_revenue=value))
    assert "quota_1_new_revenue" in response.context["form"].errors


def test_the_last_day_comes_after_the_first(member, compensation_admin, signed_in):
    days = {"eligible_from": "2026-05-01", "eligible_until": "2026-04-01"}
    response = signed_in(compensation_admin).post(f"/plans/members/{member.pk}/quota/", form(**days))
    assert "lies before the first" in response.content.decode()


def test_nobody_sets_their_own_pay(paid_planner, signed_in):
    url = f"/plans/members/{paid_planner.pk}/quota/"
    client = signed_in(paid_planner.salesperson)
    assert client.get(url).status_code == 403
    assert client.post(url, form()).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.set_quota(
            paid_planner,
            target_bonus=Decimal(1),
            eligible_from=None,
            eligible_until=None,
            quotas={},
            acting_user=paid_planner.salesperson,
            at=NOW,
        )
    page = client.get(f"/plans/{paid_planner.plan_id}/").content.decode()
    assert url not in page


def test_the_database_refuses_ones_own_pay(paid_planner):
    own = paid_planner.salesperson
    with pytest.raises(IntegrityError, match="plan_member_not_own_pay"), transaction.atomic():
        PlanMember.objects.filter(pk=paid_planner.pk).update(target_bonus=9, changed_by=own)
    with pytest.raises(IntegrityError, match="quota_not_own_pay"), transaction.atomic():
        Quota.objects.create(
            salesperson=own,
            year=paid_planner.plan.years.first(),
            kind="new_revenue",
            amount=1,
            changed_by=own,
            changed_at=NOW,
        )


def test_nobody_adds_themselves(paid_planner, draft, compensation_admin, signed_in):
    page = signed_in(compensation_admin).get(f"/plans/{draft.pk}/members/add/").content.decode()
    offered = page.partition('<select name="salesperson"')[2].partition("</select>")[0]
    assert "<option" in offered
    assert compensation_admin.name not in offered
    with pytest.raises(PermissionDenied):
        actions.add_member(
            draft,
            salesperson=compensation_admin,
            target_bonus=Decimal(1),
            quotas=QUOTAS,
            eligible_from=None,
            acting_user=compensation_admin,
            at=NOW,
        )


def test_somebody_new_joins_an_approved_plan(plan, parent_team, compensation_admin, signed_in):
    new = type(compensation_admin).objects.create_user("new@fairwater.example", name="New One", roles=["salesperson"])
    values = {"salesperson": new.pk, "target_bonus": "12000", "new_quota": "1000", "continuing_quota": "1000"}
    signed_in(compensation_admin).post(f"/plans/{plan.pk}/members/add/", values | {"eligible_from": "2026-06-01"})
    member = PlanMember.objects.get(salesperson=new)
    assert (member.eligible_from, new.quotas.count()) == (date(2026, 6, 1), 6)
