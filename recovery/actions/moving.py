"""Erasing and moving a customer's cases."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from customers.actions import Move, move_all
from customers.models import Customer
from recovery.models import (
    BudgetRequest,
    Case,
    CaseEvent,
    CaseStep,
    DueChange,
    FailedRecovery,
    FollowUp,
    FollowUpToken,
    Letter,
    Milestone,
)

# What stands where a customer's words were, once erased.
ERASED = "erased"


@transaction.atomic
def erase_cases(customer: Customer) -> dict[str, int]:
    """Take every word out of a customer's cases; that there was one, how bad and when it was settled stays.

    Raises ``ValidationError`` while one is open.
    """
    cases = Case.objects.filter(customer=customer)
    if cases.open().exists():
        raise ValidationError("An OOPS! of this customer is open. Close it first, with a reason.")
    for field in ("surprise", "apology", "close_reason"):
        cases.exclude(**{field: ""}).update(**{field: ERASED})
    count = cases.update(
        what_happened=ERASED, reference="", source="", source_url="", apology_to="", surprise_secret_id=None
    )
    Milestone.objects.filter(case__in=cases).exclude(note="").update(note=ERASED)
    with pgtrigger.ignore("recovery.CaseEvent:append_only"):
        CaseEvent.objects.filter(case__in=cases).exclude(note="").update(note=ERASED)
    with pgtrigger.ignore("recovery.DueChange:append_only"):
        DueChange.objects.filter(milestone__case__in=cases).update(reason=ERASED)
    with pgtrigger.ignore("recovery.Letter:append_only"):
        Letter.objects.filter(case__in=cases).update(text=ERASED, subject=ERASED, name="", mail_id=None)
        Letter.objects.filter(case__in=cases).exclude(address="").update(address=ERASED)
    CaseStep.objects.filter(case__in=cases).update(text=ERASED)
    BudgetRequest.objects.filter(case__in=cases).update(surprise=ERASED, answer="", token_hash=None)
    failures = FailedRecovery.objects.filter(case__in=cases)
    failures.update(next_step="")
    failures.exclude(note="").update(note=ERASED)
    _erase_follow_ups(cases)
    return {"cases": count}


def _erase_follow_ups(cases: QuerySet[Case]) -> None:
    """How likely they are to stay is kept as a number of nobody."""
    asked = FollowUp.objects.filter(case__in=cases)
    FollowUpToken.objects.filter(follow_up__in=asked).delete()
    asked.filter(state__in=[FollowUp.State.WAITING, FollowUp.State.SENDING]).update(
        state=FollowUp.State.LEFT_OUT, reason=ERASED
    )
    asked.exclude(reason="").update(reason=ERASED)
    asked.update(address="", wording={}, comment="", contact=None, zone="UTC")


def move_cases(gone: Customer, kept: Customer) -> list[Move]:
    """Every case of a customer belongs to another from now on; what moved."""
    return move_all([(Case.objects.all(), "customer")], old=gone.pk, new=kept.pk)
