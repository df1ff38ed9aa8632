"""Taking a secret out, and undoing it."""

import pytest
from django.urls import reverse

from secrets_manual.models import Secret


def undo(signed_in, user, secret):
    return signed_in(user).post(reverse("restore_secret", args=[secret.pk])).status_code


@pytest.mark.parametrize("person", ["owner", "manager"])
def test_whoever_removed_can_undo(secret, signed_in, request, person):
    user = request.getfixturevalue(person)
    signed_in(user).post(reverse("remove_secret", args=[secret.pk]))
    assert not Secret.objects.present().exists()
    assert undo(signed_in, user, secret) == 302
    assert Secret.objects.present().exists()


def test_colleague_takes_nothing_out(secret, signed_in, colleague):
    assert signed_in(colleague).post(reverse("remove_secret", args=[secret.pk])).status_code == 403
    assert Secret.objects.present().exists()


def test_others_cannot(secret, signed_in, owner, colleague, outsider, service_agent):
    signed_in(owner).post(reverse("remove_secret", args=[secret.pk]))
    assert [undo(signed_in, user, secret) for user in (colleague, outsider, service_agent)] == [404, 404, 404]


def test_removed_is_nowhere(secret, signed_in, customer, owner):
    signed_in(owner).post(reverse("remove_secret", args=[secret.pk]))
    client = signed_in(owner)
    assert client.get(reverse("secret", args=[secret.pk])).status_code == 404
    assert b"Swims in" not in client.get(reverse("customer", args=[customer.pk])).content
    assert b"Swims in" not in client.get(reverse("secrets"), {"q": "swims"}).content
