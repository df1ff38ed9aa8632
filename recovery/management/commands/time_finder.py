"""How long the surprise finder takes, as a ratio to its bare SQL."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from customers.models import Customer
from recovery import queries
from recovery.models import Case, Gesture, Milestone
from secrets_manual.models import Category, Secret, SecretText, SecretUse

ROUNDS = 15


class Command(BaseCommand):
    help = "Time the surprise finder on 500 secrets and 2,000 past surprises, made in a transaction that is undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--secrets", type=int, default=500)
        parser.add_argument("--past", type=int, default=2000)

    @transaction.atomic
    def handle(self, *, secrets: int, past: int, **options: Any) -> None:
        at = timezone.now()
        case = _fill(secrets, past, at)
        found = Case.objects.select_related("customer__owner", "agent").prefetch_related("milestones").get(pk=case.pk)
        kept: list[tuple[str, Any]] = []

        def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            kept.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(keep):
            finder = queries.finder(found, case.agent, at)
        whole, own = _milliseconds(lambda: queries.finder(found, case.agent, at))
        bare, _ = _milliseconds(lambda: _run(kept))
        self.stdout.write(
            f"{len(finder.usable)} secrets, {past} past surprises, {len(kept)} queries: finder {whole:.1f} ms "
            f"({own:.1f} ms its own work), "
            f"bare SQL {bare:.1f} ms, ratio {whole / bare:.2f} (the best of {ROUNDS} each)"
        )
        transaction.set_rollback(True)


def _fill(secrets: int, past: int, at: datetime) -> Case:
    """An open case of a customer with many secrets, and many past surprises."""
    case = Case.objects.open().select_related("customer__owner", "agent").latest("pk")
    categories, owner = list(Category.objects.all()), case.customer.owner or case.agent
    made = _secrets(case.customer, categories, owner.pk, secrets, at)
    gestures = Gesture.objects.bulk_create(Gesture(name=f"Timed gesture {number}") for number in range(20))
    cases = Case.objects.bulk_create(
        Case(
            customer=case.customer,
            what_happened="Timed.",
            reported_at=at,
            opened_by=owner,
            agent=owner,
            surprise="Timed.",
            surprise_secret_id=made[number % secrets].pk,
            gesture=gestures[number % 20],
        )
        for number in range(past)
    )
    SecretUse.objects.bulk_create(
        SecretUse(
            secret_id=one.surprise_secret_id or 0,
            reference=one.grant_reference,
            note="timed",
            result="pleased",
            outcome_at=at,
            by=owner,
            at=at,
            discoverer=owner,
        )
        for one in cases
    )
    Milestone.objects.get_or_create(case=case, kind=Milestone.Kind.SURPRISE, defaults={"due_at": at})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE recovery_case, secrets_manual_secret, secrets_manual_secretuse")
    return case


def _secrets(customer: Customer, categories: list[Category], by: int, count: int, at: datetime) -> list[Secret]:
    made = Secret.objects.bulk_create(
        Secret(
            customer=customer,
            category=categories[number % len(categories)],
            sensitivity="shared",
            audiences=["service"],
            discovered_by_id=by,
            discovered_at=at,
            confirmed_at=at,
            ask_again_on=at.date(),
        )
        for number in range(count)
    )
    SecretText.objects.bulk_create(
        SecretText(secret=one, version=1, sensitivity="shared", plain="Timed.", written_by_id=by) for one in made
    )
    return made


def _run(kept: list[tuple[str, Any]]) -> None:
    with connection.cursor() as cursor:
        for sql, params in kept:
            cursor.execute(sql, params)
            cursor.fetchall()


def _milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """The best of some rounds, by the clock and in this process: what else the machine does is no part of it."""
    taken, own = [], []
    for _ in range(ROUNDS):
        began, worked = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - worked) * 1000)
    return min(taken), min(own)
