"""How the mail is going: by provider, and to whom none goes any more."""

from dataclasses import dataclass

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from accounts.models import Role, User
from customers.models import Contact, Customer
from firm.models import Suppression
from report_cards.models import Invitation, MailPace

PROVIDERS_SHOWN = 40
State = Invitation.State


@dataclass(frozen=True)
class Provider:
    """A domain, its pace if it has one, and what became of the open rounds' mail to it."""

    domain: str
    per_minute: int | None = None
    has_pace: bool = False
    waiting: int = 0
    sent: int = 0
    doubtful: int = 0
    bounced: int = 0


def providers() -> list[Provider]:
    """Domains with a pace or with mail of the open rounds, those with most mail first. Two queries."""
    counts = {
        "waiting": Count("id", filter=Q(state__in=[State.WAITING, State.SENDING])),
        "sent": Count("id", filter=Q(state=State.SENT)),
        "doubtful": Count("id", filter=Q(state=State.DOUBTFUL)),
        "bounced": Count("id", filter=Q(state=State.BOUNCED)),
    }
    out = Invitation.objects.filter(round__closed_at=None).exclude(state__in=[State.EXCLUDED, State.HELD])
    rows = {row["domain"]: row for row in out.order_by().values("domain").annotate(**counts)}
    paces = dict(MailPace.objects.values_list("domain", "per_minute"))
    found = [
        Provider(**rows.get(domain, {"domain": domain}), per_minute=paces.get(domain), has_pace=domain in paces)
        for domain in rows.keys() | paces.keys()
    ]
    most = sorted(found, key=lambda one: (-(one.waiting + one.sent + one.doubtful + one.bounced), one.domain))
    return [one for number, one in enumerate(most) if number < PROVIDERS_SHOWN or one.has_pace]


def silenced(user: User, words: str = "") -> QuerySet[Suppression]:
    """Addresses that get no more mail, each with a ``customer_name`` and ``customer_id``: a person's own customers'.

    Executives, administrators and the privacy officer see every one. ``words`` are part of an address or a name.
    """
    contacts = Contact.objects.alias(low=Lower("email")).filter(low=Lower(OuterRef("address"))).order_by("id")
    rows = Suppression.objects.annotate(
        customer_id=Subquery(contacts.values("customer_id")[:1]),
        customer_name=Subquery(contacts.values("customer__name")[:1], output_field=CharField()),
    )
    if not user.has_role(Role.EXECUTIVE, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER):
        rows = rows.filter(customer_id__in=Customer.objects.visible_to(user).values("pk"))
    if words:
        rows = rows.filter(Q(address__icontains=words) | Q(customer_name__icontains=words))
    return rows.order_by("-at", "-id")
