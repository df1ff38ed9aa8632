"""Counting a closed round once, so that pages add up a few hundred rows instead of a million answers."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from firm.rules import month_after
from report_cards import rules
from report_cards.models import Round, SharedVoice, Tallied
from report_cards.queries.tallies import months_to_tally
from report_cards.rules.statistics import WHOLE

# ``voice`` is one row a customer, salesperson and behaviour; the firm's are pooled from it, so that a customer whom two
# salespeople had in the three months is one voice there too. Salesperson 0 stands for the whole firm.
TALLY = """
WITH voice AS MATERIALIZED (
    SELECT salesperson_id AS who, behaviour_key, customer_id,
           count(*) FILTER (WHERE value IN ('good', 'excellent')) AS well,
           count(*) FILTER (WHERE value <> 'cant_judge') AS rated,
           count(*) FILTER (WHERE value = 'poor') AS poor, count(*) FILTER (WHERE value = 'fair') AS fair,
           count(*) FILTER (WHERE value = 'average') AS average, count(*) FILTER (WHERE value = 'good') AS good,
           count(*) FILTER (WHERE value = 'excellent') AS excellent,
           count(*) FILTER (WHERE value = 'cant_judge') AS cant_judge,
           bool_or(month = %(month)s AND value <> 'cant_judge') AS is_new
    FROM report_cards_answer
    WHERE is_counted AND value <> '' AND month = ANY(%(months)s::date[])
    GROUP BY 1, 2, 3
), heard AS (
    SELECT who, behaviour_key, well, rated, poor, fair, average, good, excellent, cant_judge, is_new FROM voice
    UNION ALL
    SELECT 0, behaviour_key, sum(well)::bigint, sum(rated)::bigint, sum(poor), sum(fair), sum(average), sum(good),
           sum(excellent), sum(cant_judge), bool_or(is_new)
    FROM voice GROUP BY behaviour_key, customer_id
), said AS (
    SELECT who, behaviour_key, sum(poor) AS poor, sum(fair) AS fair, sum(average) AS average, sum(good) AS good,
           sum(excellent) AS excellent, sum(cant_judge) AS cant_judge, count(*) FILTER (WHERE rated > 0) AS customers,
           sum(well * (%(whole)s / nullif(rated, 0))) FILTER (WHERE rated > 0) AS parts,
           count(*) FILTER (WHERE is_new) AS month_customers
    FROM heard GROUP BY 1, 2
), sent AS (
    SELECT i.salesperson_id, r.card_id, count(*) AS asked
    FROM report_cards_invitation i JOIN report_cards_round r ON r.id = i.round_id
    WHERE r.month = ANY(%(months)s::date[]) AND i.state IN ('sent', 'doubtful') GROUP BY 1, 2
), asked AS (
    SELECT coalesce(salesperson_id, 0) AS who, key AS behaviour_key, sum(asked) AS asked
    FROM sent JOIN report_cards_behaviour USING (card_id)
    GROUP BY GROUPING SETS ((salesperson_id, key), (key))
), shared AS (
    INSERT INTO report_cards_sharedvoice (month, customer_id, salesperson_id, behaviour_key, good, rated)
    SELECT %(month)s, customer_id, who, behaviour_key, well, rated FROM voice
    WHERE rated > 0 AND customer_id IN (
        SELECT customer_id FROM voice GROUP BY 1 HAVING min(who) <> max(who)
    )
), written AS (
    INSERT INTO report_cards_behaviourtally (
        month, salesperson_id, behaviour_key, asked, poor, fair, average, good, excellent, cant_judge, customers, parts,
        month_customers
    )
    SELECT %(month)s, nullif(who, 0), behaviour_key, coalesce(asked, 0), coalesce(poor, 0), coalesce(fair, 0),
           coalesce(average, 0), coalesce(good, 0), coalesce(excellent, 0), coalesce(cant_judge, 0),
           coalesce(customers, 0), coalesce(parts, 0), coalesce(month_customers, 0)
    FROM said FULL JOIN asked USING (who, behaviour_key)
    ON CONFLICT (month, salesperson_id, behaviour_key) DO UPDATE SET
        asked = excluded.asked, poor = excluded.poor, fair = excluded.fair, average = excluded.average,
        good = excluded.good, excellent = excluded.excellent, cant_judge = excluded.cant_judge,
        customers = excluded.customers, parts = excluded.parts, month_customers = excluded.month_customers
    RETURNING id
)
DELETE FROM report_cards_behaviourtally WHERE month = %(month)s AND id NOT IN (SELECT id FROM written)
"""
ROUND = """
INSERT INTO report_cards_roundtally (month, salesperson_id, asked, answered, customers)
SELECT %(month)s, i.salesperson_id, count(*), count(r.id), count(DISTINCT i.customer_id) FILTER (WHERE r.id IS NOT NULL)
FROM report_cards_invitation i LEFT JOIN report_cards_response r ON r.invitation_id = i.id AND r.is_counted
WHERE i.round_id = (SELECT id FROM report_cards_round WHERE month = %(month)s) AND i.state IN ('sent', 'doubtful')
GROUP BY GROUPING SETS ((i.salesperson_id), ())
ON CONFLICT (month, salesperson_id) DO UPDATE SET
    asked = excluded.asked, answered = excluded.answered, customers = excluded.customers
