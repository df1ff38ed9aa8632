"""What somebody typed into a search field, taken apart."""

import re
from dataclasses import dataclass

from customers.rules.numbers import digits_of, national

TELEPHONE = re.compile(r"[\d\s()+./-]+")


@dataclass(frozen=True)
class Needle:
    """Words to find, all of them; the digits when the text looks like a telephone number."""

    words: tuple[str, ...]
    digits: str

    @property
    def is_short(self) -> bool:
        """Too short for trigrams: only beginnings are looked for."""
        return all(len(word) < 3 for word in self.words)


def needle(text: str) -> Needle:
    """Take a text apart; at most five words of it are used.

    A country code is left out when enough digits follow, so that +49 431 12 finds what was written as 0431 1234.
    """
    words = tuple(text.split()[:5]) or ("",)
    if not TELEPHONE.fullmatch(text):
        return Needle(words=words, digits="")
    digits = national(text) if len(national(text)) >= 4 else digits_of(text).lstrip("0")
    return Needle(words=words, digits=digits if len(digits) >= 3 else "")
