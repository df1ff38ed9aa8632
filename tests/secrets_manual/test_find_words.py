"""Words looked for: slips forgiven, hits marked, nothing let through unescaped."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from secrets_manual import rules
from secrets_manual.queries import search_secrets
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
