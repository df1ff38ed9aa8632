"""Telephone numbers as people write them: which part is the number, and when two are the same."""

import re

# Country codes of one and two digits; all others have three (ITU-T E.164, list of 2016).
SHORT_CODES = frozenset(
    {"1", "7", "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48"}
    | {"49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82"}
    | {"84", "86", "90", "91", "92", "93", "94", "95", "98"}
)
# Fewer digits are an extension or a fragment: too few to call two numbers the same.
FEWEST = 7
LONGEST = 40


def digits_of(text: str) -> str:
    """Only the digits."""
    return re.sub(r"[^0-9]", "", text)


def national(text: str) -> str:
    """The digits without country code and leading zeros: +49 (0)431 12-34 and 0431 1234 are both 4311234."""
    digits = digits_of(text)
    if text.strip().startswith("+") or digits.startswith("00"):
        digits = digits.lstrip("0")
        digits = digits[next((size for size in (1, 2) if digits[:size] in SHORT_CODES), 3) :]
    return digits.lstrip("0")


def same_number(one: str, other: str) -> bool:
    """Whether two numbers reach the same telephone, however they are written."""
    first, second = national(one), national(other)
    if min(len(first), len(second)) < FEWEST:
        return False
    return first.endswith(second) or second.endswith(first)


def phone_refusal(text: str) -> str:
    """Why this is no telephone number; empty when it may be one."""
    if "@" in text:
        return "This looks like an e-mail address, not like a number."
    if len(text) > LONGEST:
        return f"At most {LONGEST} letters for a number."
    return "" if len(digits_of(text)) >= 2 else "A telephone number has digits, such as +49 431 1234."


def dialled(text: str) -> str:
    """What a telephone dials, for a ``tel:`` link: digits, a plus at the start; the (0) after a country code falls."""
    plain = re.sub(r"^(\s*\+\s*\d{1,3})\s*\(0\)", r"\1", text)
    return ("+" if plain.strip().startswith("+") else "") + digits_of(plain)
