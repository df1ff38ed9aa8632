"""Bonus plans, who is paid by them, the runs that pay, and what is said against them."""

from compensation.models.credits import SaleCredit
from compensation.models.disputes import Dispute, DisputeMessage
from compensation.models.members import Acknowledgement, Leave, PlanMember, Quota
from compensation.models.payroll import PayrollFormat
from compensation.models.plans import BonusPlan, Component, PlanBehaviour, PlanYear, check_curve
from compensation.models.runs import Adjustment, Run, Statement, StatementLine

__all__ = [
    "Acknowledgement",
    "Adjustment",
    "BonusPlan",
    "Component",
    "Dispute",
    "DisputeMessage",
    "Leave",
    "PayrollFormat",
    "PlanBehaviour",
    "PlanMember",
    "PlanYear",
    "Quota",
    "Run",
    "SaleCredit",
    "Statement",
    "StatementLine",
    "check_curve",
]
