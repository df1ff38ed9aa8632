"""Asking for what is confidential: with a reason, for an hour, and the owner hears of it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from customers.actions import hand_over
from firm.models import Notification
from secrets_manual.actions import end_access, grant_access
from secrets_manual.models import AccessGrant, Secret, SecretRead
from tests.conftest import NOW

WORDS = b"The winter quarter never pays for itself"


@pytest.fixture
def confidential(written):
    return written(text=WORDS.decode(), sensitivity="confidential", audiences=("sales", "service"))


def seen(signed_in, user, customer, *, at):
    with time_machine.travel(at, tick=False):
        return WORDS in signed_in(user).get(reverse("customer", args=[customer.pk])).content


def ask(signed_in, user, customer, reason="The bank rang and needs an answer."):
    with time_machine.travel(NOW, tick=False):
        return signed_in(user).post(reverse("ask_confidential", args=[customer.pk]), {"reason": reason})


def test_manager_reads_for_sixty_minutes(confidential, signed_in, customer, manager):
    assert not seen(signed_in, manager, customer, at=NOW)
    assert ask(signed_in, manager, customer).status_code == 302
    minutes = (0, 59, 60, 61)
    assert [seen(signed_in, manager, customer, at=NOW + timedelta(minutes=m)) for m in minutes] == [
        True,
        True,
        False,
        False,
    ]
    assert SecretRead.objects.filter(user=manager, secret_id=confidential.pk).count() == 2


def test_a_hand_over_to_another_line_ends_it_at_once(confidential, signed_in, customer, manager, outsider):
    ask(signed_in, manager, customer)
    soon = NOW + timedelta(minutes=1)
    assert Secret.objects.visible_to(manager, at=soon).filter(pk=confidential.pk).exists()
    hand_over(customer, to=outsider, since=NOW.date(), reason="Moved.", acting_user=manager, at=NOW)
    assert not Secret.objects.visible_to(manager, at=soon).filter(pk=confidential.pk).exists()
    with time_machine.travel(soon, tick=False):
        assert signed_in(manager).get(reverse("secret", args=[confidential.pk])).status_code == 404


def test_owner_and_privacy_officer_hear(confidential, signed_in, customer, manager, owner, privacy_officer):
    ask(signed_in, manager, customer)
    assert set(Notification.objects.values_list("user", flat=True)) == {owner.pk, privacy_officer.pk}
    assert "The bank rang" in Notification.objects.first().text


def test_takes_a_reason(confidential, signed_in, customer, manager):
    assert ask(signed_in, manager, customer, reason=" ").status_code == 200
    assert not AccessGrant.objects.exists()


def test_agent_asks_only_during_the_case(confidential, signed_in, customer, service_agent):
    assert ask(signed_in, service_agent, customer).status_code == 403
    a_day = NOW + timedelta(days=1)
    grant_access(customer, user=service_agent, purpose="case", until=a_day, reference="case:7", at=NOW)
    assert not seen(signed_in, service_agent, customer, at=NOW)
    assert ask(signed_in, service_agent, customer).status_code == 302
    assert seen(signed_in, service_agent, customer, at=NOW + timedelta(minutes=1))
    end_access(reference="case:7", at=NOW + timedelta(minutes=2))
    assert not seen(signed_in, service_agent, customer, at=NOW + timedelta(minutes=3))


@pytest.mark.parametrize(("person", "status"), [("colleague", 403), ("marketer", 403), ("outsider", 404)])
def test_nobody_else(confidential, signed_in, customer, request, person, status):
    assert ask(signed_in, request.getfixturevalue(person), customer).status_code == status
