"""Planning the questions after a case, and deciding whom each reaches once it is due."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from customers.rules.zones import zone_of
from firm.models import Firm
from firm.queries import the_firm
from recovery import rules
from recovery.actions.holding import note_event
from recovery.models import Case, CaseEvent, FollowUp
from recovery.queries.readers import readers_of
from report_cards.queries import the_policy
from report_cards.rules.windows import next_in_window

State = FollowUp.State
# So many are decided in one transaction.
MANY = 200


def plan_follow_ups(case: Case, at: datetime) -> None:
    """Put down the questions after a closing, for 7 and 90 days later."""
    FollowUp.objects.bulk_create(
        FollowUp(case=case, closed_at=at, kind=kind, due_at=due_at, closes_at=due_at + rules.ANSWERED_FOR)
        for kind, due_at in rules.check_backs(at).items()
    )


def withdraw_follow_ups(case: Case) -> None:
    """A case that is open again is not asked about; what has been sent may still be answered."""
    waiting = FollowUp.objects.filter(case=case, state=State.WAITING)
    waiting.update(state=State.LEFT_OUT, reason=rules.REOPENED)


def prepare_follow_ups(*, at: datetime) -> int:
    """Decide whom each question that has come due reaches; how many were decided. Any number of workers may."""
    done = 0
    while count := _prepare_some(at):
        done += count
    return done


@transaction.atomic
def _prepare_some(at: datetime) -> int:
    due = FollowUp.objects.select_for_update(of=["self"], skip_locked=True).select_related("case__customer")
    found = list(due.filter(state=State.WAITING, address="", due_at__lte=at).order_by("due_at", "id")[:MANY])
    if found:
        _address(found, the_firm(), at)
    return len(found)


def _address(found: Sequence[FollowUp], firm: Firm, at: datetime) -> None:
    """Give each its reader, names and moment, or the reason why nobody is asked."""
    policy, contacts = the_policy(), readers_of([one.case for one in found], firm)
    for one in found:
        customer = one.case.customer
        known = contacts.get(one.case_id, {})
        reader, why = rules.choose_reader((entry.reader for entry in known.values()), at)
        if one.closes_at <= at or customer.removed_at or reader is None:
            one.state, one.reason = State.LEFT_OUT, why or (rules.OVER if one.closes_at <= at else "the customer left")
            continue
        contact = known[reader.contact_id].contact
        one.contact, one.address, one.language = contact, contact.email, contact.language
        one.wording = {"firm": firm.name, "customer": customer.name, "contact": contact.name}
        one.zone = zone_of(customer.zone, customer.country, otherwise=firm.zone, year=at.year)
        one.due_at = next_in_window(at, ZoneInfo(one.zone), policy.send_from, policy.send_until)
    fields = ["state", "reason", "contact", "address", "language", "wording", "zone", "due_at"]
    FollowUp.objects.bulk_update(found, fields)
    note_left_out(found, at)


def note_left_out(follow_ups: Iterable[FollowUp], at: datetime) -> None:
    """The timelines tell who is not asked and why."""
    for one in follow_ups:
        if one.state == State.LEFT_OUT:
            words = f"not asked {one.get_kind_display()}: {one.reason}"
            note_event(one.case, CaseEvent.Kind.NOTED, None, at, note=words[:300])


def leave_out(which: Q, reason: str, at: datetime, **more: Any) -> int:
    """Leave out those waiting that ``which`` finds; how many. Usually none."""
    with transaction.atomic():
        rows = FollowUp.objects.select_for_update(of=["self"], skip_locked=True).select_related("case")
        found = list(rows.filter(which, state=State.WAITING, **more))
        for one in found:
            one.state, one.reason = State.LEFT_OUT, reason
        FollowUp.objects.bulk_update(found, ["state", "reason"])
        note_left_out(found, at)
    return len(found)
