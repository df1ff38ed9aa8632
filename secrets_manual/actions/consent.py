"""A customer's consent to special secrets: given, taken back, and what goes then."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import Role, User
from customers.models import Contact, Customer
from firm.actions import notify
from secrets_manual import rules
from secrets_manual.actions.erasure import erase_secrets
from secrets_manual.models import Secret, SpecialConsent
from secrets_manual.queries import locked_secrets


@transaction.atomic
def record_consent(
    customer: Customer,
    *,
    wording: str,
    acting_user: User,
    at: datetime,
    contact: Contact | None = None,
    how: str = SpecialConsent.How.TOLD,
) -> SpecialConsent:
    """Note that a contact, or the customer itself, agreed to special secrets: in which words, and how.

    Raises ``ValidationError`` for a contact of another customer.
    """
    if contact is not None and contact.customer_id != customer.pk:
        raise ValidationError({"contact": f"{contact} is not a contact of {customer}."})
    return SpecialConsent.objects.create(
        customer=customer, contact=contact, wording=wording, how=how, recorded_by=acting_user, at=at
    )


@transaction.atomic
def withdraw_consent(consent: SpecialConsent, *, at_once: bool, acting_user: User, at: datetime) -> int:
    """Somebody takes their consent back, all of it; how many special secrets nobody can read from now on.

    They are erased ``at_once``, or by the sweep after ``rules.ERASE_DAYS``. Raises ``ValidationError`` when it was
    withdrawn meanwhile.
    """
    given = SpecialConsent.objects.of(consent.customer_id, consent.contact_id).standing()
    if not given.filter(pk=consent.pk).exists():
        raise ValidationError("This consent was withdrawn meanwhile.")
    given.update(withdrawn_at=at, withdrawn_by=acting_user)
    locked = Secret.objects.uncovered().filter(customer=consent.customer_id, contact=consent.contact_id)
    count = erase_secrets(locked) if at_once else locked.count()
    words = f"{consent.contact or consent.customer} took back the consent to special secrets: "
    words += f"{count} {'erased' if at_once else 'locked'}."
    for officer in User.objects.holding(Role.PRIVACY_OFFICER).exclude(pk=acting_user.pk):
        notify(officer, words[:300], url=reverse("locked_secrets"))
    return count


@transaction.atomic
def erase_locked(secret: Secret, *, acting_user: User) -> None:
    """Erase one special secret that no consent covers any more, now.

    Raises ``ValidationError`` when a consent covers it again.
    """
    if not erase_secrets(Secret.objects.uncovered().filter(pk=secret.pk)):
        raise ValidationError("A consent covers this secret again, or it is gone already.")


@transaction.atomic
def erase_uncovered(*, at: datetime) -> int:
    """Erase the special secrets nobody consents to any more, ``rules.ERASE_DAYS`` after they were locked."""
    return erase_secrets(locked_secrets(before=at - rules.ERASE_AFTER))
