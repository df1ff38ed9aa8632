"""What a customer does with the link of a question after a case: answer, answer again, ask for no more mail."""

from datetime import datetime

from django.db import transaction

from firm.actions import suppress
from firm.models import Suppression
from firm.rules import token_hash
from recovery import rules
from recovery.actions.failures import note_failure
from recovery.actions.holding import note_event
from recovery.actions.reported import UNWANTED, decline, take_back
from recovery.models import Case, CaseEvent, FailedRecovery, FollowUp
from report_cards.actions import ask_address_again
from report_cards.models import MailEvent


class TooLate(Exception):
    """Answers are not taken any more."""


def find_follow_up(token: str) -> FollowUp | None:
    """The question a link opens; one query."""
    return FollowUp.objects.filter(tokens__token_hash=token_hash(token)).first()


@transaction.atomic
def answer_follow_up(follow_up: FollowUp, *, likely: int, comment: str, at: datetime) -> FollowUp:
    """Keep the answer; the last one counts, and the timeline tells each number. The same again changes nothing.

    It does the check-back it stands for, and calls for retention where the customer may leave. Raises ``TooLate``.
    """
    case = Case.objects.select_for_update(of=["self"], no_key=True).select_related("customer").get(pk=follow_up.case_id)
    asked = FollowUp.objects.select_for_update(no_key=True).get(pk=follow_up.pk)
    if not asked.takes_answers(at):
        raise TooLate
    if (asked.likely, asked.comment) == (likely, comment):
        return asked
    words = f"{asked.get_kind_display()}: {likely}" + ("" if asked.likely is None else f", was {asked.likely}")
    asked.likely, asked.comment, asked.answered_at = likely, comment, at
    asked.save(update_fields=["likely", "comment", "answered_at"])
    note_event(case, CaseEvent.Kind.FOLLOW_UP_ANSWERED, None, at, note=words)
    if asked.closed_at == case.closed_at:
        case.milestones.filter(kind=asked.kind, done_at=None).update(done_at=at)
        if rules.may_leave(likely):
            note_failure(case, FailedRecovery.Why.UNLIKELY, at=at)
    return asked


@transaction.atomic
def stop_follow_ups(follow_up: FollowUp, *, at: datetime) -> None:
    """No more mail to the address, of any kind; the timelines of what was asked tell it once."""
    suppress(follow_up.address, reason=Suppression.Reason.UNSUBSCRIBED)
    decline(follow_up.address, UNWANTED[MailEvent.Kind.UNSUBSCRIBE], at=at)


@transaction.atomic
def restart_follow_ups(follow_up: FollowUp, *, at: datetime) -> bool:
    """The customer takes their own opt-out back; False when there was none."""
    take_back(follow_up.address)
    return ask_address_again(follow_up.address, key=f"follow-up:{follow_up.pk}", at=at)
