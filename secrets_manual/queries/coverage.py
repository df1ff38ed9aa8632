"""How well the firm knows its customers: per owner, team and firm. Counts only, and nothing special is counted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import Role, User
from customers.models import Customer, Interaction
from secrets_manual import rules
from secrets_manual.models import (
    Audience,
    Category,
    Conversation,
    ManualCoverage,
    Secret,
    SecretQuerySet,
    SecretUse,
    Sensitivity,
)

SPANS = (30, 90)
SORTS = ("name", "high_value", "share", "blank", "health", "logged_30", "logged_90", "used_30", "used_90")
COUNTS = ("customers", "high_value", "with_manual", "health_sum", "logged_30", "logged_90", "used_30", "used_90")


@dataclass
class Line:
    """One row of the coverage page: a person, a team or the firm."""

    key: int | None
    name: str
    team_id: int | None = None
    team: str = ""
    customers: int = 0
    high_value: int = 0
    with_manual: int = 0
    health_sum: int = 0
    logged_30: int = 0
    logged_90: int = 0
    used_30: int = 0
    used_90: int = 0

    @property
    def blank(self) -> int:
        return self.high_value - self.with_manual

    @property
    def share(self) -> float:
        return self.with_manual / self.high_value if self.high_value else 0.0

    @property
    def health(self) -> int | None:
        """The average score of the high-value customers' manuals; nothing where there are none."""
        return round(Fraction(self.health_sum, self.high_value)) if self.high_value else None

    def add(self, other: "Line") -> None:
        """Count another line in."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True)
class Coverage:
    """What one reader sees: people, teams and, for executives, the firm."""

    people: list[Line] = field(default_factory=list)
    teams: list[Line] = field(default_factory=list)
    firm: Line | None = None
    counted_at: datetime | None = None


def coverage_for(user: User) -> Coverage:
    """Salespeople see themselves, managers their line, executives teams and firm. One query on the summary."""
    is_executive, led = user.has_role(Role.EXECUTIVE), _led(user)
    rows = ManualCoverage.objects.select_related("owner__team").order_by("owner__name", "owner_id")
    if not is_executive:
        rows = rows.filter(Q(owner=user) | Q(owner__team__in=led))
    kept = list(rows)
    lines = [_line(row) for row in kept]
    teams = _teams(line for line in lines if is_executive or line.team_id in led)
    people = [line for line in lines if line.key is not None and (line.key == user.pk or line.team_id in led)]
    counted = min((row.counted_at for row in kept), default=None)
    return Coverage(people, teams, _sum("The firm", lines) if is_executive else None, counted)


def _led(user: User) -> set[int]:
    return set(user.led_team_ids) if user.has_role(Role.MANAGER) else set()


def _line(row: ManualCoverage) -> Line:
    team = row.owner.team if row.owner else None
    counts = {name: getattr(row, name) for name in COUNTS if name != "health_sum"}
    return Line(
        key=row.owner_id,
        name=row.owner.name if row.owner else "Nobody’s customers",
        team_id=team.pk if team else None,
        team=team.name if team else "",
        health_sum=row.health,
        **counts,
    )


def _teams(lines: Iterable[Line]) -> list[Line]:
    found: dict[int | None, Line] = {}
    for line in lines:
        found.setdefault(line.team_id, Line(line.team_id, line.team or "Without a team", line.team_id)).add(line)
    return sorted(found.values(), key=lambda line: (line.team_id is None, line.name))


def _sum(name: str, lines: Iterable[Line]) -> Line:
    whole = Line(None, name)
    for line in lines:
        whole.add(line)
    return whole


def sorted_lines(lines: list[Line], sort: str) -> list[Line]:
    """By a column of ``SORTS``, from the other end with a minus; nothing known comes last."""
    name = sort.removeprefix("-")
    if name not in SORTS:
        return lines
    known = [line for line in lines if getattr(line, name) is not None]
    unknown = [line for line in lines if getattr(line, name) is None]
    return sorted(known, key=lambda line: getattr(line, name), reverse=sort.startswith("-")) + unknown


def without_manual(user: User, owner_id: int | None = None) -> QuerySet[Customer]:
    """High-value customers in the user's sight of which their owner may read nothing, by name."""
    known = counted_secrets().filter(customer=OuterRef("pk"))
    found = Customer.objects.visible_to(user).filter(~Exists(known), tier=Customer.Tier.HIGH_VALUE)
    if owner_id is not None:
        found = found.filter(owner=owner_id)
    return found.select_related("owner").order_by("name", "pk")


