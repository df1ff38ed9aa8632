"""What passes between us and a customer: promises, visits and calls, and the times we were not the answer."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Cast, Now

from accounts.models import User
from customers.models.contacts import Contact
from customers.models.customers import Customer
from customers.models.ownership import Ownership


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> "PromiseQuerySet":
        return self.filter(state=Promise.State.OPEN)

    def visible_to(self, user: User) -> "PromiseQuerySet":
        """Promises to customers the user sees."""
        return self.filter(customer__in=Customer.objects.visible_to(user).order_by())

    def of(self, user: User) -> "PromiseQuerySet":
        """What customers of theirs were promised, and what they promised to those of others.

        What somebody promised as the owner goes with the customer when it is handed over.
        """
        made_on = Cast(models.OuterRef("made_at"), models.DateField())
        tenures = Ownership.objects.filter(customer=models.OuterRef("customer"), owner=user, since__lte=made_on)
        as_owner = tenures.filter(models.Q(until=None) | models.Q(until__gte=made_on))
        # Asked of each promise: everybody's customers together are many times those with something promised.
        visible = Customer.objects.visible_to(user).filter(pk=models.OuterRef("customer")).order_by()
        made = models.Q(made_by=user) & ~models.Exists(as_owner) & models.Exists(visible)
        return self.filter(models.Exists(visible.filter(owner=user)) | made)


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
    outcome = models.CharField(max_length=300, blank=True, help_text="How it was kept, or why it was broken.")

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
            models.Index(fields=["customer", "due_on"], condition=models.Q(state="open"), name="promise_open"),
        ]

    def __str__(self) -> str:
        return self.text


# New rows only ever move the day forward, so two people logging at once need no lock. What else happens to a row is
# worked out again, below the customer's lock.
LATER_CONTACT = """
UPDATE customers_customer customer SET last_contact_on = fresh.latest
FROM (SELECT customer_id, max("on") AS latest FROM fresh_rows WHERE removed_at IS NULL GROUP BY customer_id) fresh
WHERE customer.id = fresh.customer_id
  AND (customer.last_contact_on IS NULL OR customer.last_contact_on < fresh.latest);
RETURN NULL;
"""
LAST_CONTACT = """
PERFORM 1 FROM customers_customer WHERE id IN ({touched}) ORDER BY id FOR NO KEY UPDATE;
UPDATE customers_customer customer SET last_contact_on = known.latest
FROM (
    SELECT touched.customer_id, (
        SELECT max("on") FROM customers_interaction
        WHERE customer_id = touched.customer_id AND removed_at IS NULL
    ) AS latest
    FROM ({touched}) touched
) known
WHERE customer.id = known.customer_id AND customer.last_contact_on IS DISTINCT FROM known.latest;
RETURN NULL;
"""
STALE_ROWS = "SELECT customer_id FROM stale_rows"
CHANGED_ROWS = "SELECT customer_id FROM stale_rows UNION SELECT customer_id FROM fresh_rows"


def keep_last_contact() -> list[pgtrigger.Trigger]:
    """``Customer.last_contact_on`` follows the interactions, one statement for however many rows."""
    told: dict[str, Any] = {"level": pgtrigger.Statement, "when": pgtrigger.After}
    seen: Any = pgtrigger.Referencing
    fresh, stale, both = seen(new="fresh_rows"), seen(old="stale_rows"), seen(old="stale_rows", new="fresh_rows")
    changed, gone = LAST_CONTACT.format(touched=CHANGED_ROWS), LAST_CONTACT.format(touched=STALE_ROWS)
    return [
        pgtrigger.Trigger(
            name="contact_logged", operation=pgtrigger.Insert, referencing=fresh, func=LATER_CONTACT, **told
        ),
        pgtrigger.Trigger(name="contact_changed", operation=pgtrigger.Update, referencing=both, func=changed, **told),
        pgtrigger.Trigger(name="contact_deleted", operation=pgtrigger.Delete, referencing=stale, func=gone, **told),
    ]


class InteractionQuerySet(models.QuerySet["Interaction"]):
    def present(self) -> "InteractionQuerySet":
        """Without the removed."""
        return self.filter(removed_at=None)

    def visible_to(self, user: User) -> "InteractionQuerySet":
        """Those with customers the user sees, the removed too."""
        return self.filter(customer__in=Customer.objects.visible_to(user).order_by())


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
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="interactions")
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interactions")
    made_at = models.DateTimeField(db_default=Now())
    nothing_learned_at = models.DateTimeField(null=True, editable=False, help_text="“What did you learn?” waved off.")
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = InteractionQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["by", "-on"], name="interaction_by_person"),
            models.Index(fields=["customer", "-on"], name="interaction_of_customer"),
        ]
        triggers = keep_last_contact()

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"


class MisfitQuerySet(models.QuerySet["Misfit"]):
    def present(self) -> "MisfitQuerySet":
        """Without the removed."""
        return self.filter(removed_at=None)

    def visible_to(self, user: User) -> "MisfitQuerySet":
        """Misfits of customers the user sees."""
        return self.present().filter(customer__in=Customer.objects.visible_to(user).order_by())


class Misfit(models.Model):
    """A need ours did not fit, and whose solution was offered instead. A record for learning; it never pays."""

    class Outcome(models.TextChoices):
        OPEN = "open", "not known yet"
        TOOK_IT = "took_it", "took the outside solution"
        WENT_ELSEWHERE = "went_elsewhere", "found another"
        CHOSE_OURS = "chose_ours", "chose ours all the same"
        DROPPED = "dropped", "dropped the need"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="misfits")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="misfits")
    needed = models.CharField("what they needed", max_length=300)
    why_not = models.CharField("why ours does not fit", max_length=300)
    offered = models.CharField("what was offered instead", max_length=300, blank=True)
    whose = models.CharField("whose solution", max_length=120, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome, default=Outcome.OPEN)
    noted_on = models.DateField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="misfits")
    made_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = MisfitQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome="took_it") | ~models.Q(offered=""), name="misfit_took_what_was_offered"
            )
        ]
        indexes = [models.Index(fields=["customer", "-noted_on"], name="misfit_of_customer")]

    def __str__(self) -> str:
        return self.needed
