"""Customers, the people there, who owns them, and what was sold and promised."""

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower, Now

from accounts.models import Role, User
from firm.fold import Digits, Fold


class CustomerQuerySet(models.QuerySet["Customer"]):
    def present(self) -> "CustomerQuerySet":
        """Without the removed."""
        return self.filter(removed_at=None)

    def visible_to(self, user: User) -> "CustomerQuerySet":
        """Service and marketing see every customer, salespeople their team's, managers those of the teams below."""
        return self.within_reach_of(user).present()

    def within_reach_of(self, user: User) -> "CustomerQuerySet":
        """As ``visible_to``, the removed included, so that a removal can be undone."""
        if user.has_role(Role.SERVICE, Role.MARKETING):
            return self
        teams = set(user.led_team_ids) if user.has_role(Role.MANAGER) else set()
        owners = models.Q(team__in=teams)
        if user.has_role(Role.SALESPERSON):
            owners |= models.Q(pk=user.pk) | models.Q(team__isnull=False, team=user.team_id)
        elif not teams:
            return self.none()
        return self.filter(owner__in=User.objects.get_queryset().filter(owners).order_by().values("pk"))


class Customer(models.Model):
    """An organisation or a person the firm sells to."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation"
        PERSON = "person"

    class Tier(models.TextChoices):
        HIGH_VALUE = "high_value", "high value"
        STANDARD = "standard"

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ORGANISATION)
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=160)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=80, blank=True)
    tier = models.CharField(max_length=12, choices=Tier, default=Tier.STANDARD)
    how_met = models.CharField("how we met", max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="customers",
        help_text="The owner today; Ownership keeps the history.",
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, editable=False)
    folded = models.GeneratedField(
        expression=Fold("name", "code", "city"), output_field=models.TextField(), db_persist=True
    )

    objects = CustomerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("code"), condition=~models.Q(code=""), name="customer_code_once"),
        ]
        indexes = [
            models.Index(fields=["name", "id"], condition=models.Q(removed_at=None), name="customer_by_name"),
            GinIndex(OpClass("folded", "gin_trgm_ops"), name="customer_fragments"),
            models.Index(OpClass("folded", "text_pattern_ops"), name="customer_beginnings"),
        ]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(models.QuerySet["Contact"]):
    def present(self) -> "ContactQuerySet":
        """Without the removed."""
        return self.filter(removed_at=None)


class Contact(models.Model):
    """A person at a customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, default="en", choices=[("en", "English"), ("fr", "French")])
    is_asked = models.BooleanField("is asked for ratings", default=True)
    email_changed_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, editable=False)
    folded = models.GeneratedField(expression=Fold("name", "email"), output_field=models.TextField(), db_persist=True)
    digits = models.GeneratedField(expression=Digits("phone"), output_field=models.TextField(), db_persist=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            GinIndex(OpClass("folded", "gin_trgm_ops"), name="contact_fragments"),
            GinIndex(OpClass("digits", "gin_trgm_ops"), name="contact_digits"),
            models.Index(Lower("email"), name="contact_email"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Ownership(models.Model):
    """Who owned a customer from one day to another (``until`` is the first day no more). Never overlaps."""

    class Source(models.TextChoices):
        IMPORT = "import"
        APPLICATION = "application"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="ownerships")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ownerships")
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=12, choices=Source, default=Source.APPLICATION)
    reason = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")), name="ownership_forward"
            ),
            ExclusionConstraint(
                name="ownership_no_overlap",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    (
                        models.Func(
                            "since", "until", RangeBoundary(), function="daterange", output_field=DateRangeField()
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.UniqueConstraint(fields=["customer"], condition=models.Q(until=None), name="ownership_one_now"),
        ]
        indexes = [models.Index(fields=["owner", "since"], name="ownership_by_owner")]

    def __str__(self) -> str:
        return f"{self.customer} owned by {self.owner}"


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> "PromiseQuerySet":
        return self.filter(state=Promise.State.OPEN)

    def visible_to(self, user: User) -> "PromiseQuerySet":
        """Promises to customers the user sees."""
        return self.filter(customer__in=Customer.objects.visible_to(user).order_by())

    def of(self, user: User) -> "PromiseQuerySet":
        """What the user promised, and what was promised to customers that are theirs now."""
        return self.visible_to(user).filter(models.Q(made_by=user) | models.Q(customer__owner=user))


class Promise(models.Model):
    """Something promised to a customer, with a due day."""

    class State(models.TextChoices):
        OPEN = "open"
        KEPT = "kept"
        BROKEN = "broken"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="promises")
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="promises")
    made_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    settled_at = models.DateTimeField(null=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", settled_at=None)
                | models.Q(state__in=["kept", "broken"], settled_at__isnull=False),
                name="promise_settled_with_time",
            )
        ]
        indexes = [
            models.Index(fields=["made_by", "due_on"], condition=models.Q(state="open"), name="promise_due"),
            models.Index(fields=["customer", "due_on"], name="promise_of_customer"),
        ]

    def __str__(self) -> str:
        return self.text


class Interaction(models.Model):
    """A visit, call or mail, logged in one line."""

    class Kind(models.TextChoices):
        VISIT = "visit"
        CALL = "call"
        MAIL = "mail"
        OTHER = "other"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="interactions")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.VISIT)
    note = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interactions")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["by", "-on"], name="interaction_by_person"),
            models.Index(fields=["customer", "-on"], name="interaction_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"


class SaleQuerySet(models.QuerySet["Sale"]):
    def present(self) -> "SaleQuerySet":
        """Without the removed."""
        return self.filter(removed_at=None)


@pghistory.track()
class Sale(models.Model):
    """An order, credited to its salesperson on its order date. A negative amount reverses."""

    order_number = models.CharField(max_length=40)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="sales")
    salesperson = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sales")
    ordered_on = models.DateField()
    shipped_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    made_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = SaleQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                Lower("order_number"),
                name="sale_order_number_once",
                violation_error_message="This order number is taken, perhaps by a removed sale.",
            ),
            models.CheckConstraint(
                condition=models.Q(shipped_on=None) | models.Q(shipped_on__gte=models.F("ordered_on")),
                name="sale_shipped_after_order",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "ordered_on"], name="sale_of_customer"),
            models.Index(fields=["salesperson", "ordered_on"], name="sale_of_salesperson"),
        ]

    def __str__(self) -> str:
        return self.order_number


class ImportRun(models.Model):
    """One import of a file: who, what, how many rows went how."""

    class Kind(models.TextChoices):
        SALESPEOPLE = "salespeople"
        CUSTOMERS = "customers"
        SALES = "sales"

    kind = models.CharField(max_length=12, choices=Kind)
    file_name = models.CharField(max_length=200)
    dry_run = models.BooleanField(default=False)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list, help_text="[{line, reason, row}] of the rows that failed.")
    content = models.BinaryField(
        null=True, help_text="The file of a dry run, until it is imported or another is tried."
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.kind} from {self.file_name}"

    @property
    def counts(self) -> str:
        """How the rows went, in the words every import ends with."""
        return f"created {self.created}, updated {self.updated}, unchanged {self.unchanged}, failed {self.failed}"
