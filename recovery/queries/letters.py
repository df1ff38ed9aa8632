"""Whom a letter can reach, and what it says."""

from django.conf import settings
from django.db.models import QuerySet

from customers.models import Contact, Customer
from firm.models import Suppression
from recovery import rules
from recovery.models import Case, Milestone


def addressees(customer: Customer) -> QuerySet[Contact]:
    """Contacts who can get a letter by mail: with an address that has neither bounced nor been unsubscribed."""
    silent = Suppression.objects.values("address")
    return customer.contacts.filter(removed_at=None).exclude(email="").exclude(email__in=silent).order_by("name", "id")


def letter(case: Case, contact: Contact | None, *, firm: str) -> str:
    """The apology as drafted for the contact, from the template, the case and the surprise."""
    fix = next((one.note for one in case.milestones.all() if one.kind == Milestone.Kind.FIX), "")
    return rules.draft_apology(
        language=contact.language if contact else settings.LANGUAGE_CODE,
        root_cause=case.root_cause,
        name=contact.name if contact else case.customer.name,
        fix=fix,
        surprise=case.surprise,
        agent=case.agent.name,
        firm=firm,
    )


def own_words(case: Case, *, surprise: str, apology: str, firm: str) -> dict[str, str]:
    """The drafts worth keeping: a letter left as it was drafted is not one, so that it follows the case."""
    drafted = letter(case, addressees(case.customer).first(), firm=firm)
    return {"surprise": surprise, "apology": "" if apology == drafted.strip() else apology}
