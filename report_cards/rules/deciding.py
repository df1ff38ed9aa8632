"""Who decides on what a month's round leaves out or holds: never the rated person, never whoever asked.

The rated person's nearest manager first, then the managers above, then the executives; undecided after two days the
next rung is told as well.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

ESCALATE_AFTER = timedelta(days=2)


@dataclass(frozen=True)
class Ladder:
    """Those who may decide, nearest first. ``line`` are managers above the rated person, ``executives`` come last."""

    line: Sequence[int]
    executives: Sequence[int]
    barred: Collection[int | None] = field(default_factory=tuple)

    @property
    def rungs(self) -> list[list[int]]:
        """Who is told first, who next; never empty rungs."""
        managers = [[one] for one in self.line if one not in self.barred]
        return managers + ([last] if (last := [one for one in self.executives if one not in self.barred]) else [])

    def told(self, *, since: datetime | None, at: datetime) -> list[int]:
        """Whom it concerns by now: the first rung, and one more for each two days since the draw."""
        steps = steps_since(since, at)
        return [one for rung in self.rungs[: steps + 1] for one in rung]

    def may(self, user_id: int, *, since: datetime | None, at: datetime) -> bool:
        """A manager above always; an executive where no manager is left, or once it came up to them."""
        if user_id in self.barred:
            return False
        return user_id in self.line or user_id in self.told(since=since, at=at)


def steps_since(since: datetime | None, at: datetime) -> int:
    """How often it went up since the draw; before the draw nothing presses."""
    return max(0, (at - since) // ESCALATE_AFTER) if since else 0
