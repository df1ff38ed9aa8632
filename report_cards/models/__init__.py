"""Report cards, the monthly rounds, whom they ask, what was answered, and what follows from it."""

from report_cards.models.cards import Behaviour, CardWriter, Measure, ReportCard
from report_cards.models.integrity import Quarantine, QuarantineVote, ResponseTrace
from report_cards.models.plans import ActionPlan, CoachingMeeting, MostImproved, PlanCall, PlanStep
from report_cards.models.policy import Policy
from report_cards.models.responses import Answer, Fit, Response, ResponseVersion, WhoMaySee
from report_cards.models.rounds import Exclusion, Invitation, InvitationToken, Round
from report_cards.models.sending import MailEvent, MailPace
from report_cards.models.tallies import BehaviourTally, RoundTally, SharedVoice, Tallied

__all__ = [
    "ActionPlan",
    "Answer",
    "Behaviour",
    "BehaviourTally",
    "CardWriter",
    "CoachingMeeting",
    "Exclusion",
    "Fit",
    "Invitation",
    "InvitationToken",
    "MailEvent",
    "MailPace",
    "Measure",
    "MostImproved",
    "PlanCall",
    "PlanStep",
    "Policy",
    "Quarantine",
    "QuarantineVote",
    "ReportCard",
    "Response",
    "ResponseTrace",
    "ResponseVersion",
    "Round",
    "RoundTally",
    "SharedVoice",
    "Tallied",
    "WhoMaySee",
]
