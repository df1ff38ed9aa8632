"""Reads of disputes: what can still be disputed, and how a list of them is put in order."""

from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When

from accounts.models import User
from compensation.models import Dispute, Run, Statement
from compensation.rules import disputes
from firm.queries import the_firm


def disputable_until(statement: Statement) -> date | None:
    """The last day a line can be disputed; None for what no locked run issued."""
    run = statement.run
    if run is None or run.state != Run.State.LOCKED or run.approved_at is None:
        return None
    issued_on = the_firm().today(run.issued_at or run.approved_at)
    return disputes.dispute_until(issued_on, statement.member.plan.dispute_days)


def disputes_of(user: User, *, state: str) -> QuerySet[Dispute]:
    """Disputes the reader sees, the open ones first, what is due soonest on top."""
    found = Dispute.objects.visible_to(user).select_related("statement__member__salesperson", "statement__year")
    if state in Dispute.State.values:
        found = found.filter(state=state)
    is_open = Case(When(state=Dispute.State.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.order_by(is_open, "answer_by", "-id")
