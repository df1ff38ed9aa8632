"""The demo firm's customers: who they are, who owns them, what they bought, what was promised."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from customers.models import Contact, Customer, Interaction, Ownership, Promise, Sale
from desk.demo import words
from desk.demo.copying import copy_rows
from desk.demo.people import Cast

# The customers everybody meets first; all owned by the first salesperson.
FEATURED = ("Aldous & Daughter", "Harbour Foods", "Northgate Tools", "Ferrant Print")


@dataclass(frozen=True, slots=True)
class Someone:
    """What the later steps need to know of a customer: ids, and whether it answers mail kindly."""

    id: int
    owner_id: int
    since: date
    is_person: bool
    high_value: bool
    contact_id: int
    contact_name: str
    address: str
    language: str


def make_customers(rng: random.Random, cast: Cast, *, today: date, count: int) -> list[Someone]:
    """``count`` customers with a contact each, owned by the salespeople in turn."""
    people = [_someone(rng, cast, today, number) for number in range(1, count + 1)]
    copy_rows(
        Customer,
        (
            "id",
            "kind",
            "code",
            "name",
            "address",
            "city",
            "region",
            "postal_code",
            "country",
            "tier",
            "how_met",
            "owner_id",
            "made_by_id",
        ),
        (_customer(rng, someone) for someone in people),
    )
    copy_rows(
        Contact,
        ("id", "customer_id", "name", "title", "email", "phone", "language", "is_asked"),
        (
            (s.contact_id, s.id, s.contact_name, rng.choice(words.TITLES), s.address, _phone(rng), s.language, True)
            for s in people
        ),
    )
    copy_rows(
        Ownership,
        ("customer_id", "owner_id", "since", "source", "reason", "made_by_id"),
        ((s.id, s.owner_id, s.since, "import", "", s.owner_id) for s in people),
    )
    return people


def make_life(rng: random.Random, people: list[Someone], *, today: date, firm_currency: str) -> None:
    """Sales of 26 months, interactions of a year and a few promises for each salesperson."""
    copy_rows(
        Sale,
        ("order_number", "customer_id", "salesperson_id", "ordered_on", "shipped_on", "amount", "currency"),
        _sales(rng, people, today, firm_currency),
    )
    columns = ("customer_id", "kind", "note", "on", "made_at", "by_id")
    copy_rows(Interaction, columns, _interactions(rng, people, today))
    copy_rows(
        Promise, ("customer_id", "text", "due_on", "made_by_id", "state", "settled_at"), _promises(rng, people, today)
    )


def _someone(rng: random.Random, cast: Cast, today: date, number: int) -> Someone:
    first, last = rng.choice(words.CONTACT_FIRST), rng.choice(words.CONTACT_LAST)
    featured = number <= len(FEATURED)
    if number == 1:
        first, last = "Judith", "Aldous"
    owner = cast.salespeople[0 if featured else number % len(cast.salespeople)]
    return Someone(
        id=number,
        owner_id=owner.pk,
        since=today - timedelta(days=41 if number == 3 else rng.randint(450, 1600)),
        is_person=not featured and rng.random() < 0.15,
        high_value=featured or rng.random() < 0.12,
        contact_id=number,
        contact_name=f"{first} {last}",
        address=f"{first}.{last}@c{number:06d}.example".lower(),
        language="fr" if rng.random() < 0.08 else "en",
    )


def _customer(rng: random.Random, someone: Someone) -> tuple[Any, ...]:
    city, country = rng.choice(words.CITIES)
    return (
        someone.id,
        "person" if someone.is_person else "organisation",
        f"C{someone.id:06d}",
        _name(rng, someone),
        f"{rng.choice(words.PLACES)} Street {rng.randint(1, 140)}",
        city,
        "",
        f"{rng.randint(10000, 99999)}",
        country,
        "high_value" if someone.high_value else "standard",
        rng.choice(words.HOW_MET).format(other=f"{rng.choice(words.PLACES)} {rng.choice(words.TRADES)}"),
        someone.owner_id,
        someone.owner_id,
    )


def _name(rng: random.Random, someone: Someone) -> str:
    if someone.id <= len(FEATURED):
        return FEATURED[someone.id - 1]
    if someone.is_person:
        return someone.contact_name
    if rng.random() < 0.25:
        return f"{rng.choice(words.CONTACT_LAST)}{rng.choice(words.TAILS[3:])}"
    return f"{rng.choice(words.PLACES)} {rng.choice(words.TRADES)}{rng.choice(words.TAILS)}"


def _phone(rng: random.Random) -> str:
    return f"+49 {rng.randint(200, 999)} 555-{rng.randint(0, 9999):04d}"


def _sales(rng: random.Random, people: list[Someone], today: date, currency: str) -> Iterator[tuple[Any, ...]]:
    number = 100_000
    for someone in people:
        # About four orders in 26 months; one customer in four is new within the last year.
        newest = 330 if rng.random() < 0.25 else 800
        for _ in range(rng.choice((1, 2, 3, 4, 5, 8) if someone.high_value else (0, 1, 2, 3, 4, 5))):
            ordered = today - timedelta(days=rng.randint(1, newest))
            number += 1
            amount = Decimal(rng.randint(180_00, 9_400_00 if someone.high_value else 3_900_00)) / 100
            yield (
                number,
                someone.id,
                someone.owner_id,
                ordered,
                min(ordered + timedelta(days=3), today),
                amount,
                currency,
            )


def _interactions(rng: random.Random, people: list[Someone], today: date) -> Iterator[tuple[Any, ...]]:
    for someone in people:
        for _ in range(rng.choice((0, 1, 2, 3))):
            kind = rng.choice(("visit", "visit", "call", "mail"))
            day = today - timedelta(days=rng.randint(2, 360))
            yield (someone.id, kind, rng.choice(words.VISIT_NOTES), day, _evening(day), someone.owner_id)
        if someone.id == 2 or rng.random() < 0.02:
            yesterday = today - timedelta(days=1)
            yield (someone.id, "visit", "", yesterday, _evening(yesterday), someone.owner_id)


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(17), tzinfo=UTC)


def _promises(rng: random.Random, people: list[Someone], today: date) -> Iterator[tuple[Any, ...]]:
    yield (1, words.PROMISES[0], today, people[0].owner_id, "open", None)
    yield (2, words.PROMISES[1], today + timedelta(days=3), people[1].owner_id, "open", None)
    for someone in people[4:]:
        if rng.random() < 0.06:
            yield (
                someone.id,
                rng.choice(words.PROMISES),
                today + timedelta(days=rng.randint(-3, 20)),
                someone.owner_id,
                "open",
                None,
            )
        if rng.random() < 0.1:
            due = today - timedelta(days=rng.randint(5, 200))
            state = "kept" if rng.random() < 0.85 else "broken"
            settled = datetime.combine(due, time(15), tzinfo=UTC)
            yield (someone.id, rng.choice(words.PROMISES), due, someone.owner_id, state, settled)
