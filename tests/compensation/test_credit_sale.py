"""Splitting a sale between salespeople."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compensation import actions, queries
from compensation.models import Run, SaleCredit
from tests.conftest import NOW


def shares(sale):
    return dict(SaleCredit.objects.filter(sale=sale).values_list("salesperson__name", "share_ppm"))


def form(*pairs):
    return {f"{name}_{place}": value for place, pair in enumerate(pairs, 1) for name, value in pair.items()}


def part(who, share):
    return {"person": who.pk, "share": share}


def test_a_share_left_empty_takes_the_rest(sell, owner, colleague, planner):
    sale = sell("2026-03-01", "100.01")
    page = planner.post(f"/plans/sales/{sale.pk}/", form(part(owner, "33.3333"), part(colleague, "")), follow=True)
    assert shares(sale) == {owner.name: 333_333, colleague.name: 666_667}
    assert "66.6667 %" in page.content.decode()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("60", "30"), "sum to 90 %; 10 % are still to be given"),
        (("60", "50"), "sum to 110 %; 10 % are too many"),
        (("", ""), "Leave one share empty at most"),
        (("-1", ""), "greater than or equal to"),
        (("x", ""), "Enter a number"),
    ],
)
def test_shares_that_do_not_sum_are_told(sell, owner, colleague, planner, given, says):
    sale = sell("2026-03-01", "100.00")
    page = planner.post(f"/plans/sales/{sale.pk}/", form(*map(part, (owner, colleague), given)))
    assert says in page.content.decode()
    assert not shares(sale)


def test_twice_the_same_person_is_told(sell, owner, planner):
    sale = sell("2026-03-01", "100.00")
    page = planner.post(f"/plans/sales/{sale.pk}/", form(part(owner, "50"), part(owner, "50")))
    assert "stands there twice" in page.content.decode()


def test_every_change_is_kept_with_who_made_it(sell, owner, colleague, compensation_admin, planner):
    sale = sell("2026-03-01", "100.00")
    planner.post(f"/plans/sales/{sale.pk}/", form(part(owner, "50"), part(colleague, "50")))
    planner.post(f"/plans/sales/{sale.pk}/", form({"person": "", "share": ""}))
    assert not shares(sale)
    history = [(one.salesperson, one.share, one.by) for one in queries.credit_history(sale)]
    assert sorted(history) == sorted(
        (who.name, share, compensation_admin.name) for who in (owner, colleague) for share in ("taken away", "50 %")
    )


def test_nobody_credits_themselves_with_more(paid_planner, sell, owner, signed_in):
    own = paid_planner.salesperson
    sale = sell("2026-03-01", "100.00")
    page = signed_in(own).post(f"/plans/sales/{sale.pk}/", form(part(own, "50"), part(owner, "50")))
    assert "Nobody credits themselves with more" in page.content.decode()
    mine = sell("2026-03-02", "100.00", by=own)
    actions.credit_sale(mine, shares={own: 400_000, owner: 600_000}, acting_user=own, at=NOW)
    with pytest.raises(PermissionDenied):
        actions.credit_sale(mine, shares={}, acting_user=own, at=NOW)


def test_a_return_is_credited_as_its_sale(sell, owner, colleague, compensation_admin):
    back = sell("2026-04-01", "-1.00", reverses=sell("2026-03-01", "100.00"))
    with pytest.raises(ValidationError, match="as the sale it takes back"):
        actions.credit_sale(back, shares={owner: 1_000_000}, acting_user=compensation_admin, at=NOW)


def test_a_change_in_a_locked_period_is_told(plan, sell, planner, compensation_admin, second_executive):
    sale = sell("2026-03-01", "100.00")
    url = f"/plans/sales/{sale.pk}/"
    assert "late fact" not in planner.get(url).content.decode()
    Run.objects.create(
        plan=plan,
        year=plan.years.first(),
        kind=Run.Kind.ACCRUAL,
        through=date(2026, 3, 31),
        state=Run.State.LOCKED,
        run_by=compensation_admin,
        run_at=NOW,
        approved_by=second_executive,
        approved_at=NOW,
    )
    assert "late fact" in planner.get(url).content.decode()


def test_the_list_takes_the_same_queries_whatever_it_shows(
    sell, owner, colleague, compensation_admin, planner, django_assert_num_queries
):
    def split(count):
        for _ in range(count):
            both = {owner: 500_000, colleague: 500_000}
            actions.credit_sale(sell("2026-03-01", "1.00"), shares=both, acting_user=compensation_admin, at=NOW)

    split(1)
    with CaptureQueriesContext(connection) as first:
        planner.get("/plans/sales/?q=aldous&split=1")
    split(19)
    with django_assert_num_queries(len(first)):
        page = planner.get("/plans/sales/?q=aldous&split=1").content.decode()
    assert page.count("50 %") == 40
