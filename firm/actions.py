"""Writes to the firm's own rows."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from firm.bell import ring
from firm.models import Job, Notification, OutboxMail, Suppression


@transaction.atomic
def post_mail(*, to: str, subject: str, text: str, html: str = "", headers: dict[str, str] | None = None) -> OutboxMail:
    """Put a mail into the outbox and wake the sender."""
    mail = OutboxMail.objects.create(to=to, subject=subject, text=text, html=html, headers=headers or {})
    ring("firm.send_outbox")
    return mail


def notify(user: Model, text: str, *, url: str = "", key: str | None = None) -> None:
    """Show ``text`` behind the user's bell; with a ``key`` at most once."""
    notice: dict[str, Any] = {"user_id": user.pk, "text": text, "url": url, "key": key}
    Notification.objects.bulk_create([Notification(**notice)], ignore_conflicts=key is not None)


def suppress(address: str, *, reason: Suppression.Reason) -> None:
    """Send no more mail to ``address``; the first reason stays."""
    Suppression.objects.bulk_create([Suppression(address=address, reason=reason)], ignore_conflicts=True)


def advance(job: Job, *, done: int, total: int | None = None, message: str = "") -> None:
    """Note how far a job has come."""
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.RUNNING, done=done, message=message, **({} if total is None else {"total": total})
    )


def end_job(job: Job, *, at: datetime, result: dict[str, Any], failed: str = "") -> None:
    """Close a job with its result, or with the reason of its failure."""
    state = Job.State.FAILED if failed else Job.State.DONE
    Job.objects.filter(pk=job.pk).update(state=state, ended_at=at, result=result, message=failed)
