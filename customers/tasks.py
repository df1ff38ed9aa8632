"""Work the beat wakes."""

import structlog
from celery import shared_task
from django.utils import timezone

from customers import actions
from firm.models import Firm

log = structlog.get_logger(__name__)


@shared_task(name="customers.settle_owners")
def settle_owners() -> None:
    """Let planned hand-overs take effect on their day; twice or late does no harm."""
    if Firm.objects.exists() and (changed := actions.settle_owners(at=timezone.now())):
        log.info("owners_settled", customers=changed)
