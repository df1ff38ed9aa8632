"""Who knows whom, across the customers one sees; the others don't exist."""

import pytest
from django.core import signing

from customers.actions import add_contact, add_customer, add_relation
from customers.models import Relation
from tests.conftest import NOW


@pytest.fixture
def told(owner):
    return {"acting_user": owner, "at": NOW}


@pytest.fixture
def otto(customer, told):
    return add_contact(customer, name="Otto Aldous", title="Potter", **told)


@pytest.fixture
def stranger(outsider, told):
    """Somebody at a customer of another team."""
    return add_customer(name="Brook & Son", owner=outsider, contact={"name": "Bea Brook"}, **told).contacts.get()


def test_a_relation_is_added_shown_on_both_pages_removed_and_back(signed_in, owner, contact, otto):
    client = signed_in(owner)
    client.post(f"/customers/contacts/{contact.pk}/relations/add/", {"other": otto.pk, "kind": " mother  of "})
    relation = Relation.objects.get()
    assert (relation.contact, relation.other, relation.kind) == (contact, otto, "mother of")
    assert "mother of" in client.get(f"/customers/contacts/{contact.pk}/").text
    assert "mother of Otto Aldous" in client.get(f"/customers/contacts/{otto.pk}/").text
    gone = client.post(f"/customers/relations/{relation.pk}/remove/", {"from": str(otto.pk)}, follow=True)
    assert gone.redirect_chain[-1][0] == f"/customers/contacts/{otto.pk}/"
    undo = gone.text.split('action="/customers/relations/')[1].split('"')[0]
    client.post(f"/customers/relations/{undo}")
    assert Relation.objects.get().kind == "mother of"


def test_colleagues_are_offered_and_others_are_found(signed_in, owner, contact, otto, told):
    add_customer(name="Kiln House", owner=owner, contact={"name": "Kim", "email": "kim@kiln.example"}, **told)
    client, url = signed_in(owner), f"/customers/contacts/{contact.pk}/relations/add/"
    assert "Otto Aldous, Potter, Aldous" in client.get(url).text
    for text in ("kim", "kiln ho", "kim@kiln"):
        page = client.get(url, {"q": text}, headers={"HX-Request": "true"}).text
        assert "Kim, Kiln House" in page
        assert "<html" not in page
    assert "Nobody by that name" in client.get(url, {"q": "nobody at all\x00"}).text


def test_the_invisible_are_neither_offered_nor_taken(signed_in, owner, contact, stranger):
    client, url = signed_in(owner), f"/customers/contacts/{contact.pk}/relations/add/"
    assert "Bea Brook" not in client.get(url, {"q": "brook"}).text
    assert client.post(url, {"other": stranger.pk, "kind": "knows"}).status_code == 404
    assert client.post(url, {"other": "9" * 30, "kind": "knows"}).status_code == 404
    assert Relation.objects.count() == 0


def test_half_a_relation_is_not_shown(signed_in, owner, service_agent, contact, stranger, told):
    relation = add_relation(contact, other=stranger, kind="sister of", **told)
    page = f"/customers/contacts/{contact.pk}/"
    assert "sister of" not in signed_in(owner).get(page).text
    assert "sister of" in signed_in(service_agent).get(page).text
    assert signed_in(owner).post(f"/customers/relations/{relation.pk}/remove/").status_code == 404
    mark = signing.dumps([contact.pk, stranger.pk, "knows"], salt="customers.relation")
    assert signed_in(owner).post(f"/customers/relations/{mark}/restore/").status_code == 404


def test_what_cannot_be_is_refused_and_kept(signed_in, owner, contact, otto, told):
    add_relation(contact, other=otto, kind="Mother of", **told)
    client, url = signed_in(owner), f"/customers/contacts/{contact.pk}/relations/add/"
    page = client.post(url, {"other": otto.pk, "kind": "mother of"}).text
    assert "That is noted already." in page
    assert 'value="mother of"' in page
    assert "Select a valid choice" in client.post(url, {"other": contact.pk, "kind": "knows"}).text
    assert "This field is required" in client.post(url, {"other": otto.pk}).text


def test_a_forged_mark_restores_nothing(signed_in, owner):
    assert signed_in(owner).post("/customers/relations/abc:def:ghi/restore/").status_code == 404
