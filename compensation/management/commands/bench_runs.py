"""``manage.py bench_runs``: how long runs of a large firm take, as a ratio to reading the facts alone."""

import json
import resource
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.models import Role, User
from compensation import actions, rules
from compensation.bench.firm import YEAR, make_firm
from compensation.models import Adjustment, BonusPlan, PlanYear, Run
from compensation.queries.freezing import one_snapshot
from compensation.queries.snapshot import snapshot
from customers.models import Sale
from firm.models import Firm

AT = datetime(YEAR + 1, 3, 1, 9, tzinfo=UTC)
# What accruals, the final run and adjustments come to, against the final statements on today's facts.
BOOKED = """
SELECT coalesce(sum(line.amount), 0) FROM compensation_statementline line
JOIN compensation_statement statement ON statement.id = line.statement_id
JOIN compensation_run run ON run.id = statement.run_id AND run.state = 'locked'
"""


class Command(BaseCommand):
    help = "In an empty, migrated database: make a firm, run accruals and the final run, look for late facts, time it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=10_000, help="how many salespeople the firm has")
        parser.add_argument("--months", type=int, default=1, help="how many accruals before the final run, 0 to 11")

    def handle(self, *, people: int, months: int, **options: Any) -> None:
        if Firm.objects.exists():
            raise CommandError("This database has a firm. Give the bench one of its own, empty and migrated.")
        self.memory = _memory()
        plan: BonusPlan = self._timed("make the firm", lambda: make_firm(people))
        year = plan.years.select_related("plan").get()
        ends = list(rules.month_ends(year.span, after=None, until=date(YEAR + 1, 1, 1)))
        facts = self._facts(year)
        for through in ends[:months]:
            self._run(year, Run.Kind.ACCRUAL, through, facts)
        final = self._run(year, Run.Kind.FINAL, year.ends_on, facts)
        self._late(final)

    def _facts(self, year: PlanYear) -> float:
        """Seconds to read everybody's facts, and nothing else."""
        begun = time.perf_counter()
        with one_snapshot():
            self._timed("read the facts", lambda: sum(1 for _ in snapshot(year, through=year.ends_on)))
        return time.perf_counter() - begun

    def _run(self, year: PlanYear, kind: str, through: date, facts: float) -> Run:
        maker, signer = (User.objects.holding(role).get() for role in (Role.COMPENSATION, Role.EXECUTIVE))
        run = actions.start_run(year, kind=kind, through=through, acting_user=maker, at=AT)
        begun = time.perf_counter()
        self._timed("freeze the facts", lambda: actions.go_on(run, at=AT))
        self._timed("compute", lambda: _to_the_end(run))
        took = time.perf_counter() - begun
        self._say("run", run=str(run), seconds=round(took, 1), ratio_to_facts=round(took / facts, 2))
        actions.approve_run(run, acting_user=signer, at=AT)
        self._timed("hand out", lambda: _to_the_end(run))
        run.refresh_from_db()
        return run

    def _late(self, final: Run) -> None:
        """One sale of each hundredth salesperson came late; whether everything sums to the year to the cent."""
        maker = User.objects.holding(Role.COMPENSATION).get()
        sellers = User.objects.filter(roles=[Role.SALESPERSON], name__endswith="00")
        for last in (
            Sale.objects.filter(salesperson__in=sellers).order_by("salesperson_id", "-pk").distinct("salesperson_id")
        ):
            last.pk, last.order_number, last.ordered_on = None, f"L{last.pk}", date(YEAR, 11, 3)
            last.save(force_insert=True)
        job = actions.look_for_late_facts(final, acting_user=maker, at=AT)
        self._timed("look for late facts", lambda: actions.find_late_facts(job, at=AT))
        with connection.cursor() as cursor:
            cursor.execute(BOOKED)
            booked = cursor.fetchone()[0]
        adjusted = sum(Adjustment.objects.values_list("amount", flat=True))
        with one_snapshot():
            today = sum((_total(inputs) for _, inputs in snapshot(final.year, through=final.through)), Fraction())
        equal = Fraction(booked + adjusted) == today
        self._say("accruals, final run and adjustments are the year", equal=equal, total=str(booked + adjusted))

    def _timed[Value](self, what: str, do: Callable[[], Value]) -> Value:
        begun, processor = time.perf_counter(), time.process_time()
        value = do()
        took = {"seconds": time.perf_counter() - begun, "of_python": time.process_time() - processor}
        self._say(what, **{key: round(seconds, 1) for key, seconds in took.items()}, megabytes=_memory() - self.memory)
        return value

    def _say(self, what: str, **numbers: Any) -> None:
        self.stdout.write(json.dumps({"what": what} | numbers))
        self.stdout.flush()


def _to_the_end(run: Run) -> None:
    while actions.go_on(run, at=AT):
        pass


def _total(inputs: dict[str, Any] | rules.Refused) -> Fraction:
    return Fraction() if isinstance(inputs, rules.Refused) else rules.compute(inputs).total


def _memory() -> int:
    """The most megabytes this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
