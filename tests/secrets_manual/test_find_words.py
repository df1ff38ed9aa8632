"""Words looked for: slips forgiven, hits marked, nothing let through unescaped."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from customers.models import Customer
from secrets_manual import rules
from secrets_manual.actions import log_secret
from secrets_manual.models import Category
from secrets_manual.queries import search_secrets, vocabulary
from tests.conftest import NOW


@pytest.mark.parametrize("slip", ["swmis", "swms", "swoms", "swwims", "swim", "SWIMS", "Swíms"])
def test_one_slip_is_forgiven(secret, owner, slip):
    assert list(search_secrets(owner, slip, at=NOW)) == [secret]


@pytest.mark.parametrize("other", ["sweets", "seller", "x", "", "morning stamps"])
def test_another_word_is_not_found(secret, owner, other):
    assert not search_secrets(owner, other, at=NOW)


def test_exact_before_misspelt(written, owner):
    misspelt = written(text="Sails with the sailnig club, sailnig always.")
    exact = written(text="He told us at length one rainy evening in the old harbour of sailing.")
    assert list(search_secrets(owner, "sailing", at=NOW)) == [exact, misspelt]


def test_hits_are_marked_and_the_rest_escaped(written, signed_in, owner):
    written(text="Swims & <b>sings</b> in the Taquería.")
    page = signed_in(owner).get(reverse("secrets"), {"q": "swmis taqueria"}).content.decode()
    assert "<mark>Swims</mark> &amp; &lt;b&gt;sings" in page
    assert "<mark>Taquería</mark>" in page


def test_hidden_ones_change_no_count(written, signed_in, marketer):
    for sensitivity in ("relationship", "confidential"):
        written(sensitivity=sensitivity, audiences=("sales", "service", "marketing"))
    assert "Nothing found" in signed_in(marketer).get(reverse("secrets"), {"q": "swims"}).content.decode()


@given(st.text(), st.text(max_size=60))
def test_pieces_lose_nothing(text, looked_for):
    assert "".join(piece for piece, _ in rules.pieces(text, looked_for)) == text


@pytest.fixture
def many_texts(written, monkeypatch):
    """What a large firm has: more texts than every way is fast for, and statistics about their words."""
    monkeypatch.setattr(vocabulary, "LARGE", 10)
    made = [written(text=text) for text in ["Sails round the harbour.", "Longs for greyhounds."] * 6]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE secrets_manual_secrettext")
    return made


@pytest.mark.parametrize(
    "looked_for", ["harbour", "harb", "harbuor", "harbourxx", "sails harbour", "sials harbour", "the"]
)
def test_among_many_texts_common_words_are_found_all_the_same(many_texts, owner, looked_for):
    assert {one.pk for one in search_secrets(owner, looked_for, at=NOW)} == {one.pk for one in many_texts[::2]}


def test_among_many_texts_nothing_else_is_found(many_texts, written, owner, marketer):
    rare = written(text="A zeppelin over the moor.")
    assert list(search_secrets(owner, "zepelin", at=NOW)) == [rare]
    assert not search_secrets(owner, "zebra harbour", at=NOW)
    assert not search_secrets(marketer, "harbour", at=NOW)


def test_among_many_texts_a_hidden_one_changes_nothing(many_texts, owner, outsider):
    found = search_secrets(owner, "harbourxx", at=NOW)
    hidden = {"category": Category.objects.get(key="habit"), "sensitivity": "relationship", "audiences": ("sales",)}
    far = Customer.objects.create(name="Brandt", owner=outsider)
    log_secret(far, text="Knows a harbourxy.", acting_user=outsider, at=NOW, **hidden)

    assert found
    assert search_secrets(owner, "harbourxx", at=NOW) == found


def test_the_command_tells_how_long_searching_takes(many_texts, capsys):
    call_command("time_search", terms=1, rounds=1)
    assert re.search(r"^all +\d+ searches, p50 +[\d.]+ ms, p95 +[\d.]+ ms$", capsys.readouterr().out, re.MULTILINE)
