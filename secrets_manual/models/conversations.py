"""Conversations: one question after another, and what was heard."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from customers.models import Contact, Customer
from secrets_manual import vault
from secrets_manual.models.categories import Category, Question
from secrets_manual.models.secrets import Secret


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def heard_by(self, user: User) -> Self:
        """Those the user had, with customers they still see: nobody else reads what was said."""
        return self.filter(by=user, customer__in=Customer.objects.visible_to(user).order_by().values("pk"))

    def unfinished(self) -> Self:
        return self.filter(ended_at=None)


class Conversation(models.Model):
    """A talk with a customer by the loop of PRODUCT.md section 3: ask, listen, record, ask again."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="conversations")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conversations")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "by"], condition=Q(ended_at=None), name="conversation_unfinished_once"
            ),
        ]
        indexes = [models.Index(fields=["customer", "-began_at"], name="conversation_of_customer")]

    def __str__(self) -> str:
        return f"conversation with {self.customer}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    def heard_by(self, user: User) -> Self:
        """Answers given to the user, by customers they still see."""
        return self.filter(conversation__in=Conversation.objects.heard_by(user).order_by().values("pk"))

    def left_with(self, user: User) -> Self:
        """What the user heard and nobody wrote down, of customers who were handed over since: theirs to pass on."""
        seen = Customer.objects.visible_to(user).order_by().values("pk")
        here = self.filter(conversation__by=user, conversation__customer__removed_at=None, state=Answer.State.HEARD)
        return here.exclude(conversation__customer__in=seen)


class Answer(models.Model):
    """A question asked, and what was heard, sealed: whoever heard it reads it, until the manual has it."""

    class State(models.TextChoices):
        HEARD = "heard"
        PASSED = "passed", "passed over"
        SECRET = "secret", "made a secret"
        CONFIRMED = "confirmed", "still true"
        REWRITTEN = "rewritten", "the secret’s new words"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="answers")
    asked = models.CharField(max_length=200, blank=True, help_text="The bank’s question in the words of then.")
    own = models.BinaryField(null=True, help_text="A question in one’s own words, sealed.")
    about = models.ForeignKey(
        Secret, null=True, on_delete=models.SET_NULL, related_name="asked_again", help_text="Of which it was asked."
    )
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.HEARD)
    sealed = models.BinaryField(null=True, help_text="What was heard; emptied once the manual has it.")
    at = models.DateTimeField()
    secret = models.ForeignKey(Secret, null=True, on_delete=models.SET_NULL, related_name="answers")
    key = models.UUIDField(help_text="Of the page that sent it, so that a resend makes no second.")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "key"], name="answer_once"),
            models.UniqueConstraint(fields=["secret"], condition=Q(secret__isnull=False), name="answer_of_secret_once"),
            models.CheckConstraint(condition=~Q(asked="") | Q(own__isnull=False), name="answer_to_a_question"),
            models.CheckConstraint(
                condition=Q(state="heard", sealed__isnull=False) | ~Q(state="heard") & Q(sealed=None),
                name="answer_has_words_while_heard",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def text(self) -> str:
        """What was heard; empty when the question was passed over or the manual has it."""
        return vault.open_sealed(bytes(self.sealed)) if self.sealed else ""

    @property
    def question_text(self) -> str:
        """What was asked, opened when it was one's own question."""
        return vault.open_sealed(bytes(self.own)) if self.own else self.asked
