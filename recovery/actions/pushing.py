"""Browsers that ring, and what is on its way to them."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from recovery.models import PushNotice, PushSubscription
from recovery.push import TTL_SECONDS, Outcome


@transaction.atomic
def subscribe_push(*, endpoint: str, p256dh: str, auth: str, browser: str, acting_user: User) -> PushSubscription:
    """Let a browser ring; it rings for whoever asked last."""
    given = {"user": acting_user, "p256dh": p256dh, "auth": auth, "browser": browser, "failed_at": None}
    return PushSubscription.objects.update_or_create(endpoint=endpoint, defaults=given)[0]


def unsubscribe_push(subscription: PushSubscription) -> None:
    """Let it ring no more."""
    subscription.delete()


@transaction.atomic
def claim_push(*, at: datetime) -> PushNotice | None:
    """The next notice on its way to a browser, past those another worker takes.

    The claim commits before it leaves: a worker killed in between loses at most one, and none rings twice.
    """
    waiting = PushNotice.objects.filter(claimed_at=None).order_by("id")
    push = waiting.select_for_update(skip_locked=True, of=["self"]).first()
    if push is None:
        return None
    push.claimed_at = at
    push.save(update_fields=["claimed_at"])
    found = PushNotice.objects.select_related("subscription", "notice__alert__flag__milestone")
    return found.get(pk=push.pk)


def is_worth_sending(push: PushNotice, *, at: datetime) -> bool:
    """The alert still runs and the notice is no older than a service would keep it; to the person's own browser."""
    notice = push.notice
    fresh = notice.at > at - timedelta(seconds=TTL_SECONDS)
    return fresh and notice.alert.ended_at is None and notice.user_id == push.subscription.user_id


@transaction.atomic
def settle_push(push: PushNotice, outcome: Outcome, *, at: datetime) -> None:
    """Note what became of it; a browser that is gone is forgotten."""
    browser = PushSubscription.objects.filter(pk=push.subscription_id)
    if outcome is Outcome.GONE:
        browser.delete()
    elif outcome is Outcome.FAILED:
        browser.update(failed_at=at)
    else:
        browser.exclude(failed_at=None).update(failed_at=None)
        PushNotice.objects.filter(pk=push.pk).update(sent_at=at)
