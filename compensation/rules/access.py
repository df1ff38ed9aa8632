"""Who may do what with plans and pay. Nobody approves what they made, and nobody approves or edits their own pay."""

from collections.abc import Collection


def may_plan(roles: Collection[str]) -> bool:
    """Making plans, setting target bonuses and quotas."""
    return "compensation" in roles


def may_see_plans(roles: Collection[str]) -> bool:
    """Every plan with its members; a salesperson sees their own approved plan besides."""
    return "compensation" in roles or "executive" in roles


def may_approve_plan(
    roles: Collection[str], *, user_id: int, writers: Collection[int], member_ids: Collection[int]
) -> bool:
    """An executive who neither had a hand in the plan nor is paid by it."""
    return "executive" in roles and user_id not in writers and user_id not in member_ids


def may_set_pay(roles: Collection[str], *, user_id: int, salesperson_id: int) -> bool:
    """Anybody's target bonus, days and quotas but one's own."""
    return may_plan(roles) and user_id != salesperson_id


def may_run(roles: Collection[str]) -> bool:
    """Starting and dropping runs, looking for late facts, the payroll file."""
    return "compensation" in roles


def may_approve_run(roles: Collection[str], *, user_id: int, runner_id: int, is_paid: bool) -> bool:
    """Compensation or an executive, neither who ran it nor anybody it pays."""
    return may_see_plans(roles) and user_id != runner_id and not is_paid


def may_credit(roles: Collection[str], *, before: int, after: int) -> bool:
    """Splitting a sale, so long as one's own share does not grow."""
    return may_plan(roles) and after <= before
