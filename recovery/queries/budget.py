"""Questions for more than one may spend, as the list and the home page show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Role, User
from recovery import rules
from recovery.models import BudgetRequest, Milestone
from recovery.queries.goodwill import budget_requests


@dataclass(frozen=True)
class Asking:
    """One question as a line shows it. The clock is empty once nobody need answer any more."""

    asked: BudgetRequest
    face: str = ""
    lateness: str = ""
    is_late: bool = False
    is_mine: bool = False


def budget_list(user: User, text: str = "") -> QuerySet[Any]:
    """The questions a user sees: those that wait by the clock of the surprise, then the settled, newest first.

    ``text`` is any part of the customer's or the asker's name.
    """
    found = with_due(budget_requests(user))
    if text:
        found = found.filter(Q(case__customer__name__icontains=text) | Q(asked_by__name__icontains=text))
    ordered: QuerySet[Any] = found.annotate(settled_at=Coalesce("answered_at", "withdrawn_at"))
    return ordered.order_by("-settled_at", "due_at", "id")


def waiting_for(user: User) -> QuerySet[Any]:
    """The questions that wait for this user's own answer, most urgent first."""
    mine = budget_requests(user).filter(asked_of=user, is_granted=None, withdrawn_at=None)
    return with_due(mine).order_by("due_at", "id")


def with_due(found: QuerySet[BudgetRequest]) -> QuerySet[Any]:
    """With the moment the surprise is due, and whoever a line names."""
    due = Milestone.objects.filter(case=OuterRef("case"), kind=Milestone.Kind.SURPRISE).values("due_at")
    return found.select_related("case__customer", "asked_by", "asked_of", "answered_by").annotate(
        due_at=Subquery(due[:1])
    )


def asking(asked: Any, user: User, at: datetime) -> Asking:
    """A line of the list; ``asked`` comes from ``budget_list`` or ``waiting_for``. No query."""
    if not asked.is_waiting:
        return Asking(asked)
    # Who sees a question and holds one of these roles may answer it (``may_answer``), without asking the database.
    may = asked.asked_of_id == user.pk or user.has_role(Role.EXECUTIVE, Role.MANAGER)
    return Asking(
        asked,
        rules.clock_face(asked.due_at, at),
        rules.lateness(asked.due_at, at),
        is_late=asked.due_at < at,
        is_mine=may and asked.asked_by_id != user.pk,
    )
