"""What makes an answer doubtful, and the two people who decide on it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from accounts.queries import managers_above
from firm.triggers import append_only, never_emptied
from report_cards.models.responses import Response

# A verdict is written once, and only where two votes say the same.
SETTLED_BY_TWO = """
IF NEW.verdict <> '' AND 2 > (
    SELECT count(*) FROM report_cards_quarantinevote WHERE quarantine_id = NEW.id AND verdict = NEW.verdict
) THEN
    RAISE EXCEPTION 'two people have to agree on a quarantined answer';
END IF;
RETURN NEW;
"""

# The lock makes votes on one answer wait for each other; the rated person and who reported it have none.
VOTE_OF_ANOTHER = """
SELECT verdict, opened_by_id, response_id INTO held FROM report_cards_quarantine WHERE id = NEW.quarantine_id
FOR UPDATE;
IF held.verdict <> '' THEN
    RAISE EXCEPTION 'this quarantine is settled';
END IF;
IF NEW.user_id = held.opened_by_id OR NEW.user_id = (
    SELECT salesperson_id FROM report_cards_invitation i JOIN report_cards_response r ON r.invitation_id = i.id
    WHERE r.id = held.response_id
) THEN
    RAISE EXCEPTION 'nobody decides on their own report or rating';
END IF;
RETURN NEW;
"""


class ResponseTrace(models.Model):
    """Where an answer came from, as keyed hashes that mean nothing outside their round. Wiped after the close."""

    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="trace")
    device_hash = models.BinaryField(help_text="Of address and browser, keyed by the round.")
    network_hash = models.BinaryField(help_text="Of the address, keyed by the round.")
    is_own_network = models.BooleanField(default=False, help_text="Sent from one of the firm's offices.")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["device_hash"], name="trace_by_device")]

    def __str__(self) -> str:
        return f"trace of response {self.response_id}"


EXPLAINED = {
    "late_address": "The contact’s address was changed less than 72 hours before the round was drawn, or after it.",
    "own_domain": "The invitation went to an address of the firm’s own mail domain.",
    "own_network": "It was sent from the network of one of the firm’s offices.",
    "burst": "More customers answered about this person within ten minutes than chance explains.",
    "shared_device": "One device answered for several customers.",
    "reported": "Somebody reported it.",
}


class QuarantineQuerySet(models.QuerySet["Quarantine"]):
    def waiting(self) -> "QuarantineQuerySet":
        """Those nobody has settled."""
        return self.filter(verdict="")

    def in_force(self) -> "QuarantineQuerySet":
        """Those that keep an answer from counting: waiting or voided."""
        return self.exclude(verdict=Quarantine.Verdict.RELEASED)

    def visible_to(self, user: User) -> "QuarantineQuerySet":
        """Those about people who stand neither above nor below the user, and not about the user."""
        return self.exclude(own_line(user, "response__invitation__"))


def own_line(user: User, path: str = "") -> Q:
    """Ratings that are none of the user's business: their own, their people's, and those of who leads them.

    ``path`` leads to the invitation. Two queries.
    """
    line = Q(**{f"{path}salesperson__in": [user.pk, *managers_above(user)]})
    return line | Q(**{f"{path}salesperson__team__in": user.led_team_ids})


class Quarantine(models.Model):
    """A response set aside until two people outside the rated person's line agree.

    It does not count meanwhile; one of a closed round stops, and starts, counting with the next round's close.
    A settled one stays for good; a released answer that looks doubtful again gets another.
    """

    class Reason(models.TextChoices):
        LATE_ADDRESS = "late_address", "the address changed shortly before the draw"
        OWN_DOMAIN = "own_domain", "an address of the firm's own domain"
        OWN_NETWORK = "own_network", "sent from one of the firm's offices"
        BURST = "burst", "many answers about one person within minutes"
        SHARED_DEVICE = "shared_device", "one device answered for several customers"
        REPORTED = "reported", "somebody reported it"

    class Verdict(models.TextChoices):
        RELEASED = "released"
        VOIDED = "voided"

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="quarantines")
    reasons = ArrayField(models.CharField(max_length=13, choices=Reason))
    note = models.CharField(max_length=500, blank=True, help_text="Of the person who reported it.")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    settled_at = models.DateTimeField(null=True)

    objects = QuarantineQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["response"], condition=~Q(verdict="released"), name="quarantine_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", settled_at=None) | ~Q(verdict="") & Q(settled_at__isnull=False),
                name="quarantine_settled_when",
            ),
            models.CheckConstraint(condition=~Q(reasons=[]), name="quarantine_says_why"),
        ]
        indexes = [models.Index(fields=["opened_at"], condition=Q(verdict=""), name="quarantine_waiting")]
        triggers = [
            pgtrigger.Protect(
                name="settled_is_final", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__verdict="")
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="settled_by_two",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=SETTLED_BY_TWO,
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"response {self.response_id} in quarantine"

    @property
    def reason_names(self) -> list[str]:
        """The reasons in a few words each."""
        return [str(self.Reason(reason).label) for reason in self.reasons]

    @property
    def explanations(self) -> list[str]:
        """The reasons in a sentence each."""
        return [EXPLAINED[reason] for reason in self.reasons]


class QuarantineVote(models.Model):
    """One person's word on a quarantined answer. Two that agree settle it."""

    quarantine = models.ForeignKey(Quarantine, on_delete=models.PROTECT, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=Quarantine.Verdict)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["quarantine", "user"], name="quarantine_one_vote_each"),
            models.CheckConstraint(condition=~Q(reason=""), name="quarantine_vote_says_why"),
        ]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="vote_of_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("held", "RECORD")],
                func=VOTE_OF_ANOTHER,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.verdict}"
