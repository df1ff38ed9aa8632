"""What the words of a secret say about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secrets_manual import rules
from secrets_manual.rules.words import HINTS


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Her daughter starts school.", "family_priority"),
        ("His grandson sails.", "family_priority"),
        ("Wants to own a lighthouse.", "dream"),
        ("Swims before work.", "recreation_preference"),
        ("The warehouse is full of stock.", "inventory_problem"),
        ("A person of reason in every season.", None),
        ("Lives in Yorkshire at present.", None),
        ("Blue.", None),
    ],
)
def test_propose_category(text, key):
    assert rules.propose_category(text) == key


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("Has diabetes", "health"),
        ("prays every Friday", "religion"),
        ("VOTES FOR the greens", "politics"),
        ("is gay", "sex life"),
        ("of Roma descent", "ethnicity"),
        ("shop steward since 2010", "union"),
        ("gave us her fingerprint", "biometrics"),
        ("was in prison", "criminal record"),
    ],
)
def test_every_ground_is_noticed(text, ground):
    assert ground in rules.special_words(text)


@pytest.mark.parametrize("text", ["Swims breaststroke", "Loves sailing", "A kiln that burns nothing"])
def test_harmless_words_are_left_alone(text):
    assert rules.special_words(text) == {}


@given(st.text())
def test_any_text_is_answered(text):
    assert isinstance(rules.special_words(text), dict)
    assert rules.propose_category(text) in {None, *HINTS}
