"""What was heard and not written down when a customer was handed over: whoever heard it passes it on, nobody else."""

from uuid import uuid4

import pytest
from django.urls import reverse

from customers.actions import hand_over, remove_customer
from secrets_manual.actions import record_answer, start_conversation
from secrets_manual.models import Answer, Question, Secret
from tests.conftest import NOW

WORDS = "Dreams of a vineyard in the Alentejo."


@pytest.fixture
def left(customer, owner, manager, outsider):
    """An answer the owner heard, then the customer went to another line."""
    talk = start_conversation(customer, contact=None, acting_user=owner, at=NOW)
    dream = Question.objects.filter(category__key="dream").first()
    asked = {
        "key": uuid4(),
        "question": dream,
        "about": None,
        "own": "",
        "category": None,
    }
    record_answer(talk, text=WORDS, **asked, acting_user=owner, at=NOW)
    hand_over(customer, to=outsider, since=NOW.date(), reason="Moved.", acting_user=manager, at=NOW)
    return Answer.objects.get()


def make(browser, answer, **fields):
    return browser.post(reverse("make_secret", args=[answer.pk]), {"from": "list"} | fields, follow=True)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW)


def test_whoever_heard_it_passes_it_on(left, customer, owner, outsider, signed_in):
    browser = signed_in(owner)
    page = browser.get(reverse("conversations")).text
    assert WORDS in page
    assert f"now with {outsider}" in page
    done = make(browser, left).text
    assert "It is in the manual of" in done
    assert WORDS not in done
    secret = Secret.objects.with_text().visible_to(outsider, at=NOW).get()
    assert (secret.text, secret.customer, secret.discovered_by) == (WORDS, customer, owner)
    make(browser, left)
    assert Secret.objects.count() == 1


def test_nobody_else_does(left, colleague, outsider, signed_in):
    for user in (colleague, outsider):
        assert WORDS not in signed_in(user).get(reverse("conversations")).text
        assert make(signed_in(user), left).status_code == 404
    assert not Secret.objects.exists()


def test_a_refusal_asks_back_on_the_list(left, owner, signed_in):
    browser = signed_in(owner)
    page = make(browser, left, text="Has diabetes.", category="dream")
    assert "This looks special" in page.text
    assert "Heard, and not in the manual yet" in page.text
    assert not Secret.objects.exists()
    make(browser, left, text="Dreams of wine.", category="dream")
    assert Secret.objects.with_text().get().text == "Dreams of wine."


def test_a_secret_out_of_sight_is_never_written_over(left, written, owner, signed_in):
    secret = written(text="Wants a boat.")
    Answer.objects.update(about=secret)
    page = signed_in(owner).get(reverse("conversations")).text
    assert "Write it over" not in page
    make(signed_in(owner), left)
    assert Secret.objects.with_text().get(pk=secret.pk).text == "Wants a boat."
    assert Secret.objects.count() == 2


def test_of_a_removed_customer_nothing_is_left(left, customer, outsider, owner, signed_in):
    remove_customer(customer, acting_user=outsider, at=NOW)
    assert WORDS not in signed_in(owner).get(reverse("conversations")).text
    assert make(signed_in(owner), left).status_code == 404
