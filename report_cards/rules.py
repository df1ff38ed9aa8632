"""Pure rules of report cards: what a share is worth, who is drawn, when a round closes, who may do what.

docs/algorithms/results.md tells the statistics in prose. Shares are exact fractions; only intervals are floats.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from zoneinfo import ZoneInfo

from firm.rules import end_of_day, month_after

WORDS = ("poor", "fair", "average", "good", "excellent")
GOOD = frozenset({"good", "excellent"})
CANT_JUDGE = "cant_judge"
MEASURES = ("relationship", "secret_gathering")
MOST_BEHAVIOURS = 6
FEWEST_CUSTOMERS = 5
WINDOW_MONTHS = 3
CLOSING_DAY = 21
HELD_FOR = timedelta(hours=72)
REMIND_AFTER = timedelta(days=7)
Z_TWO_SIDED_95 = NormalDist().inv_cdf(0.975)
Z_ONE_SIDED_80 = NormalDist().inv_cdf(0.8)

# How many customers gave ``good`` of ``rated`` answers: {(good, rated): customers}.
Voices = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class BehaviourResult:
    """One behaviour over its window. ``low`` and ``high`` are the 95 % Wilson interval."""

    customers: int
    share: Fraction | None
    low: float | None
    high: float | None
    status: str


def behaviour_result(voices: Voices, *, target: Fraction) -> BehaviourResult:
    """Average each customer's ratings first, then the customers; judge the share against ``target`` (0..1)."""
    customers = sum(n for (_, rated), n in voices.items() if rated)
    if not customers:
        return BehaviourResult(0, None, None, None, "too_few")
    total = sum((Fraction(good, rated) * n for (good, rated), n in voices.items() if rated), Fraction(0))
    share = total / customers
    low, high = wilson(share, customers, Z_TWO_SIDED_95)
    return BehaviourResult(customers, share, low, high, status(share, customers, target))


def status(share: Fraction, customers: int, target: Fraction) -> str:
    """``too_few``, ``on_target``, ``below`` (one-sided 80 % Wilson upper bound under the target) or ``watch``."""
    if customers < FEWEST_CUSTOMERS:
        return "too_few"
    if share >= target:
        return "on_target"
    return "below" if wilson(share, customers, Z_ONE_SIDED_80)[1] < target else "watch"


def wilson(share: Fraction, n: int, z: float) -> tuple[float, float]:
    """Wilson's score interval of a share of ``n``, clipped to 0..1 (Wilson 1927)."""
    p, square = float(share), z * z
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def voices_of(customers: Iterable[Iterable[str]]) -> Voices:
    """Count the customers by how many of their ratings are good; ``cant_judge`` is no rating."""
    counted: Counter[tuple[int, int]] = Counter()
    for ratings in customers:
        judged = [word for word in ratings if word != CANT_JUDGE]
        if judged:
            counted[sum(word in GOOD for word in judged), len(judged)] += 1
    return counted


def closes_at(month: date, zone: ZoneInfo) -> datetime:
    """A round for ``month`` closes at 23:59 firm time on the 21st of the next month."""
    return end_of_day(month_after(month).replace(day=CLOSING_DAY), zone)


def asks_likely_to_stay(month: date) -> bool:
    """Once a quarter, in its last month, the page ends with “likely to stay”."""
    return month.month % 3 == 0


def months_back(month: date, count: int) -> list[date]:
    """The ``count`` months that end with ``month``, oldest first."""
    last = month.year * 12 + month.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - count + 1, last + 1)]


@dataclass(frozen=True)
class Candidate:
    """A contact of a customer that ``salesperson_id`` owned on the month's last day."""

    contact_id: int
    customer_id: int
    salesperson_id: int
    address: str
    is_asked: bool = True
    is_removed: bool = False
    is_staff: bool = False
    is_suppressed: bool = False
    address_changed_at: datetime | None = None
    last_asked: date | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    """What becomes of a candidate: ``waiting`` to be sent, ``held`` or ``excluded`` with the reason."""

    candidate: Candidate
    state: str
    reason: str = ""


def draw(candidates: Iterable[Candidate], *, at: datetime) -> list[Drawn]:
    """Decide on every candidate; at most one of an address is asked, the longest not asked first."""
    excluded: list[Drawn] = []
    by_address: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if reason := exclusion(candidate):
            excluded.append(Drawn(candidate, "excluded", reason))
        else:
            by_address[candidate.address.lower()].append(candidate)
    asked: list[Drawn] = []
    for sharing in by_address.values():
        first, *others = sorted(sharing, key=turn)
        asked.append(_asked(first, at))
        excluded += [
            Drawn(other, "excluded", "the address is asked for another customer this month") for other in others
        ]
    return asked + excluded


def exclusion(candidate: Candidate) -> str:
    """Why a candidate is not asked, or nothing."""
    if candidate.is_staff:
        return "an address of the firm's own staff"
    if candidate.is_suppressed:
        return "the address bounced or its person asked for no more mail"
    if candidate.is_removed:
        return "the contact was removed"
    return "" if candidate.is_asked else "marked as not to be asked"


def turn(candidate: Candidate) -> tuple[date, int, int]:
    """Whose turn it is among customers that share an address: the longest not asked first."""
    return candidate.last_asked or date.min, candidate.customer_id, candidate.contact_id


def _asked(candidate: Candidate, at: datetime) -> Drawn:
    changed = candidate.address_changed_at
    if changed and at - changed < HELD_FOR:
        return Drawn(candidate, "held", "the address changed in the 72 hours before the draw")
    return Drawn(candidate, "waiting")


def retry_delay(attempts: int) -> timedelta:
    """How long to wait after the ``attempts``-th refusal that may pass: 5 minutes, doubled up to 6 hours."""
    return min(timedelta(minutes=5 * (1 << min(max(0, attempts - 1), 10))), timedelta(hours=6))


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


def may_make(roles: Collection[str]) -> bool:
    """Managers and compensation make report cards."""
    return bool({"manager", "compensation"} & set(roles))


def may_sign(roles: Collection[str], *, user_id: int, maker_id: int) -> bool:
    """An executive signs off a card, never the one they made."""
    return "executive" in roles and user_id != maker_id


def may_watch_rounds(roles: Collection[str]) -> bool:
    """Who follows the progress of rounds."""
    return bool({"manager", "compensation", "executive", "administrator"} & set(roles))


def may_draw(roles: Collection[str]) -> bool:
    """Administrators and executives may draw a round by hand; the beat does it otherwise."""
    return bool({"administrator", "executive"} & set(roles))


def may_close(roles: Collection[str]) -> bool:
    """Administrators may close a round by hand; the beat does it at the closing moment."""
    return "administrator" in roles
