"""Sending invitations and reminders (``firm.sweep`` tells how).

What a worker that died leaves in ``sending`` becomes *doubtful*; the reminder after seven days reaches it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from firm.actions import suppress
from firm.mail import Outcome, Verdict
from firm.message import Message
from firm.models import Suppression
from firm.queries import the_firm
from firm.sweep import MENDED_AFTER, STALE_AFTER, Lane
from report_cards import rules
from report_cards.actions.claiming import Purpose, Queue
from report_cards.letters import Stationery
from report_cards.models import Invitation, MailPace, Round
from report_cards.queries import the_policy
from report_cards.queries.progress import OVER

State = Invitation.State
SUPPRESSED = "the address asked for no more mail, or bounced"


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
class Mails(Lane[Invitation]):
    """A queue's mails, with the letters of this sweep."""

    queue: Queue
    stationery: Callable[[], Stationery]

    @property
    def is_reminder(self) -> bool:
        return self.queue.purpose == Purpose.REMINDER

    def is_due(self, *, at: datetime) -> bool:
        return self.queue.is_due(at=at)

    def claim(self, token_hash: bytes, *, at: datetime) -> Invitation | None:
        return self.queue.claim(token_hash, at=at)

    def letter(self, row: Invitation, token: str) -> Message:
        return self.stationery().letter(row, token, is_reminder=self.is_reminder)

    def put_back(self, row: Invitation, *, at: datetime) -> None:
        put_back(row, self.queue.purpose, at=at)

    def note(self, row: Invitation, verdict: Verdict, *, at: datetime) -> None:
        note = note_reminder if self.is_reminder else note_invitation
        note(row, verdict, at=at)

    def next_turn(self, *, at: datetime) -> datetime | None:
        self.queue.looks.clear()
        return self.queue.next_turn(at=at)


def lanes(*, at: datetime) -> list[Mails]:
    """Invitations first, then reminders, of everything open."""
    stationery = cache(lambda: Stationery(the_firm()))
    return [Mails(queue, stationery) for queue in queues_of(at)]


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
