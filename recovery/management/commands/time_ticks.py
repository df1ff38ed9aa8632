"""How long a tick takes with many open cases; what it makes is rolled back."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from accounts.models import Role, User
from customers.models import Customer
from recovery import actions, rules
from recovery.actions import climbing, flags

# Reports come evenly over a day, so that with 100,000 cases about 70 fall due on each threshold in a minute.
MAKE_CASES = """
INSERT INTO recovery_case (customer_id, what_happened, severity, root_cause, reference, reported_at, opened_by_id,
    opened_at, agent_id, state, close_reason, surprise, apology, apology_to, apology_sent, source, source_url)
SELECT %(customer)s, 'Measured.', 'low', 'delivery', '', at, %(agent)s, at, %(agent)s, 'open',
    '', '', '', '', '', '', ''
FROM generate_series(1, %(cases)s) number, LATERAL (
    SELECT now() - interval '86400 s' + interval '86400 s' * number / %(cases)s AS at
) reported
"""
MAKE_STEPS = """
INSERT INTO recovery_milestone (case_id, kind, due_at, generation, note, flag_at)
SELECT kase.id, step.kind, kase.reported_at + step.after, 1, '', next.flag_at
FROM recovery_case kase
CROSS JOIN (VALUES ('fix', interval '86400 s'), ('surprise', interval '86400 s'), ('apologise', interval '86400 s'))
    AS step (kind, after)
CROSS JOIN LATERAL (
    SELECT min(kase.reported_at + step.after - ahead) AS flag_at
    FROM unnest(ARRAY['86400 s', '43200 s', '14400 s', '3600 s', '0 s']::interval[]) ahead
    WHERE kase.reported_at + step.after - ahead > now()
) next
WHERE kase.what_happened = 'Measured.'
"""
# What earlier ticks had flagged.
MAKE_FLAGS = """
INSERT INTO recovery_flag (milestone_id, threshold, generation, at, noticed, wants_answer)
SELECT step.id, threshold.name, 1, step.due_at - ahead, true, false
FROM recovery_milestone step JOIN recovery_case kase ON kase.id = step.case_id AND kase.what_happened = 'Measured.'
CROSS JOIN (VALUES ('24h', interval '86400 s'), ('12h', interval '43200 s'), ('4h', interval '14400 s'),
                   ('1h', interval '3600 s'), ('overdue', interval '0 s')) AS threshold (name, ahead)
WHERE step.due_at - ahead <= now()
"""
# One that runs for every case, to climb at some minute of the day.
MAKE_ALERTS = """
INSERT INTO recovery_alert (case_id, flag_id, raised_at, climbs_at)
SELECT DISTINCT ON (kase.id) kase.id, flag.id, now(), kase.reported_at + interval '86400 s'
FROM recovery_case kase
JOIN recovery_milestone step ON step.case_id = kase.id JOIN recovery_flag flag ON flag.milestone_id = step.id
WHERE kase.what_happened = 'Measured.'
ORDER BY kase.id, flag.id
ON CONFLICT DO NOTHING
"""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=100_000)
        parser.add_argument("--minutes", type=int, default=5, help="ticks measured, a minute apart")

    def handle(self, *args: Any, **options: Any) -> None:
        customer, agent = Customer.objects.first(), User.objects.holding(Role.SERVICE).first()
        if customer is None or agent is None:
            raise CommandError("There is no customer or no service agent here. Make the demo firm first.")
        with transaction.atomic():
            self._measure(customer, agent, options["cases"], options["minutes"])
            transaction.set_rollback(True)

    def _measure(self, customer: Customer, agent: User, cases: int, minutes: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(MAKE_CASES, {"customer": customer.pk, "agent": agent.pk, "cases": cases})
            cursor.execute(MAKE_STEPS)
            cursor.execute(MAKE_FLAGS)
            cursor.execute("ANALYZE recovery_case, recovery_milestone, recovery_flag")
            cursor.execute("SELECT now()")
            start: datetime = cursor.fetchone()[0]
        self.stdout.write(f"{cases:,} open cases, {cases * len(rules.NEEDED_TO_CLOSE):,} milestones to keep")
        for minute in range(1, minutes + 1):
            at = start + timedelta(minutes=minute)
            if minute == minutes:
                self._explain("the tick", flags.FLAG_DUE, {"at": at})
            taken = [_timed(step, at) for step in (actions.flag_due, actions.raise_alerts, actions.climb_alerts)]
            words = ", ".join(
                f"{name} {count} in {spent:.0f} ms"
                for name, (count, spent) in zip(("flags", "alerts", "told"), taken, strict=True)
            )
            self.stdout.write(f"minute {minute}: {words}")
        at = start + timedelta(minutes=minutes + 11)
        with connection.cursor() as cursor:
            cursor.execute(MAKE_ALERTS)
            cursor.execute("ANALYZE recovery_alert")
        self._explain("the climb", climbing.LOCK_TO_CLIMB, {"at": at, "batch": climbing.BATCH})

    def _explain(self, name: str, statement: str, given: dict[str, Any]) -> None:
        """The plan and its time, without its effects."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {statement}", given)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            transaction.set_rollback(True)
        indexes = [name for name in ("milestone_to_flag", "alert_to_climb") if name in plan]
        spent = next(line for line in plan.splitlines() if line.startswith("Execution Time"))
        self.stdout.write(f"{name}: {spent}; by {', '.join(indexes) or 'no index'}")


def _timed(step: Callable[[datetime], int], at: datetime) -> tuple[int, float]:
    began = time.perf_counter()
    count = step(at)
    return count, (time.perf_counter() - began) * 1000
