"""Two people outside the line decide; a third where they differ; whoever reported has no vote; races settle once."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from report_cards import actions, queries
from report_cards.models import Answer, BehaviourTally, Quarantine, QuarantineVote, Response, RoundTally

from .conftest import (
    ANSWERED_AT,
    CLOSED_AT,
    DRAWN_AT,
    NOVEMBER,
    OCTOBER,
    answer_all,
    closed,
    customers_of,
    next_close,
)
from .test_record_response import at_once

RATING = actions.Rating(words={"listening": "poor"}, comment="A word nobody here may read.")


def text(page):
    return re.sub(r"\s+", " ", page.content.decode())


@pytest.fixture
def response(invitation):
    return actions.record_response(invitation, RATING, at=ANSWERED_AT)


@pytest.fixture
def held(response):
    return actions.set_aside(response.pk, ["late_address"], at=ANSWERED_AT)


def decide(held, user, verdict="released", at=CLOSED_AT):
    return actions.decide_quarantine(held, verdict=verdict, reason="Called her.", acting_user=user, at=at)


def test_two_who_agree_release_it(held, executive, compensation_admin):
    assert decide(held, executive).verdict == ""
    assert decide(held, executive).votes.count() == 1
    assert decide(held, compensation_admin).verdict == "released"
    assert Response.objects.get().is_counted
    assert Answer.objects.get().is_counted


def test_a_third_decides_where_two_differ(held, executive, compensation_admin, privacy_officer):
    decide(held, executive, "released")
    assert decide(held, compensation_admin, "voided").verdict == ""
    assert not Response.objects.get().is_counted
    assert decide(held, privacy_officer, "voided").verdict == "voided"
    assert not Response.objects.get().is_counted
    assert Answer.objects.count() == 1


def test_a_void_answer_stays_void_when_its_customer_changes_it(held, invitation, executive, compensation_admin):
    for user in (executive, compensation_admin):
        decide(held, user, "voided", at=ANSWERED_AT)
    actions.record_response(invitation, actions.Rating(words={"listening": "good"}), at=ANSWERED_AT)
    assert not Answer.objects.get().is_counted
    assert Quarantine.objects.count() == 1


def test_nobody_of_the_line_decides(held, owner, manager, parent_team, team, colleague):
    boss = parent_team.manager
    for user in (owner, manager, boss, colleague):
        user.roles = [Role.EXECUTIVE, *user.roles]
        user.save()
    for user in (owner, manager, boss):
        with pytest.raises(PermissionDenied):
            decide(held, user)
    decide(held, colleague)
    assert QuarantineVote.objects.get().user == colleague


def test_nobody_decides_on_whoever_leads_them(held, owner, team, colleague):
    """The rated person leads a team: its people are their line as well."""
    team.manager = owner
    team.save()
    colleague.roles = [Role.EXECUTIVE]
    colleague.save()
    with pytest.raises(PermissionDenied):
        decide(held, colleague)


def test_a_counted_answer_is_reported_after_the_close_and_voided_by_two_others(
    response, card, executive, compensation_admin, privacy_officer
):
    closed(response.invitation.round)
    held = actions.report_answer(response, reason="She left in May.", acting_user=executive, at=CLOSED_AT)
    assert not queries.answered(executive).exists(), "it is reported once"
    with pytest.raises(PermissionDenied):
        decide(held, executive)
    decide(held, compensation_admin, "voided")
    assert decide(held, privacy_officer, "voided").verdict == "voided"
    assert Answer.objects.get().is_counted
    next_close(card)
    assert not Answer.objects.get().is_counted


def test_nobody_who_decides_can_compare_the_numbers_before_and_after(
    card, owner, executive, compensation_admin, privacy_officer
):
    """Reported, voided, released after the close: the month as issued stays; a later window and pay see it later."""
    customers_of(owner, 7)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    first, second, *_ = answer_all(round_, ["poor", "good", "good", "good", "good", "good", "good"])
    held = actions.set_aside(second.pk, ["late_address"], at=ANSWERED_AT)
    closed(round_)

    def told():
        """What the pages, the files and pay are read from."""
        tables = [list(table.objects.filter(month=OCTOBER).values()) for table in (BehaviourTally, RoundTally)]
        return tables, queries.paying_voices(owner, start=OCTOBER, end=date(2026, 10, 31))

    (issued, _), before = told(), told()
    reported = actions.report_answer(first, reason="Not her.", acting_user=executive, at=CLOSED_AT)
    assert told() == before
    for user in (compensation_admin, privacy_officer):
        decide(reported, user, "voided")
        decide(held, user, "released")
    assert told() == before
    next_close(card)
    assert told()[0] == issued
    assert told()[1] != before[1]
    assert Response.objects.filter(is_counted=False).get() == first
    assert BehaviourTally.objects.get(month=NOVEMBER, salesperson=owner, behaviour_key="listening").poor == 0


@pytest.mark.django_db(transaction=True)
def test_votes_at_the_same_moment_settle_once(held, executive, compensation_admin, privacy_officer, second_executive):
    voters = [executive, compensation_admin, privacy_officer, second_executive]

    def vote(user, verdict):
        try:
            return decide(Quarantine.objects.get(pk=held.pk), user, verdict)
        except ValidationError as refused:
            return refused.message
        finally:
            connection.close()

    deeds = [
        lambda user=user, verdict=verdict: vote(user, verdict)
        for user, verdict in zip(voters * 5, ["released", "voided"] * 10, strict=True)
    ]
    results = at_once(deeds)
    assert len(results) == len(deeds)
    refusals = {told for told in results if isinstance(told, str)}
    assert refusals <= {"Two others decided meanwhile. What they say stands; yours was not recorded."}
    settled = Quarantine.objects.get()
    given = list(settled.votes.values_list("verdict", flat=True))
    assert given.count(settled.verdict) == 2
    assert len(given) in {2, 3}
    assert Response.objects.get().is_counted == (settled.verdict == "released")


def test_the_pages_say_why_and_never_what(held, signed_in, executive, compensation_admin):
    browser = signed_in(executive)
    page = text(browser.get("/integrity/"))
    assert "Aldous &amp; Daughter" in page
    assert "the address changed shortly before the draw" in page
    page = text(browser.get(f"/integrity/{held.pk}/"))
    assert "less than 72 hours before the round was drawn" in page
    assert "nobody here may read" not in page
    assert "poor" not in page.lower()
    bad = browser.post(f"/integrity/{held.pk}/decide/", {"verdict": "released"})
    assert (bad.status_code, QuarantineVote.objects.count()) == (422, 0)
    assert "Say in a few words why." in text(bad)
    done = browser.post(f"/integrity/{held.pk}/decide/", {"verdict": "released", "reason": "Rang her."}, follow=True)
    assert "It takes another person’s." in text(done)
    assert "<h2>Your decision</h2>" not in text(done)
    other = signed_in(compensation_admin)
    assert "Rang her." not in text(other.get(f"/integrity/{held.pk}/"))
    done = other.post(f"/integrity/{held.pk}/decide/", {"verdict": "released", "reason": "Wrote to her."}, follow=True)
    assert "Two people agree: it counts." in text(done)
    assert "Rang her." in text(done)
    assert "Released" in text(other.get("/integrity/?show=settled"))


def test_a_report_through_the_pages(response, signed_in, executive):
    browser = signed_in(executive)
    assert "Aldous" in text(browser.get("/integrity/answers/?q=aldous&month=2026-10"))
    assert "No counted answer fits" in text(browser.get("/integrity/answers/?q=nobody"))
    assert browser.post(f"/integrity/answers/{response.pk}/report/", {"reason": " "}).status_code == 422
    done = browser.post(f"/integrity/answers/{response.pk}/report/", {"reason": "She left."}, follow=True)
    assert "It is reported. Two others decide." in text(done)
    held = Quarantine.objects.get()
    assert (held.reasons, held.note, held.opened_by) == (["reported"], "She left.", executive)
    assert browser.get(f"/integrity/answers/{response.pk}/report/").status_code == 404
    assert "so two others decide" in text(browser.get(f"/integrity/{held.pk}/"))
    vote = {"verdict": "voided", "reason": "Me again."}
    assert browser.post(f"/integrity/{held.pk}/decide/", vote).status_code == 403


def test_ones_own_line_is_invisible(held, response, signed_in, manager):
    manager.roles = [Role.MANAGER, Role.EXECUTIVE]
    manager.save()
    browser = signed_in(manager)
    assert "Aldous" not in text(browser.get("/integrity/"))
    assert browser.get(f"/integrity/{held.pk}/").status_code == 404
    assert browser.get(f"/integrity/answers/{response.pk}/report/").status_code == 404


def test_pressure_is_counted_by_person_without_customers(invitation, signed_in, executive):
    type(invitation).objects.update(asks_pressure=True)
    actions.record_response(invitation, actions.Rating(words={"listening": "good"}, was_pressed=True), at=ANSWERED_AT)
    page = text(signed_in(executive).get("/integrity/pressure/?month=2026-10&q=carver"))
    assert re.search(r"Mark Carver</td><td[^>]*>October 2026</td>.*<b>1</b>", page)
    assert "Aldous" not in page


@pytest.mark.parametrize(
    "path", ["/integrity/", "/integrity/?show=settled", "/integrity/answers/", "/integrity/pressure/"]
)
def test_a_longer_list_takes_no_more_queries(path, card, customer, owner, signed_in, executive, compensation_admin):
    customers_of(owner, 8)
    round_ = actions.draw_round(OCTOBER, at=ANSWERED_AT - timedelta(days=2))
    type(round_.invitations.first()).objects.update(asks_pressure=True)
    browser = signed_in(executive)

    def queries():
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(path).status_code == 200
        return len(counted)

    def aside(some):
        for response in some:
            held = actions.set_aside(response.pk, ["burst"], at=ANSWERED_AT)
            if "settled" in path:
                for user in (executive, compensation_admin):
                    decide(held, user, "voided")

    answer_all(round_, ["good"])
    if "answers" not in path:
        aside(Response.objects.all())
    few = queries()
    answer_all(round_, ["good"] * 9)
    if "answers" not in path:
        aside(Response.objects.filter(is_counted=True))
    assert queries() == few


def test_a_stale_tab_is_told_that_a_decision_stays(held, executive, compensation_admin, privacy_officer, signed_in):
    decide(held, executive, "voided")
    page = signed_in(executive).post(
        f"/integrity/{held.pk}/decide/", {"verdict": "released", "reason": "No"}, follow=True
    )
    assert "You decided to void it already. A decision stays what it was." in page.text
    decide(held, compensation_admin, "voided")
    client = signed_in(privacy_officer)
    late = client.post(f"/integrity/{held.pk}/decide/", {"verdict": "released", "reason": "No"}, follow=True)
    assert "Two others decided meanwhile" in late.text
    assert QuarantineVote.objects.filter(verdict="voided").count() == QuarantineVote.objects.count() == 2
