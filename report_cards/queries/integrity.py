"""Doubtful answers: who decides on them, what waits, what was settled. Never which word was chosen."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import User
from accounts.queries import managers_above
from report_cards.models import Invitation, Quarantine, QuarantineVote, Response
from report_cards.models.integrity import QuarantineQuerySet, own_line
from report_cards.rules import integrity as rules

DECIDING = sorted(rules.DECIDING)


def in_quarantine(people: Iterable[int] | None, months: Iterable[date]) -> int:
    """How many answers about these salespeople (``None``: everybody) in these months wait for two people to decide."""
    waiting = Quarantine.objects.waiting().filter(response__invitation__round__month__in=list(months))
    if people is not None:
        waiting = waiting.filter(response__invitation__salesperson__in=list(people))
    return waiting.count()


def quarantined_of_each(people: Iterable[int], months: Iterable[date]) -> dict[int, int]:
    """The same for each salesperson who has any. One query."""
    waiting = Quarantine.objects.waiting().filter(
        response__invitation__round__month__in=list(months), response__invitation__salesperson__in=list(people)
    )
    counts = waiting.values_list("response__invitation__salesperson").annotate(count=Count("id")).order_by()
    return dict(counts)


def line_of(salesperson: User) -> set[int]:
    """The rated person, everybody above and everybody below. Three queries."""
    below = User.objects.get_queryset().filter(team__in=salesperson.led_team_ids).values_list("pk", flat=True)
    return {salesperson.pk, *managers_above(salesperson), *below}


def deciders_on(salesperson: User) -> QuerySet[User]:
    """Everybody who may decide on a quarantined answer about a person."""
    deciding = User.objects.active().filter(roles__overlap=DECIDING)
    return deciding.exclude(pk__in=line_of(salesperson))


def quarantines_seen_by(user: User) -> QuarantineQuerySet:
    """Every quarantine of people outside the user's line, with what its page shows."""
    related = ("salesperson", "customer", "contact", "round")
    votes = Prefetch("votes", QuarantineVote.objects.select_related("user"))
    return (
        Quarantine.objects.visible_to(user)
        .select_related("opened_by", *(f"response__invitation__{name}" for name in related))
        .prefetch_related(votes)
    )


def quarantines(user: User, *, settled: bool = False, month: date | None = None, text: str = "") -> QuarantineQuerySet:
    """What waits for a decision, oldest first, or was settled, newest first."""
    rows = quarantines_seen_by(user)
    rows = rows.exclude(verdict="") if settled else rows.waiting()
    narrowed = rows.filter(_narrowed("response__invitation__", month=month, text=text))
    return narrowed.order_by("-settled_at" if settled else "opened_at", "id")


def set_aside_together(held: Quarantine) -> QuarantineQuerySet:
    """The other waiting ones about the same person in the same round."""
    invitation = held.response.invitation
    return (
        Quarantine.objects.waiting()
        .filter(
            response__invitation__round=invitation.round_id, response__invitation__salesperson=invitation.salesperson_id
        )
        .exclude(pk=held.pk)
        .select_related("response__invitation__customer")
    )


def answered(user: User, *, text: str = "", month: date | None = None) -> QuerySet[Response]:
    """Counted answers somebody outside the line may report: who answered for whom and when, not what."""
    related = ("invitation__salesperson", "invitation__customer", "invitation__round")
    return (
        Response.objects.filter(_narrowed("invitation__", month=month, text=text), is_counted=True)
        # Of a closed round one in quarantine counts until the next close.
        .exclude(pk__in=Quarantine.objects.in_force().values("response"))
        .exclude(own_line(user, "invitation__"))
        .select_related(*related)
        .only("last_at", "version", *related)
        .order_by("-last_at", "-id")
    )


def pressure(user: User, *, month: date | None = None, text: str = "") -> QuerySet[Invitation, Any]:
    """What customers said to “did anyone ask you for a good score?”, by person and month; no customer is named."""
    rows = Invitation.objects.filter(asks_pressure=True, response__isnull=False).exclude(own_line(user))
    if text:
        rows = rows.filter(salesperson__name__icontains=text)
    return (
        rows.filter(_narrowed("", month=month, text=""))
        .values("round__month", "salesperson__name", "salesperson")
        .annotate(
            asked=Count("id"),
            no=Count("id", filter=Q(response__was_pressed=False)),
            yes=Count("id", filter=Q(response__was_pressed=True)),
        )
        .order_by("-round__month", "-yes", "salesperson__name", "salesperson")
    )


def _narrowed(path: str, *, month: date | None, text: str) -> Q:
    """The filter row of the lists; ``path`` leads to the invitation."""
    wanted = Q()
    if month:
        wanted &= Q(**{f"{path}round__month": month})
    if text:
        wanted &= Q(**{f"{path}customer__name__icontains": text}) | Q(**{f"{path}salesperson__name__icontains": text})
    return wanted
