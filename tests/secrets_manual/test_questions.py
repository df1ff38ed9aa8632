"""The bank of questions: managers and administrators keep it, every category has some."""

import re
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from secrets_manual import actions, queries
from secrets_manual.models import Category, Question
from tests.conftest import NOW


@pytest.fixture
def dream(db):
    return Category.objects.get(key="dream")


@pytest.fixture
def question(dream):
    return dream.questions.first()


@pytest.fixture
def send(signed_in, manager):
    def post(verb, *args, **fields):
        return signed_in(manager).post(reverse(verb, args=args), fields)

    return post


def test_every_category_came_with_at_least_four(db):
    for category in Category.objects.all():
        assert category.questions.filter(made_by=None, is_active=True).count() >= 4, category.key


def test_a_question_is_added_last_and_asked(send, dream, manager, customer, owner):
    send("add_question", category="dream", text="  Which  door would you open? ")
    added = Question.objects.get(made_by=manager)
    assert (added.text, added.category) == ("Which door would you open?", dream)
    assert list(dream.questions.all())[-1] == added
    assert added.pk in {offer.question_id for offer in queries.next_questions(customer, owner, NOW)}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"category": "dream", "text": ""}, "Write the question"),
        ({"category": "nothing", "text": "Why?"}, "category"),
        ({"category": "dream", "text": "x" * 201}, "at most 200"),
    ],
)
def test_bad_ones_come_back(send, fields, words):
    response = send("add_question", **fields)
    assert words in response.content.decode()
    assert not Question.objects.exclude(made_by=None).exists()


def test_the_same_question_is_kept_once(send, question):
    response = send("add_question", category="dream", text=question.text.upper())
    assert "in the bank already" in response.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(category=question.category, text=question.text.upper())


def test_changed_words_leave_what_was_asked(send, question, customer, owner):
    talk = actions.start_conversation(customer, acting_user=owner, at=NOW)
    before = question.text
    actions.record_answer(talk, key=uuid4(), text="Yes.", question=question, acting_user=owner, at=NOW)
    send("change_question", question.pk, category="hope", text="What now?")
    question.refresh_from_db()
    assert (question.text, question.category.key) == ("What now?", "hope")
    assert talk.answers.get().question_text == before


def test_switched_off_is_not_asked_and_comes_back(send, question, customer, owner):
    def asked():
        return question.pk in {offer.question_id for offer in queries.next_questions(customer, owner, NOW)}

    assert "undo:" not in send("switch_off_question", question.pk).url
    assert not asked()
    send("switch_on_question", question.pk)
    assert asked()


def test_order_is_changed_and_kept_at_the_ends(send, dream):
    first, second, *_ = list(dream.questions.all())
    send("move_question", second.pk, to="up")
    assert list(dream.questions.all())[:2] == [second, first]
    send("move_question", second.pk, to="up")
    assert list(dream.questions.all())[:2] == [second, first]
    last = list(dream.questions.all())[-1]
    send("move_question", last.pk, to="down")
    assert list(dream.questions.all())[-1] == last


def test_list_tells_how_often_it_was_asked_and_what_came_of_it(send, signed_in, manager, question, customer, owner):
    talk = actions.start_conversation(customer, acting_user=owner, at=NOW)
    put = {"question": question, "acting_user": owner, "at": NOW}
    actions.skip_question(talk, key=uuid4(), **put)
    actions.record_answer(talk, key=uuid4(), text="A boat.", **put)
    answer = actions.record_answer(talk, key=uuid4(), text="A lighthouse.", **put)
    words = {"category": question.category, "text": answer.text, "sensitivity": "shared", "audiences": ["sales"]}
    actions.make_secret(answer, **words, acting_user=owner, at=NOW)
    page = signed_in(manager).get(reverse("questions"), {"q": question.text[:20]})
    found = page.context["page"][0]
    assert (found.asked, found.answered, found.became) == (3, 2, 1)
    assert "lighthouse" not in page.content.decode()


def test_filters(send, signed_in, manager, question):
    send("switch_off_question", question.pk)
    client, url = signed_in(manager), reverse("questions")
    assert list(client.get(url, {"state": "off"}).context["page"]) == [question]
    assert question in client.get(url, {"category": "dream"}).context["page"]
    assert b"No such question" in client.get(url, {"q": "xyzzy"}).content


def test_list_takes_the_same_queries_however_long(signed_in, manager, dream, django_assert_max_num_queries):
    client, counts = signed_in(manager), []
    for more in (1, 19):
        for number in range(more):
            Question.objects.create(category=dream, text=f"Why {more} {number}?", made_by=manager)
        with django_assert_max_num_queries(9) as seen:
            client.get(reverse("questions"), {"category": "dream"})
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


def open_categories(page):
    return re.findall(r'id="category-(\w+)" open', page.text)


def test_categories_are_closed_until_one_looks_for_something(signed_in, manager, question):
    client, url = signed_in(manager), reverse("questions")
    page = client.get(url)
    assert open_categories(page) == []
    assert page.text.count("<details") >= Category.objects.count()
    assert open_categories(client.get(url, {"q": question.text})) == ["dream"]
    assert open_categories(client.get(url, {"category": "habit"})) == ["habit"]
    assert open_categories(client.get(url, {"open": "dream"})) == ["dream"]
    assert len(open_categories(client.get(url, {"open": "all"}))) == Category.objects.count()


def test_after_a_change_its_category_is_open_and_it_in_sight(signed_in, manager, question):
    moved = signed_in(manager).post(reverse("move_question", args=[question.pk]), {"to": "down", "back": "state=on"})
    assert moved.url == f"{reverse('questions')}?state=on&open=dream#question-{question.pk}"
