"""Customers and contacts by hand: add, change, remove, undo."""

import pytest

from accounts.models import Role
from customers.actions import add_customer, change_customer, remove_customer
from customers.models import Contact, Customer
from tests.conftest import NOW, person

NEW = {"name": "Brook & Son", "kind": "organisation", "tier": "standard"}


def test_a_salesperson_adds_and_owns(signed_in, owner):
    first = {"contact_name": "Bea Brook", "contact_email": "bea@brook.example", "contact_phone": "1"}
    response = signed_in(owner).post("/customers/add/", NEW | first)
    made = Customer.objects.get(name="Brook & Son")
    assert response.url == f"/customers/{made.pk}/"
    assert (made.owner, made.made_by, made.ownerships.get().owner) == (owner, owner, owner)
    assert (made.contacts.get().email, made.ownerships.get().source) == ("bea@brook.example", "application")


def test_a_manager_adds_for_somebody_of_their_line(signed_in, manager, owner, outsider):
    client = signed_in(manager)
    assert "Select a valid choice" in client.post("/customers/add/", NEW | {"owner": outsider.pk}).text
    assert client.post("/customers/add/", NEW | {"owner": owner.pk}).status_code == 302
    assert Customer.objects.get().owner == owner


def test_the_search_may_prefill_the_name(signed_in, owner):
    assert 'value="Brook &amp; Son"' in signed_in(owner).get("/customers/add/?name=Brook %26 Son").text


def test_a_duplicate_elsewhere_shows_only_the_team(signed_in, outsider, customer, owner):
    page = signed_in(outsider).post("/customers/add/", NEW | {"name": "ALDOUS & daughtér", "code": "aldous"}).text
    assert page.count("Owned by team North Harbour.") == 2
    assert owner.name not in page
    assert f"/customers/{customer.pk}/" not in page


def test_a_duplicate_in_sight_is_linked_and_may_be_another(signed_in, colleague, customer):
    client, same = signed_in(colleague), NEW | {"name": customer.name}
    page = client.post("/customers/add/", same).text
    assert f'<a href="/customers/{customer.pk}/">Aldous &amp; Daughter</a>' in page
    assert 'type="checkbox" name="anyway"' in page
    assert client.post("/customers/add/", same | {"anyway": "on"}).status_code == 302


def test_a_duplicate_without_owner_or_team(signed_in, outsider):
    add_customer(name="Nobody's", owner=None, acting_user=None, at=NOW)
    add_customer(name="Loner's", owner=person("Lone Wolf", Role.SALESPERSON), acting_user=None, at=NOW)
    client = signed_in(outsider)
    assert "Nobody owns it yet" in client.post("/customers/add/", NEW | {"name": "nobody's"}).text
    assert "a colleague without a team" in client.post("/customers/add/", NEW | {"name": "loner's"}).text


def test_change(signed_in, colleague, customer):
    response = signed_in(colleague).post(f"/customers/{customer.pk}/change/", NEW | {"tier": "high_value"})
    customer.refresh_from_db()
    assert (response.url, customer.name, customer.tier) == (f"/customers/{customer.pk}/", "Brook & Son", "high_value")


def test_the_owner_does_not_change_in_passing(customer, outsider):
    with pytest.raises(ValueError, match="hand_over"):
        change_customer(customer, owner=outsider, acting_user=None, at=NOW)


def test_remove_and_undo(signed_in, owner, customer):
    client = signed_in(owner)
    page = client.post(f"/customers/{customer.pk}/remove/", follow=True)
    assert f'action="/customers/{customer.pk}/restore/"' in page.text
    assert client.get(f"/customers/{customer.pk}/change/").status_code == 404
    client.post(f"/customers/{customer.pk}/restore/")
    assert client.get(f"/customers/{customer.pk}/change/").status_code == 200


def test_only_post_removes(signed_in, owner, customer):
    assert signed_in(owner).get(f"/customers/{customer.pk}/remove/").status_code == 405


