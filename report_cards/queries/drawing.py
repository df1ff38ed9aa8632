"""Who may be asked in a round."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Lower

from accounts.models import User
from customers.models import Contact, Ownership
from customers.rules.zones import zone_of
from firm.models import Firm, Suppression
from firm.rules import last_day
from report_cards import rules
from report_cards.models import Exclusion, Invitation
from report_cards.queries.acts import Formers, Known, act_of, former_owners, verdicts
from report_cards.queries.policy import the_policy

COLUMNS = (
    "id", "name", "email", "language", "is_asked", "made_at", "left_out_reason", "left_out_by_id", "left_out_at",
    "left_out_agreed_by_id", "removed_at", "removed_by_id", "merged_from_id", "email_changed_at", "is_staff",
    "is_suppressed", "customer_id", "customer__name", "customer__country", "customer__zone", "customer__removed_at",
    "customer__removed_by_id", "customer__merged_into_id", "customer__ownerships__id",
    "customer__ownerships__owner_id", "customer__ownerships__owner__name", "customer__ownerships__since",
    "customer__ownerships__made_at", "customer__ownerships__made_by_id", "customer__ownerships__reason",
    "changed_hands",
)  # fmt: skip


@dataclass(frozen=True)
class Month:
    """A month as a draw looks at it: its last day, and when its last days began."""

    first: date
    firm: Firm

    @cached_property
    def last(self) -> date:
        return last_day(self.first)

    @cached_property
    def began(self) -> date:
        """The day before the last days."""
        return self.last - rules.LAST_DAYS

    @cached_property
    def began_at(self) -> datetime:
        """The first moment of the last days."""
        return datetime.combine(self.began + timedelta(days=1), time(), tzinfo=self.firm.tzinfo)


def candidates(month: date, *, firm: Firm) -> list[rules.Candidate]:
    """Every contact with an address, of every customer owned on the last day of ``month``.

    As many queries for a thousand as for one. In a month that is not over it is as if it ended today.
    """
    when = Month(month, firm)
    return _weighed(_contacts(when), when, _own_domains(firm))


@dataclass(frozen=True)
class Apart:
    """Candidates told apart: those a draw may do anything else with than ask them, and how many the others are."""

    unusual: list[rules.Candidate]
    plain: Mapping[int, int]
    """By salesperson: contacts that are asked, whatever becomes of the rest."""


def candidates_apart(month: date, *, firm: Firm, at: datetime) -> Apart:
    """The same candidates for a look at ``at``: only the few that may be held or left out are fetched.

    A contact is plain when nobody did anything about it, its address is nobody else's and reaches a customer. All are
    gone through once.
    """
    when, own = Month(month, firm), _own_domains(firm)
    every = _contacts(when)
    owners = every.order_by().values("customer__ownerships__owner_id")
    told = owners.annotate(
        times=Count("id"), unusual=ArrayAgg("id", filter=_is_unusual(when, own, at), default=Value([]))
    )
    rows = list(told.values_list("customer__ownerships__owner_id", "times", "unusual"))
    unusual = _weighed(every.filter(pk__in=[pk for _, _, found in rows for pk in found]), when, own)
    plain = Counter({owner: times - len(found) for owner, times, found in rows})
    return Apart(unusual, +plain)


def _is_unusual(when: Month, own: frozenset[str], at: datetime) -> Q:
    """Whatever ``_candidate`` finds an act, a verdict, staff or silence in, and addresses that turn up twice.

    Twice among all contacts: to ask that of the candidates alone would join them a second time. What is cheap to see
    stands first.
    """
    known = Contact.objects.exclude(email="").annotate(low=Lower("email")).order_by()
    twice = known.values("low").annotate(times=Count("id")).filter(times__gt=1).values("low")
    is_unusual = (
        Q(is_asked=False)
        | Q(removed_at__isnull=False)
        | Q(customer__removed_at__isnull=False)
        | Q(customer__merged_into__isnull=False)
        | Q(merged_from__isnull=False)
        | Q(email_changed_at__gt=at - rules.HELD_FOR)
        | (Q(owned_since__gt=when.began) | Q(owner_noted_at__gt=when.began_at)) & Q(changed_hands=True)
        | Q(pk__in=Exclusion.objects.filter(month=when.first, contact__isnull=False).values("contact_id"))
        | Q(low__in=_silent().values("low"))
        | Q(low__in=User.objects.values("email"))
        | Q(low__in=twice)
    )
    for domain in own:
        is_unusual |= Q(low__endswith=f"@{domain}")
    return is_unusual


def _own_domains(firm: Firm) -> frozenset[str]:
    return frozenset({firm.sender.rpartition("@")[2].lower(), *map(str.lower, the_policy().own_domains)})


def _weighed(contacts: QuerySet[Any], when: Month, own: frozenset[str]) -> list[rules.Candidate]:
    rows = list(contacts.values(*COLUMNS))
    around = Around(
        own=own,
        last_asked=_last_asked(_shared(row["email"] for row in rows)),
        formers=former_owners(rows, when),
        known=verdicts(when.first, rows),
    )
    return [_candidate(row, when, around) for row in rows]


@dataclass(frozen=True)
class Around:
    """What is known beside the contacts' own rows: the firm's domains, who was asked when, what people did."""

    own: frozenset[str]
    last_asked: Mapping[tuple[str, int], date]
    formers: Formers
    known: Known


def _candidate(row: Mapping[str, Any], when: Month, around: Around) -> rules.Candidate:
    act, verdict = act_of(row, around.formers, around.known)
    return rules.Candidate(
        contact_id=row["id"],
        customer_id=row["customer_id"],
        salesperson_id=row["customer__ownerships__owner_id"],
        address=row["email"],
        is_staff=row["is_staff"] or row["email"].rpartition("@")[2].lower() in around.own,
        is_suppressed=row["is_suppressed"],
        act=act,
        verdict=verdict,
        address_changed_at=row["email_changed_at"],
        last_asked=around.last_asked.get((row["email"].lower(), row["customer_id"])),
        zone=zone_of(row["customer__zone"], row["customer__country"], otherwise=when.firm.zone, year=when.last.year),
        language=row["language"],
        names={
            "salesperson": row["customer__ownerships__owner__name"],
            "customer": row["customer__name"],
            "contact": row["name"],
        },
    )


def _contacts(when: Month) -> QuerySet[Any]:
    here = Q(removed_at=None) | Q(removed_at__gte=when.began_at)
    customer_here = Q(customer__removed_at=None) | Q(customer__removed_at__gte=when.began_at)
    # Of a merged customer only those are left whose taking out another agreed to; else the kept one's are asked.
    merged = Q(customer__merged_into=None) | Q(left_out_agreed_by__isnull=False)
    changed = Q(customer__in=_customers_of_several_owners()) | Q(owned__in=_tenures_rewritten())
    return (
        Contact.objects.exclude(email="")
        .filter(
            Q(customer__ownerships__until=None) | Q(customer__ownerships__until__gt=when.last),
            customer__ownerships__since__lte=when.last,
        )
        .filter(here, customer_here, merged)
        .annotate(
            low=Lower("email"),
            owned=F("customer__ownerships__id"),
            owned_since=F("customer__ownerships__since"),
            owner_noted_at=F("customer__ownerships__made_at"),
            is_staff=Exists(User.objects.filter(email=Lower(OuterRef("email")))),
            is_suppressed=Exists(_silent().filter(low=Lower(OuterRef("email")))),
            changed_hands=ExpressionWrapper(changed, output_field=BooleanField()),
        )
        .order_by("id")
    )


def _silent() -> QuerySet[Any]:
    return Suppression.objects.annotate(low=Lower("address"))


def _customers_of_several_owners() -> QuerySet[Any]:
    owners = Ownership.objects.order_by().values("customer").annotate(least=Min("owner"), most=Max("owner"))
    return owners.filter(least__lt=F("most")).values("customer")


def _tenures_rewritten() -> QuerySet[Any]:
    """Ownerships that were changed after they were written, among them those an import gave to another."""
    events = Ownership.pgh_event_model.objects  # type: ignore[attr-defined]
    found: QuerySet[Any] = events.filter(pgh_label="update").values("pgh_obj")
    return found


def _shared(addresses: Iterable[str]) -> list[str]:
    counts: dict[str, int] = defaultdict(int)
    for address in addresses:
        counts[address.lower()] += 1
    return [address for address, times in counts.items() if times > 1]


def _last_asked(addresses: list[str]) -> dict[tuple[str, int], date]:
    """For addresses that speak for several customers: the month each customer was last asked."""
    rows = (
        Invitation.objects.annotate(low=Lower("address"))
        .filter(low__in=addresses)
        .exclude(state=Invitation.State.EXCLUDED)
        .values("low", "customer_id")
        .annotate(month=Max("round__month"))
    )
    return {(row["low"], row["customer_id"]): row["month"] for row in rows}
