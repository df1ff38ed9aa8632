"""How the firm's salespeople are spread on each behaviour: never who."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from report_cards import rules
from report_cards.rules.signal import Spread, Sums, spread_of
from report_cards.rules.statistics import WHOLE

FEWEST_PEOPLE = 5

SPREAD = """
SELECT behaviour_key, count(*), percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY share),
       sum(n), sum(n * n), sum(n * share), sum(n * share * share)
FROM (
    SELECT behaviour_key, customers::float8 AS n, parts::float8 / customers / %(whole)s AS share
    FROM report_cards_behaviourtally
    WHERE month = %(month)s AND salesperson_id IS NOT NULL AND customers >= %(fewest)s AND shown_through = month
) person
GROUP BY behaviour_key HAVING count(*) >= %(people)s
"""


@dataclass(frozen=True)
class FirmSpread:
    """The middle half of so many people's shares; their extremes are nobody's business."""

    people: int
    quarter: float
    median: float
    three_quarters: float
    customers: int
    spread: Spread | None

    @property
    def width(self) -> float:
        return self.three_quarters - self.quarter

    @property
    def reliability(self) -> float:
        """How far the number of a person with the usual count of customers is signal."""
        return self.spread.reliability(self.customers) if self.spread else 0.0


def firm_spreads(month: date) -> dict[str, FirmSpread]:
    """The spread of each behaviour that at least five people show a number for. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            SPREAD, {"month": month, "whole": WHOLE, "fewest": rules.FEWEST_CUSTOMERS, "people": FEWEST_PEOPLE}
        )
        return {
            key: FirmSpread(people, low, middle, high, round(n / people), spread_of(Sums(people, n, *rest)))
            for key, people, (low, middle, high), n, *rest in cursor.fetchall()
        }
