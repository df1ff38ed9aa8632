"""Who may be here already: while a customer is typed, and once more before they are saved."""

import pytest

from customers.actions import add_contact, add_customer, change_contact, remove_contact, remove_customer
from customers.models import Customer
from customers.queries import alike, search_customers
from customers.rules.numbers import dialled, national, same_number
from tests.conftest import NOW

TOLD = {"acting_user": None, "at": NOW}
NEW = {"name": "Brook & Son", "kind": "organisation", "tier": "standard"}


def names(user, text):
    return [one.name for one in search_customers(user, text)]


@pytest.fixture
def bikes(owner, colleague):
    """A customer of the owner's team, with somebody there who has two addresses and two numbers."""
    person = {
        "name": "Hanne Bike",
        "email": "hanne@bikes.example",
        "phone": "+49 (431) 555-0101",
        "points": [
            {"kind": "email", "value": "Hanne@home.example", "label": ""},
            {"kind": "phone", "value": "0170 555 01 99", "label": ""},
        ],
    }
    return add_customer(name="Harbour Bikes", city="Kiel", owner=colleague, contact=person, **TOLD)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"name": "harbour  BIKES"}, "the same name"),
        ({"name": "Harbor Bikes"}, "a name like it"),
        ({"name": "Harbour Bike GmbH"}, "a name like it"),
        ({"name": "Hárbour Bikes Kiel"}, "a name like it"),
        ({"email": "HANNE@bikes.example"}, "the address HANNE@bikes.example, of Hanne Bike"),
        ({"email": "hanne@HOME.example"}, "the address hanne@HOME.example, of Hanne Bike"),
        ({"phone": "0431 5550101"}, "the number of Hanne Bike"),
        ({"phone": "+49 431 555 0101"}, "the number of Hanne Bike"),
        ({"phone": "0049 170 5550199"}, "the number of Hanne Bike"),
    ],
)
def test_the_same_is_noticed(bikes, owner, typed, why):
    found = alike(owner, **typed)
    assert [(one.pk, one.name, one.city, one.whose, one.why) for one in found] == [
        (bikes.pk, "Harbour Bikes", "Kiel", "owned by Ines Okafor", why)
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"name": "Ha"},
        {"name": "Harbour Books"},
        {"name": "Bakery Kiel"},
        {"name": "\x00"},
        {"email": "hanne"},
        {"email": "anne@bikes.example"},
        {"phone": "0101"},
        {"phone": "0431 5550102"},
        {"phone": "+1 212 5550101"},
    ],
)
def test_what_is_another_is_left_alone(bikes, owner, typed):
    assert alike(owner, **typed) == []


def test_once_and_without_the_removed_and_oneself(bikes, owner):
    both = {"name": "Harbour Bikes", "email": "hanne@bikes.example", "phone": "0431 5550101"}
    reasons = "the same name; the address hanne@bikes.example, of Hanne Bike; the number of Hanne Bike"
    assert [one.why for one in alike(owner, **both)] == [reasons]
    assert alike(owner, **both, but=bikes.pk) == []
    remove_contact(bikes.contacts.get(), **TOLD)
    assert alike(owner, email="hanne@bikes.example", phone="0431 5550101") == []
    remove_customer(bikes, **TOLD)
    assert alike(owner, **both) == []


def test_elsewhere_only_the_team_is_named(bikes, outsider, signed_in):
    found = alike(outsider, name="Harbor Bikes", phone="0431 5550101")
    assert [(one.pk, one.name, one.city, one.whose, one.why) for one in found] == [
        (None, "", "", "Owned by team North Harbour.", "")
    ]
    page = signed_in(outsider).get("/customers/alike/?ask&name=Harbor+Bikes").text
    assert "Owned by team North Harbour." in page
    assert "Harbour" not in page.replace("North Harbour", "")
    assert f"/customers/{bikes.pk}/" not in page


def test_while_typing_a_link_shows_and_the_tick_stays(bikes, owner, signed_in):
    client = signed_in(owner)
    page = client.get("/customers/alike/?ask&contact_phone=0431+5550101&anyway=on").text
    assert f'<a href="/customers/{bikes.pk}/">Harbour Bikes</a> in Kiel, owned by Ines Okafor' in page
    assert "checked" in page
    assert client.get("/customers/alike/?name=Nobody+Else&but=x").text.strip() == ""


