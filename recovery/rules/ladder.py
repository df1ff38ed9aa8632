"""Who is told of an alert, rung by rung.

Pure functions of ids. A rung is heard by whoever is on duty there, else by the person of that role in the customer's
line; who is away by their stand-in. A rung nobody new stands on is passed over at once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

# Lowest first.
RUNGS = ("agent", "team_lead", "manager", "executive")
# How long an alert waits on a rung, unless the firm says otherwise.
WAIT_MINUTES = {"agent": 10, "team_lead": 15, "manager": 20, "executive": 30}
# The thresholds somebody has to answer; milder ones are only told.
WORTH_AN_ANSWER = ("1h", "overdue")


@dataclass(frozen=True)
class Duty:
    """Who is there at a moment: ``on_duty`` by rung, ``stand_ins`` of who is away; ``last`` hear in any case."""

    active: Collection[int]
    on_duty: Mapping[str, Collection[int]]
    stand_ins: Mapping[int, Collection[int]]
    last: Collection[int]


@dataclass(frozen=True)
class Rung:
    """A rung that is told now. ``is_last``: nobody is above."""

    level: str
    hearers: list[int]
    is_last: bool = False


def next_rung(level: str | None, *, told: Collection[int], line: Mapping[str, Collection[int]], duty: Duty) -> Rung:
    """The lowest rung above ``level`` (None: none was told yet) with somebody on it who was not told yet.

    Above the highest, everybody who is left of ``duty.last`` hears, and that nobody is above.
    """
    for rung in RUNGS[RUNGS.index(level) + 1 if level else 0 :]:
        if fresh := hearers(rung, line=line, duty=duty) - set(told):
            return Rung(rung, sorted(fresh))
    left = set(duty.last) & set(duty.active) - set(told)
    return Rung(RUNGS[-1], sorted(left), is_last=True)


def hearers(rung: str, *, line: Mapping[str, Collection[int]], duty: Duty) -> set[int]:
    """Who hears on a rung: those on duty who are there, or stood in for; else those of the customer's line."""
    return present(duty.on_duty.get(rung, ()), duty) or present(line.get(rung, ()), duty)


def present(people: Iterable[int], duty: Duty) -> set[int]:
    """The people who are there; for who is away their stand-ins, and theirs in turn, as far as anybody is there."""
    found: set[int] = set()
    seen: set[int] = set()
    waiting = list(people)
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if one in duty.stand_ins:
            waiting.extend(duty.stand_ins[one])
        elif one in duty.active:
            found.add(one)
    return found


def gaps(
    shifts: Iterable[tuple[datetime, datetime]], start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """The spans between two moments in which nobody is on duty."""
    free, covered = [], start
    for begins, ends in sorted(shifts):
        if begins >= end:
            break
        if begins > covered:
            free.append((covered, begins))
        covered = max(covered, ends)
    return [*free, (covered, end)] if covered < end else free
