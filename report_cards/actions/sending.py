"""Sending invitations and reminders: each claimed, its link's hash committed, then mailed, then noted.

A worker that dies in between leaves ``sending`` behind; nobody can know whether the mail went out, so it becomes
*doubtful* and is never sent again (the reminder after seven days reaches it). Nothing here stores a link.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from zoneinfo import ZoneInfo

import structlog
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from firm.actions import note_mail_server, suppress
from firm.mail import Outcome, Postman, Verdict
from firm.models import Suppression
from firm.queries import the_firm
from report_cards import rules
from report_cards.actions.claiming import Purpose, Queue
from report_cards.letters import Stationery
from report_cards.models import Invitation, MailPace, Round
from report_cards.queries import the_policy

log = structlog.get_logger(__name__)

# Longer than any task may run (task_time_limit), so that no living worker is doubted.
STALE_AFTER = timedelta(minutes=10)
# Where something of our own is broken, the same mail is tried again after this long; no attempt is counted.
MENDED_AFTER = timedelta(minutes=5)
State = Invitation.State
Clock = Callable[[], datetime]
SUPPRESSED = "the address asked for no more mail, or bounced"
OVER = "the round closed before the mail could go out"


def tidy_sending(*, at: datetime) -> None:
    """Before a sweep: doubt what a dead worker left, leave out whom nobody may write to. Each usually changes nothing.

    An address that was suppressed since the draw is passed over by every claim; here it gets its reason.
    """
    give_up_on_stale(at=at)
    waiting = Invitation.objects.filter(state=State.WAITING)
    waiting.exclude(round__closed_at=None).update(state=State.EXCLUDED, reason=OVER)
    silenced = Suppression.objects.alias(low=Lower("address")).filter(low=Lower(OuterRef("address")))
    waiting.filter(Exists(silenced)).update(state=State.EXCLUDED, reason=SUPPRESSED)


def give_up_on_stale(*, at: datetime) -> int:
    """Mark invitations whose worker died between sending and noting it as doubtful; how many."""
    stale = Invitation.objects.filter(state=State.SENDING, claimed_at__lt=at - STALE_AFTER)
    return stale.update(state=State.DOUBTFUL, first_tried_at=None, reason="the worker died while it was being sent")


@dataclass
class Sweep:
    """One worker's pass over everything due, over one connection, until a moment at the latest."""

    postman: Postman
    clock: Clock
    until: datetime
    pause: Callable[[float], None] = time.sleep

    def run(self) -> int:
        """Invitations first, then reminders; how many mails were handed over. Ends early where no server answers."""
        at = self.clock()
        queues = [queue for queue in queues_of(at) if queue.is_due(at=at)]
        if not queues or not self._reach():
            return 0
        note_mail_server(answers=True, at=at)
        stationery = Stationery(the_firm())
        return sum(self._drain(queue, stationery) for queue in queues)

    def _reach(self) -> bool:
        """Whether the mail server answers. Asked before each claim: where it does not, nothing is claimed or marked."""
        trouble = self.postman.reach()
        if trouble is not None:
            self._give_up(trouble)
        return trouble is None

    def _give_up(self, trouble: Verdict) -> None:
        log.warning("mail_server_unreachable", error=trouble.reason)
        note_mail_server(answers=False, at=self.clock())
        self.until = self.clock()

    def _drain(self, queue: Queue, stationery: Stationery) -> int:
        sent = 0
        while self.clock() < self.until and self._reach():
            token = token_urlsafe(32)
            invitation = queue.claim(sha256(token.encode()).digest(), at=self.clock())
            if invitation is not None:
                sent += self._send(invitation, token, queue.purpose, stationery)
            elif not self._wait_for_turn(queue):
                break
        return sent

    def _wait_for_turn(self, queue: Queue) -> bool:
        """Sleep until a domain with a pace may be written to; False when that is after this sweep."""
        turn = queue.next_turn(at=self.clock())
        if turn is None or turn >= self.until:
            return False
        self.pause(max(0.02, (turn - self.clock()).total_seconds()))
        queue.looks.clear()
        return True

    def _send(self, invitation: Invitation, token: str, purpose: Purpose, stationery: Stationery) -> int:
        is_reminder = purpose == Purpose.REMINDER
        try:
            message = stationery.letter(invitation, token, is_reminder=is_reminder)
        except Exception:
            put_back(invitation, purpose, at=self.clock())
            raise
        verdict = self.postman.hand_over(message)
        # A server may quote the mail, and so the link, in its refusal.
        reason = verdict.reason.replace(token, "…")[:200]
        if verdict.unreachable:
            put_back(invitation, purpose, at=self.clock())
            self._give_up(Verdict(verdict.outcome, reason, unreachable=True))
            return 0
        note = note_reminder if is_reminder else note_invitation
        note(invitation, Verdict(verdict.outcome, reason, bounced=verdict.bounced), at=self.clock())
        return 1


