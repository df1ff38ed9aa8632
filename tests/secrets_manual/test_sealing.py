"""Confidential words are nowhere in the database in plain."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from secrets_manual.actions import change_secret, note_reads
from secrets_manual.models import Category, Secret, SecretRead, SecretText
from tests.conftest import NOW

CANARY = "kingfisherbluewinter"


def tables_holding(word):
    """Names of the tables of which any row, written out as text, holds the word."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}" AS r WHERE r::text LIKE %s)', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_confidential_is_sealed_everywhere(written):
    secret = written(text=f"The {CANARY} quarter.", sensitivity="confidential")
    assert tables_holding(CANARY) == []
    assert Secret.objects.with_text().get(pk=secret.pk).text == f"The {CANARY} quarter."


def test_plain_words_are_found_where_they_belong(written):
    written(text=f"The {CANARY} quarter.", sensitivity="shared")
    assert tables_holding(CANARY) == ["secrets_manual_secrettext"]


def test_older_versions_are_sealed(written, owner):
    secret = written(text=f"{CANARY} one", sensitivity="shared")
    change_secret(
        secret,
        text="two",
        category=secret.category,
        sensitivity="shared",
        audiences=["sales"],
        acting_user=owner,
        at=NOW,
    )
    assert tables_holding(CANARY) == []
    assert [text.text for text in secret.texts.all()] == ["two", f"{CANARY} one"]


def test_database_refuses_plain_confidential(written, owner):
    secret = written(sensitivity="confidential")
    with pytest.raises(DatabaseError), transaction.atomic():
        SecretText.objects.filter(secret=secret).update(plain="open", sealed=None)
    shared = written(sensitivity="shared")
    with pytest.raises(DatabaseError), transaction.atomic():
        Secret.objects.filter(pk=shared.pk).update(sensitivity="confidential")


def test_raising_the_sensitivity_seals(written, owner):
    secret = written(text=f"{CANARY}", sensitivity="shared")
    change_secret(
        secret,
        text=CANARY,
        category=secret.category,
        sensitivity="confidential",
        audiences=["sales"],
        acting_user=owner,
        at=NOW,
    )
    assert tables_holding(CANARY) == []


def test_only_the_owner_lowers_with_a_reason(written, owner, colleague):
    secret = written(sensitivity="confidential", acting_user=colleague)
    kept = {"text": "x", "category": secret.category, "sensitivity": "shared", "audiences": ["sales"], "at": NOW}
    for user, reason in ((colleague, "because"), (owner, "")):
        with pytest.raises(ValidationError):
            change_secret(secret, **kept, acting_user=user, reason=reason)
    change_secret(secret, **kept, acting_user=owner, reason="The customer put it in the paper.")
    secret.refresh_from_db()
    assert secret.sensitivity == "shared"


def test_special_is_refused_without_consent(written):
    with pytest.raises(ValidationError):
        written(sensitivity="special")
    assert not Secret.objects.exists()


def test_rotation(written, settings):
    secret = written(text="Still readable.", sensitivity="confidential")
    before = bytes(secret.texts.get().sealed)
    old, new = settings.SECRETS_KEYS[0], Fernet.generate_key().decode()
    settings.SECRETS_KEYS = [new, old]
    call_command("rotate_secrets")
    settings.SECRETS_KEYS = [new]
    text = secret.texts.get()
    assert bytes(text.sealed) != before
    assert text.text == "Still readable."


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE secrets_manual_secretread SET why = ''",
        "DELETE FROM secrets_manual_secretread",
        "TRUNCATE secrets_manual_secretread",
    ],
)
def test_read_log_is_append_only(secret, owner, sql):
    note_reads([secret], user=owner, why="its page", at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert SecretRead.objects.count() == 1


def test_second_writer_sees_the_first(written, owner, colleague):
    secret = written(sensitivity="relationship")
    fields = {
        "category": Category.objects.get(key="dream"),
        "sensitivity": "relationship",
        "audiences": ["sales"],
        "at": NOW,
    }
    change_secret(secret, text="first", acting_user=owner, seen_version=1, **fields)
    with pytest.raises(ValidationError):
        change_secret(secret, text="second", acting_user=colleague, seen_version=1, **fields)
