"""Did it work, for the cases a person oversees: promises kept, times, before and after, causes, gestures.

Set-based: the same number of statements for one case and for 100,000. docs/algorithms/recovery.md has the definitions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from firm.models import Firm
from recovery import rules
from recovery.models import Case, FollowUp, Milestone
from recovery.rules import Figure

# The cases of a board: reported in the period, at customers who are there, of the owners one oversees.
MINE = """
mine AS MATERIALIZED (
    SELECT c.id, c.severity, c.state, c.close_reason <> '' AS has_reason, c.reported_at, c.closed_at, c.likely_before,
        c.renewed, c.gesture_id
    FROM recovery_case c
    JOIN customers_customer customer ON customer.id = c.customer_id AND customer.removed_at IS NULL
    WHERE c.reported_at >= %(since)s AND c.reported_at < %(until)s
        AND (%(owners)s::bigint[] IS NULL OR customer.owner_id = ANY(%(owners)s))
        AND (%(severity)s = '' OR c.severity = %(severity)s)
)"""
SUMMARY = f"""
WITH {MINE}, failed AS (
    SELECT case_id, bool_or(handled_at IS NULL) AS is_open FROM recovery_failedrecovery GROUP BY case_id
)
SELECT count(*), count(*) FILTER (WHERE state = 'closed'), count(*) FILTER (WHERE state = 'closed' AND has_reason),
    count(*) FILTER (WHERE state = 'closed' AND renewed), count(*) FILTER (WHERE state = 'closed' AND NOT renewed),
    count(failed.case_id), count(*) FILTER (WHERE failed.is_open)
FROM mine LEFT JOIN failed ON failed.case_id = mine.id
"""  # noqa: S608  # nosec B608
# Settled: done, or its time is over, or the case was closed without it.
PROMISES = f"""
WITH {MINE}
SELECT coalesce(mine.severity, ''), step.kind,
    count(*) FILTER (WHERE step.done_at IS NOT NULL OR step.due_at < %(at)s OR mine.state = 'closed'),
    count(*) FILTER (WHERE step.done_at <= step.due_at),
    count(step.done_at),
    percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM step.done_at - mine.reported_at))
FROM mine JOIN recovery_milestone step ON step.case_id = mine.id
WHERE step.kind = ANY(%(promised)s)
GROUP BY GROUPING SETS ((mine.severity, step.kind), (step.kind))
"""  # noqa: S608  # nosec B608
# Of each case the question of its last closing; a pair is a case with both numbers.
WORKED = f"""
WITH {MINE}, asked AS (
    SELECT mine.severity, mine.likely_before AS before, f.kind, f.likely AS after, f.state,
        mine.likely_before IS NOT NULL AND f.likely IS NOT NULL AS is_pair
    FROM mine JOIN recovery_followup f ON f.case_id = mine.id AND f.closed_at = mine.closed_at
    WHERE mine.state = 'closed'
)
SELECT coalesce(severity, ''), kind, count(*), count(before),
    count(*) FILTER (WHERE state IN ('sent', 'doubtful') OR after IS NOT NULL), count(after),
    count(*) FILTER (WHERE state IN ('left_out', 'bounced') AND after IS NULL),
    count(*) FILTER (WHERE is_pair), sum(before) FILTER (WHERE is_pair), sum(after) FILTER (WHERE is_pair),
    count(*) FILTER (WHERE is_pair AND after > before), count(*) FILTER (WHERE is_pair AND after = before),
    count(*) FILTER (WHERE is_pair AND after < before)
FROM asked GROUP BY GROUPING SETS ((severity, kind), (kind))
"""  # noqa: S608  # nosec B608
# A case is repeated when the same customer had the same failure within the days before, however bad; “something else”
# never is. One pass over the cases in the order of their customers.
CAUSES = """
WITH seen AS (
    SELECT c.customer_id, c.root_cause, c.severity, c.reported_at,
        lag(c.reported_at) OVER (PARTITION BY c.customer_id, c.root_cause ORDER BY c.reported_at, c.id) AS earlier_at
    FROM recovery_case c
    JOIN customers_customer customer ON customer.id = c.customer_id AND customer.removed_at IS NULL
    WHERE c.reported_at >= %(since)s - %(repeated)s * interval '86400 s' AND c.reported_at < %(until)s
        AND (%(owners)s::bigint[] IS NULL OR customer.owner_id = ANY(%(owners)s))
), counted AS (
    SELECT customer_id, root_cause,
        root_cause <> 'other' AND earlier_at >= reported_at - %(repeated)s * interval '86400 s' AS is_repeated
    FROM seen WHERE reported_at >= %(since)s AND (%(severity)s = '' OR severity = %(severity)s)
)
SELECT root_cause, count(*), count(*) FILTER (WHERE is_repeated),
    count(DISTINCT customer_id) FILTER (WHERE is_repeated)
FROM counted GROUP BY root_cause ORDER BY 2 DESC, 1
"""
# The answer that counts is the latest of the last closing's questions.
GESTURES = f"""
WITH {MINE}, made AS (
    SELECT mine.gesture_id, mine.likely_before AS before, mine.renewed, (
        SELECT f.likely FROM recovery_followup f
        WHERE f.case_id = mine.id AND f.closed_at = mine.closed_at AND f.likely IS NOT NULL
        ORDER BY f.due_at DESC LIMIT 1) AS after
    FROM mine WHERE mine.gesture_id IS NOT NULL AND mine.state = 'closed'
)
SELECT gesture.name, count(*), count(after), count(before + after),
    sum(after - before), count(after) FILTER (WHERE after > %(unlikely)s), count(renewed),
    count(*) FILTER (WHERE renewed)
