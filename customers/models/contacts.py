"""The people at customers: how to reach them, their days, and how they know each other."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower, Now

from accounts.models import User
from customers.models.customers import Customer
from firm.fold import Digits, Fold


def host_of(field: str) -> Lower:
    """What stands behind the @ of an address, in lower case."""
    parts = (models.F(field), models.Value("@"), models.Value(2))
    return Lower(models.Func(*parts, function="split_part", output_field=models.TextField()))


class ContactQuerySet(models.QuerySet["Contact"]):
    def present(self) -> "ContactQuerySet":
        """Without the removed."""
        return self.filter(removed_at=None)


def _somebody() -> "models.ForeignKey[User | None, User | None]":
    """Who did something to a contact."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )


class Contact(models.Model):
    """A person at a customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    how_met = models.CharField("how we met", max_length=300, blank=True)
    language = models.CharField(max_length=2, default="en", choices=[("en", "English"), ("fr", "French")])
    is_asked = models.BooleanField("is asked for ratings", default=True)
    left_out_reason = models.CharField(
        "why they are not asked",
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Somebody else decides whether it stands.",
    )
    left_out_by = _somebody()
    left_out_at = models.DateTimeField(null=True, editable=False)
    left_out_agreed_by = _somebody()
    email_before = models.EmailField(blank=True, default="", db_default="", editable=False)
    email_changed_by = _somebody()
    email_changed_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(db_default=Now())
    removed_by = _somebody()
    removed_at = models.DateTimeField(null=True, editable=False)
    merged_from = models.ForeignKey(
        Customer,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Where they were until it was merged into this customer.",
    )
    folded = models.GeneratedField(expression=Fold("name", "email"), output_field=models.TextField(), db_persist=True)
    digits = models.GeneratedField(expression=Digits("phone"), output_field=models.TextField(), db_persist=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            GinIndex(OpClass("folded", "gin_trgm_ops"), name="contact_fragments"),
            GinIndex(OpClass("digits", "gin_trgm_ops"), name="contact_digits"),
            models.Index(Lower("email"), name="contact_email"),
            models.Index(host_of("email"), name="contact_host"),
            models.Index(fields=["digits"], condition=~models.Q(digits=""), name="contact_number"),
        ]

    def __str__(self) -> str:
        return self.name


class ContactPoint(models.Model):
    """A further e-mail address or telephone of a contact; only the first, which stands in ``Contact``, is mailed."""

    class Kind(models.TextChoices):
        EMAIL = "email", "e-mail"
        PHONE = "phone"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(max_length=5, choices=Kind)
    value = models.CharField(max_length=254)
    label = models.CharField(max_length=40, blank=True, help_text="Home, mobile, assistant…")
    folded = models.GeneratedField(expression=Fold("value"), output_field=models.TextField(), db_persist=True)
    digits = models.GeneratedField(expression=Digits("value"), output_field=models.TextField(), db_persist=True)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint("contact", "kind", Lower("value"), name="contact_point_once"),
            models.CheckConstraint(condition=~models.Q(value=""), name="contact_point_has_value"),
        ]
        indexes = [
            GinIndex(OpClass("folded", "gin_trgm_ops"), condition=models.Q(kind="email"), name="contact_point_letters"),
            GinIndex(OpClass("digits", "gin_trgm_ops"), condition=models.Q(kind="phone"), name="contact_point_digits"),
        ]

    def __str__(self) -> str:
        return self.value


class Occasion(models.Model):
    """A day of the year worth a reminder: a contact's birthday, a firm's founding day."""

    class Kind(models.TextChoices):
        BIRTHDAY = "birthday"
        ANNIVERSARY = "anniversary"
        OTHER = "other"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="occasions")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="occasions")
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.BIRTHDAY)
    label = models.CharField(max_length=80, blank=True)
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Where it is known.")
    days_before = models.PositiveSmallIntegerField("remind days before", default=7)

    class Meta:
        ordering = ["month", "day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(month__gte=1, month__lte=12, day__gte=1, day__lte=31)
                & ~models.Q(month=2, day__gt=29)
                & ~models.Q(month__in=[4, 6, 9, 11], day=31),
                name="occasion_is_a_day",
            ),
            models.CheckConstraint(condition=models.Q(days_before__lte=60), name="occasion_reminded_in_time"),
        ]
        indexes = [models.Index(fields=["month", "day"], name="occasion_by_day")]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()


class Relation(models.Model):
    """How one person knows another: ``contact``, ``kind``, ``other`` (“assistant of”, “reports to”)."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="related")
    kind = models.CharField(max_length=60)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint("contact", "other", Lower("kind"), name="relation_once"),
            models.CheckConstraint(condition=~models.Q(contact=models.F("other")), name="relation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.contact} {self.kind} {self.other}"
