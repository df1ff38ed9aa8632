"""The wall: the winner's own numbers, months before, and kind words when there is no award."""

import re
from datetime import date
from decimal import Decimal

import pytest

from report_cards.models import MostImproved, Round

from .answers import closed_month
from .conftest import OCTOBER
from .plan_pages import award

pytestmark = pytest.mark.django_db


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_wall_is_for_all_to_see(request, owner, colleague, service_agent, executive, signed_in):
    award(request)
    for person in (colleague, service_agent, executive):
        page = text(signed_in(person).get("/most-improved/"))
        assert "Mark Carver" in page
        said = re.search(r"\+([\d.]+) points.*From ([\d.]+)\s% to ([\d.]+)\s% good", page)
        points, before, now = (Decimal(number) for number in said.groups())
        assert (points, round(points)) == (now - before, 14)
        assert "in 6 of 100 months" in page
    assert "It is you. Well done!" in text(signed_in(owner).get("/most-improved/"))


def test_no_award_is_said_kindly_and_shows_no_number(request, owner, colleague, signed_in):
    award(request)
    page = text(signed_in(colleague).get("/most-improved/?month=2026-09"))
    assert "No award this month" in page
    assert "points" not in page.partition("Every month")[0]
    assert signed_in(colleague).get("/most-improved/?month=2020-01").status_code == 404
    assert signed_in(colleague).get("/most-improved/?month=nonsense").status_code == 404


def test_before_the_first(owner, signed_in):
    assert "The wall is still bare" in text(signed_in(owner).get("/most-improved/"))


def test_the_same_queries_however_many(request, owner, colleague, signed_in, django_assert_max_num_queries):
    award(request)

    def count():
        with django_assert_max_num_queries(30) as seen:
            signed_in(colleague).get("/most-improved/")
        return len(seen)

    one = count()
    october = Round.objects.get(month=OCTOBER)
    august = closed_month(october.card, date(2026, 8, 1), {})
    MostImproved.objects.create(round=august, winner=owner, chance=0.05, facts={}, at=october.closed_at)
    assert count() == one
