"""Alerts as their pages show them."""

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from recovery.models import Alert, AlertNotice


def alerts_of(user: User) -> QuerySet[Alert]:
    """Alerts a person sees, with what their lines show."""
    notices = Prefetch("notices", AlertNotice.objects.select_related("user").order_by("at", "id"))
    seen = Alert.objects.visible_to(user).select_related("case__customer", "flag__milestone", "taken_by")
    return seen.prefetch_related(notices).order_by("-raised_at", "-id")


def was_told(alert: Alert, user: User) -> bool:
    return any(notice.user_id == user.pk for notice in alert.notices.all())
