"""What the simulator computes in the background."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from compensation.models.plans import PlanYear

# A ``firm.Job`` that reads the answers for a plan year in parts; they are kept in the cache.
ANSWERS_READ = "answers read"


class ChanceDraw(models.Model):
    """How far chance would move what a mix pays; at most one a person, so that a newer one takes its place.

    Worked off in batches: ``done`` people have their interval in ``each``, and ``sums`` holds what they are paid in
    each draw, all in the currency's smallest coin.
    """

    asked_by = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chance_draw")
    asked_at = models.DateTimeField()
    year = models.ForeignKey(PlanYear, on_delete=models.CASCADE, related_name="+")
    facts = models.CharField(max_length=16, help_text="Hash of the facts drawn from.")
    facts_on = models.DateField(help_text="The day whose twelve months back they are.")
    mix = models.JSONField(help_text="The components as the sliders stood.")
    mark = models.CharField(max_length=16, help_text="Hash of facts and mix.")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    sums = models.JSONField(default=list)
    each = models.JSONField(default=list)
    problem = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(done=F("total")) | ~Q(problem=""), name="chance_drawn_for_all"
            )
        ]

    def __str__(self) -> str:
        return f"{self.done} of {self.total} drawn for {self.year}"

    @property
    def is_done(self) -> bool:
        """Whether everybody has an interval."""
        return self.ended_at is not None and not self.problem
