"""This app's part of making two customers one, and of taking them apart again."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import User
from customers.actions.moving import Move, move, move_all, move_back
from customers.actions.tags import TAGGED
from customers.models import Contact, ContactPoint, Customer, Interaction, Misfit, Occasion, Promise, Relation, Sale

# What a person may take from the one not kept; the owner changes by handing over only.
FIELDS = ("name", "kind", "tier", "code", "address", "postal_code", "city", "region", "country", "how_met")


def merge_customers(
    kept: Customer,
    gone: Customer,
    *,
    taken: Collection[str],
    people: Mapping[int, int],
    at: datetime,
    reason: str = "",
    asked_by: User | None = None,
    agreed_by: User | None = None,
) -> dict[str, Any]:
    """Hang everything of ``gone`` on ``kept`` and take ``gone`` out of every list; what was done, as JSON.

    ``people`` maps contacts of ``gone`` that are the same person as one of ``kept`` to them; what hangs on the first
    then hangs on the second. Ownerships stay: they are the history of who owned which record. Both are locked. Each
    contact keeps who asked for the merge and who agreed, because it may take somebody out of a round.
    """
    record: dict[str, Any] = {"points": [], "contacts": [], "moves": []}
    for old, new in sorted(people.items()):
        record["moves"] += _stand_in(old, new, record)
    told = {
        "left_out_reason": reason[:200],
        "left_out_by": asked_by,
        "left_out_agreed_by": agreed_by,
        "left_out_at": at,
    }
    Contact.objects.filter(pk__in=people).update(removed_at=at, removed_by=asked_by)
    Contact.objects.filter(customer=gone, is_asked=True).update(**told)
    Contact.objects.filter(customer=gone).exclude(pk__in=people).update(merged_from=gone)
    record["contacts"] = sorted(people)
    record["moves"] += move_all(
        [
            (Contact.objects.exclude(pk__in=people), "customer"),
            (Occasion.objects.exclude(contact__in=people).exclude(pk__in=_known_days(gone, kept)), "customer"),
            *((model.objects.get_queryset(), "customer") for model in (Promise, Interaction, Misfit, Sale)),
        ],
        old=gone.pk,
        new=kept.pk,
    )
    had = TAGGED.objects.filter(customer=kept).values("tag")
    lacking = TAGGED.objects.filter(customer=gone).exclude(tag__in=had).values_list("tag", flat=True)
    added = TAGGED.objects.bulk_create([TAGGED(customer_id=kept.pk, tag_id=tag) for tag in lacking])
    record["tags"] = [row.pk for row in added]
    record["fields"] = {name: [getattr(kept, name), getattr(gone, name)] for name in sorted(taken)}
    record["code"] = gone.code if "code" in taken else None
    Customer.objects.filter(pk=gone.pk).update(
        removed_at=at, merged_into=kept, **({"code": ""} if "code" in taken else {})
    )
    Customer.objects.filter(pk=kept.pk).update(**{name: getattr(gone, name) for name in taken})
    return record


def _stand_in(old: int, new: int, record: dict[str, Any]) -> list[Move]:
    """Everything that hangs on one contact hangs on another, but what that one has already."""
    had = {
        (kind, value.lower()) for kind, value in ContactPoint.objects.filter(contact=new).values_list("kind", "value")
    }
    gone, kept = Contact.objects.get(pk=old), Contact.objects.get(pk=new)
    had |= {(ContactPoint.Kind.EMAIL, kept.email.lower()), (ContactPoint.Kind.PHONE, kept.phone.lower())}
    twice = [point.pk for point in gone.points.all() if (point.kind, point.value.lower()) in had]
    moves = move(ContactPoint.objects.exclude(pk__in=twice), "contact", old=old, new=new)
    had |= {(point.kind, point.value.lower()) for point in gone.points.all()}
    for kind, value in ((ContactPoint.Kind.EMAIL, gone.email), (ContactPoint.Kind.PHONE, gone.phone)):
        if value and (kind, value.lower()) not in had:
            point, is_new = ContactPoint.objects.get_or_create(contact=kept, kind=kind, value=value)
            record["points"] += [point.pk] if is_new else []
    moves += move(Occasion.objects.exclude(pk__in=_known_days(gone, kept)), "contact", old=old, new=new)
    moves += move_all([(model.objects.get_queryset(), "contact") for model in (Interaction, Misfit)], old=old, new=new)
    return moves + _relations(old, new)


def _known_days(gone: Contact | Customer, kept: Contact | Customer) -> list[int]:
    """Days of the one that the other has too, and a birthday where the other has one: they stay behind."""

    def own(one: Contact | Customer) -> list[Occasion]:
        return list(one.occasions.filter(contact=None) if isinstance(one, Customer) else one.occasions.all())

    def said(day: Occasion) -> tuple[object, ...]:
        is_birthday = day.kind == Occasion.Kind.BIRTHDAY
        return (day.kind,) if is_birthday else (day.kind, day.label.casefold(), day.month, day.day)

    known = {said(day) for day in own(kept)}
    return [day.pk for day in own(gone) if said(day) in known]


def _relations(old: int, new: int) -> list[Move]:
    """Relations pass on, but those that would tie a person to themselves or say the same twice."""
    near = Relation.objects.filter(Q(contact=new) | Q(other=new)).values_list("contact", "other", "kind")
    said = {(one, other, kind.lower()) for one, other, kind in near}
    moves = []
    for column in ("contact", "other"):
        for row in Relation.objects.filter(**{f"{column}_id": old}):
            ends = {"contact": row.contact_id, "other": row.other_id} | {column: new}
            tie = (ends["contact"], ends["other"], row.kind.lower())
            if ends["contact"] != ends["other"] and tie not in said:
                said.add(tie)
                moves += move(Relation.objects.filter(pk=row.pk), column, old=old, new=new)
    return moves


def _forget_merge(gone: Customer, contacts: Collection[int]) -> None:
    """Nobody is left out by it any more."""
    nothing = {"left_out_reason": "", "left_out_by": None, "left_out_agreed_by": None, "left_out_at": None}
    Contact.objects.filter(pk__in=contacts).update(removed_at=None, removed_by=None)
    Contact.objects.filter(merged_from=gone).update(merged_from=None)
    Contact.objects.filter(customer=gone, is_asked=True).update(**nothing)


def unmerge_customers(kept: Customer, gone: Customer, record: Mapping[str, Any]) -> None:
    """Put everything back as it was; both are locked.

    Raises ``ValidationError`` with the reason when what was changed since makes it impossible.
    """
    for name, (_, after) in record["fields"].items():
        if getattr(kept, name) != after:
            words = name.replace("_", " ")
            raise ValidationError(
                f"The {words} of {kept} was changed since. Set it to “{after}” first, or leave it be."
            )
    back = {name: before for name, (before, _) in record["fields"].items()}
    try:
        with transaction.atomic():
            TAGGED.objects.filter(pk__in=record["tags"]).delete()
            ContactPoint.objects.filter(pk__in=record["points"]).delete()
            move_back(record["moves"])
            _forget_merge(gone, record["contacts"])
            Customer.objects.filter(pk=kept.pk).update(**back)
            code = {"code": record["code"]} if record["code"] is not None else {}
            Customer.objects.filter(pk=gone.pk).update(removed_at=None, merged_into=None, **code)
    except IntegrityError as error:
        raise ValidationError("What has been added since is in the way, such as the same code or number.") from error
