"""Sales by hand: add, change, remove, undo."""

import pytest

from customers.actions import remove_sale
from customers.models import Sale
from tests.conftest import NOW


@pytest.fixture
def form(owner):
    return {
        "order_number": "F-1",
        "salesperson": owner.pk,
        "ordered_on": "2025-11-02",
        "amount": "-12.50",
        "currency": "eur",
    }


@pytest.fixture
def sale(customer, owner):
    told = {"ordered_on": "2025-11-02", "amount": "440.00", "currency": "EUR"}
    return Sale.objects.create(order_number="10248", customer=customer, salesperson=owner, **told)


def test_add(signed_in, owner, customer, form):
    assert signed_in(owner).post(f"/customers/{customer.pk}/sales/add/", form).status_code == 302
    sale = Sale.objects.get()
    assert (str(sale.amount), sale.currency, sale.salesperson) == ("-12.50", "EUR", owner)
    assert Sale.pgh_event_model.objects.get().pgh_context.metadata["user"] == owner.pk


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ordered_on": "2999-01-01"}, "dated in the future"),
        ({"shipped_on": "2025-11-01"}, "Shipped before it was ordered"),
        ({"currency": "E1R"}, "three letters"),
        ({"amount": "1.234"}, "no more than 2 decimal places"),
        ({"order_number": "10248"}, "This order number is taken"),
    ],
)
def test_mistakes_are_named(signed_in, owner, customer, sale, form, change, words):
    assert words in signed_in(owner).post(f"/customers/{customer.pk}/sales/add/", form | change).text
    assert Sale.objects.count() == 1


def test_only_the_team_is_credited(signed_in, owner, customer, form, outsider):
    refused = signed_in(owner).post(f"/customers/{customer.pk}/sales/add/", form | {"salesperson": outsider.pk})
    assert "Select a valid choice" in refused.text


def test_change_remove_and_undo(signed_in, owner, customer, sale, form):
    client = signed_in(owner)
    client.post(f"/sales/{sale.pk}/change/", form | {"order_number": "10248", "amount": "9"})
    page = client.post(f"/sales/{sale.pk}/remove/", follow=True).text
    assert "Nothing sold yet" in page
    assert f'action="/sales/{sale.pk}/restore/"' in page
    assert "9.00 EUR" in client.post(f"/sales/{sale.pk}/restore/", follow=True).text


def test_the_number_of_a_removed_sale_stays_taken(signed_in, owner, customer, sale, form):
    remove_sale(sale, acting_user=owner, at=NOW)
    page = signed_in(owner).post(f"/customers/{customer.pk}/sales/add/", form | {"order_number": "10248"})
    assert "perhaps by a removed sale" in page.text


def test_same_queries_for_one_and_many(signed_in, owner, customer, sale, queries_of):
    client, url = signed_in(owner), f"/customers/{customer.pk}/sales/"
    one = queries_of(client, url)
    for number in range(19):
        Sale.objects.create(
            order_number=f"S{number}",
            customer=customer,
            salesperson=owner,
            ordered_on="2025-01-01",
            amount=1,
            currency="EUR",
        )
    assert queries_of(client, url) == one
