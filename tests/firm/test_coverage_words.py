"""A coverage is never rounded up to everybody."""

import pytest

from firm.templatetags.words import coverage


@pytest.mark.parametrize(
    ("share", "words"), [(353 / 354, "99.7"), (0.99999, "99.9"), (1, "100"), (0.985, "98"), (0, "0"), (None, "–")]
)
def test_never_rounded_up_to_everybody(share, words):
    assert coverage(share).removesuffix("\u202f%") == words
