"""Who may do what with plans and pay. Nobody approves what they made, and nobody approves or edits their own pay."""

from collections.abc import Collection


def may_plan(roles: Collection[str]) -> bool:
    """Making plans, setting target bonuses and quotas."""
    return "compensation" in roles


def may_see_plans(roles: Collection[str]) -> bool:
    """Every plan with its members; a salesperson sees their own approved plan besides."""
    return "compensation" in roles or "executive" in roles


def may_approve_plan(roles: Collection[str], *, user_id: int, maker_id: int, member_ids: Collection[int]) -> bool:
    """An executive who neither made the plan nor is paid by it."""
    return "executive" in roles and user_id != maker_id and user_id not in member_ids


def may_set_pay(roles: Collection[str], *, user_id: int, salesperson_id: int) -> bool:
    """Anybody's target bonus, days and quotas but one's own."""
    return may_plan(roles) and user_id != salesperson_id
