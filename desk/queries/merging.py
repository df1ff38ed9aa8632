"""What a merge would do, and whether it may be done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Role, User
from accounts.queries import managers_above
from customers.models import (
    Contact,
    Customer,
    CustomerQuerySet,
    Interaction,
    Misfit,
    Occasion,
    Ownership,
    Promise,
    Sale,
)
from customers.queries import for_hand_over, may_change, may_hand_over
from desk.models import Merge
from recovery.models import Case
from report_cards.models import Invitation
from secrets_manual.models import Conversation, Secret, SpecialConsent

# A sale is continuing when the firm sold to the customer in so many days before, unless a plan says otherwise.
CONTINUING = timedelta(days=365)


READABLE = "Secrets you may read"


@dataclass(frozen=True)
class Side:
    """How many of something each of the two has, and what becomes of those of the one not kept."""

    label: str
    kept: int
    gone: int
    stays: str = ""


def mergeable_by(user: User) -> CustomerQuerySet:
    """The customers a person may come upon when merging: those they see, and every one for administrators."""
    return for_hand_over(user) if user.has_role(Role.MANAGER, Role.ADMINISTRATOR) else Customer.objects.visible_to(user)


def may_decide_merge(user: User, kept: Customer, gone: Customer) -> bool:
    """The managers in line of both, and administrators. ``owner`` is loaded."""
    return may_hand_over(user, kept) and may_hand_over(user, gone)


def may_ask_merge(user: User, kept: Customer, gone: Customer) -> bool:
    """Whoever decides, and whoever may change both."""
    return may_decide_merge(user, kept, gone) or (may_change(user, kept) and may_change(user, gone))


def leaves_out(kept: Customer, gone: Customer, people: Mapping[int, int]) -> bool:
    """Whether somebody would no longer be asked for a rating of the salesperson they are asked about today."""
    asked = Contact.objects.present().filter(customer__in=[kept, gone], is_asked=True).exclude(email="")
    addresses = {
        pk: (customer, email.lower()) for pk, customer, email in asked.values_list("pk", "customer_id", "email")
    }
    gone_asked = {pk: email for pk, (customer, email) in addresses.items() if customer == gone.pk}
    if gone.owner_id is None or not gone_asked:
        return False
    if gone.owner_id != kept.owner_id:
        return True
    stay = {email for pk, (_, email) in addresses.items() if pk not in people}
    return any(email not in stay for email in gone_asked.values())


def sides(kept: Customer, gone: Customer, user: User) -> list[Side]:
    """What each has. Two queries a line; of secrets those that the user may read."""
    present = {"removed_at": None}
    lines: list[tuple[str, QuerySet[Any], str]] = [
        ("Contacts", Contact.objects.present(), ""),
        (READABLE, _read_by(user), "all move, with whoever may read them"),
        ("Conversations", Conversation.objects.all(), ""),
        ("Promises", Promise.objects.all(), ""),
        ("Visits, calls and mails", Interaction.objects.present(), ""),
        ("Sales", Sale.objects.present(), ""),
        ("Misfits", Misfit.objects.filter(**present), ""),
        ("Days to remember", Occasion.objects.all(), ""),
        ("OOPS cases", Case.objects.all(), ""),
        ("Invitations to rate", Invitation.objects.all(), "stay: ratings are frozen and pay what they paid"),
        ("Periods of ownership", Ownership.objects.all(), "stay: the history of who owned which record"),
    ]
    return [
        Side(label, rows.filter(customer=kept).count(), rows.filter(customer=gone).count(), stays)
        for label, rows, stays in lines
    ]


def _read_by(user: User) -> QuerySet[Secret]:
    return Secret.objects.visible_to(user, at=timezone.now()).order_by()


def newly_continuing(kept: Customer, gone: Customer) -> int:
    """How many sales would count as continuing rather than new, because the other record was sold to before."""
    days: dict[int, list[date]] = {kept.pk: [], gone.pk: []}
    sales = Sale.objects.present().filter(customer__in=days).order_by("ordered_on")
    for customer, day in sales.values_list("customer_id", "ordered_on"):
        days[customer].append(day)
    both = sorted(day for known in days.values() for day in known)
    return sum(_follows(day, both) and not _follows(day, known) for known in days.values() for day in known)


def _follows(day: date, days: Sequence[date]) -> bool:
    return any(day - CONTINUING <= one < day for one in days)


def undo_blocked(merge: Merge, kept: Customer, gone: Customer) -> str:
    """Why a merge can't be taken apart; empty when it can."""
    if merge.state != Merge.State.DONE:
        return "There is nothing to undo any more."
    if kept.erased_at or gone.erased_at:
        return "One of the two was erased since."
    if kept.merged_into_id:
        return f"{kept} was itself merged since. Take that apart first."
    if kept.removed_at:
        return f"{kept} was removed since. Restore it first."
    return "" if gone.merged_into_id == kept.pk else f"{gone} is no longer part of {kept}."


def kept_for(user: User, pk: int) -> int | None:
    """Where a merged-away customer went, at most ten merges on; none when the person does not see it."""
    for _ in range(10):
        merged = Customer.objects.filter(pk=pk).values_list("merged_into", flat=True).first()
        if merged is None or Customer.objects.visible_to(user).filter(pk=merged).exists():
            return merged
        pk = merged
    return None


def merge_of(user: User) -> Any:
    """The merges a person may look at, with everything their pages name."""
    related = ("kept__owner", "gone__owner", "asked_by", "decided_by", "undone_by")
    return Merge.objects.visible_to(user).select_related(*related)


def moved_by(merge: Merge, user: User) -> list[tuple[str, int]]:
    """How many rows of what a merge moved, by name; of secrets those that the user may read, of consents none."""
    counts: Counter[str] = Counter()
    for done in [*merge.record.get("moves", []), *merge.record.get("customers", {}).get("moves", [])]:
        model = apps.get_model(done["table"])
        if model is Secret:
            counts[READABLE] += _read_by(user).filter(pk__in=done["ids"]).count()
        elif model is not SpecialConsent:
            counts[str(model._meta.verbose_name_plural).capitalize()] += len(done["ids"])
    return sorted(counts.items())


def deciders(merge: Merge) -> list[User]:
    """Whom to ask about a merge that waits: the nearest manager above both owners, else the administrators.

    Neither whoever asked nor whose customer it is.
    """
    owners = [owner for owner in (merge.kept.owner, merge.gone.owner) if owner]
    out = {merge.asked_by_id, *(owner.pk for owner in owners)}
    lines = [[pk for pk in managers_above(owner) if pk not in out] for owner in owners]
    if lines and (both := [pk for pk in lines[0] if all(pk in line for line in lines)]):
        return [User.objects.get(pk=both[0])]
    return list(User.objects.holding(Role.ADMINISTRATOR).exclude(pk__in=out))
