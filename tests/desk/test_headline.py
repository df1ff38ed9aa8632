"""The sentence on top of the home page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules import CALM, Waiting, headline

PROMISES = ("promise is due", "promises are due")
MANUALS = ("manual is still blank", "manuals are still blank")


@pytest.mark.parametrize(
    ("promises", "manuals", "said"),
    [
        (2, 1, "Two promises are due, and one manual is still blank."),
        (1, 0, "One promise is due."),
        (0, 40, "40 manuals are still blank."),
        (0, 0, CALM),
        (1200, 0, "1,200 promises are due."),
    ],
)
def test_counts_become_one_sentence(promises, manuals, said):
    assert headline([Waiting(promises, *PROMISES), Waiting(manuals, *MANUALS)]) == said


@given(st.lists(st.integers(min_value=0, max_value=10**6), max_size=8))
def test_it_is_always_one_sentence_of_at_most_three_parts(counts):
    said = headline([Waiting(count, *PROMISES) for count in counts])

    assert said.endswith(".")
    assert said[0].isupper() or said[0].isdigit()
    assert said.count("promise") <= 3
