"""What people did that takes contacts out of a month's round, and what others decided on it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import Q

from accounts.models import User
from customers.models import Ownership
from report_cards import rules
from report_cards.models import Exclusion
from report_cards.rules.handing import Tenure, former_owner, passed_on

UNSAID = "nobody noted why"
Row = Mapping[str, Any]


class When(Protocol):
    """The last days of a month (``Month`` in drawing)."""

    @property
    def last(self) -> date: ...
    @property
    def began(self) -> date: ...
    @property
    def began_at(self) -> datetime: ...


@dataclass(frozen=True)
class Former:
    """Who owned a customer before it passed on in the month's last days; still here, else nobody gains by it."""

    id: int
    name: str


@dataclass(frozen=True)
class Formers:
    """By id of the ownership on the last day, and by the customer that was merged into another's."""

    by_ownership: Mapping[int, Former]
    by_merge: Mapping[int, Former]


@dataclass(frozen=True)
class Known:
    """Exclusions on record: of the month by contact, and what was decided earlier on a mark taken away."""

    of_month: Mapping[int, Exclusion]
    of_mark: Mapping[tuple[int, Any], rules.Verdict]


def act_of(row: Row, formers: Formers, known: Known) -> tuple[rules.Act | None, rules.Verdict | None]:
    """What takes a contact out, if anything does, and what somebody else decided on it."""
    found = known.of_month.get(row["id"])
    act = _asked(found) or _marked(row) or _removed(row) or _merged(row, formers) or _passed(row, formers)
    if act is None:
        return None, None
    if found and found.is_approved is not None:
        return act, verdict_of(found)
    if act.why == rules.Why.UNMARKED:
        return act, known.of_mark.get((row["id"], act.at))
    agreed, rated = row["left_out_agreed_by_id"], act.former_id or row["customer__ownerships__owner_id"]
    if act.why == rules.Why.MERGED and agreed and agreed not in {act.by, rated}:
        return act, rules.Verdict(is_approved=True, by=agreed, at=act.at, answer="agreed to the merge")
    return act, None


def verdict_of(exclusion: Exclusion) -> rules.Verdict | None:
    """What was decided on an exclusion."""
    by, at = exclusion.decided_by_id, exclusion.decided_at
    if exclusion.is_approved is None or by is None or at is None:
        return None
    return rules.Verdict(is_approved=exclusion.is_approved, by=by, at=at, answer=exclusion.answer)


def _asked(found: Exclusion | None) -> rules.Act | None:
    if found is None or found.kind != Exclusion.Kind.ASKED:
        return None
    return rules.Act(rules.Why.ASKED, found.reason, found.asked_by_id, found.asked_at)


def _marked(row: Row) -> rules.Act | None:
    if row["is_asked"]:
        return None
    at = row["left_out_at"] or row["made_at"]
    return rules.Act(rules.Why.UNMARKED, row["left_out_reason"] or UNSAID, row["left_out_by_id"], at)


def _removed(row: Row) -> rules.Act | None:
    if row["customer__merged_into_id"]:
        return rules.Act(
            rules.Why.MERGED, row["left_out_reason"] or UNSAID, row["left_out_by_id"], row["customer__removed_at"]
        )
    if row["removed_at"]:
        return rules.Act(rules.Why.REMOVED, "the contact", row["removed_by_id"], row["removed_at"])
    if row["customer__removed_at"]:
        by, at = row["customer__removed_by_id"], row["customer__removed_at"]
        return rules.Act(rules.Why.REMOVED, "with the whole customer", by, at)
    return None


def _merged(row: Row, formers: Formers) -> rules.Act | None:
    """They were at a customer of another salesperson, which was merged into this one's."""
    former = formers.by_merge.get(row["merged_from_id"])
    if former is None or former.id == row["customer__ownerships__owner_id"] or row["left_out_at"] is None:
        return None
    reason, by = row["left_out_reason"] or UNSAID, row["left_out_by_id"]
    return rules.Act(rules.Why.MERGED, reason, by, row["left_out_at"], former_id=former.id, former_name=former.name)


