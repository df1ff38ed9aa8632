"""The rules of pay: pure Python, exact, no clock and no database."""

from compensation.rules.engine import Line, Node, Result, compute, interpolate, round_half_up, statement
from compensation.rules.files import differences, digest, dumps, loads
from compensation.rules.inputs import Inputs, Refused, read_curve, read_inputs

__all__ = [
    "Inputs",
    "Line",
    "Node",
    "Refused",
    "Result",
    "compute",
    "differences",
    "digest",
    "dumps",
    "interpolate",
    "loads",
    "read_curve",
    "read_inputs",
    "round_half_up",
    "statement",
]
