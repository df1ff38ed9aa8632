"""Where people stand in a quarter and in the one before: what calls for a plan, and what is compared for the award.

One GROUP BY over the six months; read once a round by a worker, so it asks the answers themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import connection

from report_cards import rules
from report_cards.models import Behaviour, Round
from report_cards.rules.improvement import PersonVoices
from report_cards.rules.plans import Standing

# One row a person, behaviour, quarter, and count of good and rated: how many customers gave exactly that.
STANDINGS = """
WITH voice AS (
    SELECT salesperson_id, behaviour_key, month = ANY(%(now)s::date[]) AS is_now, customer_id,
           count(*) FILTER (WHERE value IN ('good', 'excellent')) AS good, count(*) AS rated
    FROM report_cards_answer
    WHERE is_counted AND month = ANY(%(months)s::date[]) AND value NOT IN ('', 'cant_judge') {whose}
    GROUP BY 1, 2, 3, 4
)
SELECT salesperson_id, behaviour_key, is_now, good, rated, count(*) FROM voice GROUP BY 1, 2, 3, 4, 5
"""

# One row a person, customer and quarter: the share over the behaviours judged, by the card's weights within each
# measure, and half from each measure; all of it from one where the customer judged only that.
VOICES = """
WITH weight AS (
    SELECT * FROM unnest(%(keys)s::text[], %(measures)s::text[], %(weights)s::float8[])
        AS weight(behaviour_key, measure, weight)
), voice AS (
    SELECT salesperson_id, behaviour_key, month = ANY(%(now)s::date[]) AS is_now, customer_id,
           count(*) FILTER (WHERE value IN ('good', 'excellent'))::float8 / count(*) AS share
    FROM report_cards_answer
    WHERE is_counted AND month = ANY(%(months)s::date[]) AND value NOT IN ('', 'cant_judge')
    GROUP BY 1, 2, 3, 4
), half AS (
    SELECT salesperson_id, is_now, customer_id, measure,
           sum(share * weight ORDER BY behaviour_key) / sum(weight ORDER BY behaviour_key) AS share
    FROM voice JOIN weight USING (behaviour_key) GROUP BY 1, 2, 3, 4
)
SELECT salesperson_id, is_now, customer_id, avg(share ORDER BY measure) FROM half GROUP BY 1, 2, 3
"""

# (this quarter, the one before or None), by person and behaviour.
Pair = tuple[Standing, Standing | None]


def quarters(month: date) -> tuple[list[Round], list[Round]]:
    """The closed rounds of the quarter that ends with ``month``, and of the one before, with their cards. One query."""
    now = rules.months_back(month, rules.WINDOW_MONTHS)
    six = rules.months_back(month, 2 * rules.WINDOW_MONTHS)
    rounds = list(Round.objects.closed().filter(month__in=six).select_related("card").order_by("month"))
    return [one for one in rounds if one.month in now], [one for one in rounds if one.month not in now]


def standings(round_: Round, people: Iterable[int] | None = None) -> dict[int, dict[str, Pair]]:
    """Each person's behaviours on the round's card: {person: {key: (this quarter, the one before)}}. Four queries.

    Each quarter is held against the target its own last card set; a behaviour new since then has no quarter before.
    """
    now, before = quarters(round_.month)
    targets = _targets(now), _targets(before)
    voices = _voices(now, before, None if people is None else list(people))
    found: dict[int, dict[str, Pair]] = defaultdict(dict)
    for (person, key), (current, earlier) in voices.items():
        if key in targets[0]:
            past = _standing(earlier, targets[1][key]) if key in targets[1] else None
            found[person][key] = _standing(current, targets[0][key]), past
    return found


def _targets(rounds: list[Round]) -> dict[str, Fraction]:
    """The targets of a quarter: those of its last card."""
    return {b.key: Fraction(b.target) for b in rounds[-1].card.behaviours.all()} if rounds else {}


def _standing(voices: Mapping[tuple[int, int], int], target: Fraction) -> Standing:
    result = rules.behaviour_result(voices, target=target)
    return Standing(result.share, result.customers, target)


Counts = dict[tuple[int, int], int]


def _voices(
    now: list[Round], before: list[Round], people: list[int] | None
) -> dict[tuple[int, str], tuple[Counts, Counts]]:
    voices: dict[tuple[int, str], tuple[Counts, Counts]] = defaultdict(lambda: ({}, {}))
    whose = "" if people is None else "AND salesperson_id = ANY(%(people)s)"
    with connection.cursor() as cursor:
        cursor.execute(STANDINGS.format(whose=whose), {**_months(now, before), "people": people})
        for person, key, is_now, good, rated, customers in cursor.fetchall():
            voices[person, key][0 if is_now else 1][good, rated] = customers
    return voices


def _months(now: list[Round], before: list[Round]) -> dict[str, list[date]]:
    return {"now": [one.month for one in now], "months": [one.month for one in [*now, *before]]}


def common_behaviours(now: list[Round], before: list[Round]) -> list[Behaviour]:
    """The newest card's behaviours that both quarters asked about: like with like."""
    if not now or not before:
        return []
    earlier = {behaviour.key for behaviour in before[-1].card.behaviours.all()}
    return [behaviour for behaviour in now[-1].card.behaviours.all() if behaviour.key in earlier]


def people_voices(now: list[Round], before: list[Round], behaviours: Sequence[Behaviour]) -> list[PersonVoices]:
    """Every rated person's customers in both quarters, each customer one voice. One query."""
    voices: dict[int, tuple[dict[int, float], dict[int, float]]] = defaultdict(lambda: ({}, {}))
    asked: dict[str, Any] = {
        "keys": [behaviour.key for behaviour in behaviours],
        "measures": [behaviour.measure for behaviour in behaviours],
        "weights": [behaviour.weight_bp for behaviour in behaviours],
    }
    with connection.cursor() as cursor:
        cursor.execute(VOICES, {**_months(now, before), **asked})
        for person, is_now, customer, share in cursor.fetchall():
            voices[person][0 if is_now else 1][customer] = share
    return [PersonVoices(person, now_, before_) for person, (now_, before_) in sorted(voices.items())]
