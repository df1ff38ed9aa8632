"""The rules of pay: pure Python, exact, no clock and no database."""

from compensation.rules.access import (
    may_approve_plan,
    may_approve_run,
    may_credit,
    may_plan,
    may_run,
    may_see_plans,
    may_set_pay,
)
from compensation.rules.calendar import Span, month_later, plan_years
from compensation.rules.engine import Line, Node, Result, compute, interpolate, round_half_up, statement
from compensation.rules.files import (
    MOST_BYTES,
    Check,
    Difference,
    check_content,
    differences,
    digest,
    dumps,
    loads,
    read_file,
)
from compensation.rules.inputs import Inputs, Refused, read_curve, read_inputs
from compensation.rules.late import what_changed
from compensation.rules.mix import TEMPLATES, Template, YearMix, faults, is_provisional, is_withheld, warnings
from compensation.rules.path import Block, path
from compensation.rules.runs import Chain, canonical, month_ends, provisional_parts, target_of

__all__ = [
    "MOST_BYTES",
    "TEMPLATES",
    "Block",
    "Chain",
    "Check",
    "Difference",
    "Inputs",
    "Line",
    "Node",
    "Refused",
    "Result",
    "Span",
    "Template",
    "YearMix",
    "canonical",
    "check_content",
    "compute",
    "differences",
    "digest",
    "dumps",
    "faults",
    "interpolate",
    "is_provisional",
    "is_withheld",
    "loads",
    "may_approve_plan",
    "may_approve_run",
    "may_credit",
    "may_plan",
    "may_run",
    "may_see_plans",
    "may_set_pay",
    "month_ends",
    "month_later",
    "path",
    "plan_years",
    "provisional_parts",
    "read_curve",
    "read_file",
    "read_inputs",
    "round_half_up",
    "statement",
    "target_of",
    "warnings",
    "what_changed",
]
