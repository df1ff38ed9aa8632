"""The list: found, filtered, sorted, in pages, by table, card and fragment."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.actions import add_contact, add_customer, add_tag, log_interaction, remove_interaction
from customers.models import Customer, Interaction, Promise, SavedView
from desk.models import BulkChange
from secrets_manual.actions import log_secret
from secrets_manual.models import Category
from tests.api import Api
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def book(customer, owner, outsider):
    """Two more of the owner's, one of the outsider's, one of nobody."""
    made = {"acting_user": None, "at": NOW}
    antonio = add_customer(name="Antonio Moreno Taquería", owner=owner, city="México", country="Mexico", **made)
    add_contact(antonio, name="Antonio", phone="(5) 555-3932", email="antonio_m@anton.example", **made)
    add_customer(name="100% Wool_Works", owner=owner, tier="high_value", city="Aachen", kind="person", **made)
    add_customer(name="Moreno South", owner=outsider, **made)
    add_customer(name="Unowned Moreno", owner=None, **made)


WOOL, ALDOUS, ANTONIO = "100% Wool_Works", "Aldous & Daughter", "Antonio Moreno Taquería"


@pytest.fixture
def listed(signed_in):
    """``listed(user, "?whose=mine")`` is the names on the page."""

    def names(user, query=""):
        response = signed_in(user).get(f"/customers/{query}", follow=True)
        return [customer.name for customer in response.context["page"]]

    return names


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [WOOL, ALDOUS, ANTONIO]),
        ("?sort=-name", [ANTONIO, ALDOUS, WOOL]),
        ("?sort=place", [WOOL, ALDOUS, ANTONIO]),
        ("?sort=-place", [ANTONIO, ALDOUS, WOOL]),
        ("?sort=tier", [WOOL, ALDOUS, ANTONIO]),
        ("?sort=owner", [WOOL, ALDOUS, ANTONIO]),
        ("?tier=high_value", [WOOL]),
        ("?kind=person", [WOOL]),
        ("?city=kiel", [ALDOUS]),
        ("?country=MEXICO", [ANTONIO]),
        ("?q=moreno&whose=mine", [ANTONIO]),
        ("?whose=none", [WOOL, ALDOUS, ANTONIO]),
        ("?sort=evil&tier=evil&page=evil&size=evil&owner=evil&tag=evil&quiet=evil", [WOOL, ALDOUS, ANTONIO]),
        ("?q=%00&city=%00", [WOOL, ALDOUS, ANTONIO]),
        ("?quiet=99999999999999999999", [WOOL, ALDOUS, ANTONIO]),
        ("?page=999999999999999", []),
    ],
)
def test_filters_are_in_the_address(book, owner, listed, query, found):
    assert listed(owner, query) == found


def test_whose(book, owner, colleague, manager, administrator, listed):
    assert listed(colleague, "?whose=mine") == []
    assert len(listed(colleague, "?whose=team")) == len(listed(manager, "?whose=team")) == 3
    assert listed(manager, "?whose=none") == listed(administrator, "?whose=none") == ["Unowned Moreno"]
    assert len(listed(manager, f"?owner={owner.pk}&team={owner.team_id}")) == 3


def test_the_others_stay_invisible_whatever_one_filters_by(book, outsider, owner, listed):
    assert listed(owner, f"?owner={outsider.pk}") == [WOOL, ALDOUS, ANTONIO], "not among the choices: no filter"
    assert listed(outsider, f"?owner={owner.pk}") == ["Moreno South"]
    assert listed(outsider, f"?team={owner.team_id}") == ["Moreno South"]


def test_all_of_the_tags(book, customer, owner, listed):
    fair, loyal = add_tag(customer, name="Fair")[0], add_tag(customer, name="Loyal")[0]
    add_tag(Customer.objects.get(name=WOOL), name="fair")
    assert listed(owner, f"?tag={fair.pk}") == [WOOL, ALDOUS]
    assert listed(owner, f"?tag={fair.pk}&tag={loyal.pk}") == [ALDOUS]


def test_a_manual_or_none(book, customer, owner, listed):
    told = {"category": Category.objects.get(key="dream"), "sensitivity": "shared", "audiences": ["sales"]}
    log_secret(customer, text="To sail.", acting_user=owner, at=NOW, **told)
    assert listed(owner, "?manual=some") == [ALDOUS]
    assert listed(owner, "?manual=none") == [WOOL, ANTONIO]


def test_no_contact_for_days(book, customer, owner, listed):
    antonio = Customer.objects.get(name=ANTONIO)
    for known, days in ((customer, 40), (antonio, 2)):
        log_interaction(known, kind="call", on=NOW.date() - timedelta(days=days), acting_user=owner, at=NOW)
    assert listed(owner, "?quiet=30") == [WOOL, ALDOUS]
    assert listed(owner, "?sort=touch") == [WOOL, ALDOUS, ANTONIO]
    assert listed(owner, "?sort=-touch") == [ANTONIO, ALDOUS, WOOL]


def test_the_last_contact_follows_every_change(customer, owner):
    def last():
        return Customer.objects.get(pk=customer.pk).last_contact_on

    def log(day):
        return log_interaction(customer, kind="call", on=date(2026, 11, day), acting_user=owner, at=NOW)

    first, second = log(3), log(9)
    log(5)
    assert last() == date(2026, 11, 9)
    remove_interaction(second, acting_user=owner, at=NOW)
    assert last() == date(2026, 11, 5)
    Interaction.objects.filter(pk=first.pk).update(on=date(2026, 11, 20))
    assert last() == date(2026, 11, 20)
    Interaction.objects.all().delete()
    assert last() is None


def test_promises(book, customer, owner, listed):
    for name, days in ((ALDOUS, 5), (ANTONIO, -1)):
        known = Customer.objects.get(name=name)
        Promise.objects.create(customer=known, text="Call", due_on=NOW.date() + timedelta(days=days), made_by=owner)
    assert listed(owner, "?promise=open") == [ALDOUS, ANTONIO]
    assert listed(owner, "?promise=due") == [ANTONIO]
    assert listed(owner, "?sort=promise") == [ANTONIO, ALDOUS, WOOL]


def test_empty_states_say_what_to_do(outsider, administrator, signed_in):
    assert "Add the first customer" in signed_in(outsider).get("/customers/").text
    assert 'href="/customers/add/?name=A%20%26%20B"' in signed_in(outsider).get("/customers/?q=A+%26+B").text
    assert "Nobody fits" in signed_in(outsider).get("/customers/?tier=high_value").text
    assert "without an owner" in signed_in(administrator).get("/customers/").text


def test_each_filter_can_be_taken_off(book, customer, owner, signed_in):
    tag = add_tag(customer, name="Fair")[0]
    page = signed_in(owner).get(f"/customers/?q=al&tier=standard&tag={tag.pk}&sort=place&page=2&city=")
    queries = {taken.words: taken.query for taken in page.context["taken"]}
    assert queries["“al”"] == f"tier=standard&tag={tag.pk}&sort=place"
    assert queries["Tags: Fair"] == "q=al&tier=standard&sort=place"
    assert queries["Tier: Standard"] == f"q=al&tag={tag.pk}&sort=place"


def test_a_fragment_for_htmx(book, owner, signed_in):
    told = {"HX-Request": "true", "HX-Target": "list"}
    answer = signed_in(owner).get("/customers/?q=wool&tier=&sort=-name", headers=told)
    assert answer.text.lstrip().startswith("<section")
    assert answer["HX-Push-Url"] == "/customers/?q=wool&sort=-name"


def test_at_most_twelve_queries_for_one_and_many(customer, owner, manager, service_agent, signed_in):
    SavedView.objects.create(user=owner, page="customers", name="Wool", query="q=wool")
    for number in range(30):
        more = add_customer(name=f"Aldo {number}", owner=owner, acting_user=owner, at=NOW)
        add_contact(more, name="Somebody", acting_user=owner, at=NOW)
        add_tag(more, name=f"Tag {number % 7}")
    for user, query in ((owner, "?all=1"), (manager, "?q=a&whose=team"), (service_agent, "?promise=open&manual=none")):
        client = signed_in(user)
        counts = []
        for size in (25, 100):
            with CaptureQueriesContext(connection) as context:
                assert client.get(f"/customers/{query}&size={size}").status_code == 200
            counts.append(len(context))
        assert counts[0] <= 12, [one["sql"][:90] for one in context.captured_queries]
        assert counts[1] <= counts[0]


def test_the_count_stops_at_a_thousand_and_pages_go_on(owner, signed_in):
    Customer.objects.bulk_create([Customer(name=f"C{number:04}", owner=owner) for number in range(1100)])
    page = signed_in(owner).get("/customers/?page=40")
    assert "More than 1,000 customers" in page.text
    assert page.context["page"].rows[0].name == "C0975"
    assert len(signed_in(owner).get("/customers/?page=11&size=100").context["page"]) == 100
    assert not signed_in(owner).get("/customers/?page=11&size=100").context["page"].next


def test_a_word_that_many_hold_is_counted_picked_and_exported_to_the_end(owner, signed_in):
    Customer.objects.bulk_create([Customer(name=f"Bulk {number:04}", owner=owner) for number in range(1100)])
    client = signed_in(owner)
    page = client.get("/customers/?q=Bulk")
    assert "More than 1,000 customers, of whom so many are listed" in page.text
    assert client.get("/customers/export.csv?q=Bulk").getvalue().count(b"Bulk") == 1100
    client.post("/customers/tag/", {"everybody": "on", "query": "q=Bulk", "tag": "bulky"})
    assert len(BulkChange.objects.get().ids) == 1100
    found, page = [], Api(owner).get("customers/", q="Bulk", size=200)
    while page:
        found += [row["id"] for row in page.json()["results"]]
        page = page.json()["next"] and Api(owner).client.get(page.json()["next"])
    assert len(set(found)) == len(found) == 1100


def test_service_and_marketing_pick_nobody(book, service_agent, owner, signed_in):
    assert 'id="bulk"' in signed_in(owner).get("/customers/").text
    assert 'id="bulk"' not in signed_in(service_agent).get("/customers/").text
