"""Two people change the same contact or customer: the second sees what the first wrote, and nothing typed is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from customers.actions import add_misfit, change_contact, change_customer, change_misfit, remove_misfit
from customers.models import Contact, Customer
from customers.queries import seen_of_contact, seen_of_customer
from customers.rules.seen import ChangedMeanwhile
from tests.conftest import NOW
from tests.customers.test_contacts import BIRTHDAY, HOME, MOBILE, points, rows

TOLD = {"acting_user": None, "at": NOW}


def form_of(client, url):
    """What the page at ``url`` would send if nothing were typed."""
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if name != "anyway"}
    sent = {name: "on" if value is True else value for name, value in sent.items() if value not in {None, False}}
    for formset in filter(None, [getattr(form, name, None) for name in ("points", "occasions")]):
        lines = [{name: one[name].value() or "" for name in one.fields} for one in formset]
        sent |= rows(formset.prefix, *lines)
    return sent


@pytest.fixture
def full(contact):
    return change_contact(contact, points=[HOME, MOBILE], occasions=[BIRTHDAY], **TOLD)


@pytest.fixture
def url(full):
    return f"/customers/contacts/{full.pk}/change/"


def test_nothing_typed_changes_nothing(signed_in, owner, full, url):
    before = seen_of_contact(Contact.objects.get(pk=full.pk))
    client = signed_in(owner)
    assert client.post(url, form_of(client, url)).status_code == 302
    full.refresh_from_db()
    assert (seen_of_contact(full), full.email_changed_at) == (before, None)


def test_the_second_sees_the_first_and_both_stay(signed_in, owner, colleague, full, url):
    second = signed_in(colleague)
    typed = form_of(second, url) | {"title": "Owner", "name": "Judith B."}
    first = signed_in(owner)
    first.post(url, form_of(first, url) | {"phone": "0431 999", "name": "Judith A."})
    page = second.post(url, typed)
    assert "Somebody else saved this while you were typing" in page.text
    assert "Somebody else wrote “Judith A.” meanwhile" in page.text
    assert "Changed meanwhile by somebody else, from “+49 431 555-0101”" in page.text
    form = page.context["form"]
    assert [form[name].value() for name in ("name", "title", "phone")] == ["Judith B.", "Owner", "0431 999"]
    again = typed | {name: form[name].value() for name in ("seen", "phone")}
    assert second.post(url, again).status_code == 302
    full.refresh_from_db()
    assert (full.name, full.title, full.phone) == ("Judith B.", "Owner", "0431 999")


def test_rows_nobody_else_typed_in_are_taken_over(signed_in, owner, full, url):
    client = signed_in(owner)
    typed = form_of(client, url) | {"title": "Owner"}
    change_contact(full, points=[HOME], occasions=[BIRTHDAY | {"day": 28}], **TOLD)
    page = client.post(url, typed)
    assert page.text.count("Changed meanwhile by somebody else; this is what they wrote.") == 2
    form = page.context["form"]
    sent = typed | {"seen": form["seen"].value()}
    for formset in (form.points, form.occasions):
        sent |= rows(formset.prefix, *[{name: one[name].value() or "" for name in one.fields} for one in formset])
    assert client.post(url, sent).status_code == 302
    full.refresh_from_db()
    assert (full.title, points(full), full.occasions.get().day) == ("Owner", [("email", "j@home.example", "home")], 28)


def test_rows_both_typed_in_are_kept_and_theirs_told(signed_in, owner, full, url):
    client = signed_in(owner)
    typed = form_of(client, url) | {"points-0-value": "judith@home.example"}
    change_contact(full, points=[HOME], **TOLD)
    page = client.post(url, typed)
    assert "Somebody else made this “email j@home.example home” meanwhile" in page.text
    assert 'value="judith@home.example"' in page.text


def test_a_change_of_the_same_kind_is_no_quarrel(signed_in, owner, full, url):
    client = signed_in(owner)
    typed = form_of(client, url) | {"title": "Owner"}
    change_contact(full, title="Owner", **TOLD)
    form = client.post(url, typed).context["form"]
    assert set(form.errors) == {"__all__"}


def test_a_customer_too(signed_in, owner, colleague, customer):
    url, client = f"/customers/{customer.pk}/change/", signed_in(owner)
    typed = form_of(client, url) | {"city": "Lübeck", "tags": "clay, kiel"}
    told = {"tags": ["Fair"], "tier": "high_value", "occasions": [BIRTHDAY | {"kind": "anniversary"}]}
    change_customer(customer, **told, **TOLD)
    page = client.post(url, typed)
    assert "Somebody else wrote “Fair” meanwhile" in page.text
    assert "Changed meanwhile by somebody else, from “Standard”" in page.text
    form = page.context["form"]
    assert [form[name].value() for name in ("city", "tags", "tier")] == ["Lübeck", "clay, kiel", "high_value"]
    assert form.occasions.told
    sent = typed | {name: form[name].value() for name in ("seen", "tier")}
    sent |= rows("occasions", *[{name: one[name].value() or "" for name in one.fields} for one in form.occasions])
    assert client.post(url, sent).status_code == 302
    customer.refresh_from_db()
    assert (customer.city, customer.tier, customer.occasions.count()) == ("Lübeck", "high_value", 1)
    assert [tag.name for tag in customer.tags.all()] == ["clay", "kiel"]


@pytest.mark.parametrize("mark", ["nonsense", "e30:1:x"])
def test_a_forged_mark_is_as_if_nothing_was_seen(signed_in, owner, full, url, mark):
    client = signed_in(owner)
    page = client.post(url, form_of(client, url) | {"seen": mark, "name": "Judith F."})
    assert "Somebody else wrote “Judith Aldous” meanwhile" in page.text


@pytest.mark.django_db(transaction=True)
def test_two_hundred_edits_at_once_lose_nothing(contact):
    """Every edit adds its dot to what it saw, and looks again when another was faster."""
    overtaken = []

    def edit(number):
        for _ in range(1000):
            now = Contact.objects.get(pk=contact.pk)
            try:
                change_contact(now, how_met=f"{now.how_met}.", seen=seen_of_contact(now), **TOLD)
            except ChangedMeanwhile:
                overtaken.append(number)
                continue
            break
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(edit, range(200)))
    assert Contact.objects.get(pk=contact.pk).how_met == "." * 200
    assert overtaken


@pytest.mark.django_db(transaction=True)
def test_edits_of_a_customer_at_once_lose_no_tag(customer):
    def edit(number):
        for _ in range(1000):
            now = Customer.objects.get(pk=customer.pk)
            seen = seen_of_customer(now)
            try:
                change_customer(now, tags=[*seen["tags"], f"t{number}"], seen=seen, **TOLD)
            except ChangedMeanwhile:
                continue
            break
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(edit, range(40)))
    assert customer.tags.count() == 40


def test_a_contact_removed_meanwhile_comes_back_by_saving_again(signed_in, owner, colleague, full, url):
    client = signed_in(owner)
    typed = form_of(client, url) | {"title": "Owner"}
    signed_in(colleague).post(f"/customers/contacts/{full.pk}/remove/")
    page = client.post(url, typed)
    assert "Somebody removed it meanwhile" in page.text
    assert page.context["form"]["title"].value() == "Owner"
    full.refresh_from_db()
    assert full.removed_at
    assert client.post(url, typed | {"seen": page.context["form"]["seen"].value()}).status_code == 302
    full.refresh_from_db()
    assert (full.title, full.removed_at, full.removed_by) == ("Owner", None, None)


def test_nobody_begins_to_change_the_removed(signed_in, owner, full, url):
    client = signed_in(owner)
    typed = form_of(client, url) | {"seen": "", "title": "Owner"}
    client.post(f"/customers/contacts/{full.pk}/remove/")
    assert client.get(url).status_code == 404
    assert "Somebody removed it meanwhile" in client.post(url, typed).text


@pytest.fixture
def misfit(customer, contact, owner):
    told = {"needed": "A kiln", "why_not": "Too hot", "contact": contact, "noted_on": date(2026, 11, 2)}
    return add_misfit(customer, **told, acting_user=owner, at=NOW)


def test_a_misfit_too(signed_in, owner, colleague, misfit):
    url, first, second = f"/misfits/{misfit.pk}/change/", signed_in(owner), signed_in(colleague)
    typed = form_of(second, url) | {"needed": "A hot kiln", "why_not": "Ours end early"}
    first.post(url, form_of(first, url) | {"needed": "A hotter kiln", "contact": "", "offered": "One"})
    page = second.post(url, typed)
    assert "Somebody else wrote “A hotter kiln” meanwhile" in page.text
    assert "Changed meanwhile by somebody else, from “Judith Aldous”" in page.text
    form = page.context["form"]
    again = typed | {name: form[name].value() for name in ("seen", "contact", "offered")}
    assert second.post(url, again).status_code == 302
    misfit.refresh_from_db()
    assert (misfit.needed, misfit.why_not, misfit.contact, misfit.offered) == (
        "A hot kiln",
        "Ours end early",
        None,
        "One",
    )


def test_an_outcome_recorded_twice_at_once_is_told(signed_in, owner, misfit):
    url, client = f"/misfits/{misfit.pk}/outcome/", signed_in(owner)
    typed = form_of(client, url) | {"outcome": "took_it", "offered": "Theirs"}
    change_misfit(misfit, outcome="went_elsewhere", offered="Another", acting_user=owner, at=NOW)
    page = client.post(url, typed)
    assert "Somebody else wrote “Another” meanwhile" in page.text
    assert client.post(url, typed | {"seen": page.context["form"]["seen"].value()}).status_code == 302
    misfit.refresh_from_db()
    assert (misfit.outcome, misfit.offered) == ("took_it", "Theirs")


def test_a_misfit_removed_meanwhile_comes_back_by_saving_again(signed_in, owner, misfit):
    url, client = f"/misfits/{misfit.pk}/change/", signed_in(owner)
    typed = form_of(client, url) | {"needed": "A hot kiln"}
    remove_misfit(misfit, acting_user=owner, at=NOW)
    page = client.post(url, typed)
    assert "Somebody removed it meanwhile" in page.text
    assert client.post(url, typed | {"seen": page.context["form"]["seen"].value()}).status_code == 302
    misfit.refresh_from_db()
    assert (misfit.needed, misfit.removed_at) == ("A hot kiln", None)
