"""The health of a manual: worked numbers, and what never takes a point away."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secrets_manual import rules
from secrets_manual.rules.health import spoken_lately
from tests.conftest import NOW

CATEGORIES = 18
ages = st.lists(st.integers(0, 800), max_size=30)
silences = st.none() | st.integers(0, 600)


def score(covered, ages, used, silent, at=NOW):
    last = None if silent is None else (NOW - timedelta(days=silent)).date()
    confirmed = [NOW - timedelta(days=age) for age in ages]
    told = {"confirmed": confirmed, "used": used, "last_conversation": last}
    return rules.health(covered=covered, categories=CATEGORIES, **told, at=at, today=at.date())


@st.composite
def manuals(draw):
    confirmed = draw(ages)
    return {
        "covered": draw(st.integers(0, min(len(confirmed), CATEGORIES))),
        "ages": confirmed,
        "used": draw(st.integers(0, len(confirmed))),
        "silent": draw(silences),
    }


def test_worked():
    health = score(9, [10] * 9 + [200] * 3, 2, 60)
    assert [part.points for part in health.parts] == [20, Fraction(75, 4), 10, 16]
    assert health.score == 65


def test_half_a_point_is_rounded_up():
    health = rules.Health(Fraction(1, 2), Fraction(1, 2), 2, 0, 180)
    assert sum(part.points for part in health.parts) == Fraction(65, 2)
    assert health.score == 33


@pytest.mark.parametrize(
    ("days", "share"), [(0, 1), (30, 1), (105, Fraction(1, 2)), (180, 0), (900, 0), (None, 0), (-3, 1)]
)
def test_silence(days, share):
    assert spoken_lately(days) == share


@given(manuals())
def test_between_nothing_and_all(manual):
    health = score(**manual)
    assert 0 <= health.score <= 100
    assert all(0 <= part.points <= part.most for part in health.parts)
    assert sum(part.most for part in health.parts) == 100
    if health.secrets:
        assert abs(health.score - sum(part.points for part in health.parts)) <= Fraction(1, 2)


@given(silences)
def test_blank_is_nothing_however_much_was_talked(silent):
    assert score(0, [], 0, silent).score == 0


@given(manuals(), st.booleans())
def test_logging_takes_no_point(manual, is_new_category):
    covered = min(CATEGORIES, manual["covered"] + is_new_category)
    assert score(**manual | {"ages": [*manual["ages"], 0], "covered": covered}).score >= score(**manual).score


@given(manuals(), st.data())
def test_confirming_using_and_talking_take_no_point(manual, data):
    before = score(**manual).score
    if manual["ages"]:
        place = data.draw(st.integers(0, len(manual["ages"]) - 1))
        confirmed = [0 if number == place else age for number, age in enumerate(manual["ages"])]
        assert score(**manual | {"ages": confirmed}).score >= before
        assert score(**manual | {"used": min(len(confirmed), manual["used"] + 1)}).score >= before
    assert score(**manual | {"silent": 0}).score >= before


@given(manuals(), st.integers(0, 400))
def test_time_alone_gives_no_point(manual, days):
    assert score(**manual, at=NOW + timedelta(days=days)).score <= score(**manual).score


def test_nothing_applies():
    told = {"confirmed": [], "used": 0, "last_conversation": date(2026, 1, 1), "at": NOW, "today": NOW.date()}
    nothing = rules.health(covered=0, categories=0, **told)
    assert (nothing.coverage, nothing.score, nothing.word) == (0, 0, "blank")


@pytest.mark.parametrize(
    ("silent", "words"),
    [
        (None, "never spoken to"),
        (-1, "the last was today"),
        (0, "the last was today"),
        (1, "the last was yesterday"),
        (2, "2 days since the last"),
    ],
)
def test_silence_in_words(silent, words):
    assert score(1, [1], 0, silent).silence == words
