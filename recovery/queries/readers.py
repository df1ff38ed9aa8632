"""Who at a customer could be asked whether it worked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from accounts.models import User
from customers.models import Contact
from firm.models import Firm, Suppression
from recovery import rules
from recovery.models import Case
from report_cards.queries import the_policy


@dataclass(frozen=True)
class Entry:
    """A contact, and what the rule needs to know of them."""

    contact: Contact
    reader: rules.Reader


def readers_of(cases: Sequence[Case], firm: Firm) -> Mapping[int, Mapping[int, Entry]]:
    """By case and contact, every present contact with an address, the longest known first. Two queries."""
    own = {firm.sender.rpartition("@")[2].lower(), *map(str.lower, the_policy().own_domains)}
    silent = Suppression.objects.alias(low=Lower("address")).filter(low=Lower(OuterRef("email")))
    contacts = (
        Contact.objects.present()
        .filter(customer__in={case.customer_id for case in cases})
        .exclude(email="")
        .annotate(
            is_staff=Exists(User.objects.filter(email=Lower(OuterRef("email")))),
            is_silent=Exists(silent),
        )
    )
    by_customer: dict[int, list[Contact]] = defaultdict(list)
    for contact in contacts.order_by("id"):
        by_customer[contact.customer_id].append(contact)
    return {
        case.pk: {one.pk: Entry(one, _reader(one, case, own)) for one in by_customer[case.customer_id]}
        for case in cases
    }


def _reader(contact: Contact, case: Case, own: set[str]) -> rules.Reader:
    meant = case.apology_to.lower()
    return rules.Reader(
        contact_id=contact.pk,
        address=contact.email,
        # Who has another address since is still the person the apology went to.
        was_apologised_to=bool(meant) and meant in {contact.email.lower(), contact.email_before.lower()},
        is_staff=contact.is_staff or contact.email.rpartition("@")[2].lower() in own,  # type: ignore[attr-defined]
        is_silent=contact.is_silent,  # type: ignore[attr-defined]
        is_asked=contact.is_asked,
        address_changed_at=contact.email_changed_at,
    )
