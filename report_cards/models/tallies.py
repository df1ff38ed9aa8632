"""What results are read from: sums of closed rounds' answers, written when the round closes and kept as issued."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Tallied(models.Model):
    """A closed month whose tallies are written."""

    month = models.DateField(primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"


def of_part() -> Any:
    """The salesperson a tally is about; none for the whole firm."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class BehaviourTally(models.Model):
    """One behaviour of a salesperson, or of the whole firm, over the three months that end with ``month``.

    People's tallies add up to a team's but for the customers two of them share (``SharedVoice``).
    """

    month = models.DateField()
    salesperson = of_part()
    behaviour_key = models.SlugField(max_length=50, db_index=False)
    asked = models.PositiveIntegerField(help_text="How often the question went out in the three months.")
    poor = models.PositiveIntegerField()
    fair = models.PositiveIntegerField()
    average = models.PositiveIntegerField()
    good = models.PositiveIntegerField()
    excellent = models.PositiveIntegerField()
    cant_judge = models.PositiveIntegerField()
    customers = models.PositiveIntegerField(help_text="Who judged: each customer is one voice.")
    parts = models.DecimalField(
        max_digits=40, decimal_places=0, help_text="Sum of each customer's good share, in units of rules.WHOLE."
    )
    month_customers = models.PositiveIntegerField(help_text="Who judged in the month itself.")
    shown_through = models.DateField(
        null=True, help_text="The month whose numbers show on this month's page: itself, an earlier one, or none yet."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "salesperson", "behaviour_key"], nulls_distinct=False, name="behaviour_tally_once"
            ),
            models.CheckConstraint(
                condition=Q(shown_through=None) | Q(shown_through__lte=F("month")), name="behaviour_tally_shown_back"
            ),
        ]
        indexes = [
            models.Index(fields=["salesperson", "month"], name="behaviour_tally_of_person"),
            # All that a team's twelve months are added up from, in the order they are grouped in.
            models.Index(
                fields=["month", "behaviour_key", "salesperson"],
                include=["customers", "parts", "month_customers", "shown_through"],
                name="behaviour_tally_of_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.behaviour_key}, {self.month:%B %Y}"


class RoundTally(models.Model):
    """How many of a salesperson's, or of the whole firm's, invitations of one month were answered."""

    month = models.DateField()
    salesperson = of_part()
    asked = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    customers = models.PositiveIntegerField(help_text="Who answered, each customer once.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "salesperson"], nulls_distinct=False, name="round_tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.answered} of {self.asked}, {self.month:%B %Y}"


class SharedVoice(models.Model):
    """What one customer said of a salesperson over three months in which they rated another one too.

    A team that holds both hears one voice, not two.
    """

    month = models.DateField()
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+", db_index=False)
    salesperson = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    behaviour_key = models.SlugField(max_length=50, db_index=False)
    good = models.PositiveSmallIntegerField()
    rated = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "customer", "behaviour_key", "salesperson"], name="shared_voice_once"
            )
        ]
        indexes = [models.Index(fields=["customer"], name="shared_voice_of_customer")]

    def __str__(self) -> str:
        return f"{self.behaviour_key}, {self.month:%B %Y}"