def test_a_contact_is_added_changed_removed_and_back(signed_in, owner, customer, contact):
    client, bea = signed_in(owner), {"name": "Bea", "email": "bea@aldous.example", "language": "fr", "is_asked": "on"}
    assert client.post(f"/customers/{customer.pk}/contacts/add/", bea).url == f"/customers/{customer.pk}/contacts/"
    made = Contact.objects.get(name="Bea")
    page = client.post(f"/customers/contacts/{made.pk}/remove/", follow=True).text
    assert f'action="/customers/contacts/{made.pk}/restore/"' in page
    assert "bea@aldous.example" not in page
    assert "bea@aldous.example" in client.post(f"/customers/contacts/{made.pk}/restore/", follow=True).text


@pytest.mark.parametrize(("email", "is_noted"), [("j@aldous.example", True), ("Judith@Aldous.example", False)])
def test_a_changed_address_is_noted_with_its_time(signed_in, owner, contact, email, is_noted):
    changed = {"name": "Judith Aldous", "email": email, "language": "en", "left_out_reason": "She asked us not to."}
    signed_in(owner).post(f"/customers/contacts/{contact.pk}/change/", changed)
    contact.refresh_from_db()
    assert (contact.email_changed_at is not None, contact.is_asked) == (is_noted, False)


def test_contacts_of_a_removed_customer_are_out_of_reach(signed_in, owner, customer, contact):
    remove_customer(customer, acting_user=owner, at=NOW)
    client = signed_in(owner)
    assert client.get(f"/customers/contacts/{contact.pk}/change/").status_code == 404
    assert client.get(f"/customers/{customer.pk}/contacts/").status_code == 404


def test_who_may_only_look_gets_no_buttons(signed_in, service_agent, customer):
    page = signed_in(service_agent).get(f"/customers/{customer.pk}/contacts/").text
    assert "judith@aldous.example" in page
    assert "Add a person" not in page


def test_hand_over_page(signed_in, manager, customer, colleague, owner, outsider):
    client, url = signed_in(manager), f"/customers/{customer.pk}/hand-over/"
    page = client.get(url)
    assert list(page.context["form"].fields["to"].queryset) == [colleague, owner]
    assert "Select a valid choice" in client.post(url, {"to": outsider.pk, "since": "2026-01-01"}).text
    assert "became the owner on" in client.post(url, {"to": colleague.pk, "since": "2020-01-01"}).text
    assert client.post(url, {"to": colleague.pk, "since": "2025-01-01"}).status_code == 302
    customer.refresh_from_db()
    assert customer.owner == colleague


def test_a_manager_gives_an_owner_to_a_customer_without_one(signed_in, manager, owner, colleague):
    lost = add_customer(name="Lost", owner=None, acting_user=None, at=NOW)
    url = f"/customers/{lost.pk}/hand-over/"
    assert url in signed_in(manager).get("/customers/?whose=none").text
    assert signed_in(manager).post(url, {"to": owner.pk, "since": "2026-01-01"}).url == f"/customers/{lost.pk}/"
    assert signed_in(owner).get(url).status_code == 403


def test_a_manager_never_hands_over_to_themselves(signed_in, manager, customer, team):
    manager.roles, manager.team = [Role.SALESPERSON, Role.MANAGER], team
    manager.save()
    page = signed_in(manager).get(f"/customers/{customer.pk}/hand-over/")
    assert manager not in page.context["form"].fields["to"].queryset


def test_contacts_take_the_same_queries_for_one_and_many(signed_in, owner, customer, contact, queries_of):
    client, url = signed_in(owner), f"/customers/{customer.pk}/contacts/"
    one = queries_of(client, url)
    Contact.objects.bulk_create([Contact(customer=customer, name=f"P{number}") for number in range(19)])
    assert queries_of(client, url) == one
