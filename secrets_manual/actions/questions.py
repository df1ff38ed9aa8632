"""The bank of questions: adding, changing, switching off and on, putting in order."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from secrets_manual.models import Category, Question


@transaction.atomic
def add_question(*, category: Category, text: str, acting_user: User, at: datetime) -> Question:
    """A question of the firm's own, the last of its category."""
    return Question.objects.create(
        category=category, text=text, position=_after(category), made_by=acting_user, made_at=at
    )


def _after(category: Category) -> int:
    last: int | None = category.questions.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


@transaction.atomic
def change_question(question: Question, *, category: Category, text: str, acting_user: User) -> Question:
    """Other words, or another category; answers keep the words of then."""
    if question.category_id != category.pk:
        question.position = _after(category)
    question.category, question.text = category, text
    question.save(update_fields=["category", "text", "position"])
    return question


@transaction.atomic
def switch_off_question(question: Question, *, acting_user: User) -> None:
    """Ask it no more; what was answered stays."""
    Question.objects.filter(pk=question.pk).update(is_active=False)


@transaction.atomic
def switch_on_question(question: Question, *, acting_user: User) -> None:
    """Ask it again."""
    Question.objects.filter(pk=question.pk).update(is_active=True)


@transaction.atomic
def move_question(question: Question, *, up: bool, acting_user: User) -> None:
    """One place up or down in its category; at the end it stays."""
    Category.objects.select_for_update().get(pk=question.category_id)
    ordered = list(Question.objects.filter(category=question.category_id).order_by("position", "pk"))
    place = ordered.index(question)
    other = place - 1 if up else place + 1
    if 0 <= other < len(ordered):
        ordered[place], ordered[other] = ordered[other], ordered[place]
    for position, one in enumerate(ordered, 1):
        one.position = position
    Question.objects.bulk_update(ordered, ["position"])
