"""What waits about pay on the home pages: runs, what they owe, disputes."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from compensation.models import Adjustment, Dispute, Run

SHOWN = 6


def newest_runs() -> list[Run]:
    """The newest run of every plan that was not dropped, those still under way first. One query."""
    kept = Run.objects.exclude(state=Run.State.DROPPED).select_related("plan", "year", "run_by", "approved_by")
    newest = kept.order_by("plan_id", "-run_at", "-id").distinct("plan_id")
    return sorted(newest, key=lambda run: (not run.is_open, -run.run_at.timestamp()))[:SHOWN]


def runs_to_approve(user: User) -> QuerySet[Run]:
    """Computed runs somebody else started and that do not pay the person."""
    computed = Run.objects.filter(state=Run.State.COMPUTED).exclude(run_by=user)
    return computed.exclude(plan__members__salesperson=user).select_related("plan", "year", "run_by")


def adjustments_to_decide(user: User) -> int:
    """How many adjustments wait that the person neither found nor is paid by."""
    return Adjustment.objects.waiting().exclude(made_by=user).exclude(member__salesperson=user).count()


def disputes_open(user: User, today: date) -> dict[str, int]:
    """How many disputes are open, and how many of them should have been answered before ``today``."""
    open_ones = Dispute.objects.visible_to(user).filter(state=Dispute.State.OPEN)
    return open_ones.aggregate(open=Count("id"), late=Count("id", filter=Q(answer_by__lt=today)))
