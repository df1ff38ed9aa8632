"""Most improved: whose customers say more good or excellent than the quarter before, beyond what chance explains.

Three questions, each with its own tool (docs/algorithms/plans.md tells them in prose):

1. How much did each person truly change? Empirical Bayes: each change is drawn towards the firm's mean, the more the
   less sure it is (Efron and Morris 1975), by the firm's own variance of true change, estimated by moments
   (DerSimonian and Laird 1986). No variance estimated: nobody can be told from anybody, no award.
2. Could chance alone have made the best one look like this? A permutation test: under “nobody changed” a customer's
   two quarters may change places. The largest of all people's standardised changes is compared, which corrects for
   choosing the best of all (Westfall and Young 1993). The draws count the observation itself, so that the chance is
   never zero and never too small (Phipson and Smyth 2010).
3. Is it improvement? Changes are measured against the typical (median) person's when the whole firm rose, and against
   zero when it did not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random
from statistics import fmean, median

FEWEST_TO_COMPARE = 12
MOST_CHANCE = 0.10
# Customers who say the same in both quarters make a change look surer than it is: so much at most they share.
MOST_SHARED = 0.95
MOST_DRAWS = 9_999
FEWEST_DRAWS = 999
WORK = 40_000_000


@dataclass(frozen=True)
class PersonVoices:
    """One person's customers: each one's card-weighted share (0..1) in this quarter and in the one before."""

    person: int
    now: Mapping[int, float]
    before: Mapping[int, float]

    @property
    def is_comparable(self) -> bool:
        return min(len(self.now), len(self.before)) >= FEWEST_TO_COMPARE

    @property
    def both(self) -> list[int]:
        """The customers who rated in both quarters."""
        return sorted(self.now.keys() & self.before.keys())

    @property
    def change(self) -> float:
        return fmean(self.now.values()) - fmean(self.before.values())


@dataclass(frozen=True)
class Change:
    """What became of one person: shares, change with its standard error, and the change as shrunken."""

    person: int
    customers_now: int
    customers_before: int
    now: float
    before: float
    change: float
    error: float
    shrunken: float


@dataclass(frozen=True)
class Award:
    """The decision of a month. ``reason`` says why there is none; ``chance`` is that of a false award."""

    winner: Change | None
    reason: str
    chance: float | None
    variance: float | None
    draws: int
    changes: tuple[Change, ...]


def card_weighted(shares: Mapping[str, float], weights: Mapping[str, int]) -> float | None:
    """One customer's share over the behaviours they judged, by the card's weights; None when they judged none."""
    total = sum(weights[key] for key in shares if key in weights)
    return sum(share * weights[key] for key, share in shares.items() if key in weights) / total if total else None


def most_improved(people: Iterable[PersonVoices], *, seed: str, draws: int | None = None) -> Award:
    """Decide a month's award. The same voices and ``seed`` give the same decision, whatever the order they come in."""
    rated = sorted((one for one in people if one.is_comparable), key=lambda one: one.person)
    if len(rated) < 2:
        return Award(None, "too_few_people", None, None, 0, ())
    errors = _errors(rated)
    if not all(errors):
        return Award(None, "no_variance", None, None, 0, ())
    raw = [one.change for one in rated]
    mean, variance = true_change(raw, errors)
    changes = tuple(_change(one, error, mean, variance or 0.0) for one, error in zip(rated, errors, strict=True))
    if not variance:
        return Award(None, "no_variance", None, variance, 0, changes)
    best = max(range(len(rated)), key=lambda i: (changes[i].shrunken, -changes[i].person))
    centre = max(0.0, median(raw))
    if changes[best].shrunken <= 0 or raw[best] <= centre:
        return Award(None, "nobody_rose", None, variance, 0, changes)
    times = draws or _draws(rated)
    height = (raw[best] - centre) / errors[best]
    chance = _chance(rated, errors, centre=centre, height=height, random=Random(seed), draws=times)
    if chance > MOST_CHANCE:
        return Award(None, "chance", chance, variance, times, changes)
    return Award(changes[best], "", chance, variance, times, changes)


def _change(one: PersonVoices, error: float, mean: float, variance: float) -> Change:
    change = one.change
    trust = variance / (variance + error * error)
    return Change(
        one.person,
        len(one.now),
        len(one.before),
        fmean(one.now.values()),
        fmean(one.before.values()),
        change,
        error,
        mean + trust * (change - mean),
    )


