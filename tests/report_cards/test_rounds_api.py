"""Rounds for other systems."""

import pytest

from report_cards import actions
from report_cards.models import Invitation
from tests.api import Api

from .conftest import DRAWN_AT, OCTOBER, customers_of

pytestmark = pytest.mark.usefixtures("card")


@pytest.fixture
def drawn(customer, outsider):
    customers_of(outsider, 2, at="outside.example")
    return actions.draw_round(OCTOBER, at=DRAWN_AT)


def test_list_and_one(drawn, executive):
    api = Api(executive, "rounds:read")
    listed = api.get("rounds/", is_open=True).json()["results"]
    assert listed == [api.get(f"rounds/{drawn.pk}/").json()]
    assert (listed[0]["month"], listed[0]["closed_at"]) == ("2026-10-01", None)
    assert api.get("rounds/", is_open=False).json()["results"] == []
    assert api.get("rounds/", month="2026-11-01").json()["results"] == []


def test_progress_of_the_holders_teams(drawn, manager, executive):
    Invitation.objects.filter(address="judith@aldous.example").update(state="sent", sent_at=DRAWN_AT)
    told = Api(executive).get(f"rounds/{drawn.pk}/progress/").json()
    assert (told["total"]["drawn"], told["total"]["sent"], told["total"]["coverage"]) == (3, 1, 1.0)
    assert [(team["team"], team["drawn"]) for team in told["teams"]] == [("North Harbour", 1), ("South", 2)]
    assert [team["team"] for team in Api(manager).get(f"rounds/{drawn.pk}/progress/").json()["teams"]] == [
        "North Harbour"
    ]


def test_who_may_not(drawn, owner, executive):
    assert Api(owner).get("rounds/").status_code == 403
    assert Api(executive, "customers:read").get("rounds/").status_code == 403
    assert Api(executive).get("rounds/999999/").status_code == 404
    assert Api(executive).post("rounds/", {}).status_code == 405
    assert Api(executive).patch(f"rounds/{drawn.pk}/", {}).status_code == 405
