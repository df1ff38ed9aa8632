"""How the mail is going: by provider, and to whom none goes any more."""

from dataclasses import dataclass

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from accounts.models import Role, User
from customers.models import Contact, Customer
from firm.models import Suppression
from report_cards.models import Invitation, MailPace

# Domains without a pace that show by name, and how many mails make one worth it.
FREE_SHOWN, WORTH_SHOWING = 20, 5
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

    @property
    def mails(self) -> int:
        return self.waiting + self.sent + self.doubtful + self.bounced


def providers() -> tuple[list[Provider], list[Provider]]:
    """Domains with a pace or much mail of the open rounds, most mail first; and all the others. Two queries."""
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
    free = sorted((one for one in found if not one.has_pace), key=lambda one: (-one.mails, one.domain))
    big = [one for one in free[:FREE_SHOWN] if one.mails >= WORTH_SHOWING]
    shown = [one for one in found if one.has_pace] + big
    return sorted(shown, key=lambda one: (-one.mails, one.domain)), free[len(big) :]


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
