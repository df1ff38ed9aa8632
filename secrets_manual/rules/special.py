"""Whether words look special: health, religion, politics, sex life, ethnicity, union, biometrics, criminal record.

A warning while typing, not a verdict. The patterns are regular expressions that Python and JavaScript read alike, so
that the page can warn before anything leaves the device (``word_rules``). They are matched against flat text:
lower case, no accents, straight apostrophes. What is known to be harmless is blotted out first (“a stroke of luck”).
"""

import re
import unicodedata
from typing import Final

from secrets_manual.rules import (
    special_english,
    special_families,
    special_french,
    special_german,
    special_lexicon,
    special_spoken,
)

LANGUAGES: Final = (special_english, special_spoken, special_families, special_lexicon, special_german, special_french)
GROUNDS: Final = (
    "health",
    "religion",
    "politics",
    "sex life",
    "ethnicity",
    "union",
    "biometrics",
    "criminal record",
)
BLOT: Final = "·"
LETTERS: Final = {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "ı": "i", "’": "'", "‘": "'", "–": "-", "‑": "-"}


def any_of(patterns: tuple[str, ...]) -> str:
    """One pattern for several, each only where a word begins: no “ill” in “still”."""
    return rf"\b(?:{'|'.join(patterns)})"


HARMLESS: Final = any_of(tuple(pattern for language in LANGUAGES for pattern in language.HARMLESS))
SPECIAL: Final = {
    ground: any_of(tuple(pattern for language in LANGUAGES for pattern in language.SPECIAL[ground])) + r"\w*"
    for ground in GROUNDS
}
_HARMLESS = re.compile(HARMLESS, re.ASCII)
_SPECIAL = {ground: re.compile(pattern, re.ASCII) for ground, pattern in SPECIAL.items()}


def flat(text: str) -> tuple[str, list[int]]:
    """The text as the patterns expect it, and for each of its letters the place in ``text`` it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        low = letter.lower()
        parts = unicodedata.normalize("NFKD", LETTERS.get(low, low))
        kept = [part for part in parts if not unicodedata.combining(part)]
        letters += kept
        places += [place] * len(kept)
    return "".join(letters), places


def special_words(text: str) -> dict[str, str]:
    """The grounds the words may touch, each with the words that looked so."""
    plain, places = flat(text)
    plain = _HARMLESS.sub(lambda match: BLOT * len(match[0]), plain)
    found = {ground: pattern.search(plain) for ground, pattern in _SPECIAL.items()}
    return {
        ground: text[places[match.start()] : places[match.end() - 1] + 1] for ground, match in found.items() if match
    }
