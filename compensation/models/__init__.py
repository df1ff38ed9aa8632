"""Bonus plans, who is paid by them, the runs that pay, and what is said against them."""

from compensation.models.credits import CreditedSale, SaleCredit
from compensation.models.disputes import Dispute, DisputeMessage
from compensation.models.members import Acknowledgement, Leave, PlanMember, Quota
from compensation.models.payroll import PayrollExport, PayrollFormat
from compensation.models.plans import BonusPlan, Component, PlanBehaviour, PlanWriter, PlanYear, check_curve
from compensation.models.quotas import QuotaImport
from compensation.models.runs import Adjustment, Issue, Run, RunInput, Statement, StatementLine
from compensation.models.simulation import ChanceDraw

__all__ = [
    "Acknowledgement",
    "Adjustment",
    "BonusPlan",
    "ChanceDraw",
    "Component",
    "CreditedSale",
    "Dispute",
    "DisputeMessage",
    "Issue",
    "Leave",
    "PayrollExport",
    "PayrollFormat",
    "PlanBehaviour",
    "PlanMember",
    "PlanWriter",
    "PlanYear",
    "Quota",
    "QuotaImport",
    "Run",
    "RunInput",
    "SaleCredit",
    "Statement",
    "StatementLine",
    "check_curve",
]
