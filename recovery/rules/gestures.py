"""Which gesture suits a secret and a failure, in time and within the budget, and how often such a one worked.

docs/algorithms/surprises.md tells the arithmetic.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

# Under so many known outcomes a share is marked as resting on few.
FEW = 5
# An untried gesture counts as if it had been tried so often and had worked every second time.
PRIOR = 4


@dataclass(frozen=True)
class Option:
    """A gesture that can be made. Without root causes or categories it suits every one."""

    id: int
    name: str
    words: str = ""
    cost: Decimal = Decimal(0)
    lead_hours: int = 0
    root_causes: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Record:
    """How often a gesture worked, of the times it is known."""

    worked: int = 0
    known: int = 0

    @cached_property
    def chance(self) -> Fraction:
        """The share that worked, shrunk towards one half: 1 of 1 is 3/5, 7 of 9 is 9/13."""
        return (self.worked + Fraction(PRIOR, 2)) / (self.known + PRIOR)

    @property
    def words(self) -> str:
        """“worked 7 of 9 times”; few are marked."""
        if not self.known:
            return "not tried yet"
        few = ", few cases" if self.known < FEW else ""
        return f"worked {self.worked} of {self.known} {'time' if self.known == 1 else 'times'}{few}"


@dataclass(frozen=True)
class Means:
    """What there is to surprise somebody with: the time left and the money."""

    at: datetime
    due_at: datetime
    budget: Decimal
    zone: tzinfo


@dataclass(frozen=True)
class Offer:
    """A gesture for a secret: when it would be there, whether that is in time and within the budget, how it went."""

    option: Option
    record: Record
    there_at: datetime
    is_late: bool
    is_over: bool

    @property
    def can_be_done(self) -> bool:
        return not (self.is_late or self.is_over)


def suits(option: Option, *, category: str, root_cause: str) -> bool:
    """Whether a gesture is meant for this failure and for secrets of this category."""
    return _is_among(root_cause, option.root_causes) and _is_among(category, option.categories)


def _is_among(key: str, keys: Collection[str]) -> bool:
    return not keys or key in keys


def offer(option: Option, record: Record, means: Means) -> Offer:
    """The gesture ordered now. Once the surprise is late, nothing else makes it later."""
    there_at = means.at + timedelta(hours=option.lead_hours)
    is_late = means.at <= means.due_at < there_at
    return Offer(option, record, there_at, is_late, option.cost > means.budget)


def offers(
    options: Iterable[Option],
    records: Mapping[tuple[int, str], Record],
    *,
    category: str,
    root_cause: str,
    means: Means,
) -> list[Offer]:
    """The gestures that suit a secret of a category: what can be done first, then what worked most, then the cheapest.

    ``records`` are by gesture and category.
    """
    suiting = [option for option in options if suits(option, category=category, root_cause=root_cause)]
    untried = Record()
    found = [offer(option, records.get((option.id, category), untried), means) for option in suiting]
    return sorted(found, key=lambda one: (not one.can_be_done, -one.record.chance, one.option.cost, one.option.id))


def judge_offers(found: Collection[Offer], means: Means) -> tuple[int, str]:
    """What the gestures add to a secret's place, and why: nothing known is the middle, 15 of 30."""
    if not found:
        return 15, ""
    best = next((one for one in found if one.can_be_done), None)
    if best is not None:
        return round(30 * best.record.chance), _can_be_done(best, means)
    if all(one.is_late for one in found):
        return 0, "a gesture would come after the deadline"
    return 5, f"costs more than your {means.budget:.2f}"


def _can_be_done(best: Offer, means: Means) -> str:
    there = f"can be there by {best.there_at.astimezone(means.zone):%H:%M}" if best.option.lead_hours else "at once"
    return f"{there}, {best.option.cost:.2f} of {means.budget:.2f}" if best.option.cost else there
