"""Who is drawn for a round, who is held, who is left out and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

HELD_FOR = timedelta(hours=72)


@dataclass(frozen=True)
class Candidate:
    """A contact of a customer that ``salesperson_id`` owned on the month's last day."""

    contact_id: int
    customer_id: int
    salesperson_id: int
    address: str
    is_asked: bool = True
    is_removed: bool = False
    is_staff: bool = False
    is_suppressed: bool = False
    address_changed_at: datetime | None = None
    last_asked: date | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    """What becomes of a candidate: ``waiting`` to be sent, ``held`` or ``excluded`` with the reason."""

    candidate: Candidate
    state: str
    reason: str = ""


def draw(candidates: Iterable[Candidate], *, at: datetime) -> list[Drawn]:
    """Decide on every candidate; at most one of an address is asked, the longest not asked first."""
    excluded: list[Drawn] = []
    by_address: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if reason := exclusion(candidate):
            excluded.append(Drawn(candidate, "excluded", reason))
        else:
            by_address[candidate.address.lower()].append(candidate)
    asked: list[Drawn] = []
    for sharing in by_address.values():
        first, *others = sorted(sharing, key=turn)
        asked.append(_asked(first, at))
        excluded += [
            Drawn(other, "excluded", "the address is asked for another customer this month") for other in others
        ]
    return asked + excluded


def exclusion(candidate: Candidate) -> str:
    """Why a candidate is not asked, or nothing."""
    if candidate.is_staff:
        return "an address of the firm's own staff"
    if candidate.is_suppressed:
        return "the address bounced or its person asked for no more mail"
    if candidate.is_removed:
        return "the contact was removed"
    return "" if candidate.is_asked else "marked as not to be asked"


def turn(candidate: Candidate) -> tuple[date, int, int]:
    """Whose turn it is among customers that share an address: the longest not asked first."""
    return candidate.last_asked or date.min, candidate.customer_id, candidate.contact_id


def _asked(candidate: Candidate, at: datetime) -> Drawn:
    changed = candidate.address_changed_at
    if changed and at - changed < HELD_FOR:
        return Drawn(candidate, "held", "the address changed in the 72 hours before the draw")
    return Drawn(candidate, "waiting")
