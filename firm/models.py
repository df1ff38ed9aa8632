"""The firm's settings, its mail, its notices to people, and the pulse of its workers."""

import zoneinfo
from datetime import date, datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower, Now

from firm import rules


def check_zone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError(f"“{value}” is not a time zone. Use a name such as Europe/Berlin.")


class Firm(models.Model):
    """The one firm this installation serves (primary key 1)."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=120)
    zone = models.CharField("time zone", max_length=64, default="UTC", validators=[check_zone])
    currency = models.CharField(
        max_length=3, default="EUR", validators=[RegexValidator(r"^[A-Z]{3}$", "Use the three letters of ISO 4217.")]
    )
    calendar = models.CharField(
        "public holidays of", max_length=2, default="", blank=True, help_text="ISO 3166 country code; empty for none."
    )
    sender = models.EmailField("sender of mail", default="rapport@localhost")
    is_demo = models.BooleanField(default=False, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="firm_only_one")]
        triggers = [
            pgtrigger.Protect(
                name="demo_mark_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_demo__df=pgtrigger.F("new__is_demo")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tzinfo(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.zone)

    def today(self, at: datetime) -> date:
        """The firm's calendar day at a moment."""
        return at.astimezone(self.tzinfo).date()

    def first_working_day(self, year: int, month: int) -> date:
        """First day of a month that is neither a weekend nor a public holiday of the firm's calendar."""
        return rules.first_working_day(year, month, self.calendar)


class OutboxMailQuerySet(models.QuerySet["OutboxMail"]):
    def due(self, at: datetime) -> "OutboxMailQuerySet":
        """Waiting mails whose time has come, longest due first."""
        return self.filter(state=OutboxMail.State.WAITING, due_at__lte=at).order_by("due_at", "id")


class OutboxMail(models.Model):
    """A mail to be sent by the sweep ``firm.send_outbox``.

    Never holds a customer's token; a one-time link for staff only until it left (``is_secret``).
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        DOUBTFUL = "doubtful", "doubtful: the worker died between sending and noting it"
        FAILED = "failed"

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    attachments = models.JSONField(
        default=list, db_default=[], help_text='Text files that go along: [{"name": …, "type": …, "text": …}].'
    )
    is_secret = models.BooleanField(
        default=False, db_default=False, help_text="Holds a one-time link: its words are wiped once it left."
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="outbox_waiting"),
            models.Index(fields=["claimed_at"], condition=models.Q(state="sending"), name="outbox_sending"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_secret=False)
                | models.Q(state__in=["waiting", "sending"])
                | models.Q(text="Wiped: it held a one-time link.", html=""),
                name="outbox_secret_wiped",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def of(self, address: str) -> "SuppressionQuerySet":
        """The one of an address, however it is capitalised."""
        return self.alias(low=Lower("address")).filter(low=address.lower())


class Suppression(models.Model):
    """An address that gets no more mail: it bounced, complained, or its person asked."""

    class Reason(models.TextChoices):
        BOUNCE = "bounce"
        COMPLAINT = "complaint"
        UNSUBSCRIBED = "unsubscribed"

    address = models.EmailField()
    reason = models.CharField(max_length=12, choices=Reason)
    at = models.DateTimeField(db_default=Now())

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("address"), name="suppression_one_an_address")]
        triggers = [
            # Lifted only by ``firm.actions.ask_again``, which only the customer's own link reaches.
            pgtrigger.Protect(
                name="opt_out_is_theirs",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.reason <> 'bounce'"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.address} ({self.reason})"


class CaughtMail(models.Model):
    """A mail caught by the demo's own SMTP server. Written only in a database marked demo."""

    to = models.EmailField(max_length=320)
    sender = models.EmailField(max_length=320)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    raw = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["-at"], name="caught_newest")]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user: Any) -> "NotificationQuerySet":
        """The person's own."""
        return self.filter(user_id=user.pk)


class Notification(models.Model):
    """Something a person should know, shown behind the bell."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=120, null=True, help_text="Said once a key and person.")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notification_once")]
        indexes = [
            models.Index(fields=["user", "-at"], name="notification_newest"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return self.text


class Job(models.Model):
    """Progress of a long piece of work; survives a reload of its page."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"


class Heartbeat(models.Model):
    """When a worker or the beat was last alive; and, while there is such a row, since when no mail server answers."""

    MAIL_SILENT = "mail server silent"
    # The sweep that keeps the clocks of recovery.
    TICK = "tick"

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
