"""The simulator's page: sliders, who wins and loses, chance, and the table to take away."""

import csv
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import expect

from compensation import rules
from compensation.models import PlanMember
from compensation.queries.past_year import mix_of, payments_of, year_back
from compensation.queries.snapshot import frozen_over
from tests.compensation.makers import turned
from tests.conftest import NOW

SPAN = year_back(NOW.date())


@pytest.fixture
def year(rated_year):
    return rated_year


def test_as_written_nobody_wins_or_loses(year, executives):
    page = executives.get("/simulator/", {"year": year.pk})
    found = page.context["asked"].simulated
    assert (found.winners, found.losers) == (0, 0)
    assert found.now == found.then > 0
    assert found.then <= found.ceiling


def test_the_pay_is_the_engines(year, owner, executives):
    _, inputs = next(
        frozen_over(year, PlanMember.objects.filter(salesperson=owner), lambda _: SPAN, period_days=SPAN.days)
    )
    page = executives.get("/simulator/", {"year": year.pk})
    row = next(row for row in page.context["rows"] if row["person"].key == owner.pk)
    assert row["then"] == rules.statement(inputs)["total"]


def test_a_slider_moves_pay_without_reading_the_facts_again(year, executives):
    first = executives.get("/simulator/", {"year": year.pk}).context["asked"]
    asked = turned(year, w__new_revenue=0, w__continuing_revenue=100, facts=first.facts.digest)
    with CaptureQueriesContext(connection) as made:
        page = executives.get("/simulator/", asked, headers={"HX-Request": "true"})
    assert not [one for one in made if "customers_sale" in one["sql"] or "report_cards_" in one["sql"]]
    assert page.context["asked"].simulated.then != first.simulated.then
    assert "<html" not in page.content.decode()


def test_back_to_as_written_reads_no_facts_again(year, executives):
    first = executives.get("/simulator/", {"year": year.pk}).context["asked"]
    with CaptureQueriesContext(connection) as made:
        page = executives.get("/simulator/", {"year": year.pk, "facts": first.facts.digest})
    assert not [one for one in made if "customers_sale" in one["sql"]]
    assert page.context["asked"].simulated.then == first.simulated.then


@pytest.mark.browser
def test_the_number_moves_with_its_slider(year, executive, look_at):
    page = look_at(executive, "/simulator/")
    slider = page.get_by_label("k", exact=True).first
    said = page.locator(f"output[for='{slider.get_attribute('id')}']")
    before = int(slider.input_value())
    expect(said).to_have_text(str(before))
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text(str(before + 1))


def test_weights_that_do_not_sum_are_scaled(year, executives):
    weights = {f"w__{part.key}": 0 for part in mix_of(year)} | {"w__new_revenue": 10, "w__relationship": 30}
    page = executives.get("/simulator/", turned(year, **weights))
    assert [weight for _, weight, _ in page.context["mix"]] == [2500, 0, 0, 0, 7500]


@pytest.mark.parametrize("value", ["-1", "101", "x", ""])
def test_a_slider_out_of_range_is_told(year, executives, value):
    page = executives.get("/simulator/", turned(year, w__new_revenue=value))
    assert "out of its range" in page.content.decode()


def test_all_weights_nothing_is_told(year, executives):
    weights = {f"w__{part.key}": 0 for part in mix_of(year)}
    assert "every weight is 0" in executives.get("/simulator/", turned(year, **weights)).content.decode()


def test_lower_targets_pay_no_less(year, executives):
    first, lower = (
        executives.get("/simulator/", turned(year, t__relationship=shift)).context["asked"].simulated.then
        for shift in (0, -10)
    )
    assert lower >= first


def test_the_table_to_take_away_sums_to_the_page(year, owner, executives):
    owner.name = "=cmd()"
    owner.save()
    total = executives.get("/simulator/", {"year": year.pk}).context["sums"]["then"]
    response = executives.get("/simulator/export/", turned(year))
    rows = list(csv.DictReader(response.content.decode().splitlines()))
    assert sum(Decimal(row["then"]) for row in rows) == Decimal(total)
    assert "'=cmd()" in {row["salesperson"] for row in rows}


def test_who_can_not_be_computed_is_left_out_with_the_reason(year, colleague, executives):
    colleague.quotas.filter(year=year, kind="new_revenue").delete()
    page = executives.get("/simulator/", {"year": year.pk}).content.decode()
    assert re.search(rf"{colleague.name}</b>: no quota is set for new revenue", page)


def test_a_draft_can_be_tried(draft, executives):
    page = executives.get("/simulator/", {"year": draft.years.first().pk})
    assert page.context["asked"].simulated.now == 0


def test_nothing_to_try(executives):
    assert "There is no plan to try" in executives.get("/simulator/").content.decode()


def test_it_takes_the_same_queries_whoever_is_paid(year, executives, owner, colleague, outsider, compensation_admin):
    def count():
        with CaptureQueriesContext(connection) as made:
            executives.get("/simulator/", {"year": year.pk})
        return len(made)

    before = count()
    for number in range(20):
        someone = type(owner).objects.create_user(f"s{number}@x.example", name=f"S {number}", roles=["salesperson"])
        PlanMember.objects.create(
            plan=year.plan, salesperson=someone, target_bonus=1, changed_by=compensation_admin, changed_at=NOW
        )
    assert count() == before


def test_facts_kept_for_other_behaviours_are_read_anew(draft, executives):
    year = draft.years.first()
    first = executives.get("/simulator/", {"year": year.pk}).context["asked"]
    way = year.components.filter(kind="rating").first().behaviours.first()
    way.pk, way.key = None, "quite-new"
    way.save()
    page = executives.get("/simulator/", {"year": year.pk, "facts": first.facts.digest})
    assert page.status_code == 200
    assert page.context["asked"].facts.paid_for != first.facts.paid_for


def test_a_plan_in_another_currency_is_no_now(year, executives, plan):
    found = payments_of(year, mix_of(year), today=NOW.date())
    assert [one.year for one in found] == [year, year]
    year.plan.currency = "CAD"
    assert [one.year for one in payments_of(year, mix_of(year), today=NOW.date())] == [year]


def test_what_is_paid_now_is_the_engines(year, owner, executives):
    members = PlanMember.objects.filter(salesperson=owner)
    _, inputs = next(frozen_over(year, members, lambda _: SPAN, period_days=SPAN.days))
    people = executives.get("/simulator/", {"year": year.pk}).context["asked"].facts.people
    assert next(one for one in people if one.key == owner.pk).now == rules.compute(inputs).total
