"""Drawing a month's round, deciding on held addresses, closing."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import Role, User
from accounts.queries import managers_above
from firm.actions import notify, post_mail
from firm.bell import ring
from firm.models import Firm
from firm.queries import the_firm
from firm.rules import month_after
from report_cards import rules
from report_cards.models import Invitation, ReportCard, Round
from report_cards.queries import candidates


class CannotDraw(Exception):
    """Why a month's round cannot be drawn, in words for people."""


@transaction.atomic
def draw_round(month: date, *, at: datetime, acting_user: User | None = None) -> Round:
    """Draw the round of a month that is over; a month drawn before returns its round unchanged.

    By hand only administrators and executives; the beat passes no user. Raises ``CannotDraw`` with the reason.
    """
    if acting_user and not rules.may_draw(acting_user.roles):
        raise PermissionDenied
    # Only one draw at a time: a second one waits here, then finds the round.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('report_cards.draw_round'))")
    if drawn := Round.objects.filter(month=month).first():
        return drawn
    firm = the_firm()
    round_ = Round.objects.create(
        month=month,
        card=_card_for(month, firm=firm, at=at),
        drawn_at=at,
        drawn_by=acting_user,
        closes_at=rules.closes_at(month, firm.tzinfo),
    )
    _invite(round_, rules.draw(candidates(month, firm=firm, at=at), at=at), firm)
    ring("report_cards.send_due")
    return round_


def _card_for(month: date, *, firm: Firm, at: datetime) -> ReportCard:
    if month.day != 1 or firm.today(at) < month_after(month):
        raise CannotDraw(f"{month:%B %Y} is not over yet.")
    if at >= rules.closes_at(month, firm.tzinfo):
        raise CannotDraw(f"The time to answer for {month:%B %Y} is over.")
    card = ReportCard.objects.in_force(month)
    if card is None:
        raise CannotDraw(f"No signed report card of {month.year} covers {month:%B}. Make one and have it signed.")
    return card


def _invite(round_: Round, drawn: Iterable[rules.Drawn], firm: Firm) -> None:
    Invitation.objects.bulk_create(
        [
            Invitation(
                round=round_,
                contact_id=d.candidate.contact_id,
                customer_id=d.candidate.customer_id,
                salesperson_id=d.candidate.salesperson_id,
                address=d.candidate.address,
                wording={"firm": firm.name, **d.candidate.names},
                state=d.state,
                reason=d.reason,
                due_at=round_.drawn_at,
            )
            for d in drawn
        ],
        batch_size=2000,
    )
    _tell_of_held(round_)


def _tell_of_held(round_: Round) -> None:
    """Each rated person's nearest manager, else an executive, hears once that an address waits for a decision."""
    held = Invitation.objects.filter(round=round_, state=Invitation.State.HELD).select_related("salesperson")
    for salesperson in {invitation.salesperson for invitation in held}:
        for decider in deciders(salesperson):
            notify(
                decider,
                "A changed address waits for your decision.",
                url=reverse("round", args=[round_.pk]),
                key=f"held-{round_.pk}",
            )


def deciders(salesperson: User) -> list[User]:
    """Who decides on a rated person's held addresses: the nearest manager, else every executive but themselves."""
    if above := managers_above(salesperson):
        return [User.objects.get(pk=above[0])]
    return list(User.objects.holding(Role.EXECUTIVE).exclude(pk=salesperson.pk))


@transaction.atomic
def decide_held(invitation: Invitation, *, send: bool, reason: str, acting_user: User, at: datetime) -> Invitation:
    """Send a held invitation after all, or leave it out; never by the rated person."""
    locked = Invitation.objects.select_for_update().select_related("round", "salesperson").get(pk=invitation.pk)
    above = managers_above(locked.salesperson)
    allowed = acting_user.pk in above or (not above and acting_user.has_role(Role.EXECUTIVE))
    if not allowed or acting_user.pk == locked.salesperson_id:
        raise PermissionDenied
    if locked.state != Invitation.State.HELD or not locked.round.takes_answers(at):
        return locked
    locked.state = Invitation.State.WAITING if send else Invitation.State.EXCLUDED
    locked.reason, locked.decided_by, locked.due_at = reason, acting_user, at
    locked.save(update_fields=["state", "reason", "decided_by", "due_at"])
    ring("report_cards.send_due")
    return locked


@transaction.atomic
def close_round(round_: Round, *, at: datetime, acting_user: User | None = None) -> Round:
    """Close a round: answers still being recorded are waited for, later ones are refused.

    The beat closes at the closing moment; by hand an administrator may close earlier. Closing twice changes nothing.
    """
    if acting_user and not rules.may_close(acting_user.roles):
        raise PermissionDenied
    # FOR UPDATE waits for every answer that holds the round FOR SHARE (answering.record_response).
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    if locked.closed_at or (acting_user is None and at < locked.closes_at):
        return locked
    locked.closed_at, locked.closed_by = at, acting_user
    locked.save(update_fields=["closed_at", "closed_by"])
    _announce(locked)
    ring("report_cards.follow_up_due")
    return locked


def _announce(round_: Round) -> None:
    """Results are out: the rated people and their nearest managers are told and mailed, once a round."""
    rated = User.objects.active().filter(invitations__round=round_).distinct()
    own, team = reverse("results"), reverse("team_results")
    managers: set[int] = set()
    for salesperson in rated:
        _tell(salesperson, round_, url=own)
        managers.update(managers_above(salesperson)[:1])
    for manager in User.objects.filter(pk__in=managers):
        _tell(manager, round_, url=team)


def _tell(user: User, round_: Round, *, url: str) -> None:
    month = f"{round_.month:%B %Y}"
    address = f"{url}?month={round_.month:%Y-%m}"
    notify(user, f"The results of {month} are in.", url=address, key=f"results-{round_.pk}-{url}")
    post_mail(
        to=user.email,
        subject=f"Results of {month}",
        text=f"Hello {user.name},\n\nthe report cards of {month} are in:\n{settings.ORIGIN}{address}\n",
    )
