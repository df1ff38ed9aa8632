"""Drawing a month's round, deciding on held addresses, closing."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from accounts.models import User
from firm.bell import ring
from firm.models import Firm
from firm.queries import the_firm
from firm.rules import month_after
from report_cards import rules
from report_cards.actions.announcing import announce_results
from report_cards.actions.exclusions import link_exclusions, write_exclusions
from report_cards.actions.integrity import settle_late
from report_cards.actions.reminding import remind_deciders
from report_cards.actions.tallies import tally_round
from report_cards.models import Invitation, ReportCard, Round
from report_cards.queries import candidates, the_policy


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
    found = candidates(month, firm=firm)
    write_exclusions(month, found)
    _invite(round_, rules.draw(found, at=at), firm)
    link_exclusions(round_)
    remind_deciders(at=at)
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


def _invite(round_: Round, drawn: Sequence[rules.Drawn], firm: Firm) -> None:
    policy = the_policy()
    due = {
        zone: rules.next_in_window(round_.drawn_at, ZoneInfo(zone), policy.send_from, policy.send_until)
        for zone in {d.candidate.zone for d in drawn}
    }
    rows = Invitation.objects.bulk_create(
        [
            Invitation(
                round=round_,
                contact_id=d.candidate.contact_id,
                customer_id=d.candidate.customer_id,
                salesperson_id=d.candidate.rated_id,
                address=d.candidate.address,
                zone=d.candidate.zone,
                language=d.candidate.language,
                wording={"firm": firm.name, **d.candidate.wording},
                state=d.state,
                reason=d.reason,
                due_at=due[d.candidate.zone],
            )
            for d in drawn
        ],
        batch_size=2000,
    )
    share = policy.pressure_sample_bp
    sampled = [row.pk for row in rows if rules.is_sampled(round_id=round_.pk, invitation_id=row.pk, share_bp=share)]
    Invitation.objects.filter(pk__in=sampled).update(asks_pressure=True)


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
    settle_late()
    tally_round(locked, at=at)
    announce_results(locked)
    ring("report_cards.follow_up_due")
    return locked
