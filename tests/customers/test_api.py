"""Customers, contacts, promises and interactions through the API."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import Contact, Customer, Interaction, Promise
from tests.api import Api


@pytest.fixture
def api(owner, firm):
    return Api(owner)


def test_a_customer_goes_in_and_comes_out(api, owner):
    made = api.post("customers/", {"name": "Harbour Foods", "city": "Kiel", "tags": ["Fair", "Winter"]})

    assert made.status_code == 201
    assert made["Location"].endswith(f"/api/v1/customers/{made.json()['id']}/")
    got = api.get(f"customers/{made.json()['id']}/")
    assert got.json() == made.json()
    assert got.json()["tags"] == ["Fair", "Winter"]
    assert got.json()["owner"] == owner.pk


def test_pages_lead_on_by_cursor_and_lose_nothing(api, owner):
    for number in range(7):
        Customer.objects.create(name=f"Harbour {number}", owner=owner)
    names, page = [], api.get("customers/", size=3)
    while True:
        names += [row["name"] for row in page.json()["results"]]
        if not page.json()["next"]:
            break
        page = api.client.get(page.json()["next"])

    assert sorted(names) == [f"Harbour {number}" for number in range(7)]


def test_filters(api, owner, customer):
    Customer.objects.create(name="Harbour Foods", owner=owner, city="Lübeck", tier="high_value")

    def names(**params):
        return [row["name"] for row in api.get("customers/", **params).json()["results"]]

    assert names(q="harb") == ["Harbour Foods"]
    assert names(city="lübeck") == ["Harbour Foods"]
    assert names(q="aldous", tier="high_value") == []
    assert api.get("customers/", tier="golden").status_code == 400
    assert [row["name"] for row in api.get("contacts/", customer=customer.pk).json()["results"]] == ["Judith Aldous"]


def test_nobody_gets_what_they_do_not_see(outsider, manager, customer):
    stranger = Api(outsider)
    contact = customer.contacts.get()

    assert stranger.get("customers/").json()["results"] == []
    assert stranger.get(f"customers/{customer.pk}/").status_code == 404
    assert stranger.get(f"contacts/{contact.pk}/").status_code == 404
    assert stranger.post("promises/", {"customer": customer.pk, "text": "x", "due_on": "2026-12-01"}).status_code == 400
    assert [row["id"] for row in Api(manager).get("customers/").json()["results"]] == [customer.pk]


def test_a_token_never_does_more_than_its_scopes(owner, customer):
    reader = Api(owner, "customers:read")

    assert reader.get("customers/").status_code == 200
    refused = reader.post("customers/", {"name": "Harbour Foods"})
    assert refused.status_code == 403
    assert refused.json()["detail"] == "The token lacks the scope customers:write."
    assert reader.get("promises/").status_code == 403


def test_a_token_never_does_more_than_its_holder(service_agent, customer):
    agent = Api(service_agent)

    assert agent.get(f"customers/{customer.pk}/").status_code == 200
    assert agent.post("customers/", {"name": "Harbour Foods"}).status_code == 403
    assert agent.patch(f"customers/{customer.pk}/", {"city": "Kiel"}, **{"If-Match": "*"}).status_code == 403


def test_a_change_needs_to_have_seen_what_it_writes_over(api, customer):
    path = f"customers/{customer.pk}/"
    seen = api.get(path)["ETag"]

    assert api.patch(path, {"city": "Plön"}).status_code == 428
    first = api.patch(path, {"city": "Plön"}, **{"If-Match": seen})
    late = api.patch(path, {"city": "Eutin"}, **{"If-Match": seen})

    assert (first.status_code, late.status_code) == (200, 412)
    assert api.get(path).json()["city"] == "Plön"
    assert api.patch(path, {"city": "Eutin"}, **{"If-Match": first["ETag"]}).status_code == 200


def test_the_same_request_with_the_same_key_is_done_once(api):
    first = api.post("customers/", {"name": "Harbour Foods"}, **{"Idempotency-Key": "order-7"})
    again = api.post("customers/", {"name": "Harbour Foods"}, **{"Idempotency-Key": "order-7"})
    other = api.post("customers/", {"name": "Northgate"}, **{"Idempotency-Key": "order-7"})

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert Customer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_threads_with_one_key_make_one_customer(firm, owner):
    api, barrier, statuses = Api(owner), Barrier(20), []

    def send():
        barrier.wait()
        statuses.append(api.post("customers/", {"name": "Harbour Foods"}, **{"Idempotency-Key": "k"}).status_code)
        connection.close()

    threads = [Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [201] * 20
    assert Customer.objects.count() == 1


def test_what_is_wrong_is_said_field_by_field(api, customer):
    refused = api.post("contacts/", {"customer": customer.pk, "name": "", "email": "nobody"})

    assert refused.status_code == 400
    assert refused["Content-Type"] == "application/problem+json"
    assert set(refused.json()["errors"]) == {"name", "email"}
    assert api.client.post("/api/v1/contacts/", "{", "application/json").status_code == 400
    assert api.client.post("/api/v1/contacts/", "a=b", "text/plain").status_code == 415
    assert Contact.objects.count() == 1


def test_a_taken_code_is_refused(api, customer):
    Customer.objects.filter(pk=customer.pk).update(code="ALD")

    assert "code" in api.post("customers/", {"name": "Harbour Foods", "code": "ald"}).json()["errors"]


def test_a_new_address_of_a_contact_is_noted_with_its_time(api, customer):
    contact = customer.contacts.get()

    api.patch(f"contacts/{contact.pk}/", {"email": "new@aldous.example"}, **{"If-Match": "*"})

    contact.refresh_from_db()
    assert contact.email == "new@aldous.example"
    assert contact.email_changed_at


def test_a_hidden_person_and_none_at_all_are_refused_alike(outsider, customer):
    stranger, own = Api(outsider), Customer.objects.create(name="Theirs", owner=outsider)
    line = {"customer": own.pk, "kind": "call", "on": "2026-11-20"}

    hidden = stranger.post("interactions/", {**line, "contact": customer.contacts.get().pk}).json()
    nobody = stranger.post("interactions/", {**line, "contact": 999_999}).json()

    assert "does not exist" in hidden["errors"]["contact"][0]
    assert "does not exist" in nobody["errors"]["contact"][0]


def test_a_promise_refused_in_part_is_not_changed_in_part(api, customer):
    made = api.post("promises/", {"customer": customer.pk, "text": "Send samples", "due_on": "2026-12-01"}).json()
    api.patch(f"promises/{made['id']}/", {"state": "kept"})

    refused = api.patch(f"promises/{made['id']}/", {"text": "Something else", "state": "broken"})

    assert refused.status_code == 400
    assert Promise.objects.get().text == "Send samples"


def test_promises_are_made_kept_and_opened_again(api, customer):
    made = api.post("promises/", {"customer": customer.pk, "text": "Send samples", "due_on": "2026-12-01"}).json()
    path = f"promises/{made['id']}/"

    assert api.patch(path, {"state": "kept", "outcome": "By hand"}).json()["settled_at"]
    assert api.patch(path, {"state": "broken"}).status_code == 400
    assert api.patch(path, {"state": "open"}).json()["settled_at"] is None
    assert Promise.objects.get().state == "open"


def test_a_line_is_corrected_by_whoever_wrote_it(api, colleague, customer):
    made = api.post("interactions/", {"customer": customer.pk, "kind": "call", "on": "2026-11-20", "note": "Kiln"})
    path = f"interactions/{made.json()['id']}/"

    assert api.patch(path, {"note": "The kiln"}).status_code == 200
    assert Api(colleague).patch(path, {"note": "Mine"}).status_code == 403
    assert Interaction.objects.get().note == "The kiln"


@pytest.mark.parametrize("on", ["2099-01-01", "0001-01-01"])
def test_days_that_cannot_be_are_refused(api, customer, on):
    """What comes by the API is held to what the pages are held to."""
    line = {"customer": customer.pk, "kind": "call", "on": "2026-11-20"}
    path = f"interactions/{api.post('interactions/', line).json()['id']}/"
    made = api.post("promises/", {"customer": customer.pk, "text": "Send samples", "due_on": "2026-12-01"}).json()

    assert set(api.post("interactions/", line | {"on": on}).json()["errors"]) == {"on"}
    assert set(api.patch(path, {"on": on}).json()["errors"]) == {"on"}
    assert set(api.patch(f"promises/{made['id']}/", {"due_on": on}).json()["errors"]) == {"due_on"}
    assert (Interaction.objects.get().on, Promise.objects.get().due_on) == (date(2026, 11, 20), date(2026, 12, 1))


@pytest.mark.parametrize("path", ["customers/", "contacts/", "promises/", "interactions/"])
def test_queries_do_not_grow(api, owner, path):
    counts = []
    for number in (1, 20):
        for place in range(number):
            one = Customer.objects.create(name=f"Harbour {place}", owner=owner)
            contact = Contact.objects.create(customer=one, name="Ada")
            Promise.objects.create(customer=one, text="x", due_on="2026-12-01", made_by=owner)
            Interaction.objects.create(customer=one, contact=contact, on="2026-11-01", by=owner)
        with CaptureQueriesContext(connection) as queries:
            api.get(path)
        counts.append(len([q for q in queries if "UPDATE" not in q["sql"] and "SAVEPOINT" not in q["sql"]]))
    assert counts[0] == counts[1]
