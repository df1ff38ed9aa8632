"""Secrets, their texts, and who may read them."""

from datetime import datetime
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, FilteredRelation, Func, OuterRef, Q
from django.db.models.functions import Coalesce, Now

from accounts.models import Role, User
from customers.models import Contact, Customer
from firm.fold import Fold
from secrets_manual import rules, vault
from secrets_manual.models.access import AccessGrant, SpecialConsent
from secrets_manual.models.categories import Category
from secrets_manual.models.uses import SecretUse


class Audience(models.TextChoices):
    SALES = "sales"
    SERVICE = "service"
    MARKETING = "marketing"


class Sensitivity(models.TextChoices):
    SHARED = "shared"
    RELATIONSHIP = "relationship", "account team"
    CONFIDENTIAL = "confidential"
    SPECIAL = "special"


SEALED = (Sensitivity.CONFIDENTIAL, Sensitivity.SPECIAL)


class SecretQuerySet(models.QuerySet["Secret"]):
    def present(self) -> "SecretQuerySet":
        """Without the removed, and without those of removed customers."""
        return self.filter(removed_at=None, customer__removed_at=None)

    def visible_to(self, user: User, *, at: datetime) -> "SecretQuerySet":
        """The secrets whose text a user may read now: sensitivity and audience (PRODUCT.md section 3)."""
        if not user.is_active:
            return self.none()
        readable, audiences = Q(pk__in=[]), rules.audiences_of(user.roles)
        if audiences:
            readable = Q(audiences__overlap=audiences) & _readable(user, at)
        if user.has_role(Role.PRIVACY_OFFICER):
            readable |= _granted(user, at, AccessGrant.Purpose.PRIVACY) & ~_uncovered()
        return self.present().filter(readable)

    def uncovered(self) -> "SecretQuerySet":
        """Special ones that no standing consent covers, the removed too."""
        return self.filter(_uncovered())

    def removable_by(self, user: User) -> "SecretQuerySet":
        """Those a user may take out and put back, the removed too: found, owned, or open and in the line below."""
        mine = Q(discovered_by=user) | Q(customer__owner=user)
        if user.has_role(Role.MANAGER):
            mine |= Q(customer__owner__team__in=set(user.led_team_ids)) & ~Q(sensitivity__in=SEALED)
        return self.filter(mine, customer__removed_at=None)

    def with_text(self) -> "SecretQuerySet":
        """With everything a page shows of a secret, in one query."""
        return (
            self.with_uses()
            .select_related("category", "discovered_by", "contact")
            .annotate(
                current=FilteredRelation("texts", condition=Q(texts__is_current=True)),
                plain=F("current__plain"),
                sealed=F("current__sealed"),
            )
        )

    def with_uses(self) -> "SecretQuerySet":
        """With how often each was used; none is null."""
        return self.annotate(
            use_count=models.Subquery(
                SecretUse.objects.filter(secret=OuterRef("pk"))
                .order_by()
                .values("secret")
                .annotate(n=models.Count("pk"))
                .values("n")[:1]
            ),
        )


def _uncovered() -> Q:
    """Special, without a standing consent of exactly the person it is about: nobody reads it, and it is to go."""
    return Q(sensitivity=Sensitivity.SPECIAL) & ~Q(_consented())


def _consented() -> Exists:
    whom = Coalesce("contact", 0)
    standing = SpecialConsent.objects.standing().filter(customer=OuterRef("customer")).alias(whom=whom)
    return Exists(standing.filter(whom=Coalesce(OuterRef("contact"), 0)))


def _granted(user: User, at: datetime, purpose: AccessGrant.Purpose, reach: Q | None = None) -> Q:
    """Of a customer lent to the user for this now: a list made once a query, not a look for each secret."""
    granted = AccessGrant.objects.active(at).filter(reach or Q(), user=user, purpose=purpose)
    return Q(customer__in=granted.values("customer"))


def _readable(user: User, at: datetime) -> Q:
    """What each sensitivity asks of the reader, besides being of the audience.

    Whoever asked for what is confidential reads it while the customer is theirs to know: a hand-over ends it at once.
    """
    account_team = Q(customer__owner__in=[user.pk, *user.line_ids])
    in_case = _granted(user, at, AccessGrant.Purpose.CASE)
    asked = _granted(user, at, AccessGrant.Purpose.CONFIDENTIAL, account_team | in_case)
    author, owner = Q(discovered_by=user.pk), Q(customer__owner=user.pk)
    shared = Q(sensitivity=Sensitivity.SHARED)
    if not user.has_role(Role.SERVICE, Role.MARKETING):
        shared &= account_team
    return (
        shared
        | Q(sensitivity=Sensitivity.RELATIONSHIP) & (account_team | in_case)
        | Q(sensitivity=Sensitivity.CONFIDENTIAL) & (owner | author | asked)
        | Q(sensitivity=Sensitivity.SPECIAL) & author & Q(_consented())
    )