def queues_of(at: datetime) -> Iterator[Queue]:
    """The invitations, then the reminders, of each open round."""
    rounds = list(Round.objects.open().filter(closes_at__gt=at).select_related("card"))
    paces = paces_of_now() if rounds else {}
    shut = {round_.pk: shut_zones(round_, at) for round_ in rounds}
    for purpose in (Purpose.INVITATION, Purpose.REMINDER):
        for round_ in rounds:
            yield Queue(round_, purpose, paces=paces, shut=shut[round_.pk])


def paces_of_now() -> dict[str, int]:
    """Mails a minute of the domains that have a pace; the well-known ones get their row when first asked for."""
    rows = dict(MailPace.objects.values_list("domain", "per_minute"))
    if missing := rules.PACES.keys() - rows.keys():
        MailPace.objects.bulk_create(
            [MailPace(domain=domain, per_minute=rules.PACES[domain]) for domain in sorted(missing)],
            ignore_conflicts=True,
        )
        rows |= {domain: rules.PACES[domain] for domain in missing}
    return {domain: pace for domain, pace in rows.items() if pace}


def shut_zones(round_: Round, at: datetime) -> list[str]:
    """The round's zones where the send window is not open at this moment."""
    policy = the_policy()
    zones = Invitation.objects.filter(round=round_).order_by().values_list("zone", flat=True).distinct()
    return [
        zone for zone in zones if rules.next_in_window(at, ZoneInfo(zone), policy.send_from, policy.send_until) != at
    ]


def put_back(invitation: Invitation, purpose: Purpose, *, at: datetime) -> None:
    """As if it had never been taken, but a little later: the fault is ours, and the mail was not handed over."""
    is_first = purpose == Purpose.INVITATION
    taken_at = invitation.claimed_at if is_first else invitation.reminded_at
    back: dict[str, object] = {"state": State.WAITING} if is_first else {"reminded_at": None}
    if invitation.first_tried_at == taken_at:
        back["first_tried_at"] = None
    row = _attempt(invitation).filter(state=State.SENDING) if is_first else _attempt(invitation)
    row.update(**back, attempts=F("attempts") - 1, due_at=at + MENDED_AFTER)


def note_invitation(invitation: Invitation, verdict: Verdict, *, at: datetime) -> None:
    """Write down what became of a mail, unless a provider's report was faster. One query, two when it bounced."""
    changes: dict[str, object] = {"reason": verdict.reason, "first_tried_at": None}
    again = _again(invitation, at)
    match verdict.outcome:
        case Outcome.SENT:
            changes |= {"state": State.SENT, "sent_at": at}
        case Outcome.LATER if again:
            changes |= {"state": State.WAITING, "due_at": again, "first_tried_at": F("first_tried_at")}
        case Outcome.LATER:
            changes |= {"state": State.BOUNCED, "reason": f"given up after 48 hours: {verdict.reason}"[:200]}
        case Outcome.DOUBTFUL:
            changes |= {"state": State.DOUBTFUL}
        case Outcome.NEVER:
            changes |= {"state": State.BOUNCED}
    _attempt(invitation).filter(Q(state=State.SENDING) | Q(state=State.DOUBTFUL)).update(**changes)
    if verdict.bounced:
        suppress(invitation.address, reason=Suppression.Reason.BOUNCE)


def note_reminder(invitation: Invitation, verdict: Verdict, *, at: datetime) -> None:
    """A reminder refused for now is tried again within 48 hours; one in doubt is not. No query where it was taken."""
    if verdict.outcome is Outcome.SENT:
        return
    again = _again(invitation, at)
    changes: dict[str, object] = {"reason": verdict.reason}
    if verdict.outcome is Outcome.LATER and again:
        changes |= {"reminded_at": None, "due_at": again}
    _attempt(invitation).update(**changes)
    if verdict.bounced:
        suppress(invitation.address, reason=Suppression.Reason.BOUNCE)


def _again(invitation: Invitation, at: datetime) -> datetime | None:
    first = invitation.first_tried_at or at
    return rules.retry_at(attempts=invitation.attempts, first_tried_at=first, at=at)


def _attempt(invitation: Invitation) -> QuerySet[Invitation]:
    """The row, as long as no later attempt has begun."""
    return Invitation.objects.filter(pk=invitation.pk, attempts=invitation.attempts)
