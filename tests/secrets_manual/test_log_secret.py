"""Logging a secret: one field is enough, what looks special waits, what is quiet by default stays quiet."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from customers.models import Contact, Customer
from firm.models import Notification
from secrets_manual.actions import log_secret, note_reads
from secrets_manual.models import Category, Secret
from tests.conftest import NOW


@pytest.fixture
def send(signed_in, customer):
    """``send(user, text=...)`` posts the form for the customer."""

    def post(user, **fields):
        return signed_in(user).post(reverse("log_secret"), {"customer": customer.pk, **fields})

    return post


def test_one_field_is_enough(send, customer, owner):
    response = send(owner, text="Swims in the sea every winter.")
    assert response.url == reverse("customer", args=[customer.pk])
    secret = Secret.objects.with_text().get()
    assert (secret.text, secret.category.key) == ("Swims in the sea every winter.", "recreation_preference")
    assert (secret.sensitivity, secret.audiences, secret.discovered_by) == ("relationship", ["sales", "service"], owner)


def test_it_stands_in_the_manual(send, signed_in, customer, owner):
    send(owner, text="Swims in the sea every winter.")
    assert b"Swims in the sea" in signed_in(owner).get(reverse("customer", args=[customer.pk])).content


def test_quiet_categories_are_confidential(send, owner):
    send(owner, text="Her daughter starts school.")
    assert Secret.objects.get().sensitivity == "confidential"


def test_lowering_a_quiet_category_takes_the_owner(send, owner, colleague, privacy_officer):
    words = {"text": "Her daughter starts school.", "category": "family_priority", "sensitivity": "shared"}
    assert send(colleague, **words, reason="She said so.").status_code == 200
    assert b"says why" in send(owner, **words).content
    assert not Secret.objects.exists()
    send(owner, **words, reason="She told the whole market.")
    assert Secret.objects.get().sensitivity == "shared"
    assert "She told the whole market." in Notification.objects.get(user=privacy_officer).text


def test_words_that_say_nothing_ask_for_a_category(send, owner):
    assert b"Choose one" in send(owner, text="Blue.").content
    assert not Secret.objects.exists()


def test_special_words_wait_for_a_yes(send, owner):
    words = {"text": "Has diabetes and loves walks.", "category": "habit"}
    assert b"looks special" in send(owner, **words).content
    assert not Secret.objects.exists()
    send(owner, **words, not_special="on")
    assert Secret.objects.exists()


def test_special_is_refused_without_consent(send, owner):
    response = send(owner, text="Has diabetes.", category="habit", sensitivity="special")
    assert b"recorded consent" in response.content
    assert not Secret.objects.exists()


def test_database_refuses_no_audience(written):
    with pytest.raises(IntegrityError), transaction.atomic():
        written(audiences=())


def test_contact_of_another_customer_is_refused(send, owner, outsider):
    other = Customer.objects.create(name="Elsewhere", owner=outsider)
    stranger = Contact.objects.create(customer=other, name="Some One")
    assert send(owner, text="Swims.", contact=stranger.pk).status_code == 200
    assert not Secret.objects.exists()


def test_invisible_customer_is_not_found(send, outsider):
    assert send(outsider, text="Swims.").status_code == 404


def test_asks_whose_it_is(signed_in, owner, customer):
    client = signed_in(owner)
    assert b"Whose secret" in client.get(reverse("log_secret")).content
    found = client.get(reverse("log_secret"), {"q": "judith@ald"})
    assert f"?customer={customer.pk}".encode() in found.content


@pytest.mark.parametrize("key", ["", "x", "9" * 40, "-1"])
def test_odd_customers_are_no_error(signed_in, owner, key):
    assert signed_in(owner).get(reverse("log_secret"), {"customer": key}).status_code in (200, 404)


def test_time_is_passed_in(written):
    secret = written()
    assert (secret.discovered_at, secret.confirmed_at) == (NOW, NOW)


@pytest.fixture
def send_htmx(signed_in, customer):
    """``send_htmx(user, text=...)`` posts as htmx does."""

    def post(user, **fields):
        data = {"customer": customer.pk, **fields}
        return signed_in(user).post(reverse("log_secret"), data, headers={"HX-Request": "true"})

    return post


def test_htmx_gets_the_message_with_undo(send_htmx, owner, customer):
    response = send_htmx(owner, text="Swims in the sea.", stay="1", by=owner.pk)
    page = response.content.decode()
    assert (response.status_code, "<html" in page) == (200, False)
    assert "Recorded under Recreation." in page
    assert f'action="{reverse("remove_secret", args=[Secret.objects.get().pk])}"' in page
    assert "secret-recorded" in response["HX-Trigger"]


def test_htmx_is_led_on_from_the_page(send_htmx, owner, customer):
    response = send_htmx(owner, text="Swims in the sea.")
    assert (response.status_code, response["HX-Redirect"]) == (204, reverse("customer", args=[customer.pk]))


def test_htmx_gets_what_is_wrong(send_htmx, owner):
    response = send_htmx(owner, text="Blue.")
    assert b"Choose one" in response.content
    assert "HX-Trigger" not in response
    assert b"Whose secret is it" in send_htmx(owner, text="Swims.", customer="").content
    assert not Secret.objects.exists()


def test_a_resend_makes_no_second(send_htmx, owner, customer):
    key = str(uuid4())
    first = send_htmx(owner, text="Swims in the sea.", capture_key=key, stay="1")
    second = send_htmx(owner, text="Swims in the sea.", capture_key=key, stay="1")
    assert first["HX-Trigger"] == second["HX-Trigger"]
    assert Secret.objects.count() == 1


def test_a_key_used_for_other_words_is_explained(send, owner):
    key = str(uuid4())
    send(owner, text="Swims in the sea.", capture_key=key)
    page = send(owner, text="Sails in the sea.", capture_key=key)
    assert "in other words" in page.content.decode()
    assert (key in page.content.decode(), Secret.objects.count()) == (False, 1)


def test_a_key_of_somebody_else_tells_nothing(send, owner, colleague):
    key = str(uuid4())
    send(owner, text="Swims in the sea.", capture_key=key)
    assert b"in other words" in send(colleague, text="Swims in the sea.", capture_key=key).content
    assert Secret.objects.count() == 1


def test_nobody_records_in_anothers_name(send_htmx, owner, colleague):
    assert send_htmx(colleague, text="Swims in the sea.", by=owner.pk).status_code == 409
    assert not Secret.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_key_from_many_threads_at_once_makes_one(customer, owner):
    key, ready = uuid4(), Barrier(12)
    words = {"text": "Swims in the sea.", "sensitivity": "shared", "audiences": ["sales"]}

    def send():
        try:
            ready.wait()
            habit = Category.objects.get(key="habit")
            return log_secret(customer, category=habit, **words, capture_key=key, acting_user=owner, at=NOW).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        made = {future.result() for future in [pool.submit(send) for _ in range(12)]}
    assert made == {Secret.objects.get().pk}
    assert Secret.objects.get().texts.count() == 1


def test_the_first_and_the_last_gap_are_celebrated(send, signed_in, owner, customer):
    client = signed_in(owner)

    def told(**fields):
        return client.post(reverse("log_secret"), {"customer": customer.pk, **fields}, follow=True).content.decode()

    categories = list(Category.objects.offered())
    for category in categories[1:]:
        page = told(text=f"One {category}.", category=category.key, not_special="on")
        assert ("The first secret of" in page) == (category == categories[1])
    assert "manual is filled. Well done!" in told(text="The last one.", category=categories[0].key, not_special="on")
    assert "manual is filled" not in told(text="One more.", category=categories[0].key, not_special="on")


def test_the_last_manual_read_is_guessed(signed_in, owner, customer, secret_of_customer):
    page = signed_in(owner).get(reverse("log_secret"))
    assert b"Whose secret" in page.content
    note_reads([secret_of_customer], user=owner, why="customer page", at=timezone.now())
    assert b"about <b>Aldous" in signed_in(owner).get(reverse("log_secret")).content
    assert b"Whose secret" in signed_in(owner).get(reverse("log_secret"), {"q": ""}).content


def test_a_guess_is_never_one_the_person_may_not_see(signed_in, outsider, secret_of_customer):
    note_reads([secret_of_customer], user=outsider, why="customer page", at=timezone.now())
    assert b"Whose secret" in signed_in(outsider).get(reverse("log_secret")).content


def test_whose_secret_finds_only_what_one_sees(signed_in, owner, outsider, customer):
    assert b"Aldous" in signed_in(owner).get(reverse("whose_secret"), {"whose": "judith"}).content
    assert b"Aldous" not in signed_in(outsider).get(reverse("whose_secret"), {"whose": "judith"}).content


def test_words_and_worker_are_the_same_for_everybody(client, signed_in, owner, secret_of_customer):
    for name in ("words", "log_offline", "log_worker"):
        mine, nobodys = signed_in(owner).get(reverse(name)), client.get(reverse(name))
        assert (nobodys.status_code, mine.content) == (200, nobodys.content)
        assert b"Aldous" not in mine.content
    assert client.get(reverse("log_worker"))["Content-Type"].startswith("text/javascript")
