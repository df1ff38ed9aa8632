"""Who may make, sign, draw and close."""

from collections.abc import Collection


def may_make(roles: Collection[str]) -> bool:
    """Managers and compensation make report cards."""
    return bool({"manager", "compensation"} & set(roles))


def may_sign(roles: Collection[str], *, user_id: int, writers: Collection[int]) -> bool:
    """An executive signs off a card, never one they had a hand in."""
    return "executive" in roles and user_id not in writers


def may_try(roles: Collection[str]) -> bool:
    """Whoever makes or signs cards previews them and mails a test to themselves."""
    return may_make(roles) or "executive" in roles


def may_watch_rounds(roles: Collection[str]) -> bool:
    """Who follows the progress of rounds."""
    return bool({"manager", "compensation", "executive", "administrator"} & set(roles))


def may_draw(roles: Collection[str]) -> bool:
    """Administrators and executives may draw a round by hand; the beat does it otherwise."""
    return bool({"administrator", "executive"} & set(roles))


def may_close(roles: Collection[str]) -> bool:
    """Administrators may close a round by hand; the beat does it at the closing moment."""
    return "administrator" in roles
