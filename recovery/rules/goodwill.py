"""What may be spent on a surprise without asking, and who is asked for more."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

# Whoever opens and ticks cases, and the managers who may be an agent or an owner themselves.
SPENDERS = ("service", "salesperson", "manager")
# A question asked when the surprise was late already, or nearly, can be answered by link for so long all the same.
LEAST_ANSWER = timedelta(hours=1)


def allowance(amounts: Iterable[Decimal], granted: Iterable[Decimal]) -> Decimal:
    """The most one may spend: the best of one's roles' amounts, or what was granted for the case. Without any: 0."""
    return max([Decimal(0), *amounts, *granted])


def may_set_goodwill(role: str, *, roles: Collection[str]) -> bool:
    """Managers and executives set what a role may spend, never their own; managers' is the executive's to set."""
    if role in roles or role not in SPENDERS:
        return False
    return "executive" in roles or ("manager" in roles and role != "manager")


def may_keep_gestures(roles: Collection[str]) -> bool:
    """Service and managers keep the gestures and the letters."""
    return bool({"service", "manager"} & set(roles))


def whom_to_ask(line: Sequence[int], *, away: Mapping[int, int | None], asker: int) -> int | None:
    """The first of the line who is here, nearest above first; who is away is stood in for, else passed over.

    ``away`` names the stand-in, or None, of each person who is absent. Nobody answers their own question.
    """
    for person in line:
        answering = away.get(person, person)
        if answering is not None and answering not in away and answering != asker:
            return answering
    return None


def link_ends_at(due_at: datetime, asked_at: datetime) -> datetime:
    """When the link in the mail dies: with the clock, and not within the first hour."""
    return max(due_at, asked_at + LEAST_ANSWER)
