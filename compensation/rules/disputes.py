"""Who may say what in a dispute, and until when. Another than who opened it, or is paid by it, decides."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

# What a plan promises unless it says otherwise, from the day a dispute is opened.
DAYS_TO_ANSWER: Final = 14
# The notice before the deadline comes this many days ahead, or at once where fewer are given.
REMIND_DAYS: Final = 3


def dispute_until(issued_on: date, dispute_days: int) -> date:
    """The last day a statement issued on a day can be disputed."""
    return issued_on + timedelta(days=dispute_days)


def answer_by(opened_on: date, answer_days: int) -> date:
    """The day an answer is due, by the plan's days."""
    return opened_on + timedelta(days=answer_days)


def may_dispute(*, user_id: int, salesperson_id: int) -> bool:
    """One's own statement, nobody else's."""
    return user_id == salesperson_id


def may_answer(roles: Collection[str], *, user_id: int, salesperson_id: int) -> bool:
    """Writing in the thread: compensation, executives, and the person whose pay it is."""
    return user_id == salesperson_id or bool({"compensation", "executive"} & set(roles))


def may_decide(roles: Collection[str], *, user_id: int, opened_by_id: int, salesperson_id: int) -> bool:
    """Compensation, who neither opened it nor is paid by it."""
    return "compensation" in roles and user_id not in {opened_by_id, salesperson_id}
