"""Every write of compensation."""

from compensation.actions.approval import approve_plan, may_be_approved_by, plan_faults, refusal, writers_of
from compensation.actions.drafts import may_write_on, remove_plan, restore_plan
from compensation.actions.members import add_member, set_quota
from compensation.actions.plans import DEFAULT_TARGET, add_plan, new_plan_version
from compensation.actions.statements import keep_statement

__all__ = [
    "DEFAULT_TARGET",
    "add_member",
    "add_plan",
    "approve_plan",
    "keep_statement",
    "may_be_approved_by",
    "may_write_on",
    "new_plan_version",
    "plan_faults",
    "refusal",
    "remove_plan",
    "restore_plan",
    "set_quota",
    "writers_of",
]
