"""Changing many customers at once, each by the rules for one.

What is to be done is a row (``BulkChange``). It is worked off in batches, each a transaction that also notes how far it
came, so that a worker that dies is followed by another that goes on with the next batch, and nothing is done twice.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from customers import actions
from customers.models import Customer, Tag
from customers.queries import for_hand_over, may_change, may_hand_over, possible_owners
from desk.models import BulkChange
from firm.bell import ring
from firm.models import Job

MOST = 5000
BATCH = 100
# So many are changed while the person waits; more go to the worker.
AT_ONCE = 200

NOT_SEEN = "gone, or not yours to see"
NOT_YOURS = "not yours to change"
NOT_TO_GIVE = "not yours to hand over"


@transaction.atomic
def change_customers(
    verb: BulkChange.Verb,
    ids: Sequence[int],
    *,
    acting_user: User,
    at: datetime,
    tag: Tag | None = None,
    to: User | None = None,
    since: date | None = None,
    reason: str = "",
) -> BulkChange:
    """Write down a change of many customers and, when they are many, wake the worker.

    Raises ``ValidationError`` when nobody was chosen, or more than ``MOST``.
    """
    chosen = list(dict.fromkeys(ids))
    if not chosen:
        raise ValidationError("Nobody is picked. Tick the customers first.")
    if len(chosen) > MOST:
        raise ValidationError(f"That is more than {MOST:,} customers. Narrow the list first.")
    job = Job.objects.create(kind="change_customers", total=len(chosen), made_by=acting_user, made_at=at)
    change = BulkChange.objects.create(
        job=job, verb=verb, tag=tag, to=to, since=since, reason=reason, ids=chosen, made_by=acting_user, made_at=at
    )
    if len(chosen) > AT_ONCE:
        ring("desk.change_customers")
    return change


def work_off(change: BulkChange, *, at: datetime) -> BulkChange:
    """Every batch that is left, until the change is done."""
    while next_batch(change.pk, at=at):
        pass
    return BulkChange.objects.select_related("job", "tag", "to").get(pk=change.pk)


@transaction.atomic
def next_batch(pk: int, *, at: datetime) -> bool:
    """One batch of a change; False when none is left, or somebody else is at it."""
    job = Job.objects.select_for_update(skip_locked=True).filter(bulk_change=pk, ended_at=None).first()
    if job is None:
        return False
    change = BulkChange.objects.select_related("tag", "to", "made_by").get(pk=pk)
    batch = change.ids[job.done : job.done + BATCH]
    changed, refused = VERBS[change.verb](change, batch, at=at)
    change.changed += changed
    change.refused += refused
    change.save(update_fields=["changed", "refused", "givers"])
    job.done += len(batch)
    job.state, job.ended_at = (Job.State.DONE, at) if job.done >= job.total else (Job.State.RUNNING, None)
    job.save(update_fields=["done", "state", "ended_at"])
    if job.ended_at and change.to:
        _tell(change, to=change.to)
    return job.ended_at is None


Outcome = tuple[list[int], list[list[Any]]]


def _sorted_out(
    reach: dict[int, Customer], batch: Sequence[int], may: Callable[[User, Customer], bool], user: User, no: str
) -> Outcome:
    """Whom the person may change, and the others with the reason."""
    allowed, refused = [], []
    for pk in batch:
        if pk not in reach:
            refused.append([pk, NOT_SEEN])
        elif not may(user, reach[pk]):
            refused.append([pk, no])
        else:
            allowed.append(pk)
    return allowed, refused


def _tag(change: BulkChange, batch: Sequence[int], *, at: datetime) -> Outcome:
    seen = Customer.objects.visible_to(change.made_by).select_related("owner").in_bulk(list(batch))
    allowed, refused = _sorted_out(seen, batch, may_change, change.made_by, NOT_YOURS)
    if change.tag is None:
        return [], [[pk, "the tag was deleted meanwhile"] for pk in batch]
    work = actions.tag_all if change.verb == BulkChange.Verb.TAG else actions.untag_all
    return work(allowed, change.tag), refused


def _hand_over(change: BulkChange, batch: Sequence[int], *, at: datetime) -> Outcome:
    user, to = change.made_by, change.to
    if to is None or change.since is None or not possible_owners(user).filter(pk=to.pk).exists():
        return [], [[pk, "the new owner is not yours to choose"] for pk in batch]
    reach = for_hand_over(user).select_related("owner").in_bulk(list(batch))
    allowed, refused = _sorted_out(reach, batch, may_hand_over, user, NOT_TO_GIVE)
    done = []
    for pk in allowed:
        if reach[pk].owner_id == to.pk:
            continue
        try:
            giver = reach[pk].owner_id
            actions.hand_over(reach[pk], to=to, since=change.since, reason=change.reason, acting_user=user, at=at)
            done.append(pk)
            if giver:
                change.givers[str(giver)] = change.givers.get(str(giver), 0) + 1
        except ValidationError as refusal:
            refused.append([pk, " ".join(refusal.messages).removesuffix(".")])
    return done, refused


def _tell(change: BulkChange, *, to: User) -> None:
    """Let whoever gets customers, and whoever had them, hear of it once."""
    assert change.since
    givers = {giver: change.givers[str(giver.pk)] for giver in User.objects.filter(pk__in=change.givers)}
    actions.tell_many(len(change.changed), to=to, givers=givers, since=change.since, acting_user=change.made_by)


VERBS: dict[str, Callable[..., Outcome]] = {
    BulkChange.Verb.TAG: _tag,
    BulkChange.Verb.UNTAG: _tag,
    BulkChange.Verb.HAND_OVER: _hand_over,
}


@transaction.atomic
def undo_change(change: BulkChange, *, at: datetime) -> int:
    """Take back a tag given or removed, from those it changed; how many. Raises ``ValidationError`` when it can't."""
    locked = BulkChange.objects.select_for_update(of=["self"]).select_related("tag", "job").get(pk=change.pk)
    if locked.verb == BulkChange.Verb.HAND_OVER:
        raise ValidationError("A hand-over is not undone. Hand them over again, to whoever had them.")
    if locked.undone_at or locked.job.ended_at is None:
        raise ValidationError("That was undone already." if locked.undone_at else "It is still at work. Wait for it.")
    if locked.tag is None:
        raise ValidationError("The tag was deleted meanwhile.")
    here = list(Customer.objects.present().filter(pk__in=locked.changed).values_list("pk", flat=True))
    work = actions.untag_all if locked.verb == BulkChange.Verb.TAG else actions.tag_all
    BulkChange.objects.filter(pk=locked.pk).update(undone_at=at)
    return len(work(here, locked.tag))


def unfinished() -> list[int]:
    """Changes that wait for the worker, or whose worker died."""
    waiting = BulkChange.objects.filter(job__ended_at=None, job__total__gt=AT_ONCE)
    return list(waiting.order_by("pk").values_list("pk", flat=True))
