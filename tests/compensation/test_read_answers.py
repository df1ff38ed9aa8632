"""Answers too many to read while somebody waits are read in the background, with a bar, and kept for an hour."""

import pytest
from django.db import OperationalError
from playwright.sync_api import expect
from redis.exceptions import RedisError

from compensation import actions
from compensation.actions import answers as reading
from compensation.queries import voices
from compensation.tasks import read_answers
from firm.models import Job
from report_cards.actions import tally_round
from report_cards.models import Round
from tests.compensation.makers import turned
from tests.conftest import NOW

HX = {"HX-Request": "true"}


@pytest.fixture
def year(rated_year, monkeypatch):
    """One answer is too many to wait for."""
    tally_round(Round.objects.get(), at=NOW)
    monkeypatch.setattr(voices, "FEW", 0)
    return rated_year


def ask(client, year, page=""):
    return client.post(f"/simulator/answers/{year.pk}/read/", {"page": page}, follow=True)


def test_few_are_read_at_once(rated_year, executives):
    assert executives.get("/simulator/").context["asked"].facts.read_at is None
    assert not Job.objects.exists()


def test_the_first_opening_offers_to_read_then_shows_the_same(year, executives, monkeypatch):
    page = executives.get("/simulator/")
    assert page.context["asked"].facts is None
    assert "Read what customers said" in page.text
    assert "Reading what customers said" in ask(executives, year).text
    read_answers()
    shown = executives.get("/simulator/").context["asked"]
    monkeypatch.setattr(voices, "FEW", 10**9)
    at_once = executives.get("/simulator/").context["asked"]
    assert (shown.facts.people, shown.facts.digest) == (at_once.facts.people, at_once.facts.digest)
    assert shown.facts.read_at is not None
    assert shown.simulated.then == at_once.simulated.then > 0


def test_the_bar_says_how_far_and_ends_in_the_page(year, executives, monkeypatch, django_assert_max_num_queries):
    ask(executives, year)
    monkeypatch.setattr(reading, "BATCH", 1)
    read, calls = voices.read, []

    def killed(wanted):
        calls.append(wanted)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return read(wanted)

    monkeypatch.setattr(voices, "read", killed)
    with pytest.raises(KeyboardInterrupt):
        read_answers()
    total = Job.objects.get().total
    url = f"/simulator/answers/{year.pk}/"
    with django_assert_max_num_queries(6):
        bar = executives.get(url, headers=HX).text
    assert f'max="{total}" value="1"' in bar
    assert "<html" not in bar
    read_answers()
    assert len(calls) == total + 1, "nobody was read twice but whom the killed worker was at"
    assert executives.get(url, headers=HX)["HX-Refresh"] == "true"


def test_read_anew_keeps_the_sliders(year, executives):
    ask(executives, year)
    read_answers()
    asked = turned(year, k__relationship=20)
    first = executives.get("/simulator/", asked).context["asked"]
    sliders = "&".join(f"{name}={value}" for name, value in asked.items())
    page = ask(executives, year, f"{sliders}&facts={first.facts.digest}")
    assert page.request["QUERY_STRING"] == sliders
    assert page.context["asked"].facts.digest == first.facts.digest, "the page shows what is kept meanwhile"
    assert "Reading what customers said" in page.text


@pytest.mark.browser
def test_the_page_begins_by_itself_and_shows_the_bar(year, executive, look_at):
    page = look_at(executive, "/simulator/")
    expect(page.get_by_label("Reading what customers said")).to_be_visible()
    read_answers()
    expect(page.get_by_text("Win / lose")).to_be_visible()


def test_one_reading_of_a_year_at_a_time(year, executives, compensation_admin, executive):
    jobs = {
        actions.read_answers(year, today=NOW.date(), acting_user=user, at=NOW).pk
        for user in (executive, compensation_admin)
    }
    assert len(jobs) == 1


@pytest.mark.parametrize("fault", [RedisError("away"), OperationalError("away")])
def test_what_passes_by_itself_is_tried_again(year, executives, monkeypatch, fault):
    def away(wanted):
        raise fault

    ask(executives, year)
    monkeypatch.setattr(voices, "read", away)
    with pytest.raises(type(fault)):
        read_answers()
    assert Job.objects.get().ended_at is None
    monkeypatch.undo()
    monkeypatch.setattr(voices, "FEW", 0)
    read_answers()
    assert executives.get("/simulator/").context["asked"].facts


def test_of_two_workers_one_goes_on(year, executives, monkeypatch):
    ask(executives, year)
    monkeypatch.setattr(reading, "BATCH", 1)
    mine, theirs = Job.objects.get(), Job.objects.get()
    read, calls = voices.read, []

    def overtaken(wanted):
        calls.append(wanted)
        if len(calls) == 1:
            assert actions.go_on_reading(theirs, at=NOW)
        return read(wanted)

    monkeypatch.setattr(voices, "read", overtaken)
    assert not actions.go_on_reading(mine, at=NOW)
    assert len(calls) == Job.objects.get().total + 1, "the one overtaken reads nobody more"


def test_what_nobody_expected_is_told_and_offered_again(year, executives, monkeypatch):
    ask(executives, year)
    monkeypatch.setattr(voices, "read", lambda wanted: 1 / 0)
    read_answers()
    page = executives.get("/simulator/").text
    assert reading.FAILED in page
    assert 'hx-trigger="load"' not in page, "it does not begin again by itself"
    monkeypatch.undo()
    monkeypatch.setattr(voices, "FEW", 0)
    ask(executives, year)
    read_answers()
    assert executives.get("/simulator/").context["asked"].facts
