"""Who is drawn for a round, who is held, who is left out and why.

docs/decisions/0013-who-is-left-out.md tells why it is so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

HELD_FOR = timedelta(hours=72)
# Whoever takes a contact out in the last days of a month takes it out of that month.
LAST_DAYS = timedelta(days=30)


class Why(StrEnum):
    """Why a candidate is not plainly asked; the kinds of ``Exclusion`` are among them."""

    STAFF = "staff"
    UNREACHABLE = "unreachable"
    SHARED = "shared"
    ASKED = "asked"
    UNMARKED = "unmarked"
    REMOVED = "removed"
    MERGED = "merged"
    HANDED_OVER = "handed_over"
    NEW_ADDRESS = "new_address"


WORDS_OF = {
    Why.STAFF: "an address of the firm's own staff",
    Why.UNREACHABLE: "the address bounced or its person asked for no more mail",
    Why.SHARED: "the address is asked for another customer this month",
    Why.ASKED: "asked to be left out",
    Why.UNMARKED: "marked as not to be asked",
    Why.REMOVED: "the contact was removed",
    Why.MERGED: "the customer was merged",
    Why.HANDED_OVER: "the customer was handed over",
    Why.NEW_ADDRESS: "the address changed in the 72 hours before the draw",
}
# Nobody left them out: they are the firm's own, cannot be written to, or speak for another customer this month.
NOT_COVERED = frozenset({Why.STAFF, Why.UNREACHABLE, Why.SHARED})


@dataclass(frozen=True)
class Verdict:
    """What somebody else decided on an act: to leave out (``is_approved``) or to ask all the same."""

    is_approved: bool
    by: int
    at: datetime
    answer: str = ""


@dataclass(frozen=True)
class Act:
    """Somebody took a contact out of a month's round.

    With ``former_id`` nobody is left out but another person is rated: the customer passed from that one to the owner.
    """

    why: Why
    reason: str
    by: int | None
    at: datetime
    former_id: int | None = None
    former_name: str = ""


@dataclass(frozen=True)
class Candidate:
    """A contact of a customer that ``salesperson_id`` owned on the month's last day."""

    contact_id: int
    customer_id: int
    salesperson_id: int
    address: str
    is_staff: bool = False
    is_suppressed: bool = False
    act: Act | None = None
    verdict: Verdict | None = None
    address_changed_at: datetime | None = None
    last_asked: date | None = None
    zone: str = "UTC"
    language: str = "en"
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_pending(self) -> bool:
        """Whether somebody took it out and nobody has decided on it."""
        return self.act is not None and self.verdict is None

    @property
    def keeps_former(self) -> bool:
        """Whether a handing over was refused: the customer is asked about whom it belonged to before."""
        return bool(self.act and self.act.former_id and self.verdict and not self.verdict.is_approved)

    @property
    def lost_by(self) -> int | None:
        """Whom the customer is not asked about, because handing it over was approved."""
        return self.act.former_id if self.act and self.verdict and self.verdict.is_approved else None

    @property
    def rated_id(self) -> int:
        """Whom the customer is asked about."""
        former = self.act.former_id if self.act and self.keeps_former else None
        return former or self.salesperson_id

    @property
    def wording(self) -> dict[str, str]:
        """The names as the mail says them."""
        former = {"salesperson": self.act.former_name} if self.act and self.keeps_former else {}
        return {**self.names, **former}


@dataclass(frozen=True)
class Drawn:
    """What becomes of a candidate: ``waiting`` to be sent, ``held`` or ``excluded`` with the reason."""

    candidate: Candidate
    state: str
    reason: str = ""
    why: Why | None = None


def draw(candidates: Iterable[Candidate], *, at: datetime) -> list[Drawn]:
    """Decide on every candidate; at most one of an address is asked, the longest not asked first."""
    excluded: list[Drawn] = []
    by_address: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if why := exclusion(candidate):
            excluded.append(Drawn(candidate, "excluded", told(why, candidate), why))
        else:
            by_address[candidate.address.lower()].append(candidate)
    asked: list[Drawn] = []
    for sharing in by_address.values():
        first, *others = sorted(sharing, key=turn)
        asked.append(_asked(first, at))
        excluded += [Drawn(other, "excluded", WORDS_OF[Why.SHARED], Why.SHARED) for other in others]
    return asked + excluded


def exclusion(candidate: Candidate) -> Why | None:
    """Why a candidate is left out for good, or nothing."""
    if candidate.is_staff:
        return Why.STAFF
    if candidate.is_suppressed:
        return Why.UNREACHABLE
    act, verdict = candidate.act, candidate.verdict
    leaves = act and verdict and verdict.is_approved and not act.former_id
    return act.why if act and leaves else None


def told(why: Why, candidate: Candidate) -> str:
    """The reason in words, with what was said about it; at most 200 characters."""
    said = candidate.act.reason if candidate.act and candidate.act.why == why else ""
    return f"{WORDS_OF[why]}: {said}"[:200] if said else WORDS_OF[why]


def turn(candidate: Candidate) -> tuple[bool, date, int, int]:
    """Whose turn it is among customers that share an address: the longest not asked first, doubtful ones last."""
    return candidate.is_pending, candidate.last_asked or date.min, candidate.customer_id, candidate.contact_id


def is_new(address_changed_at: datetime | None, *, drawn_at: datetime) -> bool:
    """Whether an address is held because it changed shortly before the draw."""
    return address_changed_at is not None and drawn_at - address_changed_at < HELD_FOR


def _asked(candidate: Candidate, at: datetime) -> Drawn:
    if candidate.act and candidate.is_pending:
        return Drawn(candidate, "held", told(candidate.act.why, candidate), candidate.act.why)
    if is_new(candidate.address_changed_at, drawn_at=at):
        return Drawn(candidate, "held", WORDS_OF[Why.NEW_ADDRESS], Why.NEW_ADDRESS)
    return Drawn(candidate, "waiting")
