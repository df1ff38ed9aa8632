"""Sales and whom they are credited to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from accounts.models import User
from compensation.models import Run, SaleCredit
from compensation.rules.credits import WHOLE_PPM, split
from customers.models import Customer, Sale
from firm.fold import Fold


def sales_to_credit(*, text: str = "", only_split: bool = False) -> QuerySet[Sale]:
    """Sales, newest first, found by order number or a part of the customer's name; returns follow theirs."""
    found = Sale.objects.present().filter(reverses=None).select_related("customer", "salesperson")
    found = found.prefetch_related("credits__salesperson").order_by("-ordered_on", "-pk")
    if only_split:
        found = found.filter(Exists(SaleCredit.objects.filter(sale=OuterRef("pk"))))
    if text:
        named = Customer.objects.filter(folded__contains=Fold(Value(text)))
        found = found.filter(Q(order_number__istartswith=text) | Q(customer__in=named))
    return found


def shares_of(sale: Sale) -> dict[User, int]:
    """Who has which share in millionths; the salesperson alone where it was never split."""
    return {credit.salesperson: credit.share_ppm for credit in sale.credits.all()} or {sale.salesperson: WHOLE_PPM}


@dataclass(frozen=True)
class Part:
    """What a share of a sale comes to."""

    who: User
    share_ppm: int
    amount: Decimal

    @property
    def percent(self) -> str:
        return f"{self.share_ppm / 10_000:g} %"


def parts_of(sale: Sale) -> list[Part]:
    """The shares of a sale with what they come to."""
    shares = shares_of(sale)
    amounts = split(sale.amount, {who.pk: ppm for who, ppm in shares.items()})
    return [Part(who, ppm, amounts[who.pk]) for who, ppm in shares.items()]


@dataclass(frozen=True)
class CreditChange:
    """One share that was given, changed or taken away."""

    salesperson: str
    share: str
    by: str
    at: datetime


def credit_history(sale: Sale) -> list[CreditChange]:
    """Every change of a sale's credits, newest first. Two queries."""
    model: Any = SaleCredit.pgh_event_model  # type: ignore[attr-defined]
    events = list(model.objects.filter(sale_id=sale.pk).select_related("pgh_context").order_by("-pgh_id"))
    names = _names({event.salesperson_id for event in events} | {_actor(event) for event in events})
    return [
        CreditChange(
            salesperson=names[event.salesperson_id],
            share="taken away" if event.pgh_label == "delete" else f"{event.share_ppm / 10_000:g} %",
            by=names.get(_actor(event), "the system"),
            at=event.pgh_created_at,
        )
        for event in events
    ]


def _actor(event: Any) -> int:
    told = event.pgh_context.metadata.get("user") if event.pgh_context else None
    return int(told or event.changed_by_id)


def _names(ids: Iterable[int]) -> dict[int, str]:
    return dict(User.objects.get_queryset().filter(pk__in=ids).values_list("pk", "name"))


def locked_through(day: date) -> Run | None:
    """The locked run whose period holds this day, if any: what changes there now is a late fact."""
    locked = Run.objects.filter(state=Run.State.LOCKED, year__starts_on__lte=day, through__gte=day)
    return locked.select_related("year__plan").order_by("-through").first()
