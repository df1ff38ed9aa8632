"""Results to take away: the page's numbers as CSV, safe in a spreadsheet, and as PDF."""

import csv
import io

import pytest

from report_cards import actions
from report_cards.models import Invitation
from tests.secrets_manual.pdf import pages_of

from .conftest import DRAWN_AT, OCTOBER, answer_all, closed, customers_of


def table(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def shown(card, owner, colleague):
    """Ten customers of the owner, four of the colleague: too few."""
    customers_of(owner, 10)
    customers_of(colleague, 4, at="other.example")
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    Invitation.objects.filter(address="judith@aldous.example").update(state="excluded", reason="not in this test")
    answer_all(round_, ["good"] * 7 + ["poor"] * 3 + ["poor"] * 4)
    return closed(round_)


def test_own_csv(shown, owner, signed_in):
    response = signed_in(owner).get("/results/csv/")
    assert response["Content-Disposition"] == 'attachment; filename="results-mark-carver-2026-10.csv"'
    row = next(row for row in table(response) if row["behaviour"] == "Listening")
    assert (row["customers"], row["share"], row["good"], row["poor"], row["status"]) == ("10", "0.7", "7", "3", "watch")


def test_what_is_withheld_is_empty(shown, colleague, manager, signed_in):
    for url in ("/results/csv/", "/results/team/csv/"):
        rows = table(signed_in(colleague if url == "/results/csv/" else manager).get(url))
        row = next(row for row in rows if row["who"] == colleague.name and row["behaviour"] == "Listening")
        assert row["status"] == "too few"
        assert not any(row[name] for name in ("customers", "answered", "share", "low", "high", "poor", "excellent"))


def test_the_teams_sum_gives_nobody_away(shown, owner, manager, signed_in):
    """Four customers of the colleague would be the difference between the team and the owner."""
    rows = [row for row in table(signed_in(manager).get("/results/team/csv/")) if row["behaviour"] == "Listening"]
    team, own = (next(row for row in rows if row["who"] == who) for who in (f"Teams of {manager.name}", owner.name))
    numbers = ("customers", "share", "poor", "good")
    assert [team[name] for name in numbers] == [own[name] for name in numbers]


def test_formulas_are_defused(shown, owner, signed_in):
    owner.name = "=cmd()"
    owner.save()
    assert table(signed_in(owner).get("/results/csv/"))[0]["who"] == "'=cmd()"


@pytest.mark.parametrize("who", ["owner", "manager", "executive"])
def test_pdf(who, shown, owner, signed_in, request):
    person = request.getfixturevalue(who)
    url = {"owner": "/results/pdf/", "manager": "/results/team/pdf/", "executive": "/results/firm/pdf/"}[who]
    response = signed_in(person).get(url)
    assert response["Content-Type"] == "application/pdf"
    words = " ".join(pages_of(response.content))
    for word in ("Listening", "October", "on target" if who == "executive" else "Listening"):
        assert word in words
    assert "Customer 000" not in words


def test_a_month_without_results_is_not_there(card, owner, signed_in):
    assert signed_in(owner).get("/results/csv/").status_code == 404
