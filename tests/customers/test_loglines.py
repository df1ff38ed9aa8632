"""One line about what happened, taken apart."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.rules.loglines import Named, read_line
from customers.rules.meant import Candidate, meant, telling_words

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)
MARIA, JUDITH, JOSE = Named(1, "Maria Lund"), Named(2, "Judith Aldous"), Named(3, "José Ibáñez")
PEOPLE = [MARIA, JUDITH, JOSE]


def read(text, people=PEOPLE, place="Harbour Foods"):
    line = read_line(text, today=TODAY, people=people, place=place)
    return line.kind, line.on, line.contact_id, line.note


@pytest.mark.parametrize(
    ("text", "kind", "on", "contact", "note"),
    [
        ("call yesterday about the spring order", "call", YESTERDAY, None, "about the spring order"),
        ("visit with Maria: she wants to retire", "visit", TODAY, 1, "she wants to retire"),
        ("Met Maria and her brother at the fair", "visit", TODAY, 1, "Met Maria and her brother at the fair"),
        ("called Jose this morning", "call", TODAY, 3, ""),
        ("Maria called on Monday to say the kiln broke", "call", YESTERDAY, 1, "to say the kiln broke"),
        ("Lunch with Judith Aldous last Friday", "visit", date(2026, 11, 20), 2, "Lunch with Judith Aldous"),
        ("3 days ago visit", "visit", date(2026, 11, 21), None, ""),
        ("email to Ms. Lund 20 Nov: price list", "mail", date(2026, 11, 20), 1, "price list"),
        ("wrote to judith two weeks ago about the lease.", "mail", date(2026, 11, 10), 2, "about the lease"),
        ("had a quick call with Maria about Monday’s delivery", "call", TODAY, 1, "about Monday’s delivery"),
        ("talked about the move over coffee yesterday", "call", YESTERDAY, None, "about the move over coffee"),
        ("the spring order fell through", "other", TODAY, None, "the spring order fell through"),
        ("visit at Harbour Foods: unhappy", "visit", TODAY, None, "unhappy"),
        ("call tomorrow", "call", TODAY + timedelta(days=1), None, ""),
        ("visit", "visit", TODAY, None, ""),
        ("", "other", TODAY, None, ""),
    ],
)
def test_read(text, kind, on, contact, note):
    assert read(text) == (kind, on, contact, note)


def test_a_first_name_two_people_share_means_neither():
    assert read("visit with Maria", [MARIA, Named(4, "Maria Berg")])[2] is None
    assert read("visit with Maria Berg", [MARIA, Named(4, "Maria Berg")])[2] == 4


def test_a_surname_that_is_the_firm_s_means_the_firm():
    assert read("visit at Aldous: the kiln", place="Aldous & Daughter") == ("visit", TODAY, None, "the kiln")
    assert read("call with Judith", place="Aldous & Daughter")[2] == 2


def test_somebody_only_mentioned_is_not_the_contact():
    assert read("call yesterday about Maria’s order")[2] is None


@given(st.text(max_size=120))
def test_nothing_typed_breaks_it_and_the_note_is_part_of_it(text):
    line = read_line(text, today=TODAY, people=PEOPLE, place="Harbour Foods")
    assert line.note in " ".join(text.split())
    assert line.kind in {"visit", "call", "mail", "other"}


BOOK = [
    Candidate(1, "Harbour Foods", ("Maria Lund",), is_own=True),
    Candidate(2, "Harbour Boats GmbH", ("Ole Olsen",)),
    Candidate(3, "Aldous & Daughter", ("Judith Aldous", "Maria Berg"), is_own=True),
]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("visit at Harbour Foods: unhappy", [1]),
        ("visit at harbour boats", [2]),
        ("visit harbour", [1]),
        ("call Maria Lund yesterday", [1]),
        ("call with Maria", [1, 3]),
        ("saw Judith", [3]),
        ("nothing of the kind", []),
    ],
)
def test_which_customer_is_meant(text, ids):
    assert meant(text, BOOK) == ids


def test_words_that_may_be_a_name():
    assert telling_words("Call with José Ibáñez of Harbour Foods yesterday about the order") == [
        "jose",
        "ibanez",
        "harbour",
        "foods",
    ]
