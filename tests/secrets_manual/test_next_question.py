"""What to ask next: gaps, what grows old, what was asked lately, what they like to talk about. Pure, no database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secrets_manual.rules import questions
from secrets_manual.rules.questions import Asked, Known, Topic, ahead, offers
from tests.conftest import NOW

TODAY = NOW.date()
DREAM = Topic("dream", "Dream", [(1, "What have you wanted since you were small?"), (2, "What would you build?")])
FUN = Topic("fun", "Recreation", [(3, "Where do you disappear to?"), (4, "What does a good Sunday look like?")])
FAMILY = Topic("family", "Family priority", [(5, "Who is waiting for you?")], is_delicate=True)


def ranked(topics=(DREAM, FUN, FAMILY), known=(), asked=(), seed=0):
    return offers(list(topics), list(known), list(asked), at=NOW, today=TODAY, seed=seed)


def known(topic, *, days_old=10, secret_id=1, is_used=False):
    day = TODAY - timedelta(days=days_old)
    return Known(secret_id, topic, day, day + timedelta(days=180), is_used=is_used)


def asked(topic, *, days=1, **more):
    return Asked(topic, NOW - timedelta(days=days), **more)


def test_what_lacks_comes_first_and_says_so():
    first = ranked(known=[known("dream")])[0]
    assert (first.key, first.why, first.kind) == ("fun", "nothing in Recreation yet", "gap")


def test_hidden_secrets_are_gaps_to_who_cannot_read_them():
    """The rule knows only what it is given: without the hidden one the answer is as if there were none."""
    assert "family" in {offer.key for offer in ranked() if offer.kind == "gap"}


@pytest.mark.parametrize(("days", "is_offered"), [(1, False), (89, False), (91, True)])
def test_the_same_question_is_not_repeated(days, is_offered):
    offered = ranked(asked=[asked("dream", days=days, question_id=1)])
    assert (1 in {offer.question_id for offer in offered}) is is_offered


@pytest.mark.parametrize(("days", "is_offered"), [(29, False), (31, True)])
def test_a_question_passed_over_rests_too(days, is_offered):
    offered = ranked(asked=[asked("dream", days=days, question_id=1, is_passed=True)])
    assert (1 in {offer.question_id for offer in offered}) is is_offered


def test_a_topic_just_touched_makes_way():
    assert ranked([DREAM, FUN], asked=[asked("dream", days=0, question_id=1)])[0].key == "fun"


def test_old_secrets_are_asked_again_without_their_words():
    stale = next(offer for offer in ranked(known=[known("fun", days_old=270, secret_id=9)]) if offer.kind == "stale")
    assert (stale.text, stale.secret_id) == ("Is what we know of their recreation still true?", 9)
    assert stale.why == "Recreation was last confirmed 9 months ago"


def test_the_oldest_of_a_topic_is_asked_again():
    found = [known("fun", days_old=200, secret_id=1), known("fun", days_old=400, secret_id=2)]
    assert [offer.secret_id for offer in ranked(known=found) if offer.kind == "stale"] == [2]


def test_very_old_comes_before_what_lacks():
    assert ranked(known=[known("fun", days_old=600)])[0].kind == "stale"
    assert ranked(known=[known("fun", days_old=200)])[0].kind == "gap"


def test_not_asked_again_about_the_same_secret_so_soon():
    offered = ranked(known=[known("fun", days_old=300)], asked=[asked("fun", secret_id=1)])
    assert all(offer.kind != "stale" for offer in offered)


def test_what_they_like_to_talk_about_comes_before_what_they_do_not():
    full = [known("dream", secret_id=1), known("fun", secret_id=2, is_used=True)]
    best = ranked([DREAM, FUN], known=full)[0]
    assert (best.key, best.why) == ("fun", "they like to talk about Recreation")


def test_long_answers_tell_what_they_like():
    full, heard = [known("dream", secret_id=1), known("fun", secret_id=2)], asked("fun", days=200, length=400)
    assert questions.likes(full, [heard]) == {"dream": 1, "fun": 5}


def test_a_delicate_topic_waits_until_one_is_acquainted():
    assert ranked([FAMILY, DREAM])[0].key == "dream"
    three = [known("fun", secret_id=number) for number in range(3)]
    assert ranked([FAMILY, FUN, DREAM], known=three)[0].key == "family"


def test_heard_but_not_in_the_manual_is_said():
    later = [
        offer for offer in ranked(asked=[asked("dream", days=3, question_id=1, length=20)]) if offer.key == "dream"
    ]
    assert [offer.why for offer in later] == ["Dream: heard, not yet in the manual"]


def test_customers_begin_differently():
    assert {ranked([DREAM, FUN], seed=seed)[0].key for seed in (0, 1)} == {"dream", "fun"}


def test_ahead_has_something_of_every_topic():
    assert {offer.key for offer in ahead(ranked(), first=1)} == {"dream", "fun", "family"}


def test_nothing_to_ask_is_no_error():
    assert ranked([]) == []
    assert ranked([Topic("dream", "Dream", [])]) == []


TOPICS = st.lists(st.sampled_from([DREAM, FUN, FAMILY]), unique_by=lambda topic: topic.key)
KEYS = st.sampled_from(["dream", "fun", "family", "gone"])
KNOWN = st.builds(Known, st.integers(1, 50), KEYS, st.just(TODAY), st.dates(date(2024, 1, 1), date(2028, 1, 1)))
ASKED = st.builds(
    Asked,
    st.none() | KEYS,
    st.integers(0, 300).map(lambda days: NOW - timedelta(days=days)),
    st.none() | st.integers(1, 5),
    st.none() | st.integers(1, 50),
    st.booleans(),
    st.integers(0, 500),
)


@given(TOPICS, st.lists(KNOWN, unique_by=lambda one: one.secret_id), st.lists(ASKED), st.integers(0, 10_000))
def test_same_inputs_same_order_and_never_a_repeat(topics, known, asked, seed):
    first, again = ranked(topics, known, asked, seed), ranked(topics, known, asked, seed)
    assert first == again
    fresh = {one.question_id for one in asked if one.at > NOW - timedelta(days=90) and not one.is_passed}
    assert all(offer.question_id is None or offer.question_id not in fresh for offer in first)
    assert len({(offer.question_id, offer.secret_id) for offer in first}) == len(first)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "lately"),
        (5, "5 days ago"),
        (21, "3 weeks ago"),
        (30, "1 month ago"),
        (270, "9 months ago"),
        (800, "2 years ago"),
    ],
)
def test_ago(days, words):
    assert questions.ago(timedelta(days=days)) == words
