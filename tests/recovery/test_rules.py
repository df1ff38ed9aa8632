"""The clock, who may close, and the order of secrets: pure rules."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.models import Contact
from recovery import rules
from recovery.models import Case

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SEVERITIES = ["low", "medium", "high", "critical"]
# Loaded here: the first one drawn would load them all, too slowly for hypothesis on a busy machine.
ZONES = [ZoneInfo(name) for name in sorted(available_timezones())]
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.sampled_from(ZONES))


@pytest.mark.parametrize("changes_on", [datetime(2026, 10, 25), datetime(2027, 3, 28)])
@pytest.mark.parametrize("hour", range(24))
def test_a_day_is_86400_seconds_in_berlin(changes_on, hour):
    reported = changes_on.replace(hour=hour, tzinfo=BERLIN) - timedelta(hours=12)
    due = rules.due_times("low", reported)["surprise"]
    assert due.timestamp() - reported.timestamp() == 86_400


@given(reported=moments, severity=st.sampled_from(SEVERITIES))
def test_nothing_is_ever_due_later_than_promised(reported, severity):
    due = rules.due_times(severity, reported)
    elapsed = {kind: moment.timestamp() - reported.timestamp() for kind, moment in due.items()}
    assert set(elapsed) == {"acknowledge", "fix", "surprise", "apologise"}
    assert 0 < elapsed["acknowledge"] <= 3600
    assert all(0 < seconds <= 86_400 for seconds in elapsed.values())


def test_worse_is_never_slower():
    for seconds in rules.SECONDS_TO.values():
        ordered = [seconds[severity] for severity in SEVERITIES]
        assert ordered == sorted(ordered, reverse=True)


@pytest.mark.parametrize(
    ("left", "reached"),
    [
        (86_401, []),
        (86_400, ["24h"]),
        (14_401, ["24h", "12h"]),
        (14_400, ["24h", "12h", "4h"]),
        (1, ["24h", "12h", "4h", "1h"]),
        (0, ["24h", "12h", "4h", "1h", "overdue"]),
        (-90_000, ["24h", "12h", "4h", "1h", "overdue"]),
    ],
)
def test_thresholds_passed(left, reached):
    assert rules.passed(AT + timedelta(seconds=left), AT) == reached


@given(left=st.integers(-200_000, 200_000))
def test_next_flag_is_the_first_threshold_not_passed(left):
    due = AT + timedelta(seconds=left)
    coming = rules.next_flag(due, AT)
    if coming is None:
        assert rules.passed(due, AT) == list(rules.THRESHOLDS)
    else:
        assert coming > AT
        assert len(rules.passed(due, coming)) == len(rules.passed(due, AT)) + 1


@pytest.mark.parametrize(
    ("left", "face", "words"),
    [
        (5 * 3600 + 12 * 60 + 59, "05:12", "due in 5 h 12 min"),
        (59, "00:00", "due in 0 min"),
        (-180, "−00:03", "late by 3 min"),
        (-3600, "−01:00", "late by 1 h"),
        (-100 * 3600, "−100:00", "late by 4 days 4 h"),
    ],
)
def test_clock_words(left, face, words):
    due = AT + timedelta(seconds=left)
    assert (rules.clock_face(due, AT), rules.lateness(due, AT)) == (face, words)


def test_done_words_say_how_late():
    due = AT + timedelta(hours=1)
    assert rules.done_words(due, AT + timedelta(minutes=11), AT) == "11 min after the report"
    assert rules.done_words(due, AT + timedelta(minutes=90), AT) == "1 h 30 min after the report, 30 min late"


def test_closing_takes_everything_or_a_managers_reason():
    everything = {"fix", "surprise", "apologise"}
    assert rules.may_close(everything, is_manager=False, reason="")
    for missing in everything:
        done = everything - {missing}
        assert rules.missing_to_close(done) == [missing]
        assert not rules.may_close(done, is_manager=False, reason="They moved away.")
        assert not rules.may_close(done, is_manager=True, reason="  ")
        assert rules.may_close(done, is_manager=True, reason="They moved away.")


@pytest.mark.parametrize(("seconds", "stale"), [(None, True), (180, False), (181, True)])
def test_ticking_stops_after_three_minutes(seconds, stale):
    beat = AT - timedelta(seconds=seconds) if seconds is not None else None
    assert rules.is_stale(beat, AT) is stale


def candidate(pk, category="recreation_preference", confidence=3, days=10, **fields):
    return rules.Candidate(pk, category, confidence, AT - timedelta(days=days), **fields)


def test_best_secret_first_and_resting_last():
    ranked = rules.rank(
        [
            candidate(1, resting_until=AT + timedelta(days=1)),
            candidate(2, category="market_challenge", confidence=1, days=500, uses=2),
            candidate(3),
            candidate(4, category="habit"),
        ],
        root_cause="delivery",
        at=AT,
    )
    assert [one.id for one in ranked] == [4, 3, 2, 1]
    assert ranked[0].why == "fits what went wrong, fresh, certain, never used"
    assert ranked[2].why == "not confirmed for a year, only a guess, used 2 times before"
    assert ranked[3].is_resting


def test_every_root_cause_has_a_fit():
    assert set(rules.FITS) == set(Case.RootCause.values)


def test_ranking_500_secrets_takes_less_than_100_ms():
    many = [candidate(pk, days=pk) for pk in range(500)]
    started = time.perf_counter()
    rules.rank(many, root_cause="quality", at=AT)
    assert time.perf_counter() - started < 0.1


def test_drafted_letters_exist_for_every_root_cause_and_language():
    languages = [code for code, _ in Contact._meta.get_field("language").choices]
    for language in languages:
        assert set(rules.WRONGS[language]) == set(rules.FITS)
