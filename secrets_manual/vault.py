"""Sealing of confidential words with the keys of the environment (SECRETS_KEYS, newest first)."""

import functools

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


@functools.cache
def _keys(names: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in names])


def seal(text: str) -> bytes:
    """Encrypt words with the newest key."""
    return _keys(tuple(settings.SECRETS_KEYS)).encrypt(text.encode())


def open_sealed(sealed: bytes) -> str:
    """The words again.

    Raises ``cryptography.fernet.InvalidToken`` when no key of the environment opens them.
    """
    return _keys(tuple(settings.SECRETS_KEYS)).decrypt(sealed).decode()


def reseal(sealed: bytes) -> bytes:
    """The same words under the newest key."""
    return _keys(tuple(settings.SECRETS_KEYS)).rotate(sealed)


def is_current(sealed: bytes) -> bool:
    """Whether the newest key alone opens them."""
    try:
        _keys(tuple(settings.SECRETS_KEYS[:1])).decrypt(sealed)
    except InvalidToken:
        return False
    return True
