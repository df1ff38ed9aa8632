"""Doubtful answers: who decides on them, what waits, what was settled. Never which word was chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import User
from accounts.queries import managers_above
from report_cards.models import Invitation, Quarantine, QuarantineVote, Response
from report_cards.models.integrity import own_line
from report_cards.rules import integrity as rules

DECIDING = sorted(rules.DECIDING)


def in_quarantine(people: Iterable[int] | None, months: Iterable[date]) -> int:
    """How many answers about these salespeople (``None``: everybody) in these months wait for two people to decide."""
    waiting = Quarantine.objects.waiting().filter(response__invitation__round__month__in=list(months))
    if people is not None:
        waiting = waiting.filter(response__invitation__salesperson__in=list(people))
    return waiting.count()


def line_of(salesperson: User) -> set[int]:
    """The rated person, everybody above and everybody below. Three queries."""
    below = User.objects.get_queryset().filter(team__in=salesperson.led_team_ids).values_list("pk", flat=True)
    return {salesperson.pk, *managers_above(salesperson), *below}


def deciders_on(salesperson: User) -> QuerySet[User]:
    """Everybody who may decide on a quarantined answer about a person."""
    deciding = User.objects.active().filter(roles__overlap=DECIDING)
    return deciding.exclude(pk__in=line_of(salesperson))


def quarantines(user: User, *, settled: bool = False, month: date | None = None) -> QuerySet[Quarantine]:
    """What waits for a decision or was decided, of people outside the user's line, oldest or newest first."""
    rows = Quarantine.objects.visible_to(user).select_related(
        "response__invitation__salesperson", "response__invitation__customer", "response__invitation__round"
    )
    rows = rows.exclude(verdict="") if settled else rows.waiting()
    if month:
        rows = rows.filter(response__invitation__round__month=month)
    votes = Prefetch("votes", QuarantineVote.objects.select_related("user"))
    return rows.prefetch_related(votes).order_by("-settled_at" if settled else "opened_at", "id")


def answered(user: User, *, text: str = "", month: date | None = None) -> QuerySet[Response]:
    """Counted answers somebody outside the line may report: who answered for whom and when, not what."""
    rows = Response.objects.filter(is_counted=True).exclude(own_line(user, "invitation__"))
    if month:
        rows = rows.filter(invitation__round__month=month)
    if text:
        rows = rows.filter(
            Q(invitation__customer__name__icontains=text) | Q(invitation__salesperson__name__icontains=text)
        )
    related = ("invitation__salesperson", "invitation__customer", "invitation__round")
    return rows.select_related(*related).defer("comment").order_by("-last_at", "-id")


@dataclass(frozen=True)
class Pressure:
    """What customers of one salesperson said to “did anyone ask you for a good score?” in one month."""

    person: str
    month: date
    asked: int
    said_no: int
    said_yes: int


def pressure(user: User, *, month: date | None = None) -> list[Pressure]:
    """Counts by person and month, newest first, outside the user's line; no customer is named. One query."""
    rows = Invitation.objects.filter(asks_pressure=True, response__isnull=False).exclude(own_line(user))
    if month:
        rows = rows.filter(round__month=month)
    counted = (
        rows.values("round__month", "salesperson__name", "salesperson")
        .annotate(
            asked=Count("id"),
            no=Count("id", filter=Q(response__was_pressed=False)),
            yes=Count("id", filter=Q(response__was_pressed=True)),
        )
        .order_by("-round__month", "-yes", "salesperson__name")
    )
    return [Pressure(r["salesperson__name"], r["round__month"], r["asked"], r["no"], r["yes"]) for r in counted[:200]]
