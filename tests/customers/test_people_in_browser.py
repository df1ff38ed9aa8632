"""What a browser adds to the forms of people: rows on demand, a warning while typing, tags that complete."""

import pytest
from playwright.sync_api import expect

from customers.actions import add_customer, change_customer
from customers.models import Customer
from tests.conftest import NOW

pytestmark = [pytest.mark.browser]
TOLD = {"acting_user": None, "at": NOW}


@pytest.fixture
def customer_page(open_as, customer, owner):
    return lambda path: open_as(owner, path.format(customer=customer.pk, contact=customer.contacts.get().pk))


def test_rows_on_demand_are_saved(customer_page, customer):
    page = customer_page("/customers/contacts/{contact}/change/")
    page.get_by_role("button", name="One more row").click()
    expect(page.locator("[name=points-2-kind]")).to_be_focused()
    page.select_option("[name=points-2-kind]", "email")
    page.fill("[name=points-2-value]", "j@home.example")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="j@home.example")).to_be_visible()
    assert customer.contacts.get().points.get().value == "j@home.example"


def test_the_warning_comes_while_typing_and_one_tick_is_enough(customer_page, customer):
    page = customer_page("/customers/add/")
    page.locator("[name=name]").press_sequentially("Aldous and Daughter")
    warning = page.locator("#alike")
    expect(warning.get_by_role("link", name="Aldous & Daughter")).to_be_visible()
    page.get_by_label("This is another one").check()
    page.fill("[name=name]", "Aldous and Daughters")
    page.locator("[name=contact_phone]").press_sequentially("0431 5550101")
    expect(warning).to_contain_text("the number of Judith Aldous")
    expect(page.get_by_label("This is another one")).to_be_checked()
    page.fill("[name=contact_name]", "Judith")
    page.get_by_role("button", name="Add the customer").click()
    expect(page.get_by_text("is in the book")).to_be_visible()
    assert Customer.objects.filter(name="Aldous and Daughters").exists()


def test_tags_complete_behind_the_last_comma(customer_page, customer, owner):
    add_customer(name="Brook", owner=owner, tags=["wholesale", "harbour"], **TOLD)
    change_customer(customer, tags=["harbour"], **TOLD)
    page = customer_page("/customers/{customer}/change/")
    field = page.get_by_label("Tags")
    expect(field).to_have_value("harbour")
    field.press("End")
    field.press_sequentially(", w")
    offers = page.locator("#known-tags option").evaluate_all("all => all.map((one) => one.value)")
    assert offers == ["harbour, wholesale"]
