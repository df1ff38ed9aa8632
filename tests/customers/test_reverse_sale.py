"""What of a sale came back."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from customers import actions
from customers.models import Sale
from tests.conftest import NOW


@pytest.fixture
def sale(customer, owner):
    return Sale.objects.create(
        order_number="A1",
        customer=customer,
        salesperson=owner,
        ordered_on=date(2026, 3, 2),
        amount="500.00",
        currency="EUR",
    )


def values(**changes):
    return {"order_number": "A1-R", "ordered_on": "2026-03-09", "amount": "200.00"} | changes


def test_a_part_comes_back(sale, owner, signed_in):
    page = signed_in(owner).post(f"/sales/{sale.pk}/reverse/", values(), follow=True).content.decode()
    back = Sale.objects.get(reverses=sale)
    assert (back.amount, back.customer, back.salesperson, back.currency) == (
        Decimal(-200),
        sale.customer,
        owner,
        "EUR",
    )
    assert "back of A1" in page
    again = signed_in(owner).get(f"/sales/{sale.pk}/reverse/").content.decode()
    assert "300.00 is left" in again


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"amount": "500.01"}, "Only 500.00 of this sale is left"),
        ({"amount": "0"}, "greater than or equal to 0.01"),
        ({"ordered_on": "2026-03-01"}, "Choose a day from 2 March 2026"),
        ({"ordered_on": "2099-03-01"}, "Choose a day from 2 March 2026"),
        ({"order_number": "a1"}, "This order number is taken"),
    ],
)
def test_bad_input_is_told(sale, owner, signed_in, changes, says):
    page = signed_in(owner).post(f"/sales/{sale.pk}/reverse/", values(**changes)).content.decode()
    assert says in page
    assert not sale.reversals.exists()


def test_a_return_does_not_come_back(sale, owner):
    told = {"order_number": "A1-R", "ordered_on": date(2026, 3, 9), "acting_user": owner, "at": NOW}
    back = actions.reverse_sale(sale, amount=Decimal(500), **told)
    with pytest.raises(ValidationError, match="return already"):
        actions.reverse_sale(back, amount=Decimal(1), **told)
    with pytest.raises(ValidationError, match="no more comes back"):
        actions.reverse_sale(sale, amount=Decimal(1), **told | {"order_number": "A1-R2"})
