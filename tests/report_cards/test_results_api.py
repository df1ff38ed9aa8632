"""Results for other systems: whose, what is withheld, cursor pages, scopes."""

import pytest

from report_cards import actions
from report_cards.models import Invitation
from tests.api import Api

from .conftest import DRAWN_AT, OCTOBER, answer_all, closed, customers_of


@pytest.fixture
def shown(card, owner, colleague):
    customers_of(owner, 10)
    customers_of(colleague, 4, at="other.example")
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    Invitation.objects.filter(address="judith@aldous.example").update(state="excluded", reason="not in this test")
    answer_all(round_, ["good"] * 7 + ["poor"] * 7)
    return closed(round_)


def listening(answer):
    return {row["salesperson"]: row for row in answer.json()["results"] if row["behaviour"] == "listening"}


def test_everybody_sees_their_own(shown, owner, colleague, manager, executive):
    seen = {
        who: set(listening(Api(who, "results:read").get("results/", size=200))) for who in (owner, manager, executive)
    }
    assert seen == {owner: {owner.pk}, manager: {owner.pk, colleague.pk}, executive: {None}}


def test_numbers_are_the_pages(shown, owner):
    row = listening(Api(owner, "results:read").get("results/"))[owner.pk]
    kept = {name: row[name] for name in ("month", "customers", "share", "good", "poor", "status", "target")}
    assert kept == {
        "month": "2026-10-01",
        "customers": 10,
        "share": 0.7,
        "good": 7,
        "poor": 3,
        "status": "watch",
        "target": 0.8,
    }
    assert Api(owner, "results:read").get(f"results/{row['id']}/").json() == row


def test_what_a_page_withholds_is_null(shown, colleague):
    row = listening(Api(colleague, "results:read").get("results/"))[colleague.pk]
    assert row["status"] == "too few"
    assert {row[name] for name in ("customers", "share", "low", "high", "good", "poor")} == {None}


def test_the_team_together(shown, owner, manager):
    rows = Api(manager, "results:read").get("results/team/", month="2026-10-01").json()
    listening = next(row for row in rows if row["behaviour"] == "listening")
    assert [listening[name] for name in ("customers", "name", "month", "shown_through")] == [
        10,
        "Listening",
        "2026-10-01",
        "2026-10-01",
    ]
    assert Api(manager, "results:read").get("results/team/", month="2026-09-01").status_code == 404
    assert Api(manager, "results:read").get("results/team/", month="soon").status_code == 400
    assert Api(owner, "results:read").get("results/team/").status_code == 403


def test_scope_and_role(shown, owner, administrator):
    assert Api(owner, "customers:read").get("results/").status_code == 403
    assert Api(administrator, "results:read").get("results/").status_code == 403
    assert Api(owner).post("results/", {}).status_code == 403


def test_pages_go_on_by_cursor(shown, manager, django_assert_max_num_queries):
    first = Api(manager, "results:read").get("results/", size=2).json()
    assert len(first["results"]) == 2
    assert "cursor=" in first["next"]
