"""“You saw her yesterday. What did you learn?”: asked of whoever was there, until something was learned."""

from datetime import timedelta

import pytest

from customers.models import Customer, Interaction, Occasion, Promise
from customers.rules.learning import newest_of_each, said
from desk.queries.learning import to_ask_about
from secrets_manual.actions import log_secret, remove_secret
from secrets_manual.models import Category, Secret
from tests.conftest import NOW

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def met(customer, contact, owner):
    """``met("call", 1)`` was a call yesterday."""

    def meet(kind="visit", days=1, **other):
        told = {"customer": customer, "contact": contact, "by": owner} | other
        return Interaction.objects.create(kind=kind, on=TODAY - timedelta(days=days), **told)

    return meet


def learn(customer, by, days=0):
    words = {"text": "Swims.", "sensitivity": "relationship", "audiences": ["sales"]}
    at = NOW - timedelta(days=days)
    return log_secret(customer, category=Category.objects.get(key="habit"), acting_user=by, at=at, **words)


def words(user):
    return [asked.words for asked in to_ask_about(user, NOW)]


@pytest.mark.parametrize(("kind", "verb"), [("visit", "saw"), ("call", "called"), ("mail", "wrote to")])
def test_said_by_kind(met, owner, kind, verb):
    met(kind)
    assert words(owner) == [f"You {verb} Judith Aldous of Aldous & Daughter yesterday"]


def test_notes_are_not_asked_about(met, owner):
    met("other")
    assert words(owner) == []


def test_only_of_the_last_days_and_not_of_days_to_come(met, owner):
    met(days=8)
    met(days=-1)
    assert words(owner) == []


def test_of_whoever_was_there(met, owner, colleague, manager):
    met()
    assert words(colleague) == words(manager) == []


def test_the_newest_of_each_customer(met, owner):
    other = Customer.objects.create(name="Harbour Foods", owner=owner)
    met("visit", 3)
    met("call", 2)
    met("visit", 1, customer=other, contact=None)
    assert words(owner) == [
        "You saw Harbour Foods yesterday",
        "You called Judith Aldous of Aldous & Daughter on Sunday",
    ]


def test_a_secret_since_answers_it(met, owner, customer):
    met(days=2)
    earlier = learn(customer, owner, days=3)
    assert len(words(owner)) == 1
    secret = learn(customer, owner, days=2)
    assert words(owner) == []
    remove_secret(secret, acting_user=owner, at=NOW)
    assert len(words(owner)) == 1
    assert Secret.objects.filter(pk=earlier.pk).exists()


def test_a_colleague_s_secret_does_not_answer_it(met, owner, colleague, customer):
    met()
    learn(customer, colleague)
    assert len(words(owner)) == 1


def test_removed_lines_and_customers_out_of_sight_are_not_asked_about(met, owner, outsider, customer):
    met().delete()
    met(removed_at=NOW)
    met(by=outsider)
    assert words(owner) == words(outsider) == []


def test_today_asks_and_records_right_there(met, owner, customer, contact, signed_in):
    interaction, client = met("call"), signed_in(owner)
    page = client.get("/").text
    assert "You called Judith Aldous of Aldous &amp; Daughter yesterday" in page
    assert f'action="/secrets/log/?customer={customer.pk}"' in page
    assert f'action="/customers/interactions/{interaction.pk}/nothing/"' in page
    form = {"customer": customer.pk, "contact": contact.pk, "text": "She swims in the sea every morning."}
    client.post(f"/secrets/log/?customer={customer.pk}", form)
    assert Secret.objects.get().contact == contact
    assert "You called" not in client.get("/").text


def test_nothing_new_leaves_today_in_peace_until_undone(met, owner, signed_in):
    met("visit", 3)
    interaction, client = met("call"), signed_in(owner)
    page = client.post(f"/customers/interactions/{interaction.pk}/nothing/", follow=True).text
    assert "Nothing new from Aldous &amp; Daughter" in page
    assert "What did you learn?" not in page.split('id="log-secret"', maxsplit=1)[0]
    client.post(f"/customers/interactions/{interaction.pk}/ask-again/")
    assert "You called" in client.get("/").text


def test_a_tapped_number_is_asked_about(contact, owner, signed_in):
    client = signed_in(owner)
    client.post(f"/customers/contacts/{contact.pk}/called/")
    assert "You called Judith Aldous of Aldous &amp; Daughter today" in client.get("/").text


def test_today_logs_a_line_and_then_asks(customer, owner, signed_in):
    page = signed_in(owner).post("/customers/log/", {"line": "visit at Aldous yesterday: the kiln"}, follow=True).text
    assert "Logged a visit yesterday at Aldous &amp; Daughter" in page
    assert "You saw Aldous &amp; Daughter yesterday" in page


def test_today_shows_promises_to_keep_and_days_to_remember(customer, contact, owner, signed_in):
    promise = Promise.objects.create(customer=customer, text="Send the samples", due_on=TODAY, made_by=owner)
    Occasion.objects.create(customer=customer, contact=contact, month=12, day=1)
    page = signed_in(owner).get("/").text
    assert f'action="/promises/{promise.pk}/keep/"' in page
    assert "Judith Aldous’s birthday in 7 days" in page


def test_few_queries(met, owner, django_assert_max_num_queries):
    for days in range(7):
        met(days=days)
    with django_assert_max_num_queries(2):
        to_ask_about(owner, NOW)


def test_rules():
    assert newest_of_each([(1, "a"), (1, "b"), (2, "c"), (3, "d"), (4, "e")]) == ["a", "c", "d"]
    assert said("other", "", "Harbour Foods") == "You met Harbour Foods"
    assert said("visit", "Ann Lee", "Ann Lee") == "You saw Ann Lee"
