"""What the designer says about a card while it is made: how long it takes to answer, and who could not read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from report_cards.queries.cards import french_readers
from report_cards.rules.reading import LONGEST, seconds_to_answer

# What is asked in each language, by measure: name, question, french.
Words = Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True)
class Checks:
    """``seconds`` in English and French; ``untranslated`` names the behaviours that French readers get in English."""

    count: int
    seconds: int
    seconds_french: int
    french_readers: int
    untranslated: list[str]

    @property
    def longest(self) -> int:
        return max(self.seconds, self.seconds_french)

    @property
    def is_long(self) -> bool:
        """More than the half minute the page promises the customer."""
        return self.longest > LONGEST

    @property
    def is_foreign(self) -> bool:
        """Whether somebody who reads French would be asked in English."""
        return bool(self.french_readers and self.untranslated)


def checks_of(words: Words) -> Checks:
    """The checks of a card, saved or not. One query."""
    asked = [row for rows in words.values() for row in rows if row["name"].strip() or row["question"].strip()]
    return Checks(
        count=len(asked),
        seconds=seconds_to_answer(row["question"] for row in asked),
        seconds_french=seconds_to_answer(row["french"] or row["question"] for row in asked),
        french_readers=french_readers(),
        untranslated=[row["name"] or row["question"] for row in asked if not row["french"].strip()],
    )