def test_a_name_brought_along_is_looked_up_at_once(bikes, owner, signed_in):
    assert f'<a href="/customers/{bikes.pk}/">' in signed_in(owner).get("/customers/add/?name=harbour+bikes").text


def test_at_most_so_many_queries(owner, django_assert_max_num_queries):
    for number in range(40):
        person = {"name": "Hanne", "email": "hanne@bikes.example", "phone": "0431 5550101"}
        add_customer(name="Harbour Bikes", code=str(number), owner=owner, contact=person, **TOLD)
    with django_assert_max_num_queries(9):
        assert len(alike(owner, name="Harbour Bikes", email="hanne@bikes.example", phone="0431 5550101")) == 5


def test_a_number_or_address_is_asked_about_before_saving(bikes, owner, signed_in):
    client, typed = signed_in(owner), NEW | {"contact_name": "H.", "contact_phone": "0431 5550101", "tags": "new, kiel"}
    page = client.post("/customers/add/", typed).text
    assert "They may be here already" in page
    assert "the number of Hanne Bike" in page
    assert 'value="new, kiel"' in page
    assert client.post("/customers/add/", typed | {"anyway": "on"}).status_code == 302
    made = Customer.objects.get(name="Brook & Son")
    assert sorted(made.tags.values_list("name", flat=True)) == ["kiel", "new"]


def test_a_new_name_is_asked_about_and_the_old_one_is_not(bikes, owner, customer, signed_in):
    client, url = signed_in(owner), f"/customers/{customer.pk}/change/"
    Customer.objects.create(name=customer.name, owner=owner)
    assert client.post(url, NEW | {"name": customer.name, "city": "Kiel"}).status_code == 302
    page = client.post(url, NEW | {"name": "Harbour Bikes"}).text
    assert f'<a href="/customers/{bikes.pk}/">Harbour Bikes</a>' in page
    assert client.post(url, NEW | {"name": "Harbour Bikes", "anyway": "on"}).status_code == 302


def test_a_person_is_their_own_contact(owner, signed_in):
    typed = {"name": "Ada Low", "kind": "person", "tier": "standard", "contact_email": "ada@low.example"}
    signed_in(owner).post("/customers/add/", typed)
    assert Customer.objects.get().contacts.get().name == "Ada Low"


def test_an_address_of_a_firm_needs_a_name(owner, signed_in):
    assert "Whose is it?" in signed_in(owner).post("/customers/add/", NEW | {"contact_phone": "1"}).text


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("0431 555-0101", "+49 431 5550101", True),
        ("+49 (0)431 5550101", "0049 431 5550101", True),
        ("+1 212 555 0101", "212.555.0101", True),
        ("+351 21 555 0101", "215550101", True),
        ("555 0101", "0431 5550101", True),
        ("0431 5550101", "0431 5550102", False),
        ("0101", "0431 5550101", False),
        ("+49 431 5550101", "+33 431 5550101", True),
        ("", "", False),
    ],
)
def test_numbers_are_the_same_however_written(one, other, is_same):
    assert same_number(one, other) == same_number(other, one) == is_same


def test_what_is_dialled():
    assert dialled("+49 (0)431 12-34") == "+494311234"
    assert dialled("0431 / 12 34") == "04311234"
    assert (national("+44 20 7946 0000"), national("0800 1234")) == ("2079460000", "8001234")


@pytest.mark.parametrize("text", ["hanne@home", "HOME.exam", "170 555", "+49 170 55501", "0170/5550199", "431-555"])
def test_search_finds_further_addresses_and_numbers(bikes, owner, outsider, text):
    assert names(owner, text) == ["Harbour Bikes"]
    assert names(outsider, text) == []


def test_search_finds_what_was_written_without_country_code(owner, customer):
    add_contact(customer, name="Otto", phone="0431 1234", **TOLD)
    assert names(owner, "+49 (431) 12-34") == [customer.name]
    change_contact(customer.contacts.get(name="Otto"), phone="", **TOLD)
    assert names(owner, "+49 (431) 12-34") == []