FROM made JOIN recovery_gesture gesture ON gesture.id = made.gesture_id
GROUP BY gesture.id, gesture.name ORDER BY 2 DESC, 1
"""  # noqa: S608  # nosec B608


@dataclass(frozen=True)
class Scope:
    """Which cases: of whose customers (None: everybody's), how bad (empty: any), reported on which days."""

    owners: Sequence[int] | None
    severity: str
    first: date | None
    firm: Firm
    at: datetime

    def given(self) -> dict[str, Any]:
        since = datetime(1970, 1, 1) if self.first is None else datetime.combine(self.first, datetime.min.time())  # noqa: DTZ001
        return {
            "owners": None if self.owners is None else list(self.owners),
            "severity": self.severity,
            "since": since.replace(tzinfo=self.firm.tzinfo),
            "until": self.at,
            "at": self.at,
            "promised": list(rules.PROMISED),
            "repeated": rules.REPEATED_DAYS,
            "unlikely": rules.UNLIKELY,
        }


@dataclass(frozen=True)
class Summary:
    """How many cases, and how they ended."""

    cases: int
    closed: int
    with_reason: int
    renewed: int
    left: int
    failed: int
    unhandled: int

    @property
    def open(self) -> int:
        return self.cases - self.closed

    @property
    def unknown(self) -> int:
        """Closed cases of which nobody knows whether the customer stayed."""
        return self.closed - self.renewed - self.left


@dataclass(frozen=True)
class Promise:
    """A milestone: how often on time among the settled ones, and how long it took."""

    severity: str
    kind: str
    settled: int
    on_time: int
    done: int
    median: float | None
    late_tail: float | None

    @property
    def label(self) -> str:
        return str(Milestone.Kind(self.kind).label).capitalize()

    @property
    def how_bad(self) -> str:
        return str(Case.Severity(self.severity).label) if self.severity else "All"

    @property
    def share(self) -> Figure:
        return rules.share(self.on_time, self.settled)

    @property
    def middle(self) -> Figure:
        return rules.middle(self.median, self.done)

    @property
    def tail(self) -> Figure:
        return rules.tail(self.late_tail, self.done)


@dataclass(frozen=True)
class BeforeAfter:
    """How likely customers are to stay, before and after: what is known, and the pairs."""

    severity: str
    kind: str
    closed: int
    before_known: int
    asked: int
    answered: int
    not_asked: int
    pairs: int
    sum_before: int | None
    sum_after: int | None
    better: int
    same: int
    worse: int

    @property
    def label(self) -> str:
        return str(FollowUp.Kind(self.kind).label).capitalize()

    @property
    def how_bad(self) -> str:
        return str(Case.Severity(self.severity).label) if self.severity else "All"

    @property
    def before(self) -> Figure:
        return rules.mean(self.sum_before, self.pairs)

    @property
    def after(self) -> Figure:
        return rules.mean(self.sum_after, self.pairs)

    @property
    def unknown_before(self) -> int:
        """No answer on file at the report."""
        return self.closed - self.before_known

    @property
    def to_come(self) -> int:
        """Not asked yet."""
        return self.closed - self.asked - self.not_asked


@dataclass(frozen=True)
class Cause:
    """A root cause: how many cases, how many of them repeated, at how many customers."""

    key: str
    cases: int
    repeated: int
    customers: int

    @property
    def label(self) -> str:
        return str(Case.RootCause(self.key).label).capitalize()


@dataclass(frozen=True)
class Made:
    """A gesture: how often, and what came of it."""

    name: str
    cases: int
    answered: int
    pairs: int
    sum_change: int | None
    likely: int
    renewal_known: int
    renewed: int

    @property
    def change(self) -> Figure:
        return rules.mean(self.sum_change, self.pairs)

    @property
    def stays(self) -> Figure:
        return rules.share(self.likely, self.answered)


@dataclass(frozen=True)
class Board:
    """Everything a board shows. ``promises`` and ``worked`` hold the rows of all severities together, then of each."""

    summary: Summary
    promises: Sequence[Promise]
    worked: Sequence[BeforeAfter]
    causes: Sequence[Cause]
    gestures: Sequence[Made]

    @property
    def promises_of_all(self) -> list[Promise]:
        return [one for one in self.promises if not one.severity]

    @property
    def promises_by_severity(self) -> list[Promise]:
        return [one for one in self.promises if one.severity]

    @property
    def worked_of_all(self) -> list[BeforeAfter]:
        return [one for one in self.worked if not one.severity]

    @property
    def worked_by_severity(self) -> list[BeforeAfter]:
        return [one for one in self.worked if one.severity]


def board(scope: Scope) -> Board:
    """Five statements."""
    given = scope.given()
    with connection.cursor() as cursor:
        (summary,) = _rows(cursor, SUMMARY, given)
        promises = [Promise(*row[:5], *(row[5] or (None, None))) for row in _rows(cursor, PROMISES, given)]
        worked = [BeforeAfter(*row) for row in _rows(cursor, WORKED, given)]
        causes = [Cause(*row) for row in _rows(cursor, CAUSES, given)]
        gestures = [Made(*row) for row in _rows(cursor, GESTURES, given)]
    return Board(
        Summary(*summary),
        sorted(promises, key=lambda one: (_badness(one.severity), rules.PROMISED.index(one.kind))),
        sorted(worked, key=lambda one: (_badness(one.severity), one.kind)),
        causes,
        gestures,
    )


def _rows(cursor: Any, statement: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    cursor.execute(statement, given)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _badness(severity: str) -> int:
    """All together first, then the worst."""
    return -1 if not severity else len(Case.Severity) - list(Case.Severity).index(Case.Severity(severity))
