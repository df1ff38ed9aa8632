"""Who is told when nobody answers an alert: the ladder, who is on duty, who is away, and which browsers hear it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models import User
from recovery import rules
from recovery.models.cases import Case, Flag


class Level(models.TextChoices):
    """The rungs of the ladder, lowest first."""

    AGENT = "agent"
    TEAM_LEAD = "team_lead", "team lead"
    MANAGER = "manager"
    EXECUTIVE = "executive"


class LadderStep(models.Model):
    """How long an alert waits on a rung before it climbs to the next."""

    level = models.CharField(max_length=9, choices=Level, primary_key=True)
    wait_minutes = models.PositiveSmallIntegerField(help_text="Unanswered for so long, the next rung is told.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(wait_minutes__gte=1, wait_minutes__lte=1440), name="ladder_wait")
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.wait_minutes} min"


class Shift(models.Model):
    """Somebody is on duty on a rung from one moment to another."""

    level = models.CharField(max_length=9, choices=Level)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_forward")]
        indexes = [models.Index(fields=["level", "ends_at"], name="shift_of_level")]

    def __str__(self) -> str:
        return f"{self.user} on duty as {self.level}"


class Absence(models.Model):
    """Somebody is away; alerts go to the stand-in, else to the next rung."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_forward"),
            models.CheckConstraint(condition=Q(stand_in=None) | ~Q(stand_in=F("user")), name="absence_by_another"),
        ]
        indexes = [models.Index(fields=["user", "ends_at"], name="absence_of_user")]

    def __str__(self) -> str:
        return f"{self.user} away"


class AlertQuerySet(models.QuerySet["Alert"]):
    def running(self) -> "AlertQuerySet":
        """Nobody has taken them, and they are still needed."""
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> "AlertQuerySet":
        """Those of the cases one sees, and those one was told of."""
        told = AlertNotice.objects.filter(user=user).values("alert")
        return self.filter(Q(case__in=Case.objects.visible_to(user)) | Q(pk__in=told))


class Alert(models.Model):
    """A flag worth an answer: it climbs the ladder until somebody takes it, or the case needs it no more."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="alerts")
    flag = models.OneToOneField(Flag, on_delete=models.CASCADE, related_name="alert")
    level = models.CharField(
        max_length=9, choices=Level, null=True, help_text="The highest rung that was told; null: none yet."
    )
    raised_at = models.DateTimeField()
    climbs_at = models.DateTimeField(null=True, help_text="When the next rung is told; null: nobody is above.")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="Taken, done, closed, or replaced by a worse one.")

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None) | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="alert_taken_by_someone",
            ),
            models.CheckConstraint(condition=Q(taken_at=None) | Q(ended_at__isnull=False), name="alert_taken_is_ended"),
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="alert_one_runs_a_case"),
        ]
        indexes = [
            models.Index(fields=["climbs_at"], condition=Q(ended_at=None), name="alert_to_climb"),
            models.Index(fields=["-raised_at", "-id"], name="alert_newest"),
        ]

    def __str__(self) -> str:
        return f"alert of case {self.case_id} at {self.level}"

    def get_absolute_url(self) -> str:
        return reverse("alert", args=[self.pk])

    @property
    def what(self) -> str:
        """“Fix is overdue”."""
        kind = self.flag.milestone.get_kind_display().capitalize()
        return f"{kind} {rules.THRESHOLD_WORDS[self.flag.threshold]}"


class AlertNotice(models.Model):
    """Somebody was told of an alert on a rung: once, whatever crashes or repeats."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=9, choices=Level)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "user"], name="alert_notice_once_each")]

    def __str__(self) -> str:
        return f"{self.user} told of {self.alert}"


class PushSubscription(models.Model):
    """A browser that shows a person's alerts even while no page is open (RFC 8030)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions")
    endpoint = models.URLField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=200)
    auth = models.CharField(max_length=100)
    browser = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(db_default=Now())
    failed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.browser or 'a browser'} of {self.user}"


class PushNotice(models.Model):
    """One notice on its way to one browser. A claim is committed before it leaves: sent once, or lost, never twice."""

    notice = models.ForeignKey(AlertNotice, on_delete=models.CASCADE, related_name="pushes")
    subscription = models.ForeignKey(PushSubscription, on_delete=models.CASCADE, related_name="pushes")
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "subscription"], name="push_once_a_browser"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(claimed_at__isnull=False), name="push_sent_is_claimed"
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(claimed_at=None), name="push_waiting")]

    def __str__(self) -> str:
        return f"push of {self.notice_id} to {self.subscription_id}"
