"""Which audience a person belongs to, and what they may do to a secret."""

from collections.abc import Collection

ASKING_MINUTES = 60
AUDIENCE_OF_ROLE = {"salesperson": "sales", "manager": "sales", "service": "service", "marketing": "marketing"}


def audiences_of(roles: Collection[str]) -> list[str]:
    """The audiences a person belongs to, from their roles."""
    return sorted({AUDIENCE_OF_ROLE[role] for role in roles if role in AUDIENCE_OF_ROLE})


def may_log(roles: Collection[str]) -> bool:
    """Whoever works with customers writes into their manuals."""
    return bool(audiences_of(roles))


def may_ask_confidential(*, is_manager_in_line: bool, is_agent_of_case: bool) -> bool:
    """The manager and the agent of an open case may ask, with a reason, for 60 minutes."""
    return is_manager_in_line or is_agent_of_case


def may_lower_sensitivity(*, user_id: int, owner_id: int | None, reason: str) -> bool:
    """Lowering a confidential secret takes the owner, and the owner's reason."""
    return user_id == owner_id and bool(reason.strip())


def may_use(roles: Collection[str], audiences: Collection[str]) -> bool:
    """Whoever belongs to the secret's audience may use what they may read."""
    return not set(audiences_of(roles)).isdisjoint(audiences)


def may_lift_marks(*, user_id: int, owner_id: int | None, author_id: int) -> bool:
    """Who may say that a secret may be mentioned again: the customer's owner and whoever found it."""
    return user_id in (owner_id, author_id)
