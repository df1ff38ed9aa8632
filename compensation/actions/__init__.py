"""Every write of compensation."""

from compensation.actions.acknowledging import acknowledge_plan, remind_of_plan, remind_of_plans
from compensation.actions.adjustments import (
    approve_adjustments,
    find_late_facts,
    look_for_late_facts,
    propose_adjustment,
    refuse_adjustments,
)
from compensation.actions.answers import give_up_reading, go_on_reading, read_answers
from compensation.actions.approval import approve_plan, may_be_approved_by, plan_faults, refusal, writers_of
from compensation.actions.chance import DRAW, cancel_chance, draw_chance, give_up_drawing, go_on_drawing
from compensation.actions.credits import credit_sale
from compensation.actions.drafts import change_plan, change_plan_year, may_write_on, remove_plan, restore_plan
from compensation.actions.leave import add_leave, remove_leave, restore_leave
from compensation.actions.members import add_member, set_quota
from compensation.actions.payroll import change_payroll_format, export_payroll
from compensation.actions.plans import DEFAULT_TARGET, add_plan, new_plan_version
from compensation.actions.quota_imports import apply_quotas, import_quotas, undo_quotas
from compensation.actions.quotas import set_quotas
from compensation.actions.runs import GO_ON, approve_run, drop_run, start_run
from compensation.actions.statements import keep_statement
from compensation.actions.stepping import go_on

__all__ = [
    "DEFAULT_TARGET",
    "DRAW",
    "GO_ON",
    "acknowledge_plan",
    "add_leave",
    "add_member",
    "add_plan",
    "apply_quotas",
    "approve_adjustments",
    "approve_plan",
    "approve_run",
    "cancel_chance",
    "change_payroll_format",
    "change_plan",
    "change_plan_year",
    "credit_sale",
    "draw_chance",
    "drop_run",
    "export_payroll",
    "find_late_facts",
    "give_up_drawing",
    "give_up_reading",
    "go_on",
    "go_on_drawing",
    "go_on_reading",
    "import_quotas",
    "keep_statement",
    "look_for_late_facts",
    "may_be_approved_by",
    "may_write_on",
    "new_plan_version",
    "plan_faults",
    "propose_adjustment",
    "read_answers",
    "refusal",
    "refuse_adjustments",
    "remind_of_plan",
    "remind_of_plans",
    "remove_leave",
    "remove_plan",
    "restore_leave",
    "restore_plan",
    "set_quota",
    "set_quotas",
    "start_run",
    "undo_quotas",
    "writers_of",
]
