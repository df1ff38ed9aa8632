"""The boards: what they count, for whom, with how many queries; and the same as a table."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from customers.models import Customer
from recovery import actions, queries
from recovery.models import Case, FollowUp, Gesture
from tests.conftest import NOW, person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def later(time_machine):
    time_machine.move_to(NOW + timedelta(days=100), tick=False)


@pytest.fixture
def made_good(open_case, make_good, service_agent):
    """``made_good(hours=…, before=…, after=…)``: a closed case, with what is known of how likely they stay."""

    def make(*, hours=1, before=None, after=None, days=0, **changed):
        at = NOW + timedelta(days=days)
        case = open_case(at=at, **changed)
        if before is not None:
            Case.objects.filter(pk=case.pk).update(likely_before=before, likely_before_at=at)
        make_good(case, at=at + hours * HOUR)
        actions.close_case(case, acting_user=service_agent, at=at + hours * HOUR)
        if after is not None:
            asked = FollowUp.objects.get(case=case, kind="check_back_7")
            FollowUp.objects.filter(pk=asked.pk).update(state="sent", sent_at=asked.due_at)
            actions.answer_follow_up(asked, likely=after, comment="", at=asked.due_at)
        return Case.objects.get(pk=case.pk)

    return make


def the_board(firm, owners=None, severity="", first=None):
    return queries.board(queries.Scope(owners, severity, first, firm, NOW + timedelta(days=100)))


def test_on_time_and_times(made_good, open_case, firm):
    for hours in (1, 2, 3, 4, 30):
        made_good(hours=hours)
    open_case(at=NOW + timedelta(days=100))
    fix = next(one for one in the_board(firm).promises_of_all if one.kind == "fix")
    # The one that runs is not settled; four of five were in time.
    assert (fix.settled, fix.on_time, fix.done, fix.share.value) == (5, 4, 5, 0.8)
    assert fix.middle.value == 3 * 3600
    assert fix.tail.value is None
    assert fix.share.is_few


def test_what_was_never_done_is_not_on_time(open_case, firm, manager):
    case = open_case()
    actions.close_case(case, reason="They moved.", is_manager=True, acting_user=manager, at=NOW)
    fix = next(one for one in the_board(firm).promises_of_all if one.kind == "fix")
    assert (fix.settled, fix.on_time, fix.share.value) == (1, 0, None)


def test_pairs_and_unknowns(made_good, firm):
    for before, after in ((7, 9), (5, 9), (8, 8), (9, 3), (6, None), (None, 10)):
        made_good(before=before, after=after)
    made_good(before=2, after=8)
    pair = next(one for one in the_board(firm).worked_of_all if one.kind == "check_back_7")
    assert (pair.closed, pair.asked, pair.answered, pair.to_come, pair.unknown_before) == (7, 6, 6, 1, 1)
    assert (pair.pairs, pair.better, pair.same, pair.worse) == (5, 3, 1, 1)
    assert (pair.before.value, pair.after.value) == ((7 + 5 + 8 + 9 + 2) / 5, (9 + 9 + 8 + 3 + 8) / 5)
    assert the_board(firm).summary.failed == 1


def test_repeated_failures(made_good, firm):
    for days in (0, 90):
        made_good(days=days)
    made_good(days=1, root_cause="billing")
    made_good(days=2, root_cause="other")
    made_good(days=3, root_cause="other")
    causes = {cause.key: (cause.cases, cause.repeated) for cause in the_board(firm).causes}
    assert causes == {"delivery": (2, 1), "billing": (1, 0), "other": (2, 0)}


def test_gestures_that_work(made_good, firm):
    mittens = Gesture.objects.create(name="Mittens")
    for before, after in ((5, 9), (5, 8), (5, 4), (None, 7), (5, 9), (5, None)):
        case = made_good(before=before, after=after)
        Case.objects.filter(pk=case.pk).update(gesture=mittens)
    (made,) = the_board(firm).gestures
    assert (made.name, made.cases, made.answered, made.pairs, made.likely) == ("Mittens", 6, 5, 4, 4)
    assert (made.stays.value, made.change.value) == (0.8, None)


def test_only_the_last_closing_counts(made_good, firm, service_agent):
    case = made_good(before=7, after=3)
    again = NOW + timedelta(days=20)
    actions.reopen_case(case, reason="It broke again.", acting_user=service_agent, at=again)
    actions.fix_case(case, note="Mended.", acting_user=service_agent, at=again)
    actions.close_case(case, acting_user=service_agent, at=again)
    pair = next(one for one in the_board(firm).worked_of_all if one.kind == "check_back_7")
    assert (pair.closed, pair.answered) == (1, 0)


def test_who_sees_whose(made_good, signed_in, service_agent, manager, executive, outsider, owner, firm):
    made_good()
    elsewhere = Customer.objects.create(name="Elsewhere", owner=outsider)
    made_good(customer=elsewhere)
    assert "2 cases" in signed_in(service_agent).get("/oops/board/?period=all").content.decode()
    assert "2 cases" in signed_in(executive).get("/oops/board/").content.decode()
    assert "1 case<" in signed_in(manager).get("/oops/board/").content.decode()
    assert signed_in(owner).get("/oops/board/").status_code == 403


def test_period_and_severity(made_good, signed_in, service_agent):
    made_good(severity="high")
    made_good(days=80)
    client = signed_in(service_agent)
    for query, words in (("period=30", "1 case<"), ("severity=high", "1 case<"), ("period=x&severity=x", "2 cases")):
        assert words in client.get(f"/oops/board/?{query}").content.decode(), query


def test_as_many_queries_for_twenty(made_good, signed_in, service_agent):
    client = signed_in(service_agent)

    def count():
        with CaptureQueriesContext(connection) as queries_made:
            assert client.get("/oops/board/?period=all").status_code == 200
        return len(queries_made)

    made_good(before=5, after=2)
    client.get("/oops/board/")
    one = count()
    for _ in range(6):
        made_good(before=5, after=9)
    assert count() == one


def test_the_table_is_safe_to_open(made_good, signed_in, service_agent):
    gesture = Gesture.objects.create(name="=cmd|' /C calc'!A0")
    case = made_good(before=5, after=9)
    Case.objects.filter(pk=case.pk).update(gesture=gesture)
    response = signed_in(service_agent).get("/oops/board/csv/?period=all")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Board", "Measure", "Of", "Severity", "Count", "Rests on", "Value"]
    assert ["The whole firm", "On time", "Fix", "All", "1", "1", ""] in rows
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_a_manager_who_is_executive_sees_the_firm(made_good, signed_in, firm):
    made_good()
    both = person("Bo Both", Role.EXECUTIVE, Role.MANAGER)
    assert "1 case<" in signed_in(both).get("/oops/board/").content.decode()
