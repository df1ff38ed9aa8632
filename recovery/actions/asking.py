"""Sending the questions after a case (``firm.sweep`` tells how). No pace is kept: there are a handful a day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from firm.actions import suppress
from firm.mail import Outcome, Verdict
from firm.message import Message
from firm.models import Suppression
from firm.sweep import MENDED_AFTER, STALE_AFTER, Lane
from recovery import rules
from recovery.actions.holding import note_event
from recovery.actions.planning import leave_out, prepare_follow_ups
from recovery.letters import follow_up_letter
from recovery.models import Case, CaseEvent, FollowUp
from report_cards.queries import the_policy
from report_cards.rules.sending import retry_at
from report_cards.rules.windows import next_in_window

State = FollowUp.State
DUE = """
    f.state = 'waiting' AND f.address <> '' AND f.due_at <= %(at)s AND f.closes_at > %(at)s AND f.zone <> ALL(%(shut)s)
    AND EXISTS (SELECT FROM recovery_case c WHERE c.id = f.case_id AND c.state = 'closed')
    AND NOT EXISTS (SELECT FROM firm_suppression s WHERE lower(s.address) = lower(f.address))
"""
IS_DUE = f"SELECT EXISTS (SELECT FROM recovery_followup f WHERE {DUE})"  # noqa: S608  # nosec B608
# One statement, which commits before any SMTP; workers never wait for each other.
CLAIM = f"""
WITH next AS (
    SELECT f.id FROM recovery_followup f WHERE {DUE}
    ORDER BY f.due_at, f.id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
), minted AS (
    INSERT INTO recovery_followuptoken (follow_up_id, token_hash, minted_at) SELECT id, %(hash)s, %(at)s FROM next
)
UPDATE recovery_followup f
SET state = 'sending', claimed_at = %(at)s, attempts = f.attempts + 1,
    first_tried_at = coalesce(f.first_tried_at, %(at)s)
FROM next WHERE f.id = next.id RETURNING f.*
"""  # noqa: S608  # nosec B608


def tidy_asking(*, at: datetime) -> None:
    """Before a sweep: doubt what a dead worker left, say who is not asked, decide whom the others reach."""
    doubt_stale(at=at)
    silenced = Suppression.objects.alias(low=Lower("address")).filter(low=Lower(OuterRef("address")))
    leave_out(Q(Exists(silenced)), rules.SILENT, at)
    leave_out(Q(closes_at__lte=at), rules.OVER, at)
    prepare_follow_ups(at=at)


def doubt_stale(*, at: datetime) -> int:
    """Mark those whose worker died between sending and noting it as doubtful, for good; how many."""
    stale = FollowUp.objects.filter(state=State.SENDING, claimed_at__lt=at - STALE_AFTER)
    return stale.update(state=State.DOUBTFUL, reason="the worker died while it was being sent")


@dataclass
class Questions(Lane[FollowUp]):
    """The questions that may go out now, at this hour of their readers' clocks."""

    shut: list[str]

    def is_due(self, *, at: datetime) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(IS_DUE, self._facts(at))
            return bool(cursor.fetchone()[0])

    def claim(self, token_hash: bytes, *, at: datetime) -> FollowUp | None:
        return next(iter(FollowUp.objects.raw(CLAIM, {**self._facts(at), "hash": token_hash})), None)

    def letter(self, row: FollowUp, token: str) -> Message:
        return follow_up_letter(row, token)

    def put_back(self, row: FollowUp, *, at: datetime) -> None:
        first = None if row.first_tried_at == row.claimed_at else row.first_tried_at
        back: dict[str, Any] = {"state": State.WAITING, "first_tried_at": first, "due_at": at + MENDED_AFTER}
        _attempt(row).filter(state=State.SENDING).update(**back, attempts=F("attempts") - 1)

    def note(self, row: FollowUp, verdict: Verdict, *, at: datetime) -> None:
        note_follow_up(row, verdict, at=at)

    def _facts(self, at: datetime) -> dict[str, Any]:
        return {"at": at, "shut": self.shut}


def questions(*, at: datetime) -> Questions:
    """What waits, without the zones where it is night."""
    policy = the_policy()
    zones = FollowUp.objects.filter(state=State.WAITING, due_at__lte=at).order_by().values_list("zone", flat=True)
    return Questions(
        [
            zone
            for zone in zones.distinct()
            if next_in_window(at, ZoneInfo(zone), policy.send_from, policy.send_until) != at
        ]
    )


@transaction.atomic
def note_follow_up(follow_up: FollowUp, verdict: Verdict, *, at: datetime) -> None:
    """Write down what became of a mail, and on the timeline where it says something of the customer."""
    changes: dict[str, Any] = {"reason": verdict.reason}
    match verdict.outcome:
        case Outcome.SENT:
            changes |= {"state": State.SENT, "sent_at": at}
        case Outcome.LATER if again := _again(follow_up, at):
            changes |= {"state": State.WAITING, "due_at": again}
        case Outcome.DOUBTFUL:
            changes |= {"state": State.DOUBTFUL}
        case _:
            changes |= {"state": State.BOUNCED}
    if not _attempt(follow_up).filter(state__in=[State.SENDING, State.DOUBTFUL]).update(**changes):
        return
    if verdict.bounced:
        suppress(follow_up.address, reason=Suppression.Reason.BOUNCE)
    said = {
        State.SENT: (
            CaseEvent.Kind.FOLLOW_UP_SENT,
            f"{follow_up.get_kind_display()}, to {follow_up.wording['contact']}",
        ),
        State.BOUNCED: (CaseEvent.Kind.NOTED, f"not asked {follow_up.get_kind_display()}: the mail came back"),
    }
    if found := said.get(changes.get("state", State.WAITING)):
        kind, note = found
        note_event(Case(pk=follow_up.case_id), kind, None, at, note=note[:300])


def _again(follow_up: FollowUp, at: datetime) -> datetime | None:
    first = follow_up.first_tried_at or at
    return retry_at(attempts=follow_up.attempts, first_tried_at=first, at=at)


def _attempt(follow_up: FollowUp) -> QuerySet[FollowUp]:
    """The row, as long as no later attempt has begun."""
    return FollowUp.objects.filter(pk=follow_up.pk, attempts=follow_up.attempts)
