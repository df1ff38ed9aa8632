"""Tokens by which another system acts for a person."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import forget_keys, revoke_token
from accounts.models import ApiToken, IdempotencyKey
from tests.api import Api

pytestmark = pytest.mark.django_db


def test_a_token_is_shown_once_and_kept_as_a_hash(owner, signed_in):
    client = signed_in(owner)

    page = client.post(reverse("tokens"), {"name": "Books", "scopes": ["customers:read"], "days": 30})

    words = page.context["words"]
    assert words in page.content.decode()
    assert words not in client.get(reverse("tokens")).content.decode()
    kept = ApiToken.objects.get()
    assert words.encode() not in bytes(kept.token_hash)
    assert Client(headers={"Authorization": f"Bearer {words}"}).get("/api/v1/customers/").status_code == 200


def test_a_form_without_scopes_says_so(owner, signed_in):
    page = signed_in(owner).post(reverse("tokens"), {"name": "Books", "days": 30}).content.decode()

    assert "Choose at least one." in page
    assert 'value="Books"' in page


def test_a_revoked_or_old_token_opens_nothing(owner):
    api = Api(owner)
    assert api.get("customers/").status_code == 200

    revoke_token(api.token, acting_user=owner, at=timezone.now())

    assert api.get("customers/").status_code == 401
    old = Api(owner)
    ApiToken.objects.filter(pk=old.token.pk).update(
        made_at=timezone.now() - timedelta(days=9), expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert old.get("customers/").status_code == 401


def test_the_token_of_somebody_who_left_opens_nothing(owner):
    api = Api(owner)
    type(owner).objects.filter(pk=owner.pk).update(is_active=False)

    refused = api.get("customers/")

    assert refused.status_code == 401
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["WWW-Authenticate"].startswith("Bearer")


def test_nobody_revokes_anothers_token(owner, colleague, signed_in):
    api = Api(owner)

    assert signed_in(colleague).post(reverse("revoke_token", args=[api.token.pk])).status_code == 404
    assert api.get("customers/").status_code == 200
    signed_in(owner).post(reverse("revoke_token", args=[api.token.pk]))
    assert api.get("customers/").status_code == 401


def test_the_database_knows_the_scopes(owner):
    token = Api(owner).token
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.filter(pk=token.pk).update(scopes=["everything"])


def test_old_idempotency_keys_are_forgotten(owner, firm):
    api, now = Api(owner), timezone.now()
    for key in ("old", "new"):
        assert api.post("customers/", {"name": key}, **{"Idempotency-Key": key}).status_code == 201
    IdempotencyKey.objects.filter(key="old").update(at=now - timedelta(days=31))

    assert forget_keys(at=now) == 1
    assert IdempotencyKey.objects.get().key == "new"
