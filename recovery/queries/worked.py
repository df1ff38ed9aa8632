"""Did it work? What is known of one case, and which recoveries failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import User
from recovery import rules
from recovery.models import Case, FailedRecovery, FollowUp

State = FollowUp.State


@dataclass(frozen=True)
class After:
    """What became of one question."""

    follow_up: FollowUp
    words: str


@dataclass(frozen=True)
class Worked:
    """Before and after of a case, and whether it is on the list of failed recoveries."""

    after: Sequence[After]
    failure: FailedRecovery | None

    @property
    def last(self) -> After | None:
        """The newest answer, else how it stands with the first question of the last closing."""
        answered = [one for one in self.after if one.follow_up.likely is not None]
        if answered:
            return max(answered, key=lambda one: one.follow_up.due_at)
        return next((one for one in self.after if one.follow_up.closed_at == self.after[-1].follow_up.closed_at), None)


def worked(case: Case, at: datetime) -> Worked:
    """What is known of a case: every question, newest closing last, and its newest failure. Two queries."""
    asked = FollowUp.objects.filter(case=case).order_by("closed_at", "due_at", "id")
    failure = FailedRecovery.objects.filter(case=case).select_related("handled_by").order_by("-pk").first()
    return Worked([After(one, asking_words(one, at)) for one in asked], failure)


def asking_words(follow_up: FollowUp, at: datetime) -> str:
    """How it stands with a question, in words; empty where the number says it."""
    if follow_up.likely is not None:
        return ""
    match follow_up.state:
        case State.WAITING:
            return "not asked yet"
        case State.LEFT_OUT:
            return f"not asked: {follow_up.reason}"
        case State.BOUNCED:
            return "not asked: the mail came back"
        case State.DOUBTFUL if not follow_up.declined_at:
            return "asked perhaps: nobody knows whether the mail left"
    silent = "asked, no answer yet" if follow_up.takes_answers(at) else "asked, no answer"
    return "asked, wants no more mail" if follow_up.declined_at else silent


def asked_after(cases: Sequence[Case], at: datetime) -> dict[int, str]:
    """How it stands with the question by mail that is the check-back due next, by case. One query.

    The cases are annotated with ``next_kind`` (``to_check_back``).
    """
    next_kinds = {case.pk: (case.next_kind, case.closed_at) for case in cases}  # type: ignore[attr-defined]
    asked = FollowUp.objects.filter(case__in=next_kinds, kind__in=rules.CHECK_BACK_DAYS)
    return {one.case_id: asking_words(one, at) for one in asked if next_kinds[one.case_id] == (one.kind, one.closed_at)}


def failures_of(user: User) -> QuerySet[FailedRecovery]:
    """Failed recoveries of the cases a person sees, with the newest answer after, the longest known first."""
    answered = FollowUp.objects.filter(case=OuterRef("case"), likely__isnull=False).order_by("-answered_at")
    return (
        FailedRecovery.objects.filter(case__in=Case.objects.visible_to(user))
        .select_related("case__customer__owner", "case__agent", "handled_by")
        .annotate(
            likely=Subquery(answered.values("likely")[:1]),
            likely_at=Subquery(answered.values("answered_at")[:1]),
            comment=Subquery(answered.values("comment")[:1]),
        )
    )