# What its history keeps of a secret: never a word of it.
KEPT = (
    "category",
    "contact",
    "sensitivity",
    "audiences",
    "how_learned",
    "confidence",
    "never_aloud",
    "confirmed_at",
    "ask_again_on",
    "resting_until",
    "removed_at",
)


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    fields=list(KEPT),
    obj_field=pghistory.ObjForeignKey(related_name="changes"),
    model_name="SecretChange",
    meta={"indexes": [models.Index(fields=["pgh_obj", "-pgh_id"], name="change_of_secret")]},
)
class Secret(models.Model):
    """A want of one person or one organisation; its words are in ``SecretText``.

    Each change of its attributes leaves what they were before in ``SecretChange``.
    """

    class HowLearned(models.TextChoices):
        TOLD = "told", "told directly"
        OBSERVED = "observed"
        THIRD_PARTY = "third_party", "from a third party"

    class Confidence(models.IntegerChoices):
        LOW = 1
        MEDIUM = 2
        HIGH = 3

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="secrets", db_index=False)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="secrets")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="secrets")
    sensitivity = models.CharField(max_length=12, choices=Sensitivity, default=Sensitivity.RELATIONSHIP)
    audiences = ArrayField(models.CharField(max_length=9, choices=Audience), help_text="Who may use it.")
    how_learned = models.CharField(max_length=11, choices=HowLearned, default=HowLearned.TOLD)
    confidence = models.PositiveSmallIntegerField(choices=Confidence, default=Confidence.MEDIUM)
    question = models.CharField(max_length=200, blank=True, help_text="What was asked, when a question brought it.")
    discovered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="discoveries")
    discovered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    ask_again_on = models.DateField()
    never_aloud = models.BooleanField("never mention aloud", default=False)
    resting_until = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(
        default=1,
        db_default=1,
        editable=False,
        help_text="Counts the changes, so that nobody writes over an unseen one.",
    )
    capture_key = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text="Of the device that logged it, so that a resend makes no second.",
    )
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = SecretQuerySet.as_manager()

    class Meta:
        ordering = ["-confirmed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audiences__len__gte=1) & Q(audiences__contained_by=Audience.values), name="secret_audiences"
            ),
            models.CheckConstraint(condition=Q(sensitivity__in=Sensitivity.values), name="secret_sensitivity"),
            models.CheckConstraint(condition=Q(confidence__gte=1, confidence__lte=3), name="secret_confidence"),
            models.CheckConstraint(
                condition=Q(confirmed_at__gte=F("discovered_at")), name="secret_confirmed_after_discovery"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-confirmed_at"], condition=Q(removed_at=None), name="secret_of_customer"),
            # For the foreign key itself: deleting a customer (undoing an import) asks whether any secret is left.
            models.Index(fields=["customer"], name="secret_by_customer"),
            models.Index(fields=["discovered_by", "-discovered_at"], name="secret_by_discoverer"),
            models.Index(
                fields=["customer", "ask_again_on"], condition=Q(removed_at=None), name="secret_due_of_customer"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="sealed_before_confidential",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__sensitivity__in=list(SEALED))
                & pgtrigger.Q(old__sensitivity__df=pgtrigger.F("new__sensitivity")),
                func="""
                    IF EXISTS (SELECT 1 FROM secrets_manual_secrettext
                               WHERE secret_id = NEW.id AND plain IS NOT NULL) THEN
                        RAISE EXCEPTION 'seal the text of secret % first', NEW.id USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.category} of customer {self.customer_id}"

    @property
    def text(self) -> str:
        """The words, opened when sealed; only on rows from ``with_text``."""
        if self.plain is not None:  # type: ignore[attr-defined]
            return str(self.plain)  # type: ignore[attr-defined]
        return vault.open_sealed(bytes(self.sealed))  # type: ignore[attr-defined]

    @property
    def uses(self) -> int:
        """How often it was used; only on rows from ``with_text``."""
        return self.use_count or 0  # type: ignore[attr-defined]

    @property
    def is_sealed(self) -> bool:
        return self.sensitivity in SEALED


# What a secret's attributes were before each change: ``pgh_created_at``, ``pgh_label``, and the fields in ``KEPT``.
SecretChange: Any = Secret.pgh_event_model  # type: ignore[attr-defined]


class SecretText(models.Model):
    """One version of a secret's words: plain only while current and neither confidential nor special."""

    secret = models.ForeignKey(Secret, on_delete=models.CASCADE, related_name="texts", db_index=False)
    version = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    sensitivity = models.CharField(max_length=12, choices=Sensitivity, help_text="The secret's, when this was written.")
    reason = models.CharField(max_length=300, blank=True, help_text="The owner's, for less confidentiality.")
    plain = models.TextField(null=True)
    sealed = models.BinaryField(null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now())
    folded = models.GeneratedField(expression=Fold("plain"), output_field=models.TextField(null=True), db_persist=True)
    vector = models.GeneratedField(
        expression=Func(Fold("plain"), template="to_tsvector('simple'::regconfig, %(expressions)s)"),
        output_field=SearchVectorField(null=True),
        db_persist=True,
    )

    class Meta:
        ordering = ["secret", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["secret", "version"], name="secret_text_version_once"),
            models.UniqueConstraint(fields=["secret"], condition=Q(is_current=True), name="secret_text_one_current"),
            models.CheckConstraint(
                condition=Q(plain=None, sealed__isnull=False) | Q(plain__isnull=False, sealed=None),
                name="secret_text_plain_or_sealed",
            ),
            models.CheckConstraint(condition=Q(is_current=True) | Q(plain=None), name="secret_text_past_is_sealed"),
            models.CheckConstraint(
                condition=~Q(sensitivity__in=list(SEALED)) | Q(plain=None), name="secret_text_confidential_is_sealed"
            ),
        ]
        indexes = [
            GinIndex(OpClass("folded", "gin_trgm_ops"), name="secret_text_fragments"),
            GinIndex(fields=["vector"], name="secret_text_words"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="confidential_is_sealed",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__plain__isnull=False),
                func="""
                    IF EXISTS (SELECT 1 FROM secrets_manual_secret WHERE id = NEW.secret_id
                               AND sensitivity IN ('confidential', 'special')) THEN
                        RAISE EXCEPTION 'the text of secret % must be sealed', NEW.secret_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"version {self.version} of secret {self.secret_id}"

    @property
    def text(self) -> str:
        """The words of this version."""
        return self.plain if self.plain is not None else vault.open_sealed(bytes(self.sealed or b""))
