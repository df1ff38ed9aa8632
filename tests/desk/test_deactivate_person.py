"""Taking a person out hands their customers over in the same step."""

import pytest
from django.core.exceptions import ValidationError

from accounts.actions import deactivate_user
from accounts.models import Team, User
from customers.models import Customer, Ownership
from desk.actions import deactivate_person
from tests.conftest import NOW


def test_the_page_asks_and_hands_over(customer, owner, colleague, administrator, signed_in):
    browser = signed_in(administrator)
    path = f"/people/{owner.pk}/deactivate/"
    assert "They own" in browser.get(path).text
    assert "Choose who takes them over" in browser.post(path).text
    assert User.objects.get(pk=owner.pk).is_active
    browser.post(path, {"successor": colleague.pk})
    assert not User.objects.get(pk=owner.pk).is_active
    assert Customer.objects.get(pk=customer.pk).owner == colleague
    assert Ownership.objects.get(customer=customer, until=None).owner == colleague


def test_all_or_nothing(customer, owner, colleague, administrator, monkeypatch):
    def fail(*args, **kwargs):
        raise ValidationError("Not now.")

    monkeypatch.setattr("desk.actions.people.deactivate_user", fail)
    with pytest.raises(ValidationError):
        deactivate_person(owner, successor=colleague, acting_user=administrator, at=NOW)
    assert Customer.objects.get(pk=customer.pk).owner == owner


def test_nobody_takes_over_their_own_customers(customer, owner, administrator, signed_in):
    page = signed_in(administrator).post(f"/people/{owner.pk}/deactivate/", {"successor": owner.pk})
    assert page.status_code == 200
    assert User.objects.get(pk=owner.pk).is_active


def test_a_manager_leaves_their_team_without_one(team, manager, administrator):
    deactivate_person(manager, successor=None, acting_user=administrator, at=NOW)
    assert Team.objects.get(pk=team.pk).manager is None


def test_the_last_administrator_stays(administrator, second_administrator):
    deactivate_user(second_administrator, acting_user=administrator, at=NOW)
    with pytest.raises(ValidationError, match="yourself"):
        deactivate_user(administrator, acting_user=administrator, at=NOW)
    with pytest.raises(ValidationError, match="last administrator"):
        deactivate_user(administrator, acting_user=second_administrator, at=NOW)
