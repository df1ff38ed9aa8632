"""What happened, logged in one line, corrected, taken out and put back."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from customers.actions import note_call
from customers.models import Contact, Customer, Interaction
from customers.queries import customers_meant
from tests.conftest import NOW

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def visit(customer, contact, owner):
    return Interaction.objects.create(customer=customer, contact=contact, kind="visit", on=TODAY, by=owner)


def told():
    row = Interaction.objects.get()
    return row.kind, row.on, row.contact and row.contact.name, row.note


def test_one_line_is_enough(signed_in, owner, customer):
    line = {"line": "call yesterday with Judith about the spring order"}
    page = signed_in(owner).post(f"/customers/{customer.pk}/log/", line, follow=True).text
    assert told() == ("call", TODAY - timedelta(days=1), "Judith Aldous", "about the spring order")
    assert "Logged a call yesterday with Judith Aldous at Aldous &amp; Daughter. What did you learn?" in page
    assert f'action="/customers/interactions/{Interaction.objects.get().pk}/remove/"' in page


def test_what_was_corrected_stands_and_what_was_only_guessed_follows_the_words(signed_in, owner, customer, contact):
    chips = {"kind": "mail", "was_kind": "call", "on": "2026-11-23", "was_on": "2026-11-23", "contact": ""}
    form = chips | {"was_contact": str(contact.pk), "line": "call with Judith last Friday: the lease"}
    signed_in(owner).post(f"/customers/{customer.pk}/log/", form)
    assert told() == ("mail", date(2026, 11, 20), None, "call with Judith last Friday: the lease")


@pytest.mark.parametrize(
    "chips",
    [{"kind": "quarrel"}, {"on": "whenever"}, {"contact": "9999"}, {"contact": "x", "kind": ""}, {"on": ""}],
)
def test_nonsense_in_the_chips_is_guessed_anew(signed_in, owner, customer, chips):
    signed_in(owner).post(f"/customers/{customer.pk}/log/", chips | {"line": "visit with Judith: tired"})
    assert told() == ("visit", TODAY, "Judith Aldous", "tired")


@pytest.mark.parametrize("line", ["call tomorrow", "visit in two weeks about the lease"])
def test_a_day_to_come_is_refused(signed_in, owner, customer, line):
    page = signed_in(owner).post(f"/customers/{customer.pk}/log/", {"line": line}).text
    assert "still to come" in page
    assert f'value="{line}"' in page
    assert not Interaction.objects.exists()


@pytest.mark.parametrize("line", ["", "   ", "x" * 301])
def test_an_empty_or_endless_line_is_refused(signed_in, owner, customer, line):
    assert 'id="log-line-error"' in signed_in(owner).post(f"/customers/{customer.pk}/log/", {"line": line}).text


def test_the_fragment_reads_along(signed_in, owner, customer, contact):
    page = signed_in(owner).get("/customers/log/read/", {"of": customer.pk, "line": "rang judith on Monday"}).text
    assert '<option value="call" selected>' in page
    assert 'value="2026-11-23"' in page
    assert f'<option value="{contact.pk}" selected>' in page
    assert "csrf" not in page


def test_from_anywhere_the_customer_is_guessed(signed_in, owner, customer):
    client = signed_in(owner)
    assert client.post("/customers/log/", {"line": "visit at Aldous: the kiln"}).url == "/"
    assert told() == ("visit", TODAY, None, "the kiln")
    page = client.get("/customers/log/read/", {"line": "saw Judith yesterday"}).text
    assert f'<option value="{customer.pk}" selected>' in page


def test_from_anywhere_without_a_name_it_asks(signed_in, owner, customer, visit):
    client = signed_in(owner)
    page = client.post("/customers/log/", {"line": "a long chat about the weather"}).text
    assert "Which customer was it?" in page
    assert f'<option value="{customer.pk}">' in page
    client.post("/customers/log/", {"line": "a long chat", "customer": customer.pk, "was_customer": ""})
    assert Interaction.objects.filter(note="a long chat").exists()


def test_the_invisible_are_never_guessed_nor_chosen(signed_in, outsider, customer):
    client = signed_in(outsider)
    assert customers_meant(outsider, "visit at Aldous & Daughter with Judith") == []
    assert "Aldous" not in client.get("/customers/log/read/", {"line": "visit Aldous"}).text.replace("visit Aldous", "")
    assert client.post("/customers/log/", {"line": "visit", "customer": customer.pk}).status_code == 404
    assert client.get("/customers/log/read/", {"of": customer.pk, "line": "visit"}).status_code == 404


def test_one_s_own_customer_is_meant_first(owner, colleague, customer):
    Customer.objects.create(name="Aldous Ltd", owner=colleague)
    assert customers_meant(owner, "visit at aldous")[0] == customer


def test_guessing_takes_few_queries(owner, customer, django_assert_max_num_queries):
    many = Customer.objects.bulk_create(Customer(name=f"Harbour {n}", owner=owner) for n in range(200))
    Contact.objects.bulk_create(Contact(customer=one, name=f"Maria {n}") for n, one in enumerate(many))
    with django_assert_max_num_queries(4):
        assert len(customers_meant(owner, "visit with Maria at Harbour")) > 1


def test_correct_take_out_and_put_back(signed_in, owner, visit):
    client, path = signed_in(owner), f"/customers/interactions/{visit.pk}"
    client.post(f"{path}/change/", {"kind": "call", "on": "2026-11-20", "note": "Kiln", "contact": ""})
    assert told() == ("call", date(2026, 11, 20), None, "Kiln")
    assert "still to come" in client.post(f"{path}/change/", {"kind": "call", "on": "2999-01-01"}).text
    story = f"/customers/{visit.customer_id}/timeline/"
    assert "Kiln" in client.get(story).text
    page = client.post(f"{path}/remove/", follow=True).text
    assert f'action="{path}/restore/"' in page
    assert client.get(f"{path}/change/").status_code == 404
    assert "Kiln" not in client.get(story).text
    client.post(f"{path}/restore/")
    assert "Kiln" in client.get(story).text


def test_a_tapped_number_is_noted_once_in_a_few_minutes(signed_in, owner, contact, time_machine):
    client, path = signed_in(owner), f"/customers/contacts/{contact.pk}/called/"
    for _ in range(3):
        assert client.post(path).status_code == 204
    assert told() == ("call", TODAY, "Judith Aldous", "")
    time_machine.move_to(NOW + timedelta(minutes=6), tick=False)
    client.post(path)
    assert Interaction.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_are_one_call(contact, owner):
    barrier = threading.Barrier(4)

    def tap():
        barrier.wait()
        note_call(contact, acting_user=owner, at=NOW)
        connection.close()

    threads = [threading.Thread(target=tap) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert Interaction.objects.count() == 1


def test_nothing_new_and_its_undo(signed_in, owner, visit):
    client, path = signed_in(owner), f"/customers/interactions/{visit.pk}"
    page = client.post(f"{path}/nothing/", follow=True).text
    assert f'action="{path}/ask-again/"' in page
    visit.refresh_from_db()
    assert visit.nothing_learned_at == NOW
    client.post(f"{path}/ask-again/")
    visit.refresh_from_db()
    assert visit.nothing_learned_at is None


def test_a_mistyped_year_is_asked_about(signed_in, owner, customer):
    sent = {"line": "call about the kiln", "on": "0202-11-20", "was_on": "2026-11-24"}
    assert "Is the year right?" in signed_in(owner).post(f"/customers/{customer.pk}/log/", sent).text
    assert not Interaction.objects.exists()
