"""Changing what a plan year pays: curves, targets, k, behaviours and their baselines."""

from decimal import Decimal

import pytest

from compensation import queries
from compensation.models import Component, PlanBehaviour
from compensation.rules.chart import chart
from compensation.rules.inputs import read_curve
from report_cards.models import Behaviour, ReportCard
from tests.conftest import NOW


@pytest.fixture
def year(draft):
    return draft.years.get(number=1)


@pytest.fixture
def opened(year, planner):
    """What a browser would send of the page as it opened."""
    return lambda: sent(planner.get(f"/plans/years/{year.pk}/change/").context)


@pytest.fixture
def save(year, planner, opened):
    return lambda **changes: planner.post(f"/plans/years/{year.pk}/change/", opened() | changes)


def sent(context):
    data = {"seen": context["seen"], "card": str(context["page"].card.pk)}
    for part in context["page"].parts:
        data[f"{part.key}-points"] = str(len(part.points))
        for n, (x, y) in enumerate(part.points):
            data |= {f"{part.key}-x-{n}": x, f"{part.key}-y-{n}": y}
        if part.is_rating:
            data |= {f"{part.key}-target": part.target, f"{part.key}-strength": part.strength}
            data[f"{part.key}-rows"] = str(len(part.rows))
        for n, row in enumerate(part.rows):
            data |= {f"{part.key}-{n}-{name}": text for name, text in row.texts.items()}
    return data


def test_kept_as_it_opened_it_says_the_same(draft, save):
    before = queries.plan_document(draft)
    assert save().status_code == 302
    after = queries.plan_document(draft)
    assert [part["key"] for part in after["years"][0]["components"]] == [
        part["key"] for part in before["years"][0]["components"]
    ]
    for old, new in zip(before["years"][0]["components"], after["years"][0]["components"], strict=True):
        assert read_curve(old.pop("curve")) == read_curve(new.pop("curve"))
        assert old == new


def test_curve_target_k_weights_and_baseline_are_kept(year, save):
    response = save(
        **{
            "new_revenue-y-3": "175",
            "relationship-target": "82,5",
            "relationship-strength": "20",
            "relationship-0-weight": "55",
            "relationship-1-weight": "45",
            "relationship-0-mean": "70",
            "relationship-0-reason": "The new team had a hard year",
        }
    )
    assert response.status_code == 302
    assert Component.objects.get(year=year, key="new_revenue").curve[3] == ["1.20", "1.75"]
    part = Component.objects.get(year=year, key="relationship")
    assert (part.target, part.prior_strength) == (Decimal("0.825"), 20)
    one = part.behaviours.get(key="listening")
    assert (one.weight_bp, one.prior_mean, one.prior_reason) == (5500, Decimal("0.7"), "The new team had a hard year")


BAD = [
    ({"new_revenue-y-2": "50"}, "A falling curve would pay less for more."),
    ({"new_revenue-x-1": "60"}, "The attainments of its points must rise."),
    ({"new_revenue-y-1": "much"}, "Write each point as two percentages"),
    ({"new_revenue-points": "0"}, "A curve needs at least one point."),
    ({"relationship-target": "0"}, "Write a percentage above 0, at most 100."),
    ({"relationship-strength": "-1"}, "Write a whole number from 0 to 1000."),
    ({"relationship-0-weight": "50"}, "The weights sum to 90 %."),
    ({"relationship-0-mean": "71"}, "Say why it is not its target."),
    ({"relationship-0-mean": "120"}, "Write a percentage from 0 to 100."),
    ({"relationship-0-key": "made-up"}, "These are not the behaviours of"),
]


def test_bad_input_is_said_and_nothing_typed_is_lost(year, save, subtests):
    for changes, said in BAD:
        with subtests.test(**changes):
            page = save(**{"secret_gathering-strength": "17"} | changes).text
            assert said in page
            assert 'value="17"' in page
            assert not Component.objects.filter(year=year, prior_strength=17).exists()


