"""How the home page greets: what waits, as one sentence. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass

WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
CALM = "Nothing is waiting."
CALM_AND_CURIOUS = f"{CALM} A good day to ask a good question."


@dataclass(frozen=True)
class Waiting:
    """How many of something wait, and how one and many are said: “promise is due”, “promises are due”."""

    count: int
    one: str
    many: str


def headline(waiting: Iterable[Waiting], *, calm: str = CALM, most: int = 3) -> str:
    """“Two promises are due, and one manual is still blank.”: the first ``most`` things that wait."""
    parts = [said(thing) for thing in waiting if thing.count > 0][:most]
    if not parts:
        return calm
    parts = [part if place == 0 else part[0].lower() + part[1:] for place, part in enumerate(parts)]
    return (", ".join(parts[:-1]) + ", and " + parts[-1] if len(parts) > 1 else parts[0]) + "."


def said(thing: Waiting) -> str:
    """A count up to twelve as a word, with its noun and verb."""
    number = WORDS[thing.count] if thing.count < len(WORDS) else f"{thing.count:,}"
    return f"{number} {thing.one if thing.count == 1 else thing.many}"
