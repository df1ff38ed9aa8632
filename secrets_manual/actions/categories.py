"""Categories of secrets: adding, renaming, switching off and on, putting in order, taking out unused ones."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from accounts.models import User
from secrets_manual.models import Category
from secrets_manual.queries import is_in_use


@transaction.atomic
def add_category(*, name: str, kind: str, confidential_by_default: bool, acting_user: User) -> Category:
    """A kind of want of the firm's own, the last of its kind."""
    last = Category.objects.filter(kind=kind).aggregate(last=Max("position"))["last"] or 0
    return Category.objects.create(
        key=_key(name), name=name, kind=kind, confidential_by_default=confidential_by_default, position=last + 1
    )


def _key(name: str) -> str:
    """A key no other category has, from the name; the address of the category from now on."""
    stem = slugify(name).replace("-", "_")[:32] or "category"
    taken = set(Category.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}_{n}" for n in range(2, len(taken) + 3))) if key not in taken)


@transaction.atomic
def change_category(
    category: Category, *, name: str, kind: str, confidential_by_default: bool, acting_user: User
) -> Category:
    """Rename it, or make it quiet from now on; secrets there are keep their sensitivity.

    Raises ``ValidationError`` for another kind once it is in use: its secrets are of people, or of organisations.
    """
    if kind != category.kind and is_in_use(category):
        raise ValidationError({"kind": "It has secrets or answers already. Add another category instead."})
    category.name, category.kind, category.confidential_by_default = name, kind, confidential_by_default
    category.save(update_fields=["name", "kind", "confidential_by_default"])
    return category


@transaction.atomic
def switch_off_category(category: Category, *, acting_user: User) -> None:
    """Offer it no more, and ask no more for it; its secrets stay."""
    Category.objects.filter(pk=category.pk).update(is_active=False)


@transaction.atomic
def switch_on_category(category: Category, *, acting_user: User) -> None:
    """Offer it again."""
    Category.objects.filter(pk=category.pk).update(is_active=True)


@transaction.atomic
def move_category(category: Category, *, up: bool, acting_user: User) -> None:
    """One place up or down among its kind; at the end it stays."""
    ordered = list(Category.objects.select_for_update().filter(kind=category.kind).order_by("position", "name", "pk"))
    place = ordered.index(category)
    other = place - 1 if up else place + 1
    if 0 <= other < len(ordered):
        ordered[place], ordered[other] = ordered[other], ordered[place]
    for position, one in enumerate(ordered, 1):
        one.position = position
    Category.objects.bulk_update(ordered, ["position"])


@transaction.atomic
def remove_category(category: Category, *, acting_user: User) -> None:
    """Take out one that was never used, its questions too. Raises ``ValidationError`` once it is in use."""
    if is_in_use(category):
        raise ValidationError("It has secrets or answers. Switch it off instead: they stay, and nothing new is asked.")
    category.delete()