def _passed(row: Row, formers: Formers) -> rules.Act | None:
    former = formers.by_ownership.get(row["customer__ownerships__id"])
    if former is None:
        return None
    by, at = row["customer__ownerships__made_by_id"], row["customer__ownerships__made_at"]
    reason = row["customer__ownerships__reason"] or UNSAID
    return rules.Act(rules.Why.HANDED_OVER, reason, by, at, former_id=former.id, former_name=former.name)


def former_owners(rows: Sequence[Row], when: When) -> Formers:
    """Whom customers passed from in the last days. At most four queries."""
    handed, merged = _handed_over(rows, when), _merged_away(rows, when)
    ids = {*handed.values(), *merged.values()}
    people = dict(User.objects.active().filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    named = [
        {key: Former(owner, people[owner]) for key, owner in found.items() if owner in people}
        for found in (handed, merged)
    ]
    return Formers(*named)


def _merged_away(rows: Sequence[Row], when: When) -> dict[int, int]:
    """The owners of the last day of customers that were merged since the last days began."""
    lately = [row for row in rows if row["merged_from_id"] and row["left_out_at"] and row["left_out_agreed_by_id"]]
    gone = {row["merged_from_id"] for row in lately if row["left_out_at"] >= when.began_at}
    if not gone:
        return {}
    owned = Ownership.objects.filter(Q(until=None) | Q(until__gt=when.last), customer__in=gone, since__lte=when.last)
    return dict(owned.values_list("customer_id", "owner_id"))


def _handed_over(rows: Sequence[Row], when: When) -> dict[int, int]:
    """By id of the ownership on the last day: the owner when the last days began, where it was another."""
    rows = [row for row in rows if row["changed_hands"]]
    now = {row["customer__ownerships__id"]: _tenure(row, "customer__ownerships__") for row in rows}
    fresh = {pk: tenure for pk, tenure in now.items() if passed_on(tenure, began=when.began, began_at=when.began_at)}
    if not fresh:
        return {}
    of_customer = {row["customer__ownerships__id"]: row["customer_id"] for row in rows}
    names = ("id", "owner_id", "since", "until", "made_at")
    others, earlier = defaultdict(list), defaultdict(list)
    customers = {of_customer[pk] for pk in fresh}
    for row in Ownership.objects.filter(customer__in=customers).values(*names, "customer_id"):
        others[row["customer_id"]].append(_tenure(row))
    events = Ownership.pgh_event_model.objects.filter(pgh_obj__in=fresh)  # type: ignore[attr-defined]
    for row in events.values(*names):
        earlier[row["id"]].append(_tenure(row))
    found: dict[int, int] = {}
    for pk, tenure in fresh.items():
        rest = [other for other in others[of_customer[pk]] if other.id != pk]
        if owner := former_owner(tenure, rest, earlier[pk], began=when.began, began_at=when.began_at):
            found[pk] = owner
    return found


def _tenure(row: Row, prefix: str = "") -> Tenure:
    return Tenure(
        id=row[f"{prefix}id"],
        owner_id=row[f"{prefix}owner_id"],
        since=row[f"{prefix}since"],
        until=None if prefix else row["until"],
        made_at=row[f"{prefix}made_at"],
    )


def verdicts(month: date, rows: Sequence[Row]) -> Known:
    """What is on record for a month's candidates. Two queries."""
    of_month = {found.contact_id: found for found in Exclusion.objects.filter(month=month) if found.contact_id}
    unmarked = [row["id"] for row in rows if not row["is_asked"]]
    before = Exclusion.objects.filter(
        contact__in=unmarked, kind=Exclusion.Kind.UNMARKED, month__lt=month, is_approved__isnull=False
    )
    of_mark = {(one.contact_id or 0, one.asked_at): verdict_of(one) for one in before.order_by("month")}
    return Known(of_month, {key: verdict for key, verdict in of_mark.items() if verdict})
