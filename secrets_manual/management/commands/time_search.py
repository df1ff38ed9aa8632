"""How long the SQL of searching for secrets takes: many terms, filters and readers."""

import random
import statistics
import time
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from accounts.models import Role, User
from secrets_manual import queries
from secrets_manual.models import SecretText

# What is shown at once of what is found.
PAGE = 25
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"sensitivity": "shared"},
    {"sensitivity": "relationship"},
    {"whose": "mine"},
    {"whose": "team"},
)


class Command(BaseCommand):
    help = "Print p50 and p95 of the SQL of searching for secrets, by kind of term and by reader. It only reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--terms", type=int, default=6, help="how many of each kind")
        parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts")

    def handle(self, *, terms: int, rounds: int, **options: Any) -> None:
        readers, taken = _readers(), []
        for number, (kind, term) in enumerate(_terms(terms)):
            for reader in readers:
                for chosen in FILTERS[:1] + FILTERS[1 + number % 4 :][:1]:
                    best = min(_milliseconds(reader, term, chosen) for _ in range(rounds))
                    taken.append((kind, _name(reader), " and ".join(chosen.values()) or "no filter", term, best))
        for column in (0, 1, 2):
            for name in dict.fromkeys(row[column] for row in taken):
                self._tell(str(name), [row for row in taken if row[column] == name])
        self._tell("all", taken)
        slow = ", ".join(f"{row[3]!r} {row[1]} {row[2]} {row[4]:.0f}" for row in sorted(taken, key=_time)[-5:])
        self.stdout.write(f"slowest: {slow}")

    def _tell(self, name: str, rows: list[tuple[str, str, str, str, float]]) -> None:
        times = [row[4] for row in rows]
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        p50 = statistics.median(times)
        self.stdout.write(f"{name:14} {len(rows):4} searches, p50 {p50:5.1f} ms, p95 {p95:5.1f} ms")


def _time(row: tuple[str, str, str, str, float]) -> float:
    return row[4]


def _name(reader: User) -> str:
    return reader.roles[0] if reader.team_id or Role.MANAGER not in reader.roles else "head"


def _readers() -> list[User]:
    """A salesperson and a manager with the most customers, the head of all, service, marketing."""
    busy = User.objects.holding(Role.SALESPERSON).annotate(n=Count("customers")).order_by("-n").first()
    manager = busy.team.manager if busy and busy.team else None
    others = [User.objects.holding(role).order_by("pk").first() for role in (Role.SERVICE, Role.MARKETING)]
    head = User.objects.holding(Role.MANAGER).filter(team=None).first()
    return [reader for reader in (busy, manager, head, *others) if reader]


def _terms(count: int) -> Iterator[tuple[str, str]]:
    """Terms of every kind, made of words the texts hold: the same ones each time."""
    chance = random.Random(1)
    plain = SecretText.objects.filter(plain__isnull=False).order_by("pk").values_list("folded", flat=True)
    texts = [text.split() for text in plain[:: max(1, plain.count() // 500)][:500] if text]
    words = [word for words in texts for word in words if word.isalpha() and len(word) > 3]
    for _ in range(count):
        word, sentence = chance.choice(words), chance.choice(texts)
        cut = chance.randrange(1, len(word) - 1)
        yield "a word", word
        yield "a beginning", word[: chance.choice((2, 3, 4))]
        yield "misspelt", word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
        yield "badly misspelt", chance.choice("bkz") + word[1:cut] + "x" + word[cut + 1 :]
        yield "words together", " ".join(chance.sample(sentence, min(3, len(sentence))))
        yield "words apart", f"{word} {chance.choice(words)}"
        yield "no such word", "".join(chance.choices("bcdfgklmprtvwz", k=7))


def _milliseconds(reader: User, term: str, chosen: dict[str, Any]) -> float:
    """What the database took for one search and the first page of what it finds."""
    taken = 0.0

    def clocked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal taken
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            taken += (time.perf_counter() - began) * 1000

    fresh = User.objects.get(pk=reader.pk)
    with connection.execute_wrapper(clocked):
        queries.opened(queries.find_secrets(fresh, at=timezone.now(), text=term, **chosen)[:PAGE])
    return taken
