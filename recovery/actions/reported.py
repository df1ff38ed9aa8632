"""What mail providers report of questions that have gone out, and what the customer asks of us instead of answering.

The address itself is silenced lower down (``report_cards.actions.note_mail_event``); here the question learns of it.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from firm.actions import suppress
from firm.models import Suppression
from recovery.actions.holding import note_event
from recovery.models import Case, CaseEvent, FollowUp
from report_cards.actions import CLOCKS_DIFFER, Report, came_back_after
from report_cards.models import MailEvent

Kind = MailEvent.Kind
State = FollowUp.State
GONE_OUT = (State.SENDING, State.SENT, State.DOUBTFUL)
UNWANTED = {
    Kind.COMPLAINT: "reported the question as unwanted mail",
    Kind.UNSUBSCRIBE: "wants no more mail",
}


@transaction.atomic
def note_follow_up_report(report: Report) -> int:
    """What a provider says of an address, told to the questions that went there; how many it changed.

    A bounce for good makes an unanswered question one that came back; a complaint or an opt-out marks it as declined,
    unless the customer has asked to be asked again since. Nothing goes to the address after either. A second delivery
    of the same report changes nothing; a soft bounce never does.
    """
    if report.kind == Kind.BOUNCE:
        return _came_back(report)
    if report.kind in UNWANTED and not came_back_after(report):
        return decline(report.address, UNWANTED[report.kind], at=report.at)
    return 0


def decline(address: str, why: str, *, at: datetime) -> int:
    """Mark the unanswered questions of an address as declined, and tell the timelines why; how many."""
    found = list(_open_of(address, at).filter(declined_at=None).select_for_update(no_key=True))
    FollowUp.objects.filter(pk__in=[one.pk for one in found]).update(declined_at=at)
    for one in found:
        _tell(one, f"{one.wording.get('contact', 'the customer')} {why}", at)
    return len(found)


def take_back(address: str) -> None:
    """The customer wants to be asked after all."""
    FollowUp.objects.alias(low=Lower("address")).filter(low=address.lower()).update(declined_at=None)


def _came_back(report: Report) -> int:
    asked = _open_of(report.address, report.at).filter(claimed_at__lte=report.at + CLOCKS_DIFFER)
    found = list(asked.select_for_update(no_key=True))
    for one in found:
        one.state, one.reason = State.BOUNCED, f"reported: {report.reason}"[:200]
        one.save(update_fields=["state", "reason"])
        suppress(one.address, reason=Suppression.Reason.BOUNCE)
        _tell(one, f"not asked {one.get_kind_display()}: the mail came back", report.at)
    return len(found)


def _open_of(address: str, at: datetime) -> QuerySet[FollowUp]:
    """The questions that went to an address, unanswered, and could be answered still."""
    went = FollowUp.objects.alias(low=Lower("address")).filter(low=address.lower(), state__in=GONE_OUT)
    return went.filter(likely=None, closes_at__gt=at)


def _tell(asked: FollowUp, words: str, at: datetime) -> None:
    note_event(Case(pk=asked.case_id), CaseEvent.Kind.NOTED, None, at, note=words[:300])
