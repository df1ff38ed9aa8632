"""Days away: counted exactly, entered by somebody else, and taken out with an undo."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from compensation import actions, queries, rules
from compensation.models import Leave
from tests.conftest import NOW

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def leave(who, start, end, by, **fields):
    days = {"starts_on": date.fromisoformat(start), "ends_on": date.fromisoformat(end)}
    return actions.add_leave(who, **days, **{"reason": "ill", "acting_user": by, "at": NOW} | fields)


@given(DAYS, DAYS, st.lists(st.tuples(DAYS, DAYS), max_size=3))
def test_every_day_is_counted_once(start, end, stretches):
    away, after = [], date(2025, 12, 31)
    for first, last in sorted(stretches):
        if after < first <= last:
            away.append(rules.Span(first, last))
            after = last
    span = rules.Span(start, end).without(away)
    days = [date.fromordinal(day) for day in range(start.toordinal(), end.toordinal() + 1)]
    assert span.days == sum(not any(one.start <= day <= one.end for one in away) for day in days)


def test_leave_shrinks_the_days_and_what_was_sold_meanwhile_pays(member, owner, sell, compensation_admin):
    sell("2026-03-05", "500.00")
    leave(owner, "2026-03-01", "2026-03-31", compensation_admin)
    leave(owner, "2026-12-01", "2026-12-31", compensation_admin)
    inputs = queries.estimate_of(owner, NOW).inputs
    assert inputs["eligible_days"] == 328 - 31
    assert inputs["components"][0]["actual"] == "500.00"


def test_compensation_enters_leave_and_takes_it_out_and_back(member, owner, planner):
    url = f"/plans/members/{member.pk}/leave/"
    values = {"starts_on": "2026-03-02", "ends_on": "2026-03-06", "reason": "parental leave"}
    assert "5 days of leave" in planner.post(url, values, follow=True).content.decode()
    page = planner.post(f"/plans/leave/{Leave.objects.get().pk}/remove/", follow=True).content.decode()
    assert not Leave.objects.exists()
    undo = page.partition('action="/plans/leave/')[2].partition('"')[0]
    planner.post(f"/plans/leave/{undo}")
    assert Leave.objects.get().salesperson == owner
    assert "Some of these days" in planner.post(url, values).content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ends_on": "2026-03-01"}, "lies before the first"),
        ({"reason": ""}, "This field is required"),
        ({"starts_on": "x"}, "Enter a valid date"),
    ],
)
def test_bad_input_is_told(member, planner, changes, says):
    values = {"starts_on": "2026-03-02", "ends_on": "2026-03-06", "reason": "ill"} | changes
    assert says in planner.post(f"/plans/members/{member.pk}/leave/", values).content.decode()


def test_no_day_twice(owner, compensation_admin):
    leave(owner, "2026-03-01", "2026-03-31", compensation_admin)
    with pytest.raises(ValidationError, match="entered as leave already"):
        leave(owner, "2026-03-31", "2026-04-02", compensation_admin)
    with pytest.raises(IntegrityError, match="leave_no_overlap"), transaction.atomic():
        Leave.objects.create(
            salesperson=owner,
            starts_on=date(2026, 3, 1),
            ends_on=date(2026, 3, 1),
            reason="ill",
            changed_by=compensation_admin,
            changed_at=NOW,
        )


def test_nobody_enters_their_own(paid_planner, signed_in):
    own = paid_planner.salesperson
    assert signed_in(own).get(f"/plans/members/{paid_planner.pk}/leave/").status_code == 403
    with pytest.raises(PermissionDenied):
        leave(own, "2026-03-01", "2026-03-31", own)
    with pytest.raises(IntegrityError, match="leave_not_own"), transaction.atomic():
        Leave.objects.create(salesperson=own, starts_on=NOW, ends_on=NOW, reason="ill", changed_by=own, changed_at=NOW)
