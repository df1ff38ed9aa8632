"""Results of closed rounds: shares, intervals, trends, people. Never a word beside a customer's name.

Everything is read from tallies (``actions.tally_round``): a page makes the same few queries over a few hundred rows,
for five answers and for five million.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

from accounts.models import Role, User
from firm.rules import month_before
from firm.templatetags.words import percent
from report_cards import rules
from report_cards.models import Behaviour, Round
from report_cards.queries.integrity import in_quarantine, quarantined_of_each
from report_cards.queries.tallies import (
    Sums,
    Tallies,
    asked_in,
    asked_of_each,
    each_person,
    shares_of_each,
    tallies_of,
)

TREND_MONTHS = 12
# A share has to move this much from one month's page to the next to be told in words.
TELLING = Fraction(3, 100)
TONES = {"on_target": "good", "watch": "watch", "below": "bad"}
NO_SUMS = Sums(0, {}, 0, Fraction(0), None)


@dataclass(frozen=True)
class BehaviourRow:
    """One behaviour on a results page. Its three months end with ``through``: the page's month or an earlier one.

    ``trend`` holds the share of each of twelve months' pages; nothing where that page shows none.
    """

    behaviour: Behaviour
    result: rules.BehaviourResult
    counts: Mapping[str, int]
    asked: int
    through: date | None
    is_held: bool
    trend: list[Fraction | None]

    @property
    def tone(self) -> str:
        return TONES.get(self.result.status, "")

    @property
    def is_shown(self) -> bool:
        """Under five customers no number shows."""
        return self.result.status != "too_few"

    @property
    def answered(self) -> int:
        """How many said a word of the scale or that they can't judge."""
        return sum(self.counts.values())

    @property
    def change(self) -> Fraction | None:
        """By how much the share moved since the last month's page; None where one has no number of its own."""
        now, before = self.trend[-1], self.trend[-2]
        return None if now is None or before is None else now - before


@dataclass(frozen=True)
class Results:
    """A results page: who was asked and answered in the month, and the behaviours."""

    round: Round
    rows: list[BehaviourRow]
    asked: int
    answered: int
    quarantined: int = 0

    @property
    def headline(self) -> str:
        """One sentence: the best behaviour and the one that needs a hand."""
        judged = [row for row in self.rows if row.is_shown and row.result.share is not None]
        if not judged:
            return "Too few customers have answered to say."
        ranked = sorted(judged, key=_lead)
        worst, best = ranked[0], ranked[-1]
        if worst.result.status == "on_target":
            return "Every behaviour is on target."
        needs = f"{worst.behaviour.name} needs a hand."
        return f"{best.behaviour.name} is strong. {needs}" if best.result.status == "on_target" else needs

    @property
    def changed(self) -> str:
        """One sentence on what moved most since the last month's page; empty where nothing can be compared."""
        moved = {row.behaviour.name: (row.change, row.trend[-2], row.trend[-1]) for row in self.rows}
        ranked = sorted((change, name) for name, (change, _, _) in moved.items() if change is not None)
        if not ranked:
            return ""
        told = []
        for (change, name), verb in ((ranked[-1], "rose"), (ranked[0], "fell")):
            if (change if verb == "rose" else -change) >= TELLING:
                told.append(f"{name} {verb} from {percent(moved[name][1])} to {percent(moved[name][2])}")
        return f"Since {month_before(self.round.month):%B} {' and '.join(told) or 'little has changed'}."

    @property
    def held(self) -> list[BehaviourRow]:
        """Behaviours that go on showing an earlier month."""
        return [row for row in self.rows if row.is_held]

    @property
    def months(self) -> list[date]:
        """The months of the trend, oldest first."""
        return rules.months_back(self.round.month, TREND_MONTHS)


def _lead(row: BehaviourRow) -> Fraction:
    return (row.result.share or Fraction(0)) - Fraction(row.behaviour.target)


def led_by(manager: User) -> QuerySet[User]:
    """The salespeople of the manager's teams and those below, without the manager."""
    people = User.objects.filter(team__in=manager.led_team_ids, roles__contains=[Role.SALESPERSON])
    return people.exclude(pk=manager.pk).select_related("team")


