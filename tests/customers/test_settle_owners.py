"""A planned hand-over takes effect on its day."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from customers.actions import hand_over
from customers.tasks import settle_owners


def test_on_its_day_and_again(customer, owner, colleague):
    tomorrow = timezone.now() + timedelta(days=1)
    day = timezone.localdate(tomorrow)
    hand_over(customer, to=colleague, since=day, acting_user=None, at=timezone.now() - timedelta(days=1))
    settle_owners()
    customer.refresh_from_db()
    assert customer.owner == owner
    with time_machine.travel(tomorrow + timedelta(days=1)):
        settle_owners()
        settle_owners()
    customer.refresh_from_db()
    assert customer.owner == colleague


@pytest.mark.django_db
def test_before_setup():
    settle_owners()
