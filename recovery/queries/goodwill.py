"""What may be spent on a surprise, and who answers for more."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from accounts.models import Role, User
from accounts.queries import managers_above
from recovery import rules
from recovery.models import Absence, BudgetRequest, Case, Goodwill, Milestone


def allowance(case: Case, user: User) -> Decimal:
    """The most the user may spend on the case's surprise without asking, in the firm's currency. Two queries."""
    amounts = Goodwill.objects.filter(role__in=user.roles, severity=case.severity).values_list("amount", flat=True)
    granted = case.budget_requests.granted().values_list("cost", flat=True)
    return rules.allowance(amounts, granted)


def whom_to_ask(case: Case, asker: User, at: datetime) -> User | None:
    """Who is asked for more than one may spend: the nearest manager above the asker or the owner, else an executive.

    Who is away is stood in for, else passed over. None: nobody is left to ask.
    """
    owner = case.customer.owner
    line = [*managers_above(asker), *(managers_above(owner) if owner else [])]
    line += User.objects.holding(Role.EXECUTIVE).order_by("pk").values_list("pk", flat=True)
    chosen = rules.whom_to_ask(line, away=away(at), asker=asker.pk)
    return User.objects.active().filter(pk=chosen).first() if chosen else None


def away(at: datetime) -> dict[int, int | None]:
    """Everybody absent at a moment, with their stand-in."""
    absent = Absence.objects.filter(starts_at__lte=at, ends_at__gt=at)
    rows = absent.order_by("id").values_list("user_id", "stand_in_id", "stand_in__is_active")
    return {user: stand_in if is_here else None for user, stand_in, is_here in rows}


def may_answer(asked: BudgetRequest, case: Case, user: User) -> bool:
    """Whoever was asked, a manager who sees the case, an executive; never the asker."""
    if user.pk == asked.asked_by_id or not user.is_active:
        return False
    if user.pk == asked.asked_of_id or user.has_role(Role.EXECUTIVE):
        return True
    return user.has_role(Role.MANAGER) and Case.objects.visible_to(user).filter(pk=case.pk).exists()


def budget_requests(user: User) -> QuerySet[BudgetRequest]:
    """The questions a user may see: asked by or of them, of a case they see, every one for an executive."""
    present = BudgetRequest.objects.filter(case__customer__removed_at=None)
    if user.has_role(Role.EXECUTIVE):
        return present
    seen = Case.objects.visible_to(user).order_by()
    return present.filter(Q(case__in=seen) | Q(asked_by=user) | Q(asked_of=user))


def surprise_due(case: Case) -> datetime:
    """When the surprise of a case is due."""
    return case.milestones.values_list("due_at", flat=True).get(kind=Milestone.Kind.SURPRISE)
