"""What ``manage.py check`` says about the keys that seal confidential words."""

from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from secrets_manual import vault

HINT = 'Make one: python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'


@register(Tags.security)
def check_keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every key of SECRETS_KEYS is one, and none is there twice."""
    keys = settings.SECRETS_KEYS
    if not keys:
        return [
            Error("SECRETS_KEYS is empty: no confidential word can be sealed.", hint=HINT, id="secrets_manual.E001")
        ]
    found: list[CheckMessage] = []
    for place, key in enumerate(keys, start=1):
        if not _is_key(key):
            found.append(Error(f"Key {place} of SECRETS_KEYS is no Fernet key.", hint=HINT, id="secrets_manual.E002"))
    if len(set(keys)) < len(keys):
        found.append(Warning("SECRETS_KEYS holds the same key twice.", id="secrets_manual.W001"))
    return found


def _is_key(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return True


@register(Tags.database)
def check_keys_open(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The oldest and the newest sealed words open with the keys: ``manage.py check --database default``."""
    if not databases or check_keys(app_configs):
        return []
    texts = apps.get_model("secrets_manual", "SecretText").objects.exclude(sealed=None).order_by("pk")
    try:
        sample = [bytes(row.sealed or b"") for row in (texts.first(), texts.last()) if row]
    except DatabaseError:
        return []  # not migrated yet
    try:
        for sealed in sample:
            vault.open_sealed(sealed)
    except InvalidToken:
        hint = "Put the key they were sealed with back into SECRETS_KEYS, behind the newest."
        return [Error("No key of SECRETS_KEYS opens what is sealed here.", hint=hint, id="secrets_manual.E003")]
    return []