def true_change(changes: Sequence[float], errors: Sequence[float]) -> tuple[float, float | None]:
    """The firm's mean change and its variance of true change by DerSimonian and Laird; None when none shows."""
    weights = [1 / (error * error) for error in errors]
    total = sum(weights)
    mean = sum(w * change for w, change in zip(weights, changes, strict=True)) / total
    spread = sum(w * (change - mean) ** 2 for w, change in zip(weights, changes, strict=True))
    excess = spread - (len(changes) - 1)
    variance = excess / (total - sum(w * w for w in weights) / total)
    return mean, variance if variance > 0 else None


def _errors(people: Sequence[PersonVoices]) -> list[float]:
    """Standard errors of the changes, from the variance of customers within people, pooled over the firm.

    Pooled, because a dozen customers who all agree would make a person look perfectly sure. Customers who rated in
    both quarters take out what they bring to both: their covariance, pooled likewise.
    """
    inside = [_inside(one) for one in people]
    variance = sum(part[0] for part in inside) / sum(part[1] for part in inside)
    paired = sum(part[3] for part in inside)
    covariance = max(0.0, sum(part[2] for part in inside) / paired) if paired > 0 else 0.0
    covariance = min(covariance, MOST_SHARED * variance)
    return [sqrt(_variance(one, variance, covariance)) for one in people]


def _variance(one: PersonVoices, variance: float, covariance: float) -> float:
    now, before = len(one.now), len(one.before)
    shared = 2 * covariance * len(one.both) / (now * before)
    return max(variance * (1 / now + 1 / before) - shared, 0.0)


def _inside(one: PersonVoices) -> tuple[float, int, float, int]:
    """Squares about the means with their degrees of freedom, then products of both quarters with theirs."""
    now, before, both = fmean(one.now.values()), fmean(one.before.values()), one.both
    squares = sum((v - now) ** 2 for v in one.now.values()) + sum((v - before) ** 2 for v in one.before.values())
    products = sum((one.now[c] - now) * (one.before[c] - before) for c in both)
    return squares, len(one.now) + len(one.before) - 2, products, max(0, len(both) - 1)


def _draws(people: Sequence[PersonVoices]) -> int:
    """As many draws as the work allows, between 999 and 9,999."""
    size = sum(len(one.both) // 8 + len(one.now) + len(one.before) - 2 * len(one.both) + 1 for one in people)
    return min(MOST_DRAWS, max(FEWEST_DRAWS, WORK // (10 * size)))


def _chance(
    people: Sequence[PersonVoices], errors: Sequence[float], *, centre: float, height: float, random: Random, draws: int
) -> float:
    """How often the largest standardised change is at least ``height`` when nobody changed."""
    shuffles = [(_Shuffle(one, centre), error) for one, error in zip(people, errors, strict=True)]
    nearly = height - 1e-9
    reached = sum(any(shuffle.change(random) / error >= nearly for shuffle, error in shuffles) for _ in range(draws))
    return (reached + 1) / (draws + 1)


class _Shuffle:
    """One person's change with the quarters shuffled.

    Customers of both quarters swap theirs or not: a byte says it for eight of them, and a table holds what each byte
    adds. Customers of one quarter are dealt out anew, as many to each quarter as there were.
    """

    def __init__(self, one: PersonVoices, centre: float) -> None:
        both = one.both
        now, before = len(one.now), len(one.before)
        pairs = [(one.now[c] - centre, one.before[c]) for c in both]
        # Unswapped a pair gives v/now - w/before, swapped w/now - v/before.
        self.base = sum(v / now - w / before for v, w in pairs)
        self.tables = _tables([(w - v) * (1 / now + 1 / before) for v, w in pairs])
        alone_now = [one.now[c] - centre for c in sorted(one.now.keys() - one.before.keys())]
        alone_before = [one.before[c] for c in sorted(one.before.keys() - one.now.keys())]
        self.alone = alone_now + alone_before
        self.total, self.places = sum(self.alone), len(alone_now)
        self.now, self.before = now, before

    def change(self, random: Random) -> float:
        swaps = zip(self.tables, random.randbytes(len(self.tables)), strict=True)
        change = self.base + sum(table[byte] for table, byte in swaps)
        if self.alone:
            dealt = sum(random.sample(self.alone, self.places))
            change += dealt / self.now - (self.total - dealt) / self.before
        return change


def _tables(steps: Sequence[float]) -> list[list[float]]:
    """For every eight steps the sum of each of their 256 subsets."""
    tables = []
    for start in range(0, len(steps), 8):
        sums = [0.0]
        for step in [*steps[start : start + 8], *[0.0] * (8 - len(steps[start : start + 8]))]:
            sums += [known + step for known in sums]
        tables.append(sums)
    return tables
