"""Making two records of one customer one, and taking them apart again: one call an app, all in one transaction."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.rules import is_other_person
from customers.actions import merge_customers, move_back, unmerge_customers
from customers.models import Customer
from desk.models import Different, Merge
from desk.queries.merging import deciders, leaves_out, may_ask_merge, may_decide_merge, undo_blocked
from firm.actions import notify
from recovery.actions import move_cases
from secrets_manual.actions import move_manual


@transaction.atomic
def ask_merge(
    kept: Customer,
    gone: Customer,
    *,
    taken: Collection[str],
    people: Mapping[int, int],
    reason: str,
    acting_user: User,
    at: datetime,
) -> Merge:
    """Merge two customers, or let somebody else decide where that is needed.

    It is needed when somebody would no longer be asked for a rating of their salesperson, and when the person may
    change both but decides about neither. Raises ``ValidationError`` with what stands in the way.
    """
    kept, gone = _locked(kept.pk, gone.pk)
    if not may_ask_merge(acting_user, kept, gone):
        raise ValidationError("You may change only one of the two.")
    is_left_out = leaves_out(kept, gone, people)
    if is_left_out and not reason:
        raise ValidationError({"reason": "Somebody would no longer be asked for a rating. Say why that is right."})
    merge = Merge.objects.create(
        kept=kept,
        gone=gone,
        taken=sorted(taken),
        people={str(old): new for old, new in people.items()},
        leaves_out=is_left_out,
        reason=reason,
        state=Merge.State.WAITING,
        asked_by=acting_user,
        asked_at=at,
    )
    if is_left_out or not may_decide_merge(acting_user, kept, gone):
        for person in deciders(merge):
            words = f"{acting_user.name} asks to merge {merge}. Your word decides."
            notify(person, words[:300], url=reverse("merge", args=[merge.pk]))
        return merge
    return _carry_out(merge, kept, gone, acting_user=acting_user, at=at)


def _locked(kept_id: int, gone_id: int, *, but: int | None = None) -> tuple[Customer, Customer]:
    """Both customers, locked in one order, so that two people at once take turns; refused when one is gone."""
    # Without their owners: a row that was waited for comes with its neighbours as they were before.
    rows = Customer.objects.select_for_update(of=["self"]).filter(pk__in=[kept_id, gone_id])
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < 2:
        raise ValidationError("Choose two different customers.")
    for row in found.values():
        if row.removed_at:
            raise ValidationError(f"{row} was {'merged' if row.merged_into_id else 'removed'} meanwhile.")
    waiting = Merge.objects.filter(Q(gone__in=found) | Q(kept__in=found), state=Merge.State.WAITING)
    if waiting.exclude(pk=but or 0).exists():
        raise ValidationError("A merge of one of the two waits for approval already.")
    return found[kept_id], found[gone_id]


def _carry_out(merge: Merge, kept: Customer, gone: Customer, *, acting_user: User, at: datetime) -> Merge:
    people = {int(old): new for old, new in merge.people.items()}
    other = acting_user if is_other_person(maker_id=merge.asked_by_id, checker_id=acting_user.pk) else None
    told: dict[str, Any] = {"reason": merge.reason, "asked_by": merge.asked_by, "agreed_by": other}
    with pghistory.context(user=acting_user.pk, merge=merge.pk):
        merge.record = {
            "moves": [*move_manual(gone, kept, people=people), *move_cases(gone, kept)],
            "customers": merge_customers(kept, gone, taken=merge.taken, people=people, at=at, **told),
        }
    merge.state, merge.decided_by, merge.decided_at = Merge.State.DONE, acting_user, at
    merge.save(update_fields=["record", "state", "decided_by", "decided_at"])
    return merge


def _waiting(merge: Merge, acting_user: User) -> Merge:
    locked = Merge.objects.select_for_update(of=["self"]).select_related("kept__owner", "gone__owner").get(pk=merge.pk)
    if locked.state != Merge.State.WAITING:
        raise ValidationError("That was decided meanwhile.")
    owners = {locked.kept.owner_id, locked.gone.owner_id}
    is_other = is_other_person(maker_id=locked.asked_by_id, checker_id=acting_user.pk)
    if not is_other or acting_user.pk in owners or not may_decide_merge(acting_user, locked.kept, locked.gone):
        raise ValidationError("Somebody else decides: neither whoever asked nor whose ratings it touches.")
    return locked


@transaction.atomic
def approve_merge(merge: Merge, *, acting_user: User, at: datetime) -> Merge:
    """Let a merge that waited happen; raises ``ValidationError`` when it can't any more."""
    locked = _waiting(merge, acting_user)
    kept, gone = _locked(locked.kept_id, locked.gone_id, but=locked.pk)
    done = _carry_out(locked, kept, gone, acting_user=acting_user, at=at)
    _tell(done, f"{acting_user.name} agreed: merged {done}.")
    return done


@transaction.atomic
def refuse_merge(merge: Merge, *, acting_user: User, at: datetime) -> None:
    """Leave the two as they are."""
    locked = _waiting(merge, acting_user)
    Merge.objects.filter(pk=locked.pk).update(state=Merge.State.REFUSED, decided_by=acting_user, decided_at=at)
    _tell(locked, f"{acting_user.name} did not agree to merge {locked}.")


def _tell(merge: Merge, text: str) -> None:
    notify(merge.asked_by, text[:300], url=reverse("merge", args=[merge.pk]))


@transaction.atomic
def undo_merge(merge: Merge, *, acting_user: User, at: datetime) -> None:
    """Take two customers apart again, every row as it was; what was added since stays with the one kept.

    Raises ``ValidationError`` with the reason when it can't be done any more.
    """
    rows = Customer.objects.select_for_update(of=["self"]).filter(pk__in=[merge.kept_id, merge.gone_id])
    both = {row.pk: row for row in rows.order_by("pk")}
    locked = Merge.objects.select_for_update(of=["self"]).get(pk=merge.pk)
    kept, gone = both[locked.kept_id], both[locked.gone_id]
    if blocked := undo_blocked(locked, kept, gone):
        raise ValidationError(blocked)
    with pghistory.context(user=acting_user.pk, merge=locked.pk):
        unmerge_customers(kept, gone, locked.record["customers"])
        move_back(locked.record["moves"])
    locked.state, locked.undone_by, locked.undone_at = Merge.State.UNDONE, acting_user, at
    locked.save(update_fields=["state", "undone_by", "undone_at"])


def say_different(one: Customer, other: Customer, *, acting_user: User, at: datetime) -> None:
    """Two customers that look alike are not the same: they are not offered again."""
    first, second = sorted([one.pk, other.pk])
    rows = [Different(first_id=first, second_id=second, said_by=acting_user, said_at=at)]
    Different.objects.bulk_create(rows, ignore_conflicts=True)