def results_of(round_: Round, people: Iterable[int] | None) -> Results:
    """Results of the given salespeople together, or of the whole firm. Four queries, six for several people."""
    ids = None if people is None else list(people)
    months = rules.months_back(round_.month, TREND_MONTHS)
    rows = _rows(round_, list(round_.card.behaviours.all()), tallies_of(months, ids))
    window = rules.months_back(round_.month, rules.WINDOW_MONTHS)
    return Results(round_, rows, **asked_in(round_.month, ids), quarantined=in_quarantine(ids, window))


def results_of_each(round_: Round, people: Iterable[int]) -> dict[int, Results]:
    """Results of each of many salespeople, as their own pages show them. Four queries."""
    ids = list(people)
    waiting = quarantined_of_each(ids, rules.months_back(round_.month, rules.WINDOW_MONTHS))
    behaviours = list(round_.card.behaviours.all())
    asked = asked_of_each(round_.month, ids)
    months = rules.months_back(round_.month, TREND_MONTHS)
    return {
        person: Results(round_, _rows(round_, behaviours, tallies), *asked.get(person, (0, 0)), waiting.get(person, 0))
        for person, tallies in each_person(months, ids).items()
    }


def _rows(round_: Round, behaviours: list[Behaviour], tallies: Tallies) -> list[BehaviourRow]:
    return [_row(behaviour, tallies, round_.month) for behaviour in behaviours]


def _row(behaviour: Behaviour, tallies: Tallies, month: date) -> BehaviourRow:
    key, target = behaviour.key, Fraction(behaviour.target)
    own, shown = _choose(tallies, month, key)
    trend = [
        point.total / point.customers if point and point.shows == past else None
        for past in rules.months_back(month, TREND_MONTHS)
        for point in [tallies.get((past, key))]
    ]
    is_held = own.shows is not None and own.shows != month
    words = shown.words if own.shows else {}
    return BehaviourRow(behaviour, shown.result(target), words, shown.asked, own.shows, is_held, trend)


def _choose(tallies: Tallies, month: date, key: str) -> tuple[Sums, Sums]:
    """The month's own sums, and those that its page shows."""
    own = tallies.get((month, key), NO_SUMS)
    return own, tallies.get((own.shows, key), own) if own.shows else own


@dataclass(frozen=True)
class PersonRow:
    """A salesperson in the manager's table."""

    person: User
    statuses: dict[str, str]
    asked: int
    answered: int
    worst: Behaviour | None
    gap: Fraction

    @property
    def need(self) -> tuple[int, int, Fraction]:
        """Who needs help first: most behaviours below, then to watch, then the largest gap."""
        return -self.below, -self.watch, -self.gap

    def counted(self, status: str) -> int:
        return sum(found == status for found in self.statuses.values())

    @property
    def below(self) -> int:
        return self.counted("below")

    @property
    def watch(self) -> int:
        return self.counted("watch")

    @property
    def on_target(self) -> int:
        return self.counted("on_target")

    @property
    def too_few(self) -> int:
        return self.counted("too_few")


def people_results(round_: Round, people: Iterable[User]) -> list[PersonRow]:
    """Each salesperson's statuses as their own page shows them, whoever needs help first. Three queries."""
    rated = list(people)
    ids = [person.pk for person in rated]
    behaviours = list(round_.card.behaviours.all())
    asked = asked_of_each(round_.month, ids)
    shares = shares_of_each(round_.month, ids)
    rows = [_person(person, behaviours, shares.get(person.pk, {}), asked.get(person.pk, (0, 0))) for person in rated]
    return sorted(rows, key=lambda row: (row.need, row.person.name))


def _person(
    person: User, behaviours: list[Behaviour], shares: Mapping[str, tuple[Fraction, int]], asked: tuple[int, int]
) -> PersonRow:
    statuses, worst, widest = {}, None, Fraction(0)
    for behaviour in behaviours:
        share, customers = shares.get(behaviour.key, (Fraction(0), 0))
        target = Fraction(behaviour.target)
        statuses[behaviour.key] = rules.status(share, customers, target)
        if customers and target - share > widest:
            worst, widest = behaviour, target - share
    return PersonRow(person, statuses, *asked, worst, widest)
