"""Conversations of one person: the list, and what was heard in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from accounts.models import User
from secrets_manual import rules
from secrets_manual.models import SEALED, Answer, Conversation, Secret

LEARNED = (Answer.State.SECRET, Answer.State.CONFIRMED, Answer.State.REWRITTEN)


@dataclass(frozen=True)
class Heard:
    """What a conversation brought so far, newest first."""

    answers: Sequence[Answer]

    @property
    def said(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.state != Answer.State.PASSED]

    @property
    def unmade(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.state == Answer.State.HEARD]

    @property
    def learned(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.state in LEARNED]


def conversations_of(user: User, *, text: str = "", state: str = "") -> QuerySet[Conversation]:
    """The user's own conversations, unfinished first, then the newest; with how much was heard and learned."""
    heard, learned = ~Q(answers__state=Answer.State.PASSED), Q(answers__state__in=LEARNED)
    found = Conversation.objects.heard_by(user).select_related("customer", "contact")
    if text:
        found = found.filter(Q(customer__name__icontains=text) | Q(contact__name__icontains=text))
    if state:
        found = found.filter(ended_at__isnull=state == "unfinished")
    counted = found.annotate(
        heard=Count("answers", filter=heard & Q(answers__isnull=False)),
        learned=Count("answers", filter=learned),
        is_over=ExpressionWrapper(Q(ended_at__isnull=False), output_field=BooleanField()),
    )
    return counted.order_by("is_over", "-began_at", "-pk")


def left_with(user: User) -> QuerySet[Answer]:
    """What the user heard and nobody wrote down, of customers they no longer see; the newest first."""
    named = ("conversation__customer__owner", "category", "about")
    return Answer.objects.left_with(user).select_related(*named).order_by("-at", "-pk")


def heard_in(conversation: Conversation) -> Heard:
    """Everything asked in a conversation. One query."""
    answers = conversation.answers.select_related("category", "secret", "about").order_by("-at", "-pk")
    return Heard(list(answers))


def chosen(ranked: Sequence[rules.Offer], *, topic: str = "", about: str = "") -> rules.Offer | None:
    """The best question; of a topic or about a secret when one was asked for, nothing when there is none."""
    if about:
        return next((offer for offer in ranked if str(offer.secret_id) == about), None)
    if topic:
        best = next((offer for offer in ranked if offer.key == topic), None)
        return best._replace(why=f"you chose {best.name}") if best else None
    return ranked[0] if ranked else None


def spoken_words(offer: rules.Offer | None, user: User, at: datetime) -> Secret | None:
    """The secret a question asks again, when its words may stand on a screen that others might see; else nothing."""
    if offer is None or offer.secret_id is None:
        return None
    open_ones = Secret.objects.visible_to(user, at=at).exclude(sensitivity__in=SEALED).filter(never_aloud=False)
    return open_ones.with_text().filter(pk=offer.secret_id).first()


def secrets_made(heard: Heard, user: User, at: datetime) -> dict[int, Secret]:
    """The secrets a conversation brought or refreshed, as far as the user may read them, by id. One query."""
    ids = {answer.secret_id or answer.about_id or 0 for answer in heard.learned}
    return {secret.pk: secret for secret in Secret.objects.visible_to(user, at=at).with_text().filter(pk__in=ids)}