def counted_secrets() -> SecretQuerySet:
    """What coverage counts: sales may use it, and it is not special."""
    open_to_sales = Secret.objects.filter(removed_at=None, audiences__contains=[Audience.SALES])
    return open_to_sales.exclude(sensitivity=Sensitivity.SPECIAL)


def count_all(at: datetime) -> list[ManualCoverage]:
    """Every owner's numbers, freshly counted from all customers and secrets; seconds of work at a million secrets."""
    found: dict[int | None, ManualCoverage] = {}

    def of(owner_id: int | None) -> ManualCoverage:
        return found.setdefault(owner_id, ManualCoverage(owner_id=owner_id, counted_at=at))

    valued = Q(tier=Customer.Tier.HIGH_VALUE)
    owners = Customer.objects.present().order_by().values_list("owner_id")
    for owner_id, customers, high in owners.annotate(Count("pk"), high=Count("pk", filter=valued)):
        row = of(owner_id)
        row.customers, row.high_value = customers, high
    for owner_id, score in _scores(at):
        row = of(owner_id)
        row.with_manual += 1
        row.health += score
    for days in SPANS:
        since = at - timedelta(days=days)
        logged = counted_secrets().filter(customer__removed_at=None, discovered_at__gte=since).order_by()
        for owner_id, count in logged.values_list("discovered_by").annotate(Count("pk")):
            setattr(of(owner_id), f"logged_{days}", count)
        uses = SecretUse.objects.filter(at__gte=since, secret__in=counted_secrets()).order_by()
        for owner_id, count in uses.values_list("discoverer").annotate(Count("pk")):
            setattr(of(owner_id), f"used_{days}", count)
    return list(found.values())


def _scores(at: datetime) -> Iterable[tuple[int | None, int]]:
    """Owner and health score of every high-value customer with a manual. A handful of grouped queries."""
    applicable: dict[str, int] = defaultdict(int)
    for kind in Category.objects.filter(is_active=True).values_list("kind", flat=True):
        applicable[kind] += 1
    person = applicable["person"]
    most = {Customer.Kind.PERSON: person, Customer.Kind.ORGANISATION: person + applicable["organisation"]}
    last, today = _last_days(), timezone.localdate(at)
    for row in _manuals(at).iterator(chunk_size=5000):
        kind, talked = row["kind"], last.get(row["customer"])
        health = rules.Health(
            coverage=Fraction(row["covered"], most[kind]) if most[kind] else Fraction(0),
            freshness=Fraction(row["fresh"], row["open"]) if row["open"] else Fraction(0),
            secrets=row["open"],
            used=row["times_used"],
            days_silent=rules.days_silent(talked, today),
        )
        yield row["owner_id"], health.score


def _manuals(at: datetime) -> Any:
    """The counted manuals, and of each what the account team may read: the numbers tell no more to a manager."""
    team = ~Q(sensitivity=Sensitivity.CONFIDENTIAL)
    applies = Q(category__is_active=True) & (
        Q(customer__kind=Customer.Kind.ORGANISATION) | Q(category__kind=Category.Kind.PERSON)
    )
    is_used = Exists(SecretUse.objects.filter(secret=OuterRef("pk")))
    fresh = Q(confirmed_at__gte=at - timedelta(days=rules.FRESH_DAYS))
    rows = counted_secrets().filter(customer__removed_at=None, customer__tier=Customer.Tier.HIGH_VALUE).order_by()
    return rows.values("customer", owner_id=F("customer__owner_id"), kind=F("customer__kind")).annotate(
        open=Count("pk", filter=team),
        covered=Count("category", distinct=True, filter=team & applies),
        fresh=Count("pk", filter=team & fresh),
        times_used=Count("pk", filter=team & Q(is_used)),
    )


def _last_days() -> dict[int, date]:
    """The last conversation of every high-value customer that had one."""
    valued = {"customer__tier": Customer.Tier.HIGH_VALUE}
    dealt = Interaction.objects.present().filter(**valued).order_by().values_list("customer").annotate(Max("on"))
    talks = (
        Conversation.objects.filter(**valued)
        .order_by()
        .values_list("customer")
        .annotate(day=Max(TruncDate("began_at")))
    )
    last: dict[int, date] = dict(dealt)
    for customer, day in talks:
        last[customer] = max(day, last.get(customer, day))
    return last
