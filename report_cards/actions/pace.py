"""How fast mail goes to a provider."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Role, User
from report_cards.models import MailPace


@transaction.atomic
def set_pace(domain: str, per_minute: int | None, *, acting_user: User, at: datetime) -> MailPace:
    """At most so many mails a minute to the addresses of a domain, by all workers together; None for any number."""
    if not acting_user.has_role(Role.ADMINISTRATOR):
        raise PermissionDenied
    pace, _is_new = MailPace.objects.update_or_create(
        domain=domain.lower(), defaults={"per_minute": per_minute, "next_at": at}
    )
    return pace
