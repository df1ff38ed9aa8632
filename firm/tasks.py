"""The firm's sweeps: the pulse of the worker, and the outbox."""

from datetime import timedelta
from email.message import MIMEPart
from email.policy import SMTP

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from firm import actions
from firm.mail import Outcome, Postman, Verdict, postman
from firm.message import Message
from firm.models import Firm, OutboxMail, Suppression

# Well under Celery's task_time_limit: what is left waits for the next sweep.
SWEEP = timedelta(minutes=3)


@shared_task(name="firm.beat")
def beat() -> None:
    """Note that a worker executes what the beat rings."""
    actions.beat("worker", at=timezone.now())


@shared_task(name="firm.send_outbox")
def send_outbox() -> None:
    """Send what is due, one claim a mail, all over one connection."""
    actions.doubt_stale_mail(at=timezone.now())
    end = timezone.now() + SWEEP
    with postman() as person:
        while timezone.now() < end and (mail := actions.claim_mail(at=timezone.now())):
            verdict = send(mail, person)
            actions.settle_mail(mail, verdict, at=timezone.now())
            if verdict.unreachable:
                break


def send(mail: OutboxMail, person: Postman) -> Verdict:
    """Hand one mail over, unless its address bounced or complained before."""
    refused = [Suppression.Reason.BOUNCE, Suppression.Reason.COMPLAINT]
    if Suppression.objects.filter(address__iexact=mail.to, reason__in=refused).exists():
        return Verdict(Outcome.NEVER, "Not sent: this address bounced or complained.")
    return person.hand_over(message_of(mail))


def message_of(mail: OutboxMail) -> Message:
    """The mail as it goes out. Its Message-ID stays the same at every attempt, so a double can be told."""
    firm = Firm.objects.filter(pk=1).first()
    host = settings.ORIGIN.partition("://")[2].partition(":")[0]
    headers = {"Message-ID": f"<outbox-{mail.pk}-{mail.created_at:%s}@{host}>", **mail.headers}
    sender = f"{firm.name} <{firm.sender}>" if firm else settings.DEFAULT_FROM_EMAIL
    message = Message(mail.subject, mail.text, sender, [mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for file in mail.attachments:
        message.attach(part_of(file))
    return message


def part_of(file: dict[str, str]) -> MIMEPart:
    """A text file as a part of a mail, parameters of its type kept (``text/calendar; method=REQUEST``)."""
    kind, *parameters = file["type"].split(";")
    part = MIMEPart(policy=SMTP)
    part.set_content(
        file["text"],
        subtype=kind.strip().removeprefix("text/"),
        params=dict(one.strip().split("=", 1) for one in parameters),
        disposition="attachment",
        filename=file["name"],
        cte="base64",
    )
    return part
