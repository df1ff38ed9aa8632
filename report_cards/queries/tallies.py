"""Reading the tallies: a person's, a team's, the firm's sums, with what would tell on one customer left out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Sum

from report_cards import rules
from report_cards.models import BehaviourTally, Round, RoundTally, Tallied
from report_cards.rules.disclosure import adds_up_safely
from report_cards.rules.statistics import WHOLE, result_of

WORDS = (*rules.WORDS, rules.CANT_JUDGE)
TOO_FEW = rules.BehaviourResult(0, None, None, None, "too_few")
COLUMNS = ("asked", *WORDS, "customers", "parts")
# Of nobody: no sums, nobody hidden.
NONE = [0] * (len(COLUMNS) + 1)
SHOWS = "(t.customers >= %(fewest)s AND t.shown_through IS NOT DISTINCT FROM t.month)"

# Sums of the people whose own numbers show, and of the others, with how many customers each of those hides. Rows come
# from ``behaviour_tally_of_team``, which holds all that is read: a team of 140 has 18,000 of them.
TEAM = f"""
SELECT month, behaviour_key, shows, {{columns}},
       sum(CASE WHEN customers < %(fewest)s THEN customers ELSE greatest(month_customers, 1) END)
FROM (
    SELECT *, {SHOWS} AS shows FROM report_cards_behaviourtally t
    WHERE salesperson_id = ANY(%(ids)s) AND month = ANY(%(months)s::date[])
) person
GROUP BY 1, 2, 3
"""  # noqa: S608
# Customers whom two of the team had in the window: how many voices too many, and what they weigh too much; counted
# among the people who show, then among all. Most were shared with somebody outside the team and are left at once.
SHARED = f"""
WITH mine AS (
    SELECT month, behaviour_key, customer_id, salesperson_id, good, rated,
           count(*) OVER (PARTITION BY month, behaviour_key, customer_id) AS voices
    FROM report_cards_sharedvoice
    WHERE salesperson_id = ANY(%(ids)s) AND month = ANY(%(months)s::date[])
), one AS (
    SELECT s.month, s.behaviour_key, s.customer_id, s.good, s.rated, {SHOWS} AS shows
    FROM mine s JOIN report_cards_behaviourtally t USING (month, salesperson_id, behaviour_key)
    WHERE s.voices > 1
), customer AS (
    SELECT month, behaviour_key, count(*) FILTER (WHERE shows) AS few, count(*) AS everyone,
           sum(good * (%(unit)s / rated)) FILTER (WHERE shows)
               - sum(good) FILTER (WHERE shows) * (%(unit)s / sum(rated) FILTER (WHERE shows)) AS few_parts,
           sum(good * (%(unit)s / rated)) - sum(good) * (%(unit)s / sum(rated)) AS all_parts
    FROM one GROUP BY month, behaviour_key, customer_id
)
SELECT month, behaviour_key, coalesce(sum(few - 1) FILTER (WHERE few > 1), 0),
       coalesce(sum(few_parts) FILTER (WHERE few > 1), 0),
       coalesce(sum(everyone - 1) FILTER (WHERE everyone > 1), 0),
       coalesce(sum(all_parts) FILTER (WHERE everyone > 1), 0)
FROM customer GROUP BY month, behaviour_key
"""  # noqa: S608

# What each person's page shows of a month: its own sums, or those of an earlier one.
SHARES = """
WITH page AS MATERIALIZED (
    SELECT salesperson_id, behaviour_key, month, shown_through, customers, parts FROM report_cards_behaviourtally
    WHERE month = %(month)s AND salesperson_id = ANY(%(ids)s) AND customers >= %(fewest)s
)
SELECT salesperson_id, behaviour_key, customers, parts FROM page WHERE shown_through = month
UNION ALL
SELECT s.salesperson_id, s.behaviour_key, s.customers, s.parts
FROM page p JOIN report_cards_behaviourtally s
  ON s.month = p.shown_through AND s.salesperson_id = p.salesperson_id AND s.behaviour_key = p.behaviour_key
