"""The bank, what was asked of a customer, and so what to ask next."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.models import User
from customers.models import Customer
from secrets_manual import rules
from secrets_manual.models import Answer, Category, Question, Secret, SecretUse

Asked = dict[int, list[rules.Asked]]
# What sealing adds to words, and how many characters it makes of three.
SEAL, THREE = 100, 4


def with_bank() -> list[Category]:
    """The categories on offer, each with ``bank``: its questions in order. One query."""
    question = JSONObject(id="questions__id", text="questions__text", position="questions__position")
    banks = JSONBAgg(question, filter=Q(questions__is_active=True), default=[])
    return list(Category.objects.offered().annotate(bank=banks))


def kinds_of(customer: Customer) -> list[str]:
    """The kinds of categories a customer has."""
    return ["person", "organisation"] if customer.kind == Customer.Kind.ORGANISATION else ["person"]


def next_questions(customer: Customer, user: User, at: datetime) -> list[rules.Offer]:
    """Everything worth asking a customer now, best first. Three queries."""
    return _next([customer], user, at)[customer.pk]


def questions_for(
    customers: Sequence[Customer], *, user: User, at: datetime, turn: int = 0
) -> dict[int, rules.Offer | None]:
    """The next question for each customer as ``user`` may know them; ``turn`` moves on. Three queries."""
    ranked = _next(customers, user, at)
    return {pk: offers[turn % len(offers)] if offers else None for pk, offers in ranked.items()}


def _next(customers: Sequence[Customer], user: User, at: datetime) -> dict[int, list[rules.Offer]]:
    categories, known, asked = with_bank(), _known(customers, user, at), asked_of(customers, user, at)
    return {one.pk: offers(one, categories, known[one.pk], asked.get(one.pk, []), at) for one in customers}


def offers(
    customer: Customer, categories: Iterable[Any], known: list[rules.Known], asked: list[rules.Asked], at: datetime
) -> list[rules.Offer]:
    """Ranked by ``rules.offers``; the customer breaks ties, so that not every manual begins with the same question."""
    topics = [topic_of(category) for category in categories if category.kind in kinds_of(customer)]
    return rules.offers(topics, known, asked, at=at, today=timezone.localdate(at), seed=customer.pk)


def topic_of(category: Any) -> rules.Topic:
    """A category of ``with_bank`` as the rules see it."""
    ordered = sorted(category.bank, key=lambda question: (question["position"], question["id"]))
    questions = [(question["id"], question["text"]) for question in ordered]
    return rules.Topic(category.key, category.name, questions, is_delicate=category.confidential_by_default)


def known_of(secrets: Iterable[Secret]) -> list[rules.Known]:
    """Secrets the reader has before them (``with_text``) as the rules see them."""
    return [
        rules.Known(one.pk, one.category.key, _day(one.confirmed_at), one.ask_again_on, is_used=one.uses > 0)
        for one in secrets
    ]


def _known(customers: Sequence[Customer], user: User, at: datetime) -> dict[int, list[rules.Known]]:
    """Only what the user may read: what is hidden from them is a gap to them."""
    used = Exists(SecretUse.objects.filter(secret=OuterRef("pk")))
    readable = Secret.objects.visible_to(user, at=at).filter(customer__in=customers).order_by("pk")
    found: dict[int, list[rules.Known]] = {customer.pk: [] for customer in customers}
    for customer_id, pk, key, confirmed_at, again, is_used in readable.annotate(was_used=used).values_list(
        "customer_id", "pk", "category__key", "confirmed_at", "ask_again_on", "was_used"
    ):
        found[customer_id].append(rules.Known(pk, key, _day(confirmed_at), again, is_used=is_used))
    return found


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def asked_of(customers: Sequence[Customer], user: User, at: datetime) -> Asked:
    """What was asked of each customer lately, whoever asked; how long the answer was only where the user heard it."""
    octets = Func(F("sealed"), function="OCTET_LENGTH", output_field=IntegerField())
    rows = (
        Answer.objects.filter(conversation__customer__in=customers, at__gte=at - timedelta(days=rules.REPEAT_DAYS))
        .order_by()
        .annotate(octets=octets)
        .values_list(
            "conversation__customer_id",
            "conversation__by_id",
            "category__key",
            "at",
            "question_id",
            "about_id",
            "state",
            "octets",
        )
    )
    found: Asked = {}
    for customer_id, by_id, key, moment, question_id, secret_id, state, size in rows:
        length = max(1, (size - SEAL) * 3 // THREE) if size and by_id == user.pk else 0
        one = rules.Asked(key, moment, question_id, secret_id, state == Answer.State.PASSED, length)
        found.setdefault(customer_id, []).append(one)
    return found


def bank(*, text: str, category: str, state: str) -> QuerySet[Question]:
    """The firm's questions by category in order, with how often each was asked, answered and became a secret."""
    passed, made = Q(answers__state=Answer.State.PASSED), Q(answers__state=Answer.State.SECRET)
    found = Question.objects.select_related("category", "made_by")
    if text:
        found = found.filter(text__icontains=text)
    if category:
        found = found.filter(category__key=category)
    if state:
        found = found.filter(is_active=state == "on")
    return found.annotate(
        asked=Count("answers"),
        answered=Count("answers", filter=~passed & Q(answers__isnull=False)),
        became=Count("answers", filter=made),
    ).order_by("category__kind", "category__position", "category__name", "position", "pk")