"""
# rules.disclosure.shown_through, a month at a time: each follows from what the two before it show.
SHOWN = """
UPDATE report_cards_behaviourtally t SET shown_through = s.through
FROM (
    SELECT n.id, CASE
        WHEN n.customers >= %(fewest)s AND (b.through IS NULL OR n.month_customers >= %(fewest)s) THEN n.month
        ELSE b.through END AS through
    FROM report_cards_behaviourtally n LEFT JOIN (
        SELECT coalesce(salesperson_id, 0) AS who, behaviour_key, max(shown_through) AS through
        FROM report_cards_behaviourtally
        WHERE month = ANY(%(before)s::date[]) AND shown_through = ANY(%(before)s::date[]) GROUP BY 1, 2
    ) b ON b.who = coalesce(n.salesperson_id, 0) AND b.behaviour_key = n.behaviour_key
    WHERE n.month = %(month)s
) s
WHERE t.id = s.id AND t.shown_through IS DISTINCT FROM s.through
"""


@transaction.atomic
def tally_round(round_: Round, *, at: datetime) -> None:
    """Count a closed round's answers, and every later window that holds them, should a later round be closed already.

    ``close_round`` does it. What was counted stays as it was issued: an answer set aside later is missing from pay and
    from later windows, and from no page that showed before (``integrity.settle_late`` tells why).
    """
    last = month_after(month_after(round_.month))
    closed = Round.objects.closed().filter(month__range=(round_.month, last))
    _tally(lambda: closed.values_list("month", flat=True), at=at)


def tally_missing(*, at: datetime) -> int:
    """Count the closed rounds that are not counted; how many. One query when there is none."""
    if not months_to_tally():
        return 0
    with transaction.atomic():
        return _tally(months_to_tally, at=at)


def _tally(wanted: Callable[[], Iterable[date]], *, at: datetime) -> int:
    """Count the wanted months. One counting at a time: a second one waits, asks again, and finds less to do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('report_cards.tally'))")
        months = sorted(wanted())
        closed = list(Round.objects.closed().order_by("month").values_list("month", flat=True))
        for month in months:
            _count(cursor, month, closed)
        for month in closed:
            if months and month >= months[0]:
                before = rules.months_back(month, rules.WINDOW_MONTHS)[:-1]
                cursor.execute(SHOWN, {"month": month, "before": before, "fewest": rules.FEWEST_CUSTOMERS})
    fresh = [Tallied(month=month, at=at) for month in months]
    Tallied.objects.bulk_create(fresh, update_conflicts=True, unique_fields=["month"], update_fields=["at"])
    return len(months)


def _count(cursor: Any, month: date, closed: list[date]) -> None:
    window = [one for one in rules.months_back(month, rules.WINDOW_MONTHS) if one in closed]
    SharedVoice.objects.filter(month=month).delete()
    cursor.execute(TALLY, {"month": month, "months": window, "whole": WHOLE})
    cursor.execute(ROUND, {"month": month})
