"""What somebody saw when they began to type, against what is there when they save."""

from collections.abc import Mapping
from typing import Any


class ChangedMeanwhile(Exception):
    """Somebody else saved first; ``now`` is what stands there."""

    def __init__(self, now: Mapping[str, Any]) -> None:
        super().__init__("Somebody else changed this while you were typing.")
        self.now = now


def check_seen(seen: Mapping[str, Any] | None, now: Mapping[str, Any]) -> None:
    """Raise ``ChangedMeanwhile`` unless what was seen still stands. None was not asked to look."""
    if seen is not None and changed(seen, now):
        raise ChangedMeanwhile(now)


def changed(seen: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Names of what is different now, or was not seen at all."""
    return [name for name, value in now.items() if name not in seen or seen[name] != value]
