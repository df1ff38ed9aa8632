"""Ways out of a breach of the method: each makes other mixes of a plan's years, in basis points that sum to 10000."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from compensation.rules.inputs import WHOLE_BP
from compensation.rules.mix import (
    CONTINUING,
    LEAST_OUTSIDE_SOLUTIONS,
    LEAST_SECRET_GATHERING,
    NEW,
    OUTSIDE_SOLUTIONS,
    RATINGS,
    RELATIONSHIP,
    REVENUES,
    SECRET_GATHERING,
    TEMPLATES,
    Breach,
)

Weights = dict[str, int]
Years = list[Weights]

# Secret gathering, someone else's solution and relationship where all three have room.
PROPORTIONS: Final = {SECRET_GATHERING: 25, OUTSIDE_SOLUTIONS: 20, RELATIONSHIP: 5}
BOLD: Final = TEMPLATES["80-50-30"].years[1]


@dataclass(frozen=True)
class Way:
    """A way out, as its button says it."""

    key: str
    text: str
    take: Callable[[Years, int], None]


def scale(years: Years, place: int) -> None:
    """25 : 20 : 5 inside the relationship share the year has."""
    _give(years[place], RATINGS, _sum(years[place], RATINGS), PROPORTIONS)


def from_products(years: Years, place: int) -> None:
    """25 % secret gathering; what it lacks comes from both revenues in proportion, then from the other ratings."""
    year = years[place]
    lacking = LEAST_SECRET_GATHERING - year.get(SECRET_GATHERING, 0)
    products = _sum(year, REVENUES)
    others = (OUTSIDE_SOLUTIONS, RELATIONSHIP)
    year[SECRET_GATHERING] = LEAST_SECRET_GATHERING
    _give(year, others, _sum(year, others) - max(0, lacking - products), year)
    _give(year, REVENUES, max(0, products - lacking), year)


def bolder(years: Years, place: int) -> None:
    """50/50 from this year on, where a year is not bolder already."""
    least = WHOLE_BP - _sum(BOLD, REVENUES)
    for year in years[place:]:
        if _sum(year, RATINGS) < least or year is years[place]:
            year.clear()
            year.update(BOLD)


def hold(years: Years, place: int) -> None:
    """The relationship share of the year before, both halves in the year's own proportions."""
    share = _sum(years[place - 1], RATINGS)
    _give(years[place], RATINGS, share, years[place])
    _give(years[place], REVENUES, WHOLE_BP - share, years[place])


def even(years: Years, place: int) -> None:
    """Continuing revenue paid as heavily as new; an odd basis point goes to continuing."""
    products = _sum(years[place], REVENUES)
    years[place] |= {NEW: products // 2, CONTINUING: products - products // 2}


WAYS: Final = {
    "secrets": (
        Way("from_products", "Take it from the product share", from_products),
        Way("bolder", "Start bolder: 50 / 50", bolder),
        Way("scale", "Scale 25 : 20 : 5 into what there is", scale),
    ),
    "falls": (Way("hold", "Hold the share of the year before", hold),),
    "continuing": (Way("even", "Pay both the same", even),),
    "behaviours": (),
}
BY_KEY: Final = {way.key: way for ways in WAYS.values() for way in ways}


def ways_out(breach: Breach, years: Sequence[Mapping[str, int]]) -> list[Way]:
    """The ways that change something, in the order they are offered."""
    found = []
    for way in WAYS[breach.kind]:
        changed = [dict(year) for year in years]
        way.take(changed, breach.year - 1)
        if changed != [dict(year) for year in years]:
            found.append(way)
    return found


def too_small(weights: Mapping[str, int]) -> str:
    """Why 25 % and 20 % cannot both fit into a year's relationship share; empty where they can."""
    room, needed = _sum(weights, RATINGS), LEAST_SECRET_GATHERING + LEAST_OUTSIDE_SOLUTIONS
    if room >= needed:
        return ""
    return (
        f"{LEAST_SECRET_GATHERING // 100} % secret gathering and {LEAST_OUTSIDE_SOLUTIONS // 100} % someone else’s "
        f"solution cannot fit inside its {room / 100:g} % for relationships."
    )


def _sum(weights: Mapping[str, int], keys: Sequence[str]) -> int:
    return sum(weights.get(key, 0) for key in keys)


def _give(year: Weights, keys: Sequence[str], total: int, parts: Mapping[str, int]) -> None:
    """``total`` to ``keys`` in proportion to ``parts``, evenly where they are nothing, by largest remainder."""
    pulls = [parts.get(key, 0) for key in keys]
    pulls = pulls if sum(pulls) else [1] * len(keys)
    given = [total * pull // sum(pulls) for pull in pulls]
    order = sorted(range(len(keys)), key=lambda n: -(total * pulls[n] % sum(pulls)))
    for n in order[: total - sum(given)]:
        given[n] += 1
    year.update(zip(keys, given, strict=True))
