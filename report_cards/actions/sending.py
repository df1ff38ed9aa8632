"""Sending invitations and reminders: each claimed, its link's hash committed, then mailed, then noted.

A worker that dies in between leaves ``sending`` behind; nobody can know whether the mail went out, so it becomes
*doubtful* and is never sent again (the reminder after seven days reaches it). Nothing here stores a link.
"""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

import structlog
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from firm.actions import suppress
from firm.models import Suppression
from report_cards import rules
from report_cards.letters import letter
from report_cards.models import Invitation, InvitationToken, Response

log = structlog.get_logger(__name__)

# Longer than any task may run (task_time_limit), so that no living worker is doubted.
STALE_AFTER = timedelta(minutes=10)
MOST_ATTEMPTS = 8
Purpose = InvitationToken.Purpose
State = Invitation.State


def send_next(connection: BaseEmailBackend, *, at: Callable[[], datetime]) -> bool:
    """Send one waiting invitation over an open SMTP connection; False when none waits."""
    claimed = _claim(_waiting(at()), purpose=Purpose.INVITATION, at=at())
    if claimed is None:
        return False
    invitation, token = claimed
    if token:
        _note(invitation, _deliver(connection, invitation, token, Purpose.INVITATION), at=at())
    return True


def send_next_reminder(connection: BaseEmailBackend, *, at: Callable[[], datetime]) -> bool:
    """Remind one silent customer, once and at most once; False when nobody needs it."""
    claimed = _claim(_silent(at()), purpose=Purpose.REMINDER, at=at())
    if claimed is None:
        return False
    invitation, token = claimed
    if token:
        _note_reminder(invitation, _deliver(connection, invitation, token, Purpose.REMINDER), at=at())
    return True


def give_up_on_stale(*, at: datetime) -> int:
    """Mark invitations whose worker died between sending and noting it as doubtful; how many."""
    stale = Invitation.objects.filter(state=State.SENDING, claimed_at__lt=at - STALE_AFTER)
    return stale.update(state=State.DOUBTFUL, reason="the worker died while it was being sent")


def something_to_send(*, at: datetime) -> bool:
    """Whether a connection to the mail server is worth opening."""
    return _waiting(at).exists() or _silent(at).exists()


def _waiting(at: datetime) -> QuerySet[Invitation]:
    return _open(at).filter(state=State.WAITING, due_at__lte=at).order_by("due_at", "id")


def _silent(at: datetime) -> QuerySet[Invitation]:
    """Asked at least seven days ago, never reminded, no answer yet."""
    asked_before = at - rules.REMIND_AFTER
    return (
        _open(at)
        .filter(Q(state=State.SENT) | Q(state=State.DOUBTFUL), claimed_at__lte=asked_before, reminded_at=None)
        .filter(~Exists(Response.objects.filter(invitation=OuterRef("pk"))), due_at__lte=at)
        .order_by("id")
    )


