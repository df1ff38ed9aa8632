"""Whom to ask whether it worked, when, and what the answer means.

Pure functions. docs/algorithms/recovery.md says why it is so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# Answers are taken for so long after the question is due.
ANSWERED_FOR = timedelta(days=21)
# An answer up to this says that the customer may leave.
UNLIKELY = 6
# An address is left alone for so long after somebody changed it.
NEW_FOR = timedelta(hours=72)
# A customer who orders within so many days of the closing has renewed; one who ordered before and not since has not.
RENEWAL_DAYS = 365

NOBODY = "nobody there has an address"
STAFF = "an address of the firm's own staff"
SILENT = "the address bounced or its person asked for no more mail"
UNMARKED = "marked as not to be asked"
NEW_ADDRESS = "the address changed in the last 72 hours"
OVER = "the time for answers was over before the mail could go out"
REOPENED = "the case was opened again"


@dataclass(frozen=True)
class Reader:
    """A contact of the customer who could be asked."""

    contact_id: int
    address: str
    was_apologised_to: bool = False
    is_staff: bool = False
    is_silent: bool = False
    is_asked: bool = True
    address_changed_at: datetime | None = None


def choose_reader(readers: Iterable[Reader], at: datetime) -> tuple[Reader | None, str]:
    """Who is asked, else why nobody is.

    Whoever the apology went to is asked and nobody in their place; after a printed apology, the first who may be.
    """
    there = list(readers)
    meant = [one for one in there if one.was_apologised_to] or there
    fit = next((one for one in meant if not fault_of(one, at)), None)
    return fit, "" if fit else fault_of(meant[0], at) if meant else NOBODY


def fault_of(reader: Reader, at: datetime) -> str:
    """Why a contact is not asked; empty where they may be."""
    changed = reader.address_changed_at
    faults = {
        STAFF: reader.is_staff,
        SILENT: reader.is_silent,
        UNMARKED: not reader.is_asked,
        NEW_ADDRESS: changed is not None and at - changed < NEW_FOR,
    }
    return next((why for why, is_so in faults.items() if is_so), "")


def may_leave(likely: int | None) -> bool:
    """Whether an answer says that the customer was not won back."""
    return likely is not None and likely <= UNLIKELY
