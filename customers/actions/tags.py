"""Which tags a customer has, and the tags themselves."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from customers.models import Customer, Tag

TAGGED = Customer.tags.through


def keep_tags(customer: Customer, names: Sequence[str]) -> None:
    """Give the customer these tags and no others; a tag that differs by case only is the one there already."""
    customer.tags.set(tags_named(names))


def tags_named(names: Sequence[str]) -> list[Tag]:
    """The tags of these names, the missing ones made. Two people making the same tag at once get the same."""
    if not names:
        return []
    Tag.objects.bulk_create([Tag(name=name) for name in sorted(names)], ignore_conflicts=True)
    return list(Tag.objects.alias(low=Lower("name")).filter(low__in=[name.lower() for name in names]))


@transaction.atomic
def add_tag(customer: Customer, *, name: str) -> tuple[Tag, bool]:
    """Give a customer one more tag; the tag, and whether the customer lacked it."""
    tag = tags_named([name])[0]
    return tag, tag_all([customer.pk], tag) == [customer.pk]


def remove_tag(customer: Customer, *, tag: Tag) -> None:
    """Take a tag from a customer; the tag itself stays."""
    customer.tags.remove(tag)


def tag_all(customer_ids: Sequence[int], tag: Tag) -> list[int]:
    """Give many customers a tag; the ids of those that lacked it."""
    had = set(TAGGED.objects.filter(tag=tag, customer__in=customer_ids).values_list("customer_id", flat=True))
    lacking = [pk for pk in customer_ids if pk not in had]
    TAGGED.objects.bulk_create([TAGGED(customer_id=pk, tag_id=tag.pk) for pk in lacking], ignore_conflicts=True)
    return lacking


def untag_all(customer_ids: Sequence[int], tag: Tag) -> list[int]:
    """Take a tag from many customers; the ids of those that had it."""
    rows = TAGGED.objects.filter(tag=tag, customer__in=customer_ids)
    had = list(rows.select_for_update().values_list("customer_id", flat=True))
    rows.filter(customer__in=had).delete()
    return had


@transaction.atomic
def rename_tag(tag: Tag, *, name: str) -> Tag:
    """Another name for a tag, everywhere. Raises ``ValidationError`` when another tag has it: merge them instead."""
    try:
        with transaction.atomic():
            Tag.objects.filter(pk=tag.pk).update(name=name)
    except IntegrityError as error:
        raise ValidationError({"name": f"There is a tag “{name}” already. Merge this one into it instead."}) from error
    tag.name = name
    return tag


@transaction.atomic
def merge_tag(tag: Tag, *, into: Tag) -> int:
    """Give every customer of ``tag`` the tag ``into`` instead, and drop ``tag``; how many had it."""
    locked = list(Tag.objects.select_for_update().filter(pk__in=[tag.pk, into.pk]).order_by("pk"))
    if len(locked) != 2:
        raise ValidationError({"into": "Somebody removed one of the two meanwhile."})
    ids = list(TAGGED.objects.filter(tag=tag).values_list("customer_id", flat=True))
    tag_all(ids, into)
    Tag.objects.filter(pk=tag.pk).delete()
    return len(ids)


@transaction.atomic
def delete_tag(tag: Tag) -> int:
    """Take a tag from every customer and drop it; how many had it."""
    count = TAGGED.objects.filter(tag=tag).count()
    Tag.objects.filter(pk=tag.pk).delete()
    return count