def _open(at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(round__closed_at=None, round__closes_at__gt=at)


@transaction.atomic
def _claim(due: QuerySet[Invitation], *, purpose: str, at: datetime) -> tuple[Invitation, str] | None:
    """Take one row nobody else holds and commit the hash of a new link; an empty link means: mail is unwanted.

    The transaction commits before any SMTP, so whatever happens afterwards the row tells.
    """
    locked = due.select_for_update(skip_locked=True, of=("self",)).select_related("round__card")
    invitation = locked.first()
    if invitation is None:
        return None
    if _is_unwanted(invitation):
        return _leave_out(invitation, purpose, at), ""
    token = token_urlsafe(32)
    InvitationToken.objects.create(
        invitation=invitation, token_hash=sha256(token.encode()).digest(), purpose=purpose, minted_at=at
    )
    if purpose == Purpose.REMINDER:
        invitation.reminded_at = at
    else:
        invitation.state, invitation.claimed_at = State.SENDING, at
    invitation.attempts += 1
    invitation.save(update_fields=["state", "claimed_at", "reminded_at", "attempts"])
    return invitation, token


def _is_unwanted(invitation: Invitation) -> bool:
    return Suppression.objects.annotate(low=Lower("address")).filter(low=invitation.address.lower()).exists()


def _leave_out(invitation: Invitation, purpose: str, at: datetime) -> Invitation:
    """Since the draw the address bounced or asked for no more mail."""
    if purpose == Purpose.REMINDER:
        invitation.reminded_at = at
    else:
        invitation.state, invitation.reason = State.EXCLUDED, "the address asked for no more mail, or bounced"
    invitation.save(update_fields=["state", "reason", "reminded_at"])
    return invitation


@dataclass(frozen=True)
class Delivery:
    """What the mail server said: ``sent``, ``later``, ``bounced`` or, when the line broke, ``doubtful``."""

    outcome: str
    reason: str = ""


def _deliver(connection: BaseEmailBackend, invitation: Invitation, token: str, purpose: str) -> Delivery:
    message = letter(invitation, token, is_reminder=purpose == Purpose.REMINDER)
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, said = next(iter(refusal.recipients.values()))
        return _refused(code, said, is_recipient=True)
    except smtplib.SMTPResponseException as refusal:
        # A refused sender or login is our own fault and may be mended: only the message itself can bounce here.
        is_final = isinstance(refusal, smtplib.SMTPDataError)
        return _refused(refusal.smtp_code if is_final else 450, refusal.smtp_error, is_recipient=False)
    except (smtplib.SMTPException, OSError) as broken:
        _hang_up(connection)
        return Delivery("doubtful", f"the connection broke: {broken}"[:200])
    return Delivery("sent")


def _refused(code: int, said: bytes | str, *, is_recipient: bool) -> Delivery:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    if code >= 500:
        return Delivery("bounced" if is_recipient else "rejected", f"{code} {text}"[:200])
    return Delivery("later", f"{code} {text}"[:200])


def _hang_up(connection: BaseEmailBackend) -> None:
    """Drop a broken connection; the next message opens a new one."""
    try:
        connection.close()
    except (smtplib.SMTPException, OSError) as error:
        log.info("smtp_close_failed", error=str(error))


@transaction.atomic
def _note(invitation: Invitation, delivery: Delivery, *, at: datetime) -> None:
    """Write down the outcome, unless somebody else has already given up on this attempt."""
    changes: dict[str, object] = {"reason": delivery.reason}
    match delivery.outcome:
        case "sent":
            changes |= {"state": State.SENT, "sent_at": at}
        case "later" if invitation.attempts < MOST_ATTEMPTS:
            changes |= {"state": State.WAITING, "due_at": at + rules.retry_delay(invitation.attempts)}
        case "doubtful":
            changes |= {"state": State.DOUBTFUL}
        case _:
            changes |= {"state": State.BOUNCED}
    attempt = Q(state=State.SENDING, attempts=invitation.attempts) | Q(
        state=State.DOUBTFUL, attempts=invitation.attempts
    )
    Invitation.objects.filter(attempt, pk=invitation.pk).update(**changes)
    if delivery.outcome == "bounced":
        suppress(invitation.address, reason=Suppression.Reason.BOUNCE)


@transaction.atomic
def _note_reminder(invitation: Invitation, delivery: Delivery, *, at: datetime) -> None:
    """A reminder refused for now is tried again later; one in doubt is not."""
    if delivery.outcome == "later" and invitation.attempts < MOST_ATTEMPTS:
        later = at + rules.retry_delay(invitation.attempts)
        Invitation.objects.filter(pk=invitation.pk).update(reminded_at=None, due_at=later)
    elif delivery.outcome == "bounced":
        Invitation.objects.filter(pk=invitation.pk).update(reason=delivery.reason)
        suppress(invitation.address, reason=Suppression.Reason.BOUNCE)
