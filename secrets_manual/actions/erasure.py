"""Erasing secrets: words, versions and the answers they came from. Who read them stays, as ids."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from pghistory.models import Context

from customers.models import Contact, Customer
from firm.models import Notification
from secrets_manual.models import (
    AccessGrant,
    Answer,
    Conversation,
    PrivacyRequest,
    Secret,
    SecretChange,
    SecretQuerySet,
    SpecialConsent,
)

ERASED = "erased"


@transaction.atomic
def erase_secrets(secrets: SecretQuerySet) -> int:
    """Delete secrets for good, with every version, use and answer; how many. Notices that lead to them go too."""
    ids = list(secrets.order_by("pk").values_list("pk", flat=True))
    Answer.objects.filter(Q(secret__in=ids) | Q(about__in=ids)).delete()
    for pk in ids:
        Notification.objects.filter(Q(url=reverse("secret", args=[pk])) | Q(text__contains=f"secret {pk} (")).delete()
    Secret.objects.filter(pk__in=ids).delete()
    _forget_reasons(ids)
    return len(ids)


def _forget_reasons(ids: list[int]) -> None:
    """The history of a secret keeps when what changed, and not why."""
    changes = SecretChange.objects.filter(pgh_obj_id__in=ids)
    for context in Context.objects.filter(pk__in=changes.values("pgh_context_id")):
        context.metadata.pop("reason", None)
        context.save(update_fields=["metadata"])


@transaction.atomic
def erase_manual(customer: Customer, *, contact: Contact | None, at: datetime) -> dict[str, int]:
    """Erase a customer's manual, or what of it is about one contact: secrets, conversations, consents, reasons."""
    whose = Q(customer=customer) & (Q(contact=contact) if contact else Q())
    counts = {
        "secrets": erase_secrets(Secret.objects.filter(whose)),
        "conversations": Conversation.objects.filter(whose).count(),
        "consents": SpecialConsent.objects.filter(whose).delete()[0],
    }
    Conversation.objects.filter(whose).delete()
    if contact is None:
        grants = AccessGrant.objects.filter(customer=customer)
        grants.filter(ended_at=None).update(ended_at=at)
        grants.exclude(reason="").update(reason=ERASED)
    PrivacyRequest.objects.filter(whose).update(note=ERASED, identified="", outcome="")
    return counts
