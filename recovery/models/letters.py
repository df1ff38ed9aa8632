"""The letters of a case, exactly as they left."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from firm.triggers import append_only
from recovery.models.cases import Case


class Letter(models.Model):
    """An apology as it was sent or printed: written once, never changed. Another address gets another letter."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    how = models.CharField(max_length=8, choices=Case.Sent)
    name = models.CharField(max_length=120, blank=True, help_text="Whom it was written to.")
    address = models.EmailField(blank=True, help_text="Empty: printed.")
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=2)
    template_version = models.PositiveSmallIntegerField(
        default=0, help_text="Of the root cause and language it was drafted from; 0: the one Rapport brings."
    )
    mail_id = models.BigIntegerField(null=True, help_text="The mail in the outbox; erased with it, this stays.")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how="printed", address="") | (Q(how="mail") & ~Q(address="") & ~Q(subject="")),
                name="letter_mailed_to_someone",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="letter_says_something"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"letter of case {self.case_id}, {self.how}"
