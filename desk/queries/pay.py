"""What waits about pay on the home pages: runs, what they owe, disputes."""

from datetime import date

from django.db.models import Count, Q

from accounts.models import User
from compensation.models import Adjustment, Dispute, Run

SHOWN = 6


def newest_runs() -> list[Run]:
    """The newest run of every plan that was not dropped, those still under way first. One query."""
    kept = Run.objects.exclude(state=Run.State.DROPPED).select_related("plan", "year", "run_by", "approved_by")
    newest = kept.order_by("plan_id", "-run_at", "-id").distinct("plan_id")
    return sorted(newest, key=lambda run: (not run.is_open, -run.run_at.timestamp()))[:SHOWN]


def adjustments_to_decide(user: User) -> int:
    """How many adjustments wait that the person neither found nor is paid by."""
    return Adjustment.objects.waiting().decidable_by(user).count()


def disputes_open(user: User, today: date) -> dict[str, int]:
    """How many disputes are open, and how many of them should have been answered before ``today``."""
    open_ones = Dispute.objects.visible_to(user).filter(state=Dispute.State.OPEN)
    return open_ones.aggregate(open=Count("id"), late=Count("id", filter=Q(answer_by__lt=today)))
