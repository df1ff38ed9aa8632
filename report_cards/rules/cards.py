"""What a report card has to be before it can be signed, and how it stands among the others."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

MEASURES = ("relationship", "secret_gathering")
MOST_BEHAVIOURS = 6


@dataclass(frozen=True)
class Dates:
    """A card as the calendar sees it."""

    pk: int
    version: int
    first_month: date
    is_signed: bool


@dataclass(frozen=True)
class Standing:
    """``draft``, ``coming``, ``in_force``, ``replaced`` (by ``version``, from ``month`` on) or ``over``."""

    state: str
    month: date
    version: int | None = None


def card_faults(weights: Mapping[str, list[int]]) -> list[str]:
    """Why a card cannot be signed, given each measure's weights in basis points; empty when it can."""
    faults = []
    for measure in MEASURES:
        given, name = weights.get(measure, []), measure.replace("_", " ")
        if not given:
            faults.append(f"The measure {name} has no behaviour.")
        elif len(given) > MOST_BEHAVIOURS:
            faults.append(f"The measure {name} has {len(given)} behaviours; six at most.")
        if given and sum(given) != 10_000:
            faults.append(f"The weights of {name} sum to {sum(given) / 100:g} %, not 100 %.")
    return faults


def standing(card: Dates, others: Iterable[Dates], *, today: date) -> Standing:
    """How a card stands on a day among the signed cards of its year."""
    if not card.is_signed:
        return Standing("draft", card.first_month)
    this_month = today.replace(day=1)
    year = card.first_month.year
    later = [o for o in others if o.is_signed and o.first_month.year == year and o.first_month > card.first_month]
    follower = min(later, key=lambda other: other.first_month, default=None)
    if follower and follower.first_month <= this_month:
        return Standing("replaced", follower.first_month, follower.version)
    if year < this_month.year:
        return Standing("over", card.first_month)
    return Standing("coming" if card.first_month > this_month else "in_force", card.first_month)


def free_months(drawn: date | None, signed: Collection[date], *, today: date, ahead: int = 18) -> Sequence[date]:
    """Months a new version may begin in: none that a round was ``drawn`` for or before it, and in each year none
    before or in the month its newest ``signed`` card begins."""
    first = today.year * 12 + today.month - 1
    months = [date(n // 12, n % 12 + 1, 1) for n in range(first - 1, first + ahead)]
    return [
        month
        for month in months
        if (drawn is None or month > drawn) and not any(s.year == month.year and s >= month for s in signed)
    ]
