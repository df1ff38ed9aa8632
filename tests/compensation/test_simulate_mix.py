"""Winners and losers beside the sliders of the plan designer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import expect

from compensation.queries import voices
from report_cards.actions import tally_round
from report_cards.models import Round
from tests.conftest import NOW

HX = {"HX-Request": "true"}


@pytest.fixture
def draft(draft, sell, rated, colleague):
    sell("2026-03-01", "90000.00")
    sell("2026-05-01", "190000.00")
    sell("2026-05-02", "50000.00", by=colleague)
    rated({"listening": ["good"] * 9 + ["poor"], "asks-about-my-world": ["good"] * 6})
    return draft


def tried(client, draft, **sent):
    return client.post(f"/plans/{draft.pk}/change/simulate/", sent, headers=HX)


def test_each_year_is_what_the_simulator_says(draft, planner):
    for one in tried(planner, draft).context["tried"]:
        page = planner.get(one.url)
        assert page.context["asked"].simulated == one.simulated
        assert one.simulated.then > 0


def test_a_slider_moves_it_on_the_same_facts(draft, planner):
    first = tried(planner, draft).context["tried"]
    kept = {f"facts-{one.year.pk}": one.facts for one in first}
    all_new = {"mix-0-new_revenue": "100"} | {
        f"mix-0-{key}": "0" for key in ("continuing_revenue", "secret_gathering", "outside_solutions", "relationship")
    }
    with CaptureQueriesContext(connection) as made:
        moved = tried(planner, draft, **kept, **all_new).context["tried"]
    assert not [one for one in made if "customers_sale" in one["sql"] or "report_cards_" in one["sql"]]
    assert moved[0].simulated.then != first[0].simulated.then
    assert moved[1:] == first[1:]
    assert planner.get(moved[0].url).context["asked"].simulated.then == moved[0].simulated.then


@pytest.mark.parametrize(("sent", "said"), [("0", "every weight is 0"), ("x", "every weight is 0")])
def test_what_cannot_be_paid_is_said(draft, planner, sent, said):
    keys = ("new_revenue", "continuing_revenue", "secret_gathering", "outside_solutions", "relationship")
    page = tried(planner, draft, **{f"mix-0-{key}": sent for key in keys})
    assert said in page.text


def test_answers_too_many_to_wait_for_lead_to_the_simulator(draft, planner, monkeypatch):
    tally_round(Round.objects.get(), at=NOW)
    monkeypatch.setattr(voices, "FEW", 0)
    page = tried(planner, draft).text
    assert "the simulator has to read them first" in page
    assert "Open the simulator" in page


@pytest.mark.browser
def test_it_follows_the_slider(draft, compensation_admin, look_at):
    page = look_at(compensation_admin, f"/plans/{draft.pk}/change/")
    sums = page.locator("#winners .row-line")
    expect(sums).to_have_count(3)
    before = sums.first.inner_text()
    page.get_by_role("slider", name="New revenue in year 1").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(sums.first).not_to_have_text(before)
