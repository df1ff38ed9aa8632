"""Saved views of lists: filters under a name, each person's own."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from customers.models import SavedView

MOST = 30


@transaction.atomic
def save_view(*, user: User, page: str, name: str, query: str) -> SavedView:
    """Keep the filters of a list under a name; a name that is there already takes the new filters.

    The view comes as it was before, so that it can be undone. Raises ``ValidationError`` when there are too many to
    choose from.
    """
    User.objects.get_queryset().select_for_update().get(pk=user.pk)
    own = SavedView.objects.of(user, page)
    if view := own.filter(name__iexact=name).first():
        own.filter(pk=view.pk).update(query=query)
        return view
    if own.count() >= MOST:
        raise ValidationError({"name": f"{MOST} views are as many as anybody finds their way in. Remove one first."})
    return SavedView.objects.create(user=user, page=page, name=name, query=query)


def rename_view(view: SavedView, *, name: str) -> None:
    """Another name for a view; raises ``ValidationError`` when another of the person's has it."""
    try:
        with transaction.atomic():
            SavedView.objects.filter(pk=view.pk).update(name=name)
    except IntegrityError as error:
        raise ValidationError({"name": f"You have a view “{name}” already."}) from error


@transaction.atomic
def open_by_default(view: SavedView, *, is_default: bool) -> None:
    """Let a view open when the list is opened without filters; at most one does."""
    User.objects.get_queryset().select_for_update().get(pk=view.user_id)
    own = SavedView.objects.filter(user=view.user_id, page=view.page, removed_at=None)
    own.filter(is_default=True).update(is_default=False)
    own.filter(pk=view.pk).update(is_default=is_default)


def remove_view(view: SavedView, *, at: datetime) -> None:
    """Take a view away; ``restore_view`` brings it back."""
    SavedView.objects.filter(pk=view.pk, removed_at=None).update(removed_at=at, is_default=False)


def restore_view(view: SavedView) -> None:
    """Undo a removal; raises ``ValidationError`` when another view has taken the name."""
    try:
        with transaction.atomic():
            SavedView.objects.filter(pk=view.pk).update(removed_at=None)
    except IntegrityError as error:
        raise ValidationError({"name": f"Another view is called “{view.name}” now. Rename it first."}) from error
