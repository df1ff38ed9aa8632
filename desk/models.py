"""What spans the apps and has to be remembered: merges, changes of many customers at once, exports."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Role, User
from customers.models import Customer, Tag
from firm.models import Job
from firm.triggers import append_only


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, user: User) -> "MergeQuerySet":
        """Merges of customers the user sees, or saw before; administrators see all."""
        if user.has_role(Role.ADMINISTRATOR):
            return self
        reach = Customer.objects.within_reach_of(user).order_by().values("pk")
        return self.filter(kept__in=reach, gone__in=reach)

    def to_decide_by(self, user: User) -> "MergeQuerySet":
        """What waits for the user's word: others' wishes, about customers that are not the user's own."""
        waiting = self.filter(state=Merge.State.WAITING).exclude(asked_by=user)
        waiting = waiting.exclude(kept__owner=user).exclude(gone__owner=user)
        if user.has_role(Role.ADMINISTRATOR):
            return waiting
        if not user.has_role(Role.MANAGER):
            return waiting.none()
        kept, gone = (
            Q(**{f"{side}__owner": None}) | Q(**{f"{side}__owner__team__in": user.led_team_ids})
            for side in ("kept", "gone")
        )
        return waiting.filter(kept, gone)


class Merge(models.Model):
    """Two records of one customer made one. ``record`` is what moved, so that it can be taken apart exactly."""

    class State(models.TextChoices):
        WAITING = "waiting", "waits for approval"
        DONE = "done", "merged"
        REFUSED = "refused"
        UNDONE = "undone", "taken apart again"

    kept = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="merges_into")
    gone = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="merges_away")
    taken = ArrayField(models.CharField(max_length=40), default=list, help_text="Fields taken from the one not kept.")
    people = models.JSONField(default=dict, help_text="Contacts not kept, each with the one who stands for them.")
    leaves_out = models.BooleanField("leaves somebody unasked", default=False)
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    record = models.JSONField(default=dict)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["gone"], condition=Q(state__in=["waiting", "done"]), name="merge_away_once"
            ),
            models.CheckConstraint(condition=Q(leaves_out=False) | ~Q(reason=""), name="merge_leaves_out_why"),
            models.CheckConstraint(
                condition=Q(leaves_out=False) | Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="merge_leaves_out_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None) | ~Q(state="waiting") & Q(decided_by__isnull=False),
                name="merge_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["-asked_at"], condition=Q(state="waiting"), name="merge_waiting")]

    def __str__(self) -> str:
        gone, kept = self.names
        return f"{gone} into {kept}"

    @property
    def names(self) -> tuple[str, str]:
        """What the one not kept and the one kept are called: by their numbers, too, when they bear one name."""
        both = (self.gone, self.kept)
        if self.gone.name.casefold() != self.kept.name.casefold():
            return self.gone.name, self.kept.name
        gone, kept = (f"{one.name} ({one.code or f'record {one.pk}'})" for one in both)
        return gone, kept


class Different(models.Model):
    """Two customers that look alike and are not the same, said by somebody who knows."""

    first = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="different_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="different_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} is not {self.second}"


class BulkChange(models.Model):
    """One change of many customers: whom, what, and how each went. The job tells how far it is."""

    class Verb(models.TextChoices):
        TAG = "tag", "add a tag"
        UNTAG = "untag", "remove a tag"
        HAND_OVER = "hand_over", "hand over"

    job = models.OneToOneField(Job, on_delete=models.CASCADE, related_name="bulk_change")
    verb = models.CharField(max_length=9, choices=Verb)
    tag = models.ForeignKey(Tag, null=True, on_delete=models.SET_NULL, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    ids = ArrayField(models.BigIntegerField(), help_text="The customers, as they were chosen.")
    changed = ArrayField(models.BigIntegerField(), default=list, help_text="Those of them that it changed.")
    refused = models.JSONField(default=list, help_text="[id, reason] of those it could not change.")
    givers = models.JSONField(default=dict, help_text="How many of them each former owner had, by the owner's id.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bulk_changes")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb="hand_over") | Q(to__isnull=False, since__isnull=False), name="bulk_change_to_whom"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}, {len(self.ids)} customers"


class Export(models.Model):
    """Who took what out of the system, and how much of it. Never changed, never emptied."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=40)
    query = models.CharField(max_length=500, blank=True, help_text="The filters, as in the URL.")
    rows = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.rows} {self.what}"
