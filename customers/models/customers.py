"""Customers: who they are, whose they are, how they are tagged."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower, Now, Upper

from accounts.models import Role, User
from firm.fold import Fold
from firm.models import check_zone


class Tag(models.Model):
    """A word to group customers by."""

    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="tag_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="tag_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CustomerQuerySet(models.QuerySet["Customer"]):
    def present(self) -> "CustomerQuerySet":
        """Without the removed."""
        return self.filter(removed_at=None)

    def visible_to(self, user: User) -> "CustomerQuerySet":
        """Service and marketing see every customer, salespeople their team's, managers those of the teams below."""
        return self.within_reach_of(user).present()

    def within_reach_of(self, user: User) -> "CustomerQuerySet":
        """As ``visible_to``, the removed included, so that a removal can be undone; nobody reaches the erased."""
        present = self.filter(erased_at=None)
        return present if user.has_role(Role.SERVICE, Role.MARKETING) else present.filter(owner__in=user.line_ids)


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
    zone = models.CharField("time zone", max_length=64, blank=True, default="", db_default="", validators=[check_zone])
    tier = models.CharField(max_length=12, choices=Tier, default=Tier.STANDARD)
    how_met = models.CharField("how we met", max_length=300, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="customers")
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
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, editable=False, help_text="A shell since: what paid hangs on it.")
    last_contact_on = models.DateField(
        null=True, editable=False, help_text="The latest interaction, kept by triggers of that table."
    )
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="merged", help_text="The one kept."
    )
    folded = models.GeneratedField(
        expression=Fold("name", "code", "city"), output_field=models.TextField(), db_persist=True
    )

    objects = CustomerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("code"), condition=~models.Q(code=""), name="customer_code_once"),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(removed_at__isnull=False),
                name="customer_merged_away",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(removed_at__isnull=False, owner=None, code=""),
                name="customer_erased_is_a_shell",
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], condition=models.Q(removed_at=None), name="customer_by_name"),
            GinIndex(OpClass("folded", "gin_trgm_ops"), name="customer_fragments"),
            models.Index(
                OpClass("folded", "text_pattern_ops"),
                include=["owner", "id"],
                condition=models.Q(removed_at=None, erased_at=None),
                name="customer_beginnings",
            ),
            models.Index(
                fields=["owner", "tier", "id"],
                include=["erased_at"],
                condition=models.Q(removed_at=None),
                name="customer_of_owner_by_tier",
            ),
            models.Index("owner", "name", "id", condition=models.Q(removed_at=None), name="customer_of_owner"),
            models.Index(Upper("city"), "name", "id", condition=models.Q(removed_at=None), name="customer_by_city"),
            models.Index(
                Upper("country"), "name", "id", condition=models.Q(removed_at=None), name="customer_by_country"
            ),
            models.Index(
                models.F("last_contact_on").asc(nulls_first=True),
                "name",
                "id",
                condition=models.Q(removed_at=None),
                name="customer_by_contact",
            ),
            models.Index("made_at", "id", condition=models.Q(removed_at=None), name="customer_by_age"),
        ]

    def __str__(self) -> str:
        return self.name


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, user: User, page: str) -> "SavedViewQuerySet":
        """A person's own views of a list, without the removed."""
        return self.filter(user=user, page=page, removed_at=None)


class SavedView(models.Model):
    """A list's filters under a name: the query of its URL, for one person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=40, help_text="URL name of the list.")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, blank=True, help_text="As in the URL, without the question mark.")
    is_default = models.BooleanField(default=False, help_text="Opens when the list is opened without filters.")
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "user", "page", Lower("name"), condition=models.Q(removed_at=None), name="saved_view_once"
            ),
            models.UniqueConstraint(
                fields=["user", "page"],
                condition=models.Q(removed_at=None, is_default=True),
                name="saved_view_one_default",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_view_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
