"""Who is left out of a month's round or held, for whom to see and decide."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from customers.models import Contact, Customer, Ownership
from firm.rules import last_day
from report_cards.models import Exclusion, Invitation
from report_cards.queries.deciders import Deciders
from report_cards.rules.deciding import Ladder

WAITING, LEFT_OUT, ASKED = "waiting", "left_out", "asked"


def may_ask(user: User, customer: Customer) -> bool:
    """The owner and the managers above ask to leave a customer's contact out of a month."""
    owner = customer.owner
    if owner is None:
        return False
    leads = user.has_role(Role.MANAGER) and owner.team_id is not None and owner.team_id in user.led_team_ids
    return leads or (owner.pk == user.pk and user.has_role(Role.SALESPERSON))


def may_be_asked_about(user: User) -> QuerySet[Contact]:
    """Contacts with an address that the person may ask to leave out."""
    people = set(user.line_ids) if user.has_role(Role.MANAGER) else set()
    if user.has_role(Role.SALESPERSON) and not user.has_role(Role.MANAGER):
        people = {user.pk}
    return (
        Contact.objects.present()
        .filter(customer__removed_at=None, customer__owner__in=people, is_asked=True)
        .exclude(email="")
        .select_related("customer__owner")
        .order_by("customer__name", "name", "id")
    )


def owner_on_last_day(customer: Customer, month: date) -> User | None:
    """Who would be rated by a customer for a month, as far as is known today."""
    day = last_day(month)
    tenure = Ownership.objects.filter(Q(until=None) | Q(until__gt=day), customer=customer, since__lte=day)
    row = tenure.select_related("owner").first()
    return row.owner if row else None


def exclusions_of(user: User) -> QuerySet[Exclusion]:
    """Executives see every exclusion, managers those of their people, salespeople what concerns them."""
    rows = Exclusion.objects.select_related("salesperson", "customer", "contact", "asked_by", "decided_by")
    if user.has_role(Role.EXECUTIVE):
        return rows
    own = Q(salesperson=user) | Q(asked_by=user)
    return rows.filter(own | Q(salesperson__team__in=user.led_team_ids)) if user.led_team_ids else rows.filter(own)


def filtered_exclusions(user: User, wanted: Mapping[str, str], month: date | None) -> QuerySet[Exclusion]:
    """As a list's filters say: ``state``, ``kind`` and words of a name."""
    rows = exclusions_of(user)
    if month:
        rows = rows.filter(month=month)
    states = {WAITING: None, LEFT_OUT: True, ASKED: False}
    if wanted.get("state") in states:
        rows = rows.filter(is_approved=states[wanted["state"]])
    if wanted.get("kind") in Exclusion.Kind.values:
        rows = rows.filter(kind=wanted["kind"])
    if text := wanted.get("q"):
        named = Q(customer__name__icontains=text) | Q(contact__name__icontains=text)
        rows = rows.filter(named | Q(salesperson__name__icontains=text))
    return rows.order_by("-month", "salesperson__name", "customer__name", "id")


def held_addresses(user: User | None = None) -> QuerySet[Invitation]:
    """Invitations of open rounds that wait because their address is new; a person's to see, or all."""
    undecided = Exclusion.objects.filter(invitation=OuterRef("pk"), is_approved=None)
    rows = Invitation.objects.filter(~Exists(undecided), state=Invitation.State.HELD, round__closed_at=None)
    if user and not user.has_role(Role.EXECUTIVE):
        rows = rows.filter(salesperson__team__in=user.led_team_ids).exclude(salesperson=user)
    related = ("salesperson", "customer", "round", "contact__email_changed_by")
    return rows.select_related(*related).order_by("salesperson__name", "customer__name", "id")


def ladder_of(row: Exclusion | Invitation, deciders: Deciders) -> Ladder:
    """Who decides on an exclusion, or on a held address: not the rated person, not whoever did it."""
    if isinstance(row, Exclusion):
        return deciders.ladder(row.salesperson, {row.asked_by_id})
    return deciders.ladder(row.salesperson, {row.contact.email_changed_by_id} if row.contact else ())


def may_decide(
    user: User, row: Exclusion | Invitation, *, deciders: Deciders, drawn_at: datetime | None, at: datetime
) -> bool:
    """Whether this person decides on it now."""
    return ladder_of(row, deciders).may(user.pk, since=drawn_at, at=at)
