"""Leaving a contact out of a month's round: asked by one, or done by one, and decided by another."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from customers.models import Contact
from firm.actions import notify
from firm.bell import ring
from firm.queries import the_firm
from report_cards import rules
from report_cards.models import Exclusion, Invitation, Round
from report_cards.queries.deciders import Deciders
from report_cards.queries.drawing import candidates
from report_cards.queries.exclusions import may_ask, owner_on_last_day
from report_cards.queries.policy import the_policy

State = Invitation.State


@transaction.atomic
def note_exclusions(month: date) -> int:
    """Write down what takes contacts out of a month that is not drawn yet, take back what was undone; how many new."""
    if Round.objects.filter(month=month).exists():
        return 0
    drawn = candidates(month, firm=the_firm())
    acts = {one.contact_id: one for one in drawn if one.act}
    undone = Exclusion.objects.filter(month=month, is_approved=None).exclude(kind=Exclusion.Kind.ASKED)
    for row in undone:
        one = acts.get(row.contact_id or 0)
        if one is None or one.act is None or (one.act.why, one.act.at) != (row.kind, row.asked_at):
            row.delete()
    return write_exclusions(month, drawn)


def write_exclusions(month: date, drawn: Iterable[rules.Candidate]) -> int:
    """A row for each candidate somebody took out that has none yet, decided where it was decided before."""
    known = set(Exclusion.objects.filter(month=month).values_list("contact_id", flat=True))
    rows = [_row(month, one, one.act) for one in drawn if one.act and one.contact_id not in known]
    Exclusion.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)
    return len(rows)


def _row(month: date, one: rules.Candidate, act: rules.Act) -> Exclusion:
    verdict = one.verdict
    return Exclusion(
        month=month,
        customer_id=one.customer_id,
        contact_id=one.contact_id,
        salesperson_id=act.former_id or one.salesperson_id,
        kind=act.why,
        reason=act.reason,
        asked_by_id=act.by,
        asked_at=act.at,
        is_approved=verdict.is_approved if verdict else None,
        decided_by_id=verdict.by if verdict else None,
        decided_at=verdict.at if verdict else None,
        answer=verdict.answer if verdict else "",
    )


@transaction.atomic
def ask_exclusion(contact: Contact, *, month: date, reason: str, acting_user: User, at: datetime) -> Exclusion:
    """Ask that a contact be left out of one month; another decides.

    Raises ``PermissionDenied`` for anybody but the owner and the managers above, ``ValidationError`` when the month is
    drawn, or the contact is on its list already.
    """
    if not may_ask(acting_user, contact.customer):
        raise PermissionDenied
    if Round.objects.filter(month=month).exists():
        raise ValidationError(f"The round of {month:%B %Y} is drawn already.")
    salesperson = owner_on_last_day(contact.customer, month)
    if salesperson is None or not contact.email:
        raise ValidationError("Nobody would ask this contact: there is no owner, or no address.")
    row, is_new = Exclusion.objects.get_or_create(
        month=month,
        contact=contact,
        defaults={
            "customer": contact.customer,
            "salesperson": salesperson,
            "kind": Exclusion.Kind.ASKED,
            "reason": reason,
            "asked_by": acting_user,
            "asked_at": at,
        },
    )
    if not is_new:
        raise ValidationError(f"{contact} is on the list of {month:%B %Y} already: {row.get_kind_display()}.")
    _tell_first(row, at)
    return row


def _tell_first(row: Exclusion, at: datetime) -> None:
    ladder = Deciders().ladder(row.salesperson, {row.asked_by_id})
    for user in User.objects.filter(pk__in=ladder.told(since=None, at=at)):
        notify(
            user,
            f"Leave {row.customer} out of {row.month:%B %Y}? It waits for your decision."[:300],
            url=f"{reverse('exclusions')}?month={row.month:%Y-%m}",
            key=f"exclusion-{row.pk}",
        )


@transaction.atomic
def withdraw_exclusion(exclusion: Exclusion, *, acting_user: User) -> None:
    """Take back what one asked for, as long as nobody decided and the month is not drawn."""
    locked = Exclusion.objects.select_for_update().get(pk=exclusion.pk)
    if locked.asked_by_id != acting_user.pk or locked.kind != Exclusion.Kind.ASKED:
        raise PermissionDenied
    if locked.is_approved is not None or locked.invitation_id:
        raise ValidationError("It is decided or drawn already.")
    locked.delete()


@transaction.atomic
def decide_exclusions(
    ids: Collection[int], *, approve: bool, answer: str, acting_user: User, at: datetime
) -> tuple[int, int]:
    """Leave these out, or have them asked all the same; how many were decided, and how many were not.

    Not decided are those that somebody else decided meanwhile, whose round is closed, and those the person may not:
    their own, and what they asked for or did themselves.
    """
    rows = Exclusion.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    deciders, done = Deciders(), 0
    rounds = Round.objects.in_bulk(field_name="month")
    for row in rows.select_related("salesperson", "invitation__contact"):
        round_ = rounds.get(row.month)
        ladder = deciders.ladder(row.salesperson, {row.asked_by_id})
        if not ladder.may(acting_user.pk, since=round_.drawn_at if round_ else None, at=at):
            continue
        if row.is_approved is None and (round_ is None or round_.takes_answers(at)):
            _decide(row, round_, approve=approve, answer=answer, acting_user=acting_user, at=at)
            done += 1
    ring("report_cards.send_due")
    return done, len(set(ids)) - done


def _decide(
    row: Exclusion, round_: Round | None, *, approve: bool, answer: str, acting_user: User, at: datetime
) -> None:
    row.is_approved, row.answer, row.decided_by, row.decided_at = approve, answer, acting_user, at
    row.save(update_fields=["is_approved", "answer", "decided_by", "decided_at"])
    if row.asked_by and row.asked_by_id != acting_user.pk:
        words = "stays out of" if approve else "is asked in"
        notify(row.asked_by, f"{row.customer} {words} {row.month:%B %Y}: {answer}"[:300], key=f"decided-{row.pk}")
    if round_ and row.invitation and row.invitation.state == State.HELD:
        _settle(row, row.invitation, round_, at)


def _settle(row: Exclusion, invitation: Invitation, round_: Round, at: datetime) -> None:
    """Let the invitation that waited go out, or leave it out; a customer handed over is asked about one of the two."""
    passes_on = row.salesperson_id != invitation.salesperson_id
    contact = invitation.contact
    if row.is_approved and not passes_on:
        invitation.state = State.EXCLUDED
    elif contact and rules.is_new(contact.email_changed_at, drawn_at=round_.drawn_at):
        invitation.reason = rules.WORDS_OF[rules.Why.NEW_ADDRESS]
    else:
        invitation.state, invitation.reason = State.WAITING, ""
    if passes_on and not row.is_approved:
        invitation.salesperson = row.salesperson
        invitation.wording = {**invitation.wording, "salesperson": row.salesperson.name}
    invitation.due_at = due_for(invitation.zone, at)
    invitation.decided_by = row.decided_by
    invitation.save(update_fields=["state", "reason", "salesperson", "wording", "due_at", "decided_by"])


def due_for(zone: str, at: datetime) -> datetime:
    """The next moment a mail may go out on a customer's clock."""
    policy = the_policy()
    return rules.next_in_window(at, ZoneInfo(zone), policy.send_from, policy.send_until)


def link_exclusions(round_: Round) -> None:
    """Tie a month's exclusions to what the draw made of them."""
    made = dict(round_.invitations.filter(~Q(contact=None)).values_list("contact_id", "pk"))
    rows = list(Exclusion.objects.filter(month=round_.month, invitation=None))
    for row in rows:
        row.invitation_id = made.get(row.contact_id or 0)
    Exclusion.objects.bulk_update(rows, ["invitation"], batch_size=1000)
