"""Writes to the firm's own rows."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

import pgtrigger
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Model, Q
from django.db.models.functions import Lower

from firm import rules
from firm.bell import ring
from firm.mail import Outcome, Verdict
from firm.models import CaughtMail, Firm, Heartbeat, Job, Notification, OutboxMail, Suppression
from firm.scrub import naming, pattern_of, scrub

STALE = timedelta(minutes=10)
# What stands where a one-time link was; the database knows it too.
WIPED = "Wiped: it held a one-time link."
STATES = {
    Outcome.SENT: OutboxMail.State.SENT,
    Outcome.LATER: OutboxMail.State.WAITING,
    Outcome.NEVER: OutboxMail.State.FAILED,
    Outcome.DOUBTFUL: OutboxMail.State.DOUBTFUL,
}


@transaction.atomic
def post_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    headers: dict[str, str] | None = None,
    attachments: Iterable[dict[str, str]] = (),
    is_secret: bool = False,
) -> OutboxMail:
    """Put a mail into the outbox and wake the sender. The words of a secret one are wiped once it left, or failed.

    An attachment is a text file: ``name``, ``type`` (of media, with its parameters) and ``text``.
    """
    mail = OutboxMail.objects.create(
        to=to,
        subject=subject,
        text=text,
        html=html,
        headers=headers or {},
        attachments=list(attachments),
        is_secret=is_secret,
    )
    ring("firm.send_outbox")
    return mail


@transaction.atomic
def post_mails(mails: Iterable[OutboxMail]) -> None:
    """Put many plain mails into the outbox, a thousand a query, and wake the sender once."""
    OutboxMail.objects.bulk_create(mails, batch_size=1000)
    ring("firm.send_outbox")


def notify(user: Model, text: str, *, url: str = "", key: str | None = None) -> None:
    """Show ``text`` behind the user's bell; with a ``key`` at most once."""
    notice: dict[str, Any] = {"user_id": user.pk, "text": text, "url": url, "key": key}
    Notification.objects.bulk_create([Notification(**notice)], ignore_conflicts=key is not None)


@dataclass(frozen=True)
class Notice:
    """A keyed notice to one person."""

    user_id: int
    text: str
    url: str
    key: str


def notify_all(notices: Iterable[Notice]) -> int:
    """Show many notices, each once a key and person; how many were new. Two queries a thousand."""
    new = 0
    for some in batched(notices, 1000):
        said = Notification.objects.filter(key__in=[one.key for one in some]).values_list("user_id", "key")
        known = set(said)
        fresh = [Notification(**asdict(one)) for one in some if (one.user_id, one.key) not in known]
        Notification.objects.bulk_create(fresh, ignore_conflicts=True)
        new += len(fresh)
    return new


def suppress(address: str, *, reason: Suppression.Reason) -> None:
    """Send no more mail to ``address``; the first reason stays, but what the person said outweighs a bounce."""
    Suppression.objects.bulk_create([Suppression(address=address, reason=reason)], ignore_conflicts=True)
    if reason != Suppression.Reason.BOUNCE:
        bounced = Suppression.objects.of(address).filter(reason=Suppression.Reason.BOUNCE)
        bounced.update(reason=reason)


def ask_again(address: str) -> int:
    """Take back an opt-out or a complaint: 1, or 0 where there was none. For the customer's own link, nobody else."""
    with pgtrigger.ignore("firm.Suppression:opt_out_is_theirs"):
        return Suppression.objects.of(address).exclude(reason=Suppression.Reason.BOUNCE).delete()[0]


def advance(job: Job, *, done: int, total: int | None = None, message: str = "") -> None:
    """Note how far a job has come."""
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.RUNNING, done=done, message=message, **({} if total is None else {"total": total})
    )


def end_job(job: Job, *, at: datetime, result: dict[str, Any], failed: str = "") -> None:
    """Close a job with its result, or with the reason of its failure."""
    state = Job.State.FAILED if failed else Job.State.DONE
    Job.objects.filter(pk=job.pk).update(state=state, ended_at=at, result=result, message=failed)


