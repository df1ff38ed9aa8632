"""New keys: everything sealed is sealed again, in batches, as often as one likes, and the old key can go."""

import io
import uuid

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command

from secrets_manual import vault
from secrets_manual.checks import check_keys, check_keys_open
from secrets_manual.management.commands import rotate_secrets
from secrets_manual.models import Answer, Conversation, SecretText
from tests.conftest import NOW

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


@pytest.fixture
def sealed(settings, written, customer, owner):
    """Two confidential secrets, one with an older version, and an answer to a question of one's own."""
    settings.SECRETS_KEYS = [OLD]
    for text in ("One.", "Two."):
        written(text, sensitivity="confidential")
    talk = Conversation.objects.create(customer=customer, by=owner, began_at=NOW)
    words = {"own": vault.seal("Why?"), "sealed": vault.seal("Because."), "at": NOW, "key": uuid.uuid4()}
    Answer.objects.create(conversation=talk, **words)


def rotate():
    out = io.StringIO()
    call_command("rotate_secrets", stdout=out)
    return out.getvalue()


def words():
    answer = Answer.objects.get()
    return [text.text for text in SecretText.objects.order_by("pk")] + [answer.question_text, answer.text]


def test_every_sealed_column_opens_without_the_old_key(sealed, settings):
    settings.SECRETS_KEYS = [NEW, OLD]
    assert "Sealed 4 texts" in rotate()
    settings.SECRETS_KEYS = [NEW]
    assert words() == ["One.", "Two.", "Why?", "Because."]


def test_no_column_is_forgotten():
    found = {f"{model.__name__}.{column}" for model, column in rotate_secrets.sealed_columns()}
    assert found >= {"SecretText.sealed", "Answer.sealed", "Answer.own"}


def test_stopped_in_the_middle_it_goes_on(sealed, settings, monkeypatch):
    monkeypatch.setattr(rotate_secrets, "BATCH", 1)
    settings.SECRETS_KEYS = [NEW, OLD]
    reseal, done = vault.reseal, []

    def die_at_the_third(raw):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(raw)
        return reseal(raw)

    monkeypatch.setattr(vault, "reseal", die_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        rotate()
    monkeypatch.setattr(vault, "reseal", reseal)
    assert "Sealed 2 texts with the newest key; 2 were" in rotate()
    assert "Sealed 0 texts with the newest key; 4 were" in rotate()


def test_it_says_how_far_it_is(sealed, settings, monkeypatch):
    monkeypatch.setattr(rotate_secrets, "BATCH", 1)
    settings.SECRETS_KEYS = [NEW, OLD]
    assert "secrets_manual.SecretText.sealed: 1 of 2\nsecrets_manual.SecretText.sealed: 2 of 2" in rotate()


def test_what_no_key_opens_is_named_and_the_rest_is_done(sealed, settings):
    text = SecretText.objects.order_by("pk").first()
    SecretText.objects.filter(pk=text.pk).update(sealed=Fernet(Fernet.generate_key()).encrypt(b"lost"))
    settings.SECRETS_KEYS = [NEW, OLD]
    with pytest.raises(CommandError, match=f"secrettext {text.pk}"):
        rotate()
    settings.SECRETS_KEYS = [NEW]
    text.refresh_from_db()
    with pytest.raises(InvalidToken):
        vault.open_sealed(bytes(text.sealed))
    assert [other.text for other in SecretText.objects.exclude(pk=text.pk)] == ["Two."]


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        ([NEW, OLD], []),
        ([], ["secrets_manual.E001"]),
        ([NEW, "no key"], ["secrets_manual.E002"]),
        ([NEW, NEW], ["secrets_manual.W001"]),
    ],
)
def test_check_says_what_is_wrong_with_the_keys(settings, keys, ids):
    settings.SECRETS_KEYS = keys
    assert [message.id for message in check_keys(None)] == ids


def test_check_tries_the_keys_on_what_is_sealed(sealed, settings):
    assert check_keys_open(None, databases=["default"]) == []
    settings.SECRETS_KEYS = [NEW]
    assert [message.id for message in check_keys_open(None, databases=["default"])] == ["secrets_manual.E003"]
    assert check_keys_open(None) == []
