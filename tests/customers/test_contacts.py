"""People in full: further addresses, days, one person's page, and which address comes first."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from customers.actions import add_contact, change_contact, remove_contact
from customers.models import Contact, ContactPoint, Occasion
from tests.conftest import NOW

HOME = {"kind": "email", "value": "j@home.example", "label": "home"}
MOBILE = {"kind": "phone", "value": "+49 170 5550199", "label": "mobile"}
BIRTHDAY = {"kind": "birthday", "label": "", "month": 2, "day": 29, "year": 1972, "days_before": 7}


@pytest.fixture
def told(owner):
    return {"acting_user": owner, "at": NOW}


@pytest.fixture
def full(contact, told):
    return change_contact(contact, points=[HOME, MOBILE], occasions=[BIRTHDAY], **told)


def rows(prefix, *lines, initial=0):
    """What a browser sends for rows below a form."""
    sent = {f"{prefix}-TOTAL_FORMS": len(lines), f"{prefix}-INITIAL_FORMS": initial}
    return sent | {
        f"{prefix}-{place}-{name}": value for place, line in enumerate(lines) for name, value in line.items()
    }


def points(contact):
    return [(point.kind, point.value, point.label) for point in contact.points.all()]


def test_a_person_is_added_with_addresses_and_days(signed_in, owner, customer):
    bea = {"name": "Bea", "email": "bea@aldous.example", "language": "en", "is_asked": "on", "how_met": "At a fair"}
    empty = {"kind": "phone", "value": "", "label": ""}
    day = {"kind": "birthday", "day": "1", "month": "5", "year": "", "days_before": "3"}
    sent = bea | rows("points", MOBILE, empty, HOME) | rows("occasions", day, {"kind": "birthday", "days_before": "7"})
    assert signed_in(owner).post(f"/customers/{customer.pk}/contacts/add/", sent).status_code == 302
    made = Contact.objects.get(name="Bea")
    assert points(made) == [("email", "j@home.example", "home"), ("phone", "+49 170 5550199", "mobile")]
    assert [(day.month, day.day, day.year, day.days_before) for day in made.occasions.all()] == [(5, 1, None, 3)]
    assert (made.how_met, made.occasions.get().customer) == ("At a fair", customer)


def test_rows_change_stay_and_go(signed_in, owner, full):
    kept, day = full.points.get(kind="email"), full.occasions.get()
    form = {"name": full.name, "email": full.email, "language": "en", "is_asked": "on"}
    sent = form | rows("points", HOME | {"label": "private"}, MOBILE | {"DELETE": "on"}, initial=2)
    sent |= rows("occasions", BIRTHDAY | {"id": day.pk, "day": "28"})
    signed_in(owner).post(f"/customers/contacts/{full.pk}/change/", sent)
    assert points(full) == [("email", "j@home.example", "private")]
    assert full.points.get() == kept
    assert (full.occasions.get().pk, full.occasions.get().day) == (day.pk, 28)


def test_a_page_without_rows_leaves_them(signed_in, owner, full):
    form = {"name": "Judith", "email": full.email, "language": "en", "is_asked": "on"}
    signed_in(owner).post(f"/customers/contacts/{full.pk}/change/", form)
    assert (len(points(full)), full.occasions.count()) == (2, 1)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (rows("points", HOME | {"value": "nonsense"}), "Enter an e-mail address"),
        (rows("points", MOBILE | {"value": "a@b.example"}), "looks like an e-mail address"),
        (rows("points", MOBILE | {"value": "1" * 41}), "At most 40"),
        (rows("points", HOME, HOME | {"value": "J@HOME.example"}), "is here twice"),
        (rows("points", HOME | {"value": "JUDITH@aldous.example"}), "stands above already"),
        (rows("occasions", BIRTHDAY | {"day": "30"}), "February has no day 30"),
        (rows("points", MOBILE | {"value": "call me"}), "A telephone number has digits"),
        ({"phone": "call me"}, "A telephone number has digits"),
        (rows("occasions", BIRTHDAY | {"day": "29", "year": "2023"}), "2023 had no 29 February"),
        (rows("occasions", BIRTHDAY | {"day": "28", "year": "2050"}), "Nobody was born on a day to come"),
        (rows("occasions", BIRTHDAY | {"day": "28", "year": "1850"}), "Is the year right?"),
        (rows("occasions", BIRTHDAY, BIRTHDAY | {"day": "3"}), "One person has one birthday"),
        (rows("occasions", BIRTHDAY | {"day": ""}), "A date needs a day and a month"),
        (rows("occasions", {"kind": "other", "day": "1", "month": "5", "days_before": "7"}), "Say what day this is"),
        (rows("occasions", {"kind": "other", "label": "Fair", "days_before": "7"}), "Which day is it?"),
        (rows("occasions", BIRTHDAY | {"days_before": "61"}), "less than or equal to 60"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(signed_in, owner, contact, sent, message):
    form = {"name": "Judith the typed", "email": contact.email, "phone": "431 12", "language": "en"}
    page = signed_in(owner).post(f"/customers/contacts/{contact.pk}/change/", form | sent)
    assert page.status_code == 200
    assert message in page.text
    assert 'value="Judith the typed"' in page.text
    assert (ContactPoint.objects.count(), Occasion.objects.count()) == (0, 0)


def test_too_many_rows_are_refused(signed_in, owner, contact):
    many = [MOBILE | {"value": str(number)} for number in range(1000, 1021)]
    sent = {"name": "J", "language": "en"} | rows("points", *many)
    assert "at most 20" in signed_in(owner).post(f"/customers/contacts/{contact.pk}/change/", sent).text


def test_a_further_address_comes_first_and_counts_as_a_new_address(signed_in, owner, full):
    home, mobile = full.points.all()
    client = signed_in(owner)
    client.post(f"/customers/points/{mobile.pk}/first/")
    full.refresh_from_db()
    assert (full.phone, full.email_changed_at) == ("+49 170 5550199", None)
    assert "j@home.example comes first now." in client.post(f"/customers/points/{home.pk}/first/", follow=True).text
    full.refresh_from_db()
    assert (full.email, full.email_changed_at is not None) == ("j@home.example", True)
    assert points(full) == [("email", "judith@aldous.example", ""), ("phone", "+49 431 555-0101", "")]


def test_the_first_place_was_empty_or_the_same(signed_in, owner, customer, told):
    bea = add_contact(customer, name="Bea", email="J@home.example", points=[HOME, MOBILE], **told)
    for point in bea.points.all():
        signed_in(owner).post(f"/customers/points/{point.pk}/first/")
    bea.refresh_from_db()
    assert (bea.email, bea.phone, points(bea)) == ("j@home.example", "+49 170 5550199", [])


def test_one_person(signed_in, service_agent, full, told, customer):
    elsewhere = add_contact(customer, name="Otto", **told)
    full.relations.create(other=elsewhere, kind="parent of")
    page = signed_in(service_agent).get(f"/customers/contacts/{full.pk}/").text
    assert 'href="tel:+494315550101" data-phone data-contact="' in page
    assert 'href="mailto:j@home.example"' in page
    assert "29 February 1972" in page
    assert "parent of" in page
    assert "Make it the first" not in page


def test_a_removed_person_is_gone(signed_in, owner, full, told):
    point = full.points.first()
    remove_contact(full, **told)
    client = signed_in(owner)
    assert client.get(f"/customers/contacts/{full.pk}/").status_code == 404
    assert client.post(f"/customers/points/{point.pk}/first/").status_code == 404


def test_the_page_of_a_person_takes_the_same_queries_for_one_and_many(signed_in, owner, full, queries_of, told):
    client, url = signed_in(owner), f"/customers/contacts/{full.pk}/"
    full.relations.create(other=add_contact(full.customer, name="P", **told), kind="knows")
    full.interactions.create(customer=full.customer, on=date(2026, 11, 1), by=owner)
    few = queries_of(client, url)
    for number in range(19):
        full.relations.create(other=add_contact(full.customer, name=f"P{number}", **told), kind="knows")
        full.interactions.create(customer=full.customer, on=date(2026, 11, 1), by=owner)
        full.points.create(kind="phone", value=f"0431 55{number}")
    assert queries_of(client, url) == few


@pytest.mark.parametrize(("email", "said"), [("", "Without an address"), ("mark@fairwater.example", "one of us")])
def test_nobody_leaves_the_ratings_by_their_address(contact, owner, email, said):
    """It is no way around the reason and the other's yes that leaving somebody out takes."""
    owner.email = "mark@fairwater.example"
    owner.save()
    with pytest.raises(ValidationError, match=said):
        change_contact(contact, email=email, acting_user=owner, at=NOW)
    contact.refresh_from_db()
    assert contact.email not in {"", owner.email}


def test_whom_another_agreed_to_leave_out_may_lose_their_address(contact, owner, manager):
    contact.is_asked, contact.left_out_agreed_by = False, manager
    contact.left_out_reason, contact.left_out_by, contact.left_out_at = "Retired.", owner, NOW
    contact.save()
    assert change_contact(contact, is_asked=False, email="", acting_user=owner, at=NOW).email == ""
