"""What was typed is shown again where it cannot be kept: on “not here” and “not yours to do”."""

import pytest
from django.urls import reverse

from customers.actions import remove_customer
from tests.conftest import NOW

WORDS = "Rang about the late pallets; hopes for a <quiet> December."


@pytest.fixture
def removed(customer, owner):
    remove_customer(customer, acting_user=owner, at=NOW)
    return customer


def test_the_text_is_there_to_copy_when_its_customer_has_gone(owner, removed, client):
    client.force_login(owner)
    answer = client.post(
        reverse("change_customer", args=[removed.pk]),
        {"name": "Aldous", "how_met": WORDS, "csrfmiddlewaretoken": "x" * 64, "password": "a long password of mine"},
    )
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "What you typed" in page
    assert "hopes for a &lt;quiet&gt; December" in page
    assert "x" * 64 not in page
    assert "a long password" not in page


def test_a_page_only_looked_at_shows_nothing_of_the_kind(owner, removed, client):
    client.force_login(owner)
    answer = client.get(reverse("change_customer", args=[removed.pk]), {"how_met": WORDS})
    assert answer.status_code == 404
    assert "What you typed" not in answer.content.decode()
