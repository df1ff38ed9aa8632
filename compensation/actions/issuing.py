"""Handing out the statements of a locked run: each person mailed once, whatever dies meanwhile."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from compensation.models import Issue, Run, Statement
from firm.actions import Notice, notify_all, post_mails
from firm.models import OutboxMail
from firm.queries import the_firm

BATCH = 250


@transaction.atomic
def issue_batch(run: Run, *, at: datetime) -> bool:
    """Put the next statements' mails into the outbox; False where nothing is left to do for me.

    The mark that a statement is issued and its mail are in one transaction: both are there, or neither.
    """
    held = (
        Run.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("plan", "year")
        .filter(pk=run.pk, state=Run.State.LOCKED, issued_at=None)
        .first()
    )
    if held is None:
        return False
    due = list(to_issue(held).select_related("member__salesperson").defer("inputs", "result").order_by("pk")[:BATCH])
    until = the_firm().today(at) + timedelta(days=held.plan.dispute_days)
    post_mails([_mail(held, statement, until) for statement in due])
    notify_all([_notice(held, statement) for statement in due])
    Issue.objects.bulk_create([Issue(statement=statement, at=at) for statement in due])
    if len(due) < BATCH:
        held.issued_at = at
        held.save(update_fields=["issued_at"])
    return len(due) == BATCH


def to_issue(run: Run) -> QuerySet[Statement]:
    """Statements not mailed yet; not of people who left, nor of those with neither days nor money in the year."""
    concerned = run.statements.filter(Q(target__gt=0) | ~Q(amount=0), member__salesperson__is_active=True)
    return concerned.filter(issue=None)


def _mail(run: Run, statement: Statement, until: date) -> OutboxMail:
    link = f"{settings.ORIGIN}{_address(statement)}"
    facts = {"run": run, "statement": statement, "link": link, "until": until}
    return OutboxMail(
        to=statement.member.salesperson.email,
        subject=_title(run),
        text=render_to_string("compensation/mail/issued.txt", facts),
    )


def _notice(run: Run, statement: Statement) -> Notice:
    words, address = f"{_title(run)} is here.", _address(statement)
    return Notice(statement.member.salesperson_id, words, address, f"statement-{statement.pk}")


def _title(run: Run) -> str:
    what = "final bonus statement" if run.kind == Run.Kind.FINAL else "bonus statement"
    return f"Your {what} through {run.through:%-d %B %Y}"


def _address(statement: Statement) -> str:
    return reverse("kept_statement", args=[statement.pk])
