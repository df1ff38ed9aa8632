"""The surprise: done once, within the budget, with a secret that may be used."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from recovery.actions.holding import do, lock
from recovery.models import Case, CaseEvent, Gesture, Milestone
from recovery.queries import AUDIENCE, allowance
from secrets_manual.actions import use_secret
from secrets_manual.models import Secret
from secrets_manual.queries import usable


@transaction.atomic
def surprise_case(
    case: Case,
    *,
    surprise: str,
    secret: Secret | None,
    acting_user: User,
    at: datetime,
    gesture: Gesture | None = None,
    cost: Decimal | None = None,
) -> None:
    """Something personal was done; the secret behind it counts as used. Two people at once: one.

    ``cost`` is in the firm's currency, without one the gesture's. Raises ``ValidationError`` when somebody was faster,
    when it costs more than the person may spend, or when the secret or the gesture may not be used any more.
    """
    case = lock(case)
    do(case, Milestone.Kind.SURPRISE, CaseEvent.Kind.SURPRISED, acting_user, at)
    spent = cost if cost is not None else gesture.cost if gesture else Decimal(0)
    _check_spending(case, spent, acting_user)
    _check_offered(gesture)
    if secret and not usable(case.customer, audience=AUDIENCE, user=acting_user, at=at).filter(pk=secret.pk).exists():
        raise ValidationError("This secret may not be used any more. Choose another.")
    case.surprise, case.surprise_secret_id = surprise, secret.pk if secret else None
    case.gesture, case.surprise_cost = gesture, spent
    case.save(update_fields=["surprise", "surprise_secret_id", "gesture", "surprise_cost"])
    case.budget_requests.waiting().update(withdrawn_at=at)
    if secret:
        note = f"a surprise: {gesture.name}" if gesture else "a surprise"
        reference = case.grant_reference
        use_secret(secret, kind="surprise", reference=reference, note=note, acting_user=acting_user, at=at)


def _check_spending(case: Case, spent: Decimal, acting_user: User) -> None:
    allowed = allowance(case, acting_user)
    if spent > allowed:
        raise ValidationError(f"{spent:.2f} is more than the {allowed:.2f} you may spend. Ask for more, or spend less.")


def _check_offered(gesture: Gesture | None) -> None:
    if gesture and not Gesture.objects.filter(pk=gesture.pk, is_active=True).exists():
        raise ValidationError(f"“{gesture.name}” is not offered any more. Choose another.")
