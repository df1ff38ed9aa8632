"""Ending alerts: somebody has it, the work is done, the case is closed."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from firm.actions import notify
from recovery.actions.holding import lock, note_event
from recovery.models import Alert, CaseEvent


@transaction.atomic
def take_alert(alert: Alert, *, acting_user: User, at: datetime) -> Alert:
    """“I have it”: the alert climbs no further, and those who heard of it are told who has it.

    Raises ``ValidationError`` when somebody was faster or it is needed no more.
    """
    case = lock(alert.case)
    alert = Alert.objects.select_related("taken_by", "flag__milestone").get(pk=alert.pk)
    if alert.taken_by:
        raise ValidationError(f"{alert.taken_by.name} has it already.")
    if alert.ended_at:
        raise ValidationError("It is over: the work was done, or a worse alert took its place.")
    alert.taken_at = alert.ended_at = at
    alert.taken_by = acting_user
    alert.save(update_fields=["taken_at", "taken_by", "ended_at"])
    note_event(case, CaseEvent.Kind.ALERT_TAKEN, acting_user, at, note=alert.flag.milestone.get_kind_display())
    for notice in alert.notices.exclude(user=acting_user).select_related("user"):
        text = f"{acting_user.name} has the OOPS! at {case.customer.name}."
        notify(notice.user, text, url=alert.get_absolute_url(), key=f"alert:{alert.pk}:taken")
    return alert
