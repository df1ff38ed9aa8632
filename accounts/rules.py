"""Who may do what to whom: roles, line and maker-checker. Pure functions of ids and role names."""

from collections.abc import Collection

TWO_ADMINISTRATORS = frozenset({"executive", "compensation", "privacy_officer"})


def needs_second_administrator(role: str, *, given: bool) -> bool:
    """Giving executive, compensation or privacy officer takes a second administrator."""
    return given and role in TWO_ADMINISTRATORS


def may_change_roles(*, acting_id: int, acting_roles: Collection[str], user_id: int) -> bool:
    """An administrator changes anybody's roles but their own."""
    return "administrator" in acting_roles and acting_id != user_id


def is_other_person(*, maker_id: int | None, checker_id: int) -> bool:
    """Nobody approves what they made."""
    return maker_id != checker_id
