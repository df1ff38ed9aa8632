"""Which tags a customer has."""

from collections.abc import Sequence

from django.db.models.functions import Lower

from customers.models import Customer, Tag


def keep_tags(customer: Customer, names: Sequence[str]) -> None:
    """Give the customer these tags and no others; a tag that differs by case only is the one there already."""
    customer.tags.set(tags_named(names))


def tags_named(names: Sequence[str]) -> list[Tag]:
    """The tags of these names, the missing ones made. Two people making the same tag at once get the same."""
    if not names:
        return []
    Tag.objects.bulk_create([Tag(name=name) for name in sorted(names)], ignore_conflicts=True)
    return list(Tag.objects.alias(low=Lower("name")).filter(low__in=[name.lower() for name in names]))
