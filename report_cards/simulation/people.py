"""A person's year, month by month: statuses and the plans each rule would call for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from report_cards.rules.plans import Standing, plan_cause
from report_cards.simulation.customers import Said, customer, thresholds

# Half a year to stand on, then the year that is counted.
MONTHS, QUARTER = 18, 3
FIRST = 2 * QUARTER
RULES = ("two_quarters", "far_below", "required", "strict")


@dataclass
class PersonCounts:
    """Counts over simulated people of one truth and one number of customers.

    ``statuses``: behaviours by status in a month. ``months`` and ``years``: people with at least one plan called for,
    by rule, in a month and in a year. ``any_below``: months with at least one behaviour below. ``weak_found`` and
    ``others_called``: years in which the first behaviour was called for, and any of the others.
    """

    people: int = 0
    behaviours: int = 0
    statuses: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("too_few", "on_target", "watch", "below"), 0)
    )
    any_below: int = 0
    months: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RULES, 0))
    years: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RULES, 0))
    weak_found: int = 0
    others_called: int = 0

    def status_share(self, *statuses: str) -> float:
        """Of the behaviours in a month, the share with one of the statuses."""
        return sum(self.statuses[one] for one in statuses) / sum(self.statuses.values())

    def month_share(self, rule: str) -> float:
        """Of the people in a month, the share whom a rule asks for a plan."""
        return self.months[rule] / (self.people * (MONTHS - FIRST))

    def year_share(self, rule: str) -> float:
        """Of the people in a year, the share whom a rule asks for a plan at least once."""
        return self.years[rule] / self.people

    @property
    def below_share(self) -> float:
        """Of the people in a month, the share with at least one behaviour below."""
        return self.any_below / (self.people * (MONTHS - FIRST))


def simulate_people(
    shares: Sequence[float], *, customers: int, people: int, seed: str, target: Fraction = Fraction(4, 5)
) -> PersonCounts:
    """People whose behaviours truly have ``shares``, each with so many customers, a year each."""
    counts = PersonCounts(behaviours=len(shares))
    months = [thresholds(shares)] * MONTHS
    for number in range(people):
        random = Random(f"{seed}:{customers}:{number}")
        said = [customer(random, months) for _ in range(customers)]
        _count_year(counts, [_standings(said, b, target) for b in range(len(shares))])
    return counts


def _standings(said: Sequence[Said], behaviour: int, target: Fraction) -> list[Standing]:
    """The behaviour's rolling quarters; each customer's answers are averaged first (in sixths, so that it is exact)."""
    sixths = [0] * (MONTHS - QUARTER + 1)
    for one in said:
        line = one[behaviour]
        for start in range(len(sixths)):
            given = [word for word in line[start : start + QUARTER] if word is not None]
            sixths[start] += 6 * sum(given) // len(given)
    return [Standing(Fraction(total, 6 * len(said)), len(said), target) for total in sixths]


def _count_year(counts: PersonCounts, behaviours: Sequence[Sequence[Standing]]) -> None:
    counts.people += 1
    called: set[tuple[str, int]] = set()
    # The quarter that ends with month m stands at place m - 2.
    for place in range(FIRST - QUARTER + 1, MONTHS - QUARTER + 1):
        now = [line[place] for line in behaviours]
        for standing in now:
            counts.statuses[standing.status] += 1
        counts.any_below += any(standing.status == "below" for standing in now)
        month = _called([(line[place], line[place - QUARTER]) for line in behaviours])
        for rule in {rule for rule, _ in month}:
            counts.months[rule] += 1
        called |= month
    for rule in {rule for rule, _ in called}:
        counts.years[rule] += 1
    required = {behaviour for rule, behaviour in called if rule == "required"}
    counts.weak_found += 0 in required
    counts.others_called += bool(required - {0})


def _called(pairs: Sequence[tuple[Standing, Standing]]) -> set[tuple[str, int]]:
    """Which rule calls for which behaviours."""
    called = set()
    for number, (now, before) in enumerate(pairs):
        if plan_cause(now, before, strict=True):
            called.add(("strict", number))
        if plan_cause(now, before, strict=False):
            called.add(("required", number))
        if now.is_far_below:
            called.add(("far_below", number))
        if now.status == "below" == before.status:
            called.add(("two_quarters", number))
    return called
