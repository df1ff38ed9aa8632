"""A used secret rests, and whoever found it hears of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from firm.models import Notification
from secrets_manual.actions import use_secret
from secrets_manual.models import SecretUse
from tests.conftest import NOW


def use(secret, user, at=NOW):
    return use_secret(secret, reference="case:1", note="a surprise", acting_user=user, at=at)


def test_discoverer_gets_the_credit(secret, owner, service_agent):
    use(secret, service_agent)
    notice = Notification.objects.get()
    assert (notice.user, "Swims" in notice.text) == (owner, False)


def test_it_rests_for_ninety_days(secret, service_agent):
    use(secret, service_agent)
    with pytest.raises(ValidationError):
        use(secret, service_agent, NOW + timedelta(days=89))
    use(secret, service_agent, NOW + timedelta(days=90))
    assert SecretUse.objects.count() == 2


def test_removed_is_not_used(secret, service_agent):
    type(secret).objects.update(removed_at=NOW)
    with pytest.raises(ValidationError):
        use(secret, service_agent)


@pytest.fixture
def send(signed_in, secret, time_machine):
    time_machine.move_to(NOW, tick=False)

    def post(user, **data):
        fields = {"kind": "surprise", "note": "a towel by the door"}
        return signed_in(user).post(reverse("use_secret", args=[secret.pk]), fields | data)

    return post


def test_from_its_page(send, secret, colleague, owner):
    assert send(colleague).url == reverse("secret", args=[secret.pk])
    used = SecretUse.objects.get()
    assert (used.kind, used.note, used.by, used.result) == ("surprise", "a towel by the door", colleague, "unknown")
    notice = Notification.objects.get(user=owner)
    assert "for a surprise" in notice.text
    assert "towel" not in notice.text


def test_a_resting_one_is_refused_with_until_when(send, colleague, signed_in, secret):
    send(colleague)
    page = send(colleague).content.decode()
    assert "used or taken out meanwhile" in page
    assert "It rests until 22 February 2027" in page
    assert SecretUse.objects.count() == 1


def test_a_use_says_what(send, colleague):
    assert b"Say in a few words" in send(colleague, note=" ").content
    assert send(colleague, kind="bribe").status_code == 200
    assert not SecretUse.objects.exists()


def test_only_its_audience_uses_it(signed_in, written, owner, marketer, time_machine):
    time_machine.move_to(NOW, tick=False)
    for_marketing = written(sensitivity="shared", audiences=("marketing",))
    address = reverse("use_secret", args=[for_marketing.pk])
    assert signed_in(marketer).get(address).status_code == 200
    assert signed_in(owner).get(address).status_code == 404
