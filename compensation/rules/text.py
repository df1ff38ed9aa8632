"""Exact numbers as people write and read them; what is rounded here is only for reading."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Number:
    """A number in a formula: ``{}`` writes it plainly, ``{:%}`` as per cent."""

    value: Fraction

    def __format__(self, spec: str) -> str:
        return percentage(self.value) if spec == "%" else plain(self.value)


def decimals(value: Fraction, places: int) -> str:
    """A value that has at most ``places`` decimals, written with all of them: 8064.00."""
    scaled = value * 10**places
    if scaled.denominator != 1:
        raise ValueError(f"{value} has more than {places} decimals")
    sign = "-" if scaled < 0 else ""
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def plain(value: Fraction) -> str:
    """A number with thousands separated; one that has more than six decimals is rounded to four."""
    return _ending(value, 6) or _rounded(value, 4)


def percentage(value: Fraction) -> str:
    """A share as per cent, exact where it ends within four decimals, else rounded to two."""
    return f"{_ending(value * 100, 4) or _rounded(value * 100, 2)} %"


def brief(value: Fraction, most: int, least: int = 0) -> str:
    """A number rounded to ``most`` decimals without the zeros behind ``least``: 1.20, 0.84, 0.697."""
    whole, _, rest = _rounded(value, most).partition(".")
    rest = rest.rstrip("0").ljust(least, "0")
    return f"{whole}.{rest}" if rest else whole


def _ending(value: Fraction, most: int) -> str:
    for places in range(most + 1):
        if (value * 10**places).denominator == 1:
            return _grouped(decimals(value, 2 if places == 1 and abs(value) >= 1000 else places))
    return ""


def _rounded(value: Fraction, places: int) -> str:
    return _grouped(decimals(Fraction(round(value * 10**places), 10**places), places))


def _grouped(text: str) -> str:
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}" if not whole.startswith("-0") else text
