"""Pure rules of cards: the library, reading time, versions, two writers, how a card stands."""

from datetime import date

import pytest

from report_cards.rules.cards import Dates, free_months, standing
from report_cards.rules.library import BY_KEY, LIBRARY, STARTERS
from report_cards.rules.merging import meet
from report_cards.rules.reading import LONGEST, seconds_to_answer
from report_cards.rules.versions import changes, pieces
from report_cards.rules.weights import WHOLE


def row(key, **changed):
    told = {"measure": "relationship", "name": key.title(), "question": f"Is good at {key}.", "french": ""}
    return {**told, "key": key, "weight_bp": 5000, "target": "0.8000", **changed}


def test_the_library_is_large_and_holds_no_twins():
    for measure in ("relationship", "secret_gathering"):
        assert sum(one.measure == measure for one in LIBRARY) >= 12
    for field in ("key", "name", "question", "french"):
        assert len({getattr(one, field) for one in LIBRARY}) == len(LIBRARY)


@pytest.mark.parametrize("one", LIBRARY, ids=lambda one: one.key)
def test_a_suggestion_fits_the_card(one):
    assert len(one.name) <= 60
    assert len(one.question) <= 90
    assert len(one.french) <= 90
    assert one.question.endswith(".")
    assert one.french.endswith(".")
    assert "'" not in one.question + one.french
    assert 0 < one.target <= 1


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.key)
def test_a_starter_could_be_signed_and_takes_half_a_minute(starter):
    sums = {}
    for key, weight in starter.weights:
        sums[BY_KEY[key].measure] = sums.get(BY_KEY[key].measure, 0) + weight
    assert sums == {"relationship": WHOLE, "secret_gathering": WHOLE}
    for language in ("question", "french"):
        assert seconds_to_answer(getattr(BY_KEY[key], language) for key, _ in starter.weights) <= LONGEST


def test_seconds_to_answer():
    assert seconds_to_answer([]) == 0
    # 5 + 9 words at 238 a minute, two choices of 2.65 s, Send: 3.53 + 5.3 + 1.3.
    assert seconds_to_answer(["Hears me out every time."]) == 11
    six = ["Does what was promised, when it was promised."] * 12
    assert seconds_to_answer(six) > LONGEST


def test_changes_between_versions():
    old = [row("listening"), row("follow-up"), row("honesty")]
    new = [row("honesty"), row("listening", weight_bp=6000, question="Hears me out."), row("availability")]
    found = {change.key: (change.kind, change.fields) for change in changes(old, new)}
    assert found == {
        "honesty": ("same", ()),
        "listening": ("changed", ("question", "weight_bp")),
        "availability": ("added", ()),
        "follow-up": ("removed", ()),
    }


def test_pieces_of_two_wordings():
    found = [(piece.kind, piece.text) for piece in pieces("Hears me out before offering.", "Hears me before selling.")]
    assert found == [
        ("same", "Hears me"),
        ("old", "out"),
        ("same", "before"),
        ("old", "offering."),
        ("new", "selling."),
    ]


def test_meeting_another_writer_loses_nothing():
    before = [row("listening"), row("follow-up"), row("honesty")]
    typed = [row("listening", name="Mine"), row("follow-up", weight_bp=1000), row("honesty"), row("")]
    now = [row("listening", name="Theirs", target="0.9000"), row("follow-up"), row("availability")]
    listening, follow_up, honesty, own, added = meet(before, typed, now)
    assert (listening.row["name"], listening.theirs) == ("Mine", {"name": "Theirs"})
    assert (listening.row["target"], listening.taken) == ("0.9000", {"target": "0.8000"})
    assert (follow_up.row["weight_bp"], follow_up.taken, follow_up.theirs) == (1000, {}, {})
    assert honesty.is_gone
    assert not own.is_gone
    assert (added.row["key"], added.is_new) == ("availability", True)


def test_an_order_that_only_the_other_changed_is_theirs():
    before = [row("listening"), row("follow-up"), row("honesty")]
    now = [row("honesty"), row("listening"), row("follow-up")]
    typed = [row("listening", name="Mine"), row(""), row("follow-up"), row("honesty")]
    assert [one.row["key"] for one in meet(before, typed, now)] == ["honesty", "", "listening", "follow-up"]
    moved = [row("follow-up"), row("listening"), row("honesty")]
    assert [one.row["key"] for one in meet(before, moved, now)] == ["follow-up", "listening", "honesty"]


def test_what_one_took_out_stays_out_unless_the_other_worked_on_it():
    before = [row("listening"), row("follow-up")]
    assert meet(before, [], before) == []
    assert [one.row["name"] for one in meet(before, [], [row("listening", name="Better"), row("follow-up")])] == [
        "Better"
    ]


def dates(version, month, is_signed=True, year=2026):
    return Dates(version, version, date(year, month, 1), is_signed)


@pytest.mark.parametrize(
    ("card", "state", "version"),
    [
        (dates(1, 1), "replaced", 2),
        (dates(2, 7), "in_force", None),
        (dates(3, 12), "coming", None),
        (dates(4, 1, is_signed=False), "draft", None),
        (dates(5, 1, year=2025), "over", None),
    ],
)
def test_standing(card, state, version):
    others = [dates(1, 1), dates(2, 7), dates(3, 12), dates(4, 2, is_signed=False)]
    stands = standing(card, others, today=date(2026, 11, 24))
    assert (stands.state, stands.version) == (state, version)


def test_free_months_are_those_that_could_be_signed():
    free = free_months(date(2026, 10, 1), {date(2026, 12, 1), date(2027, 3, 1)}, today=date(2026, 11, 24), ahead=8)
    assert free == [date(2027, month, 1) for month in (4, 5, 6)]
