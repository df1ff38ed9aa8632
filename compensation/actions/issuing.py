"""Handing out the statements of a locked run: each person mailed once, whatever dies meanwhile."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from compensation.models import Issue, Run, Statement
from firm.actions import notify, post_mail
from firm.queries import the_firm

BATCH = 100


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
    due = list(to_issue(held).select_related("member__salesperson").order_by("pk")[:BATCH])
    for statement in due:
        _tell(held, statement, at=at)
    Issue.objects.bulk_create([Issue(statement=statement, at=at) for statement in due])
    if len(due) < BATCH:
        held.issued_at = at
        held.save(update_fields=["issued_at"])
    return len(due) == BATCH


def to_issue(run: Run) -> QuerySet[Statement]:
    """Statements not mailed yet; not of people who left, nor of those with neither days nor money in the year."""
    concerned = run.statements.filter(Q(target__gt=0) | ~Q(amount=0), member__salesperson__is_active=True)
    return concerned.filter(issue=None)


def _tell(run: Run, statement: Statement, *, at: datetime) -> None:
    person, url = statement.member.salesperson, reverse("kept_statement", args=[statement.pk])
    until = the_firm().today(at) + timedelta(days=run.plan.dispute_days)
    facts = {"run": run, "statement": statement, "link": f"{settings.ORIGIN}{url}", "until": until}
    what = "final bonus statement" if run.kind == Run.Kind.FINAL else "bonus statement"
    notify(person, f"Your {what} through {run.through:%-d %B %Y} is here.", url=url)
    post_mail(
        to=person.email,
        subject=f"Your {what} through {run.through:%-d %B %Y}",
        text=render_to_string("compensation/mail/issued.txt", facts),
    )
