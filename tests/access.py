"""The shape of one row of the permission table (tests/<app>/permissions.py, walked by tests/test_permissions.py)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# Every column of the table, by the names of the fixtures in tests/conftest.py.
PEOPLE = (
    "anonymous",
    "owner",
    "colleague",
    "outsider",
    "manager",
    "service_agent",
    "marketer",
    "executive",
    "compensation_admin",
    "privacy_officer",
    "administrator",
)


@dataclass(frozen=True)
class Access:
    """Who gets which status at one address.

    ``default`` is the status of everybody signed in who is not named in ``statuses``; ``anonymous`` defaults to a
    redirect to the sign-in page. ``args`` makes the address's arguments from the pytest ``request``
    (``lambda request: {"pk": request.getfixturevalue("customer").pk}``). POST rows send ``data``.
    """

    default: int
    statuses: dict[str, int] = field(default_factory=dict)
    args: Callable[[Any], dict[str, Any]] = lambda request: {}
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    anonymous: int = 302

    def expected(self, person: str) -> int:
        """The status a person must get."""
        if person == "anonymous":
            return self.anonymous
        return self.statuses.get(person, self.default)
