"""Conversations: one question after another, and what was heard."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from customers.models import Contact, Customer
from secrets_manual import vault
from secrets_manual.models.categories import Category, Question
from secrets_manual.models.secrets import Secret


class Conversation(models.Model):
    """A talk with a customer by the loop of PRODUCT.md section 3: ask, listen, record, ask again."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="conversations")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conversations")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-began_at", "-id"]
        indexes = [models.Index(fields=["customer", "-began_at"], name="conversation_of_customer")]

    def __str__(self) -> str:
        return f"conversation with {self.customer}"


class Answer(models.Model):
    """A question asked, and what was heard, sealed: whoever heard it reads it, until a secret is made of it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="answers")
    asked = models.CharField(max_length=200, help_text="The question in the words of then.")
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField(null=True, help_text="Empty when the question was passed over.")
    at = models.DateTimeField()
    secret = models.ForeignKey(Secret, null=True, on_delete=models.SET_NULL, related_name="answers")
    key = models.UUIDField(help_text="Of the page that sent it, so that a resend makes no second.")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "key"], name="answer_once"),
            models.UniqueConstraint(fields=["secret"], condition=Q(secret__isnull=False), name="answer_of_secret_once"),
        ]

    def __str__(self) -> str:
        return self.asked

    @property
    def text(self) -> str:
        """What was heard; empty when the question was passed over."""
        return vault.open_sealed(bytes(self.sealed)) if self.sealed else ""
