"""What happens around people by itself. Every task may run twice, late or at the same time as itself."""

from celery import shared_task
from django.utils import timezone

from accounts import actions


@shared_task(name="accounts.forget_keys")
def forget_keys() -> None:
    """Delete the idempotency keys nobody sends again."""
    actions.forget_keys(at=timezone.now())
