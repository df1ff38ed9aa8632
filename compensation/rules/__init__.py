"""The rules of pay: pure Python, exact, no clock and no database."""

from compensation.rules.access import may_approve_plan, may_plan, may_see_plans, may_set_pay
from compensation.rules.calendar import Span, month_later, plan_years
from compensation.rules.engine import Line, Node, Result, compute, interpolate, round_half_up, statement
from compensation.rules.files import differences, digest, dumps, loads
from compensation.rules.inputs import Inputs, Refused, read_curve, read_inputs
from compensation.rules.mix import TEMPLATES, Template, YearMix, faults, is_provisional, is_withheld, warnings
from compensation.rules.path import Block, path

__all__ = [
    "TEMPLATES",
    "Block",
    "Inputs",
    "Line",
    "Node",
    "Refused",
    "Result",
    "Span",
    "Template",
    "YearMix",
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
    "may_plan",
    "may_see_plans",
    "may_set_pay",
    "month_later",
    "path",
    "plan_years",
    "read_curve",
    "read_inputs",
    "round_half_up",
    "statement",
    "warnings",
]