WHERE p.shown_through < p.month
"""


@dataclass(frozen=True)
class Sums:
    """One behaviour of a part of the firm over three months. ``shows`` is the month whose sums its page shows."""

    asked: int
    words: Mapping[str, int]
    customers: int
    total: Fraction
    shows: date | None

    def result(self, target: Fraction) -> rules.BehaviourResult:
        """Held against a target; nothing but *too few* where nothing may show."""
        return result_of(self.total, self.customers, target=target) if self.shows else TOO_FEW


Tallies = dict[tuple[date, str], Sums]


def months_to_tally() -> list[date]:
    """Closed rounds without tallies, oldest first."""
    counted = Exists(Tallied.objects.filter(month=OuterRef("month")))
    return list(Round.objects.closed().exclude(counted).order_by("month").values_list("month", flat=True))


def tallies_of(months: Sequence[date], people: Sequence[int] | None) -> Tallies:
    """The sums of one person, of several together, or of the whole firm (None): one query, three for several.

    The last of the months is the page's; of the earlier ones a team's words are not read.
    """
    if people is None or len(people) == 1:
        return _one(months, people[0] if people else None)
    return _several(months, people)


def _one(months: Sequence[date], person: int | None) -> Tallies:
    rows = BehaviourTally.objects.filter(month__in=months, salesperson=person)
    columns = ("month", "behaviour_key", "shown_through", *COLUMNS)
    return {
        (month, key): _sums(values, shows=shown if values[-2] >= rules.FEWEST_CUSTOMERS else None)
        for month, key, shown, *values in rows.values_list(*columns)
    }


def each_person(months: Sequence[date], people: Sequence[int]) -> dict[int, Tallies]:
    """The sums of each of several people. One query."""
    rows = BehaviourTally.objects.filter(month__in=months, salesperson__in=people)
    columns = ("salesperson", "month", "behaviour_key", "shown_through", *COLUMNS)
    found: dict[int, Tallies] = {person: {} for person in people}
    for person, month, key, shown, *values in rows.values_list(*columns):
        found[person][month, key] = _sums(values, shows=shown if values[-2] >= rules.FEWEST_CUSTOMERS else None)
    return found


def shares_of_each(month: date, people: Sequence[int]) -> dict[int, dict[str, tuple[Fraction, int]]]:
    """Share and customers that the month's page of each person shows, by behaviour. One query."""
    found: dict[int, dict[str, tuple[Fraction, int]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(SHARES, {"month": month, "ids": list(people), "fewest": rules.FEWEST_CUSTOMERS})
        for person, key, customers, parts in cursor.fetchall():
            found[person][key] = Fraction(int(parts), WHOLE * customers), customers
    return found


def _sums(values: Sequence[int], *, shows: date | None) -> Sums:
    asked, *words, customers, parts = values
    return Sums(asked, dict(zip(WORDS, words, strict=True)), customers, Fraction(int(parts), WHOLE), shows)


def _several(months: Sequence[date], people: Sequence[int]) -> Tallies:
    """People's sums added up, without those whose few answers the difference to the others would tell."""
    given: dict[str, Any] = {
        "ids": list(people),
        "months": list(months),
        "fewest": rules.FEWEST_CUSTOMERS,
        "unit": WHOLE,
    }
    sums: dict[tuple[date, str], dict[bool, list[int]]] = defaultdict(lambda: {True: NONE, False: NONE})
    with connection.cursor() as cursor:
        cursor.execute(SHARED, given)
        doubled = {(month, key): counts for month, key, *counts in cursor.fetchall()}
        # The trend draws shares only: of the earlier months the rest is not added up.
        for some, columns in ((months[-1:], COLUMNS), (months[:-1], COLUMNS[-2:])):
            wanted = ", ".join(f"sum({name})" for name in columns)
            cursor.execute(TEAM.format(columns=wanted), given | {"months": list(some)})
            unread = [0] * (len(COLUMNS) - len(columns))
            for month, key, shows, *values in cursor.fetchall():
                sums[month, key][shows] = unread + [int(value) for value in values]
    return {
        (month, key): _together(month, parts[True], parts[False], doubled=doubled.get((month, key), (0, 0, 0, 0)))
        for (month, key), parts in sums.items()
    }


def _together(month: date, shown: list[int], others: list[int], *, doubled: Sequence[int]) -> Sums:
    """Those who show, and the others too where they add up safely, less what shared customers count too much."""
    few, few_parts, everyone, all_parts = doubled
    *shown, _ = shown
    *others, hidden = others
    if adds_up_safely([hidden]):
        shown = [a + b for a, b in zip(shown, others, strict=True)]
        few, few_parts = everyone, all_parts
    shown[-2] -= int(few)
    shown[-1] -= int(few_parts)
    return _sums(shown, shows=month if shown[-2] >= rules.FEWEST_CUSTOMERS else None)


def asked_in(month: date, people: Sequence[int] | None) -> dict[str, int]:
    """How many invitations of a month went out and how many were answered. One query."""
    rows = RoundTally.objects.filter(month=month)
    rows = rows.filter(salesperson=None) if people is None else rows.filter(salesperson__in=people)
    counts = rows.aggregate(asked=Sum("asked"), answered=Sum("answered"))
    return {name: counts[name] or 0 for name in ("asked", "answered")}


def asked_of_each(month: date, people: Iterable[int]) -> dict[int, tuple[int, int]]:
    """(asked, answered) of each person. One query."""
    rows = RoundTally.objects.filter(month=month, salesperson__in=list(people))
    return {
        person: (asked, answered) for person, asked, answered in rows.values_list("salesperson", "asked", "answered")
    }
