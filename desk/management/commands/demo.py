"""``manage.py demo``: fill an empty database with a believable firm."""

import random
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from desk.demo.cases import make_cases
from desk.demo.copying import listener
from desk.demo.customers import make_customers, make_life
from desk.demo.dossiers import make_dossiers
from desk.demo.pay import make_pay
from desk.demo.people import PASSWORD, make_firm, make_people
from desk.demo.ratings import make_ratings
from desk.demo.reviews import make_reviews
from desk.demo.secrets import make_secrets
from desk.demo.waiting import make_waiting
from firm.models import Firm
from secrets_manual.actions import count_coverage

MOST = 100_000


class Command(BaseCommand):
    help = "Fill an empty database with a believable firm, the same every time for a seed, dated relative to today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--customers", type=int, default=2000, help="how many customers, 10 to 100,000")
        parser.add_argument("--secrets-each", type=int, default=8, help="secrets of a manual, on the average")
        parser.add_argument("--seed", type=int, default=1, help="another seed, another firm")

    def handle(self, *args: Any, **options: Any) -> None:
        count, at = options["customers"], timezone.now()
        if not 10 <= count <= MOST:
            raise CommandError(f"--customers takes a number from 10 to {MOST:,}.")
        if Firm.objects.exists():
            raise CommandError("This database already has a firm. The demo goes only into an empty one.")
        rng, began = random.Random(options["seed"]), time.monotonic()
        with transaction.atomic():
            with connection.cursor() as cursor:
                # Foreign keys wait for no commit: a million of them would be looked through at every row of history.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            self._fill(rng, count, at, options["secrets_each"])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(f"Made the demo firm in {time.monotonic() - began:.0f} s. Everybody's password: {PASSWORD}")

    def _fill(self, rng: random.Random, count: int, at: datetime, each: int) -> None:
        firm = make_firm()
        today = firm.today(at)
        cast = self._step(1, "people", lambda: make_people(rng, today=today))
        people = self._step(2, f"{count:,} customers", lambda: make_customers(rng, cast, today=today, count=count))
        self._step(3, "sales and visits", lambda: make_life(rng, people, today=today, firm_currency=firm.currency))
        self._step(4, "secrets", lambda: make_secrets(rng, people, at=at, each=each))
        rounds = self._step(5, "14 months of ratings", lambda: make_ratings(rng, firm, cast, people, at=at))
        self._step(6, "results and plans", lambda: make_reviews(cast, people, rounds, at=at))
        self._step(7, "the bonus plan", lambda: make_pay(rng, firm, cast, at=at))
        self._step(8, "cases", lambda: make_cases(rng, firm, cast, people, at=at))
        self._step(9, "dossiers", lambda: make_dossiers(rng, cast, people, today=today, at=at))
        self._step(10, "what waits", lambda: make_waiting(cast, at=at))
        count_coverage(at=at)

    def _step[T](self, number: int, name: str, make: Callable[[], T]) -> T:
        """One line of the progress bar; on a terminal it counts the rows as they go in."""
        began, bar = time.monotonic(), f"[{'#' * (number * 4):<40}] {name} …"
        self._say(bar)
        told = listener.set(lambda table, count: self._say(f"\r{bar} {count:,} {table:<24}"))
        try:
            made = make()
        finally:
            listener.reset(told)
        self.stdout.write(f"{f'\r\033[K{bar}' if self.stdout.isatty() else ''} {time.monotonic() - began:.1f} s")
        return made

    def _say(self, text: str) -> None:
        if self.stdout.isatty() or not text.startswith("\r"):
            self.stdout.write(text, ending="")
            self.stdout.flush()
