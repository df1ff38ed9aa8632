"""The running clocks of a person."""

from datetime import datetime
from typing import Any

from accounts.models import User


def clocks(user: User, at: datetime) -> list[Any]:
    return []
