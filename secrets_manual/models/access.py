"""Who may read for a while, what a customer agreed to or asked for, and who read what."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from customers.models import Contact, Customer
from firm.triggers import append_only


class AccessGrantQuerySet(models.QuerySet["AccessGrant"]):
    def active(self, at: datetime) -> "AccessGrantQuerySet":
        return self.filter(since__lte=at, until__gt=at, ended_at=None)


class AccessGrant(models.Model):
    """Temporary reading of one customer's secrets: for an open case, a reasoned request, a privacy request.

    ``reference`` is the business of whoever wrote the row and ends it.
    """

    class Purpose(models.TextChoices):
        CASE = "case"
        CONFIDENTIAL = "confidential"
        PRIVACY = "privacy"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_grants")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="access_grants")
    purpose = models.CharField(max_length=12, choices=Purpose)
    reason = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=80)
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AccessGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="grant_forward"),
            models.CheckConstraint(
                condition=~Q(purpose__in=["confidential", "privacy"]) | ~Q(reason=""), name="grant_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "customer", "purpose"], condition=Q(ended_at=None), name="grant_running"),
            models.Index(fields=["reference"], name="grant_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.user} until {self.until:%Y-%m-%d %H:%M}"


class SpecialConsentQuerySet(models.QuerySet["SpecialConsent"]):
    def standing(self) -> "SpecialConsentQuerySet":
        """Given and not taken back."""
        return self.filter(withdrawn_at=None)

    def of(self, customer: Customer | int, contact: Contact | int | None) -> "SpecialConsentQuerySet":
        """Those of exactly this person: one person's consent never speaks for another, nor a firm's for its people."""
        return self.filter(customer=customer, contact=contact)


class SpecialConsent(models.Model):
    """Somebody's explicit consent to keep special secrets about them: of a contact, or of the customer itself."""

    class How(models.TextChoices):
        TOLD = "told", "told us in person"
        PHONE = "phone", "on the telephone"
        WRITTEN = "written", "in writing"
        FORM = "form", "on a signed form"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="special_consents")
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text="Empty: the customer."
    )
    wording = models.CharField(max_length=500, help_text="What the customer agreed to, and how.")
    how = models.CharField(max_length=7, choices=How, default=How.TOLD)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SpecialConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["customer", "contact"], condition=Q(withdrawn_at=None), name="consent_standing")
        ]

    def __str__(self) -> str:
        return f"consent of {self.contact or self.customer}"


class SecretRead(models.Model):
    """Someone read a secret. Ids only, so that erasing a secret leaves who read it; never changed, never emptied."""

    secret_id = models.BigIntegerField()
    customer_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    why = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["secret_id", "-at"], name="secret_read_of_secret"),
            models.Index(fields=["user", "-at"], name="secret_read_by_user"),
            models.Index(fields=["-at", "-id"], name="secret_read_newest"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"secret {self.secret_id} read by {self.user_id}"


class PrivacyRequestQuerySet(models.QuerySet["PrivacyRequest"]):
    def open(self) -> "PrivacyRequestQuerySet":
        return self.filter(closed_at=None)

    def waiting(self) -> "PrivacyRequestQuerySet":
        """Erasures somebody has asked for and a second person has to agree to."""
        return self.open().exclude(asked_at=None)


class PrivacyRequest(models.Model):
    """A customer, or one person there, asks what we hold, or asks us to erase it."""

    class Kind(models.TextChoices):
        ACCESS = "access", "what do you hold about me?"
        ERASURE = "erasure", "erase what you hold about me"

    kind = models.CharField(max_length=7, choices=Kind)
    customer = models.ForeignKey(Customer, null=True, on_delete=models.SET_NULL, related_name="privacy_requests")
    contact = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Empty for everybody there, and once erased.",
    )
    received_on = models.DateField()
    due_on = models.DateField(help_text="One month after it came, as the law has it.")
    note = models.CharField(max_length=300, help_text="Who asked, and how.")
    identified = models.CharField(max_length=300, default="", help_text="How we know that it was them.")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True, help_text="When the erasure was put before a second person.")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, blank=True)
    report = models.JSONField(default=dict, help_text="What was erased: counts, no words.")

    objects = PrivacyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="privacy_request_with_note"),
            models.CheckConstraint(condition=Q(due_on__gte=F("received_on")), name="privacy_request_due_after"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="privacy_request_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | Q(kind="erasure", asked_by__isnull=False) & ~Q(approved_by=F("asked_by")),
                name="privacy_request_two_people",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(closed_at=None), name="privacy_request_open")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.received_on})"

    @property
    def reference(self) -> str:
        """What the officer's access to the manual refers to."""
        return f"privacy:{self.pk}"
