"""What customers answered, every version of it, and the words that count now."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from customers.models import Customer
from firm.fold import Fold
from firm.triggers import append_only, never_emptied
from report_cards.models.rounds import Invitation

# Once the round is closed only ``is_counted`` may change. The lock waits for a close under way.
CLOSED_IS_FINAL = """
IF (
    SELECT closed_at FROM report_cards_round WHERE id = (
        SELECT i.round_id FROM report_cards_invitation i {join} WHERE {mine}
    ) FOR SHARE
) IS NULL THEN
    RETURN COALESCE(NEW, OLD);
END IF;
IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'is_counted' = to_jsonb(OLD) - 'is_counted' THEN
    RETURN NEW;
END IF;
RAISE EXCEPTION 'a rating never changes once its round is closed';
"""
OF_RESPONSE = {"join": "", "mine": "i.id = OLD.invitation_id"}
OF_ANSWER = {
    "join": "JOIN report_cards_response r ON r.invitation_id = i.id",
    "mine": "r.id = OLD.response_id",
}

# Whether a response counts follows from its quarantines, and its answers follow the response.
COUNTED_BY_QUARANTINE = """
IF NEW.is_counted = EXISTS (
    SELECT 1 FROM report_cards_quarantine WHERE response_id = NEW.id AND verdict <> 'released'
) THEN
    RAISE EXCEPTION 'only a quarantine sets an answer aside, and only its release lets it count again';
END IF;
RETURN NEW;
"""
COUNTED_AS_RESPONSE = """
IF NEW.is_counted <> (SELECT is_counted FROM report_cards_response WHERE id = NEW.response_id) THEN
    RAISE EXCEPTION 'an answer counts as its response does';
END IF;
RETURN NEW;
"""


def rating_stays(owner: dict[str, str], counted: str) -> list[pgtrigger.Trigger]:
    """The triggers of a table of ratings."""
    return [
        pgtrigger.Trigger(
            name="closed_is_final",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=CLOSED_IS_FINAL.format(**owner),
        ),
        pgtrigger.Trigger(
            name="counted_by_rule",
            when=pgtrigger.Before,
            operation=pgtrigger.UpdateOf("is_counted"),  # type: ignore[no-untyped-call]
            condition=pgtrigger.Q(old__is_counted__df=pgtrigger.F("new__is_counted")),
            func=counted,
        ),
        never_emptied(),
    ]


def searchable(name: str) -> GinIndex:
    """Comments found by their words, misspelt ones too."""
    return GinIndex(OpClass(Fold("comment"), "gin_trgm_ops"), condition=~Q(comment=""), name=name)


class Fit(models.TextChoices):
    YES = "yes"
    NO = "no"
    CANT_JUDGE = "cant_judge", "I can’t judge"


class WhoMaySee(models.TextChoices):
    SALESPERSON = "salesperson", "the salesperson and the manager"
    MANAGER = "manager", "the manager only"
    NOBODY = "nobody"


class Response(models.Model):
    """The one response of an invitation as it counts now; ResponseVersion keeps how it came to be."""

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="response")
    version = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    comment = models.TextField(blank=True)
    fit = models.CharField(max_length=10, choices=Fit, blank=True)
    offered = models.BooleanField(
        null=True, help_text="Whether someone else's solution was offered, when it did not fit."
    )
    likely = models.PositiveSmallIntegerField(null=True, help_text="Likely to stay, 0 to 10; never affects pay.")
    was_pressed = models.BooleanField(null=True, help_text="Whether anyone asked for a good score; asked of a sample.")
    is_counted = models.BooleanField(
        default=True, db_default=True, help_text="False while in quarantine and once voided; nothing is deleted."
    )
    call_me = models.BooleanField(default=False)
    who_may_see = models.CharField(max_length=11, choices=WhoMaySee, default=WhoMaySee.NOBODY)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(offered=None) | Q(fit="no"), name="response_offered_when_no_fit"),
            models.CheckConstraint(condition=Q(likely=None) | Q(likely__lte=10), name="response_likely_to_ten"),
        ]
        indexes = [
            searchable("response_comment_words"),
            models.Index(fields=["invitation"], condition=~Q(comment=""), name="response_with_comment"),
            models.Index(fields=["invitation"], condition=Q(call_me=True), name="response_asks_for_call"),
            models.Index(
                fields=["invitation"],
                include=["offered", "id"],
                condition=Q(is_counted=True, fit="no", offered__isnull=False),
                name="response_misfit",
            ),
        ]
        triggers = rating_stays(OF_RESPONSE, COUNTED_BY_QUARANTINE)

    def __str__(self) -> str:
        return f"response {self.pk}, version {self.version}"


class ResponseVersion(models.Model):
    """Every version a customer sent, for the record."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "version"], name="response_version_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"version {self.version}"


class Answer(models.Model):
    """The word that counts now for one behaviour, with what results group by."""

    class Value(models.TextChoices):
        POOR = "poor"
        FAIR = "fair"
        AVERAGE = "average"
        GOOD = "good"
        EXCELLENT = "excellent"
        CANT_JUDGE = "cant_judge", "I can’t judge"

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    behaviour_key = models.SlugField(max_length=50, db_index=False)
    value = models.CharField(max_length=10, choices=Value, blank=True)
    comment = models.TextField(blank=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    salesperson = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField()
    is_counted = models.BooleanField(default=True, db_default=True, help_text="As its response; results read this.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "behaviour_key"], name="answer_one_a_behaviour"),
            models.CheckConstraint(condition=~Q(value="", comment=""), name="answer_says_something"),
        ]
        indexes = [
            models.Index(
                fields=["salesperson", "month"],
                include=["behaviour_key", "customer", "value"],
                condition=Q(is_counted=True),
                name="answer_for_results",
            ),
            models.Index(fields=["month"], name="answer_by_month"),
            # For the foreign key itself: deleting a customer (undoing an import) asks whether any answer is left.
            models.Index(fields=["customer"], name="answer_by_customer"),
            searchable("answer_comment_words"),
            models.Index(fields=["salesperson", "month"], condition=~Q(comment=""), name="answer_with_comment"),
        ]
        triggers = rating_stays(OF_ANSWER, COUNTED_AS_RESPONSE)

    def __str__(self) -> str:
        return f"{self.behaviour_key}: {self.value}"
