"""What fills the demo's dossiers: tags, more people and numbers, days, relations, misfits, conversations, requests."""

import random
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Role, User
from customers.models import Contact, ContactPoint, Customer, Misfit, Occasion, Relation, SavedView, Tag
from desk.demo import words
from desk.demo.copying import copy_rows
from desk.demo.customers import Someone
from desk.demo.people import Cast
from desk.models import Export
from secrets_manual.actions import ask_erasure, open_request, record_consent
from secrets_manual.models import Answer, Conversation, PrivacyRequest, Question

FIRST_SECOND_PERSON = 1_000_000


def make_dossiers(rng: random.Random, cast: Cast, people: list[Someone], *, today: date, at: datetime) -> None:
    """A second person at every fifth customer, who is not asked for ratings, and a little of everything else."""
    _tag(rng, people)
    seconds = {one.id: FIRST_SECOND_PERSON + one.id for one in people if one.id == 1 or rng.random() < 0.2}
    copy_rows(Contact, ("id", "customer_id", "name", "title", "phone", "is_asked"), _seconds(rng, seconds))
    copy_rows(Relation, ("contact_id", "other_id", "kind"), _relations(rng, people, seconds))
    copy_rows(ContactPoint, ("contact_id", "kind", "value", "label"), _points(rng, people))
    copy_rows(
        Occasion, ("customer_id", "contact_id", "kind", "label", "month", "day", "year"), _days(rng, people, today)
    )
    columns = (
        "customer_id",
        "contact_id",
        "needed",
        "why_not",
        "offered",
        "whose",
        "outcome",
        "noted_on",
        "noted_by_id",
    )
    copy_rows(Misfit, columns, _misfits(rng, people, today))
    _talk(rng, people, at)
    _view(cast.salespeople[0])
    _ask(cast, people, at)


def _tag(rng: random.Random, people: list[Someone]) -> None:
    tags = Tag.objects.bulk_create(Tag(name=name) for name in words.TAGS)
    rows = ((one.id, tag.pk) for one in people for tag in rng.sample(tags, rng.choice((0, 0, 1, 1, 2))))
    copy_rows(Customer.tags.through, ("customer_id", "tag_id"), rows)


def _seconds(rng: random.Random, seconds: dict[int, int]) -> Iterator[tuple[Any, ...]]:
    for customer_id, pk in seconds.items():
        name = (
            "Otto Aldous" if customer_id == 1 else f"{rng.choice(words.CONTACT_FIRST)} {rng.choice(words.CONTACT_LAST)}"
        )
        yield (
            pk,
            customer_id,
            name,
            rng.choice(words.TITLES),
            f"+49 {rng.randint(200, 999)} 555-7{rng.randint(0, 999):03d}",
            False,
        )


def _relations(rng: random.Random, people: list[Someone], seconds: dict[int, int]) -> Iterator[tuple[Any, ...]]:
    for one in people:
        if one.id in seconds:
            yield (seconds[one.id], one.contact_id, rng.choice(words.RELATIONS))


def _points(rng: random.Random, people: list[Someone]) -> Iterator[tuple[Any, ...]]:
    for one in people:
        if one.id == 1 or rng.random() < 0.15:
            yield (one.contact_id, "phone", f"+49 170 555 {rng.randint(1000, 9999)}", "mobile")
        if rng.random() < 0.05:
            yield (one.contact_id, "email", f"home.{one.id}@post.example", "at home")


def _days(rng: random.Random, people: list[Someone], today: date) -> Iterator[tuple[Any, ...]]:
    for one in people:
        if one.id <= 2 or rng.random() < 0.12:
            day = today + timedelta(days=4 * one.id if one.id <= 2 else rng.randint(0, 360))
            yield (
                one.id,
                one.contact_id,
                "birthday",
                "",
                day.month,
                min(day.day, 28),
                rng.choice((None, 1961, 1974, 1983)),
            )
        if rng.random() < 0.04:
            yield (
                one.id,
                None,
                "anniversary",
                "founded",
                rng.randint(1, 12),
                rng.randint(1, 28),
                rng.randint(1890, 2012),
            )


def _misfits(rng: random.Random, people: list[Someone], today: date) -> Iterator[tuple[Any, ...]]:
    for one in people:
        if one.id == 2 or rng.random() < 0.05:
            needed, why, offered, whose, outcome = rng.choice(words.MISFITS)
            noted = today - timedelta(days=rng.randint(3, 300))
            yield (one.id, one.contact_id, needed, why, offered, whose, outcome, noted, one.owner_id)


def _talk(rng: random.Random, people: list[Someone], at: datetime) -> None:
    """Conversations that ended, with questions passed over; and one the first salesperson has not ended."""
    talks: list[tuple[Any, ...]] = []
    answers: list[tuple[Any, ...]] = []
    questions = list(Question.objects.select_related("category").order_by("pk"))
    for one in people[4:]:
        if rng.random() < 0.06:
            began = at - timedelta(days=rng.randint(3, 200), hours=rng.randint(0, 8))
            talks.append((len(talks) + 1, one.id, one.contact_id, one.owner_id, began, began + timedelta(minutes=20)))
            for question in rng.sample(questions, 2):
                answers.append(_passed(len(talks), question, began, rng))
    copy_rows(Conversation, ("id", "customer_id", "contact_id", "by_id", "began_at", "ended_at"), talks)
    columns = ("conversation_id", "question_id", "asked", "category_id", "state", "at", "key")
    copy_rows(Answer, columns, answers)


def _passed(talk: int, question: Question, at: datetime, rng: random.Random) -> tuple[Any, ...]:
    key = str(uuid.UUID(int=rng.getrandbits(128), version=4))
    return (talk, question.pk, question.text, question.category_id, "passed", at, key)


def _view(user: User) -> None:
    views = {"High value, quiet for 60 days": "tier=high_value&quiet=60", "Promises due": "promise=due"}
    SavedView.objects.bulk_create(SavedView(user=user, page="customers", name=n, query=q) for n, q in views.items())


def _ask(cast: Cast, people: list[Someone], at: datetime) -> None:
    """One consent to special secrets, a question to the privacy officer, and an erasure that waits for an executive."""
    officer = next(user for user in cast.others.values() if user.has_role(Role.PRIVACY_OFFICER))
    told, asking, going = (Customer.objects.select_related("owner").get(pk=people[place].id) for place in (1, 5, 9))
    wording = "You may note that the stairs are hard for me, so that nobody plans a tour of the loft."
    assert told.owner
    record_consent(
        told, contact=told.contacts.first(), wording=wording, acting_user=told.owner, at=at - timedelta(days=40)
    )
    for customer, kind, days in ((asking, PrivacyRequest.Kind.ACCESS, 6), (going, PrivacyRequest.Kind.ERASURE, 24)):
        asked = open_request(
            customer,
            contact=customer.contacts.order_by("id").first(),
            kind=kind,
            received_on=(at - timedelta(days=days)).date(),
            note="A letter to the firm",
            identified="Rang back on the number we had",
            acting_user=officer,
            at=at - timedelta(days=days - 1),
        )
    ask_erasure(asked, acting_user=officer, at=at - timedelta(days=2))
    Export.objects.create(user=cast.salespeople[2], what="customers", query="tag=1", rows=41, at=at - timedelta(days=3))
