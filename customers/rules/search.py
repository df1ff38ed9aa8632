"""What somebody typed into a search field, taken apart."""

import re
from dataclasses import dataclass

TELEPHONE = re.compile(r"[\d\s()+./-]+")


@dataclass(frozen=True)
class Needle:
    """Words to find, all of them; the digits when the text looks like a telephone number."""

    words: tuple[str, ...]
    digits: str

    @property
    def is_short(self) -> bool:
        """Too short for trigrams: only beginnings are looked for."""
        return len(self.words) == 1 and len(self.words[0]) < 3


def needle(text: str) -> Needle:
    """Take a text apart; at most five words of it are used."""
    words = tuple(text.split()[:5]) or ("",)
    digits = re.sub(r"\D", "", text) if TELEPHONE.fullmatch(text) else ""
    return Needle(words=words, digits=digits.lstrip("0") if len(digits.lstrip("0")) >= 3 else "")
