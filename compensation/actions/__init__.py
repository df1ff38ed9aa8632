"""Every write of compensation."""

from compensation.actions.members import add_member, set_quota
from compensation.actions.plans import DEFAULT_TARGET, add_plan, approve_plan, may_be_approved_by, plan_faults
from compensation.actions.statements import keep_statement

__all__ = [
    "DEFAULT_TARGET",
    "add_member",
    "add_plan",
    "approve_plan",
    "keep_statement",
    "may_be_approved_by",
    "plan_faults",
    "set_quota",
]
