"""Deciding on addresses that changed shortly before the draw."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from firm.bell import ring
from report_cards.actions.exclusions import due_for
from report_cards.models import Invitation
from report_cards.queries.deciders import Deciders
from report_cards.queries.exclusions import held_addresses, may_decide

State = Invitation.State


@transaction.atomic
def decide_held(invitation: Invitation, *, send: bool, reason: str, acting_user: User, at: datetime) -> Invitation:
    """Send a held invitation after all, or leave it out; never by the rated person, nor by who changed the address.

    Raises ``PermissionDenied`` for anybody who does not decide on it; one decided meanwhile stays as it is.
    """
    related = Invitation.objects.select_related("round", "salesperson", "contact")
    deciders, looked = Deciders(), related.get(pk=invitation.pk)
    if not may_decide(acting_user, looked, deciders=deciders, drawn_at=looked.round.drawn_at, at=at):
        raise PermissionDenied
    decide_held_addresses([invitation.pk], send=send, reason=reason, acting_user=acting_user, at=at)
    return related.get(pk=invitation.pk)


@transaction.atomic
def decide_held_addresses(
    ids: Collection[int], *, send: bool, reason: str, acting_user: User, at: datetime
) -> tuple[int, int]:
    """Send these held invitations, or leave them out; how many were decided, and how many were not.

    Not decided are those decided meanwhile, of a closed round, or not this person's to decide.
    """
    deciders, done = Deciders(), []
    for row in held_addresses().select_for_update(of=("self",)).filter(pk__in=ids):
        mine = may_decide(acting_user, row, deciders=deciders, drawn_at=row.round.drawn_at, at=at)
        if not mine or not row.round.takes_answers(at):
            continue
        row.state = State.WAITING if send else State.EXCLUDED
        row.reason, row.decided_by, row.due_at = reason, acting_user, due_for(row.zone, at)
        done.append(row)
    Invitation.objects.bulk_update(done, ["state", "reason", "decided_by", "due_at"], batch_size=500)
    ring("report_cards.send_due")
    return len(done), len(set(ids)) - len(done)