def beat(name: str, *, at: datetime) -> None:
    """Note that a worker or the beat is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at})


def note_mail_server(*, answers: bool, at: datetime) -> None:
    """Remember since when the mail server cannot be reached, or that it can."""
    if answers:
        Heartbeat.objects.filter(name=Heartbeat.MAIL_SILENT).delete()
    else:
        Heartbeat.objects.bulk_create([Heartbeat(name=Heartbeat.MAIL_SILENT, at=at)], ignore_conflicts=True)


@transaction.atomic
def claim_mail(*, at: datetime) -> OutboxMail | None:
    """Take the next mail that is due, past those another worker is taking.

    The claim commits before the mail leaves, so a killed worker leaves at most one mail in doubt.
    """
    mail = OutboxMail.objects.due(at).select_for_update(skip_locked=True).first()
    if mail is not None:
        mail.state, mail.claimed_at, mail.attempts = OutboxMail.State.SENDING, at, mail.attempts + 1
        mail.save(update_fields=["state", "claimed_at", "attempts"])
    return mail


@transaction.atomic
def settle_mail(mail: OutboxMail, verdict: Verdict, *, at: datetime) -> None:
    """Note what became of a claimed mail: sent, to be tried again within 48 hours, failed or doubtful."""
    mail.state, mail.error, mail.claimed_at = STATES[verdict.outcome], verdict.reason, None
    if verdict.outcome is Outcome.SENT:
        mail.sent_at = at
    if verdict.outcome is Outcome.LATER:
        again = rules.next_attempt(attempts=mail.attempts, created_at=mail.created_at, at=at)
        mail.state, mail.due_at = (mail.state, again) if again else (OutboxMail.State.FAILED, mail.due_at)
    if mail.is_secret and mail.state != OutboxMail.State.WAITING:
        mail.text, mail.html = WIPED, ""
    mail.save(update_fields=["state", "error", "claimed_at", "sent_at", "due_at", "text", "html"])
    if verdict.bounced:
        suppress(mail.to, reason=Suppression.Reason.BOUNCE)


def doubt_stale_mail(*, at: datetime) -> int:
    """Mark mails whose worker died while sending; how many there were."""
    stale = OutboxMail.objects.filter(state=OutboxMail.State.SENDING, claimed_at__lt=at - STALE)
    doubt = {"claimed_at": None, "error": "The worker died while sending: it may have arrived."}
    secret = stale.filter(is_secret=True).update(state=OutboxMail.State.DOUBTFUL, text=WIPED, html="", **doubt)
    return secret + stale.update(state=OutboxMail.State.DOUBTFUL, **doubt)


def resend_doubtful(*, at: datetime) -> int:
    """Put every doubtful mail back into the outbox; its receiver may get it twice. How many there were.

    Not those with a one-time link, which is gone: whoever sent one sends another.
    """
    return OutboxMail.objects.filter(state=OutboxMail.State.DOUBTFUL, is_secret=False).update(
        state=OutboxMail.State.WAITING, due_at=at, error="Sent again after doubt."
    )


@transaction.atomic
def forget(*, words: Collection[str], addresses: Collection[str]) -> dict[str, int]:
    """Remove the stored mail to somebody, and take the words that name them out of every other mail and notice.

    That an address asked for no more mail, or complained, stays on record: else it would be written to again.
    """
    pattern, low = pattern_of(words), {address.lower() for address in addresses if address}
    named = naming(pattern, ("to", "subject", "text", "html", "raw")) if pattern else Q(pk__in=[])
    caught, _ = CaughtMail.objects.alias(low=Lower("to")).filter(Q(low__in=low) | named).delete()
    mail, _ = OutboxMail.objects.alias(low=Lower("to")).filter(low__in=low).delete()
    Suppression.objects.alias(low=Lower("address")).filter(low__in=low, reason=Suppression.Reason.BOUNCE).delete()
    texts = scrub(OutboxMail.objects.all(), ("subject", "text", "html", "headers", "attachments", "error"), pattern)
    notices = scrub(Notification.objects.all(), ("text",), pattern)
    scrub(Job.objects.all(), ("message", "result"), pattern)
    return {"mails": caught + mail, "mails naming them": texts, "notices naming them": notices}


@transaction.atomic
def set_up_firm(firm: Firm, *, email: str, name: str, password: str) -> AbstractBaseUser:
    """Make the one firm and its first administrator.

    Raises ``IntegrityError`` when the firm is there already.
    """
    firm.save(force_insert=True)
    user: AbstractBaseUser = get_user_model().objects.create_user(email, password, name=name, roles=["administrator"])
    return user