def test_the_proposal_shows_its_count_and_another_needs_a_reason(card, rated, year, save, planner):
    rated({"listening": ["good"] * 4 + ["poor"] * 2})
    year.plan.years.update(starts_on=year.starts_on)
    type(year.plan).objects.filter(pk=year.plan_id).update(starts_on="2026-11-01")
    page = planner.get(f"/plans/years/{year.pk}/change/").content.decode()
    assert "Proposed baseline 66.67 %, from 6 customers in twelve months".replace(" %", "\u202f%") in page
    refused = save(**{"relationship-0-mean": "71"}).content.decode()
    assert "Say why it is not the proposed 66.67 %." in refused
    assert save(**{"relationship-0-mean": "66.67"}).status_code == 302
    assert PlanBehaviour.objects.get(component__year=year, key="listening").prior_reason == ""


def test_the_second_of_two_is_told_and_loses_nothing(year, planner, opened):
    mine = opened()
    planner.post(f"/plans/years/{year.pk}/change/", mine | {"relationship-strength": "30"})
    page = planner.post(f"/plans/years/{year.pk}/change/", mine | {"relationship-strength": "5"})
    text = page.content.decode()
    assert "Somebody else saved this while you were typing" in text
    assert "k 30" in text
    assert 'value="5"' in text
    again = planner.post(f"/plans/years/{year.pk}/change/", sent(page.context))
    assert again.status_code == 302
    assert Component.objects.get(year=year, key="relationship").prior_strength == 5


def test_a_year_is_copied_but_for_its_mix(draft, year, save, planner):
    save(**{"relationship-strength": "30"})
    second = draft.years.get(number=2)
    page = planner.post(f"/plans/years/{second.pk}/change/copy/", {})
    planner.post(f"/plans/years/{second.pk}/change/", sent(page.context) | {"seen": sent_of(planner, second)})
    part = Component.objects.get(year=second, key="relationship")
    assert (part.prior_strength, part.weight_bp) == (30, 500)


def sent_of(planner, year):
    return planner.get(f"/plans/years/{year.pk}/change/").context["seen"]


def test_another_card_is_taken_with_its_behaviours(year, card, planner, opened, manager, executive):
    newer = ReportCard.objects.create(year=2026, version=2, name="B", first_month="2026-12-01", made_by=manager)
    fields = {"card": newer, "position": 1, "question": "What do they say?", "weight_bp": 10_000, "target": "0.75"}
    Behaviour.objects.create(measure="relationship", key="listening", name="Listening", **fields)
    Behaviour.objects.create(measure="secret_gathering", key="hears", name="Hears", **fields)
    newer.signed_by, newer.signed_at = executive, NOW
    newer.save()
    page = planner.post(f"/plans/years/{year.pk}/change/card/", opened() | {"card": newer.pk})
    planner.post(f"/plans/years/{year.pk}/change/", sent(page.context))
    year.refresh_from_db()
    assert year.card == newer
    paid = PlanBehaviour.objects.filter(component__year=year).values_list("key", "weight_bp", "target")
    assert set(paid) == {
        ("listening", 10_000, Decimal("0.75")),
        ("hears", 10_000, Decimal("0.75")),
        ("outside_solutions", 10_000, Decimal("0.8")),
    }


@pytest.mark.parametrize(("path", "count"), [("points/add", 5), ("points/1/remove", 3)])
def test_points_come_and_go(year, planner, opened, path, count):
    page = planner.post(f"/plans/years/{year.pk}/change/new_revenue/{path}/", opened())
    assert len(page.context["page"].part("new_revenue").points) == count


def test_the_chart_says_while_somebody_types(year, planner, opened):
    page = planner.post(f"/plans/years/{year.pk}/change/new_revenue/draw/", opened() | {"new_revenue-y-3": "90"})
    assert "A falling curve would pay less for more." in page.content.decode()


def test_the_drawing_spans_its_points():
    drawn = chart(read_curve([["0.60", "0"], ["1.00", "1"], ["1.80", "2.5"]]))
    assert (drawn.most_x, drawn.most_y) == (200, 250)
    assert drawn.points[1].x == 195.0
    assert drawn.line.startswith("40.0,170.0")


def test_weights_of_behaviours_are_filled(year, planner, opened):
    page = planner.post(f"/plans/years/{year.pk}/change/relationship/fill/", opened() | {"relationship-0-weight": "20"})
    assert page.context["page"].part("relationship").sum_bp == 10_000
