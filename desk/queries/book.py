"""What moves when a book of customers is shared out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from customers.models import Promise
from customers.rules.book import Held
from recovery.models import Case

NAMED = 8


@dataclass(frozen=True)
class Moving:
    """One share: who gets it, how many customers, and what comes along; ``names`` are the first of them."""

    to: User | None
    customers: int
    high_value: int
    promises: int
    cases: int
    names: list[str]

    @property
    def more(self) -> int:
        return self.customers - len(self.names)


def moving(parts: Sequence[tuple[User | None, Sequence[Held]]]) -> list[Moving]:
    """Each share with its open promises and running cases. Two queries."""
    ids = [held.id for _, part in parts for held in part]
    promises = _by_customer(Promise.objects.open().filter(customer__in=ids))
    cases = _by_customer(Case.objects.open().filter(customer__in=ids))
    return [_one(to, [held for held in part if not held.is_removed], promises, cases) for to, part in parts]


def _by_customer(rows: object) -> dict[int, int]:
    return dict(rows.order_by().values_list("customer_id").annotate(count=Count("pk")))  # type: ignore[attr-defined]


def _one(to: User | None, part: list[Held], promises: dict[int, int], cases: dict[int, int]) -> Moving:
    return Moving(
        to=to,
        customers=len(part),
        high_value=sum(held.tier == "high_value" for held in part),
        promises=sum(promises.get(held.id, 0) for held in part),
        cases=sum(cases.get(held.id, 0) for held in part),
        names=[held.name for held in part[:NAMED]],
    )
