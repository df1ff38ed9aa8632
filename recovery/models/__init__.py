"""Cases of OOPS!, their clocks, who is told, the surprise, the apology, and whether it worked."""

from recovery.models.cases import Case, CaseEvent, CaseQuerySet, DueChange, Flag, Milestone
from recovery.models.escalation import (
    Absence,
    Alert,
    AlertNotice,
    LadderStep,
    Level,
    PushNotice,
    PushSubscription,
    Shift,
)
from recovery.models.followups import FailedRecovery, FollowUp, FollowUpToken
from recovery.models.letters import Letter
from recovery.models.playbooks import ApologyTemplate, CaseStep, PlaybookStep
from recovery.models.receipts import Receipt
from recovery.models.surprises import BudgetRequest, BudgetRequestQuerySet, Gesture, Goodwill

__all__ = [
    "Absence",
    "Alert",
    "AlertNotice",
    "ApologyTemplate",
    "BudgetRequest",
    "BudgetRequestQuerySet",
    "Case",
    "CaseEvent",
    "CaseQuerySet",
    "CaseStep",
    "DueChange",
    "FailedRecovery",
    "Flag",
    "FollowUp",
    "FollowUpToken",
    "Gesture",
    "Goodwill",
    "LadderStep",
    "Letter",
    "Level",
    "Milestone",
    "PlaybookStep",
    "PushNotice",
    "PushSubscription",
    "Receipt",
    "Shift",
]
