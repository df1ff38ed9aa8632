"""People who work here, and the tokens by which other systems act for them."""

from accounts.models.people import Invite, Role, RoleChange, Team, User, UserManager, UserQuerySet
from accounts.models.tokens import ApiToken, ApiTokenQuerySet, IdempotencyKey, Scope

__all__ = [
    "ApiToken",
    "ApiTokenQuerySet",
    "IdempotencyKey",
    "Invite",
    "Role",
    "RoleChange",
    "Scope",
    "Team",
    "User",
    "UserManager",
    "UserQuerySet",
]
