"""Hanging rows on another customer or contact, so that it can be taken back exactly."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

# Which rows of which table pointed by which column from where to where; kept as JSON.
Move = dict[str, Any]


def move(rows: QuerySet[Any], column: str, *, old: int, new: int) -> list[Move]:
    """Let the rows that point to ``old`` by a column point to ``new``; what was done, nothing when there were none."""
    own = rows.filter(**{f"{column}_id": old})
    ids = list(own.select_for_update().order_by("pk").values_list("pk", flat=True))
    own.model._default_manager.filter(pk__in=ids).update(**{f"{column}_id": new})
    return [{"table": own.model._meta.label, "column": column, "old": old, "new": new, "ids": ids}] if ids else []


def move_all(wanted: Iterable[tuple[QuerySet[Any], str]], *, old: int, new: int) -> list[Move]:
    """``move`` for several tables."""
    return [done for rows, column in wanted for done in move(rows, column, old=old, new=new)]


def move_back(moves: Sequence[Move]) -> None:
    """Undo moves, the last first. What was deleted since stays so.

    Raises ``ValidationError`` when a row points elsewhere by now.
    """
    for done in reversed(moves):
        model: type[Model] = apps.get_model(done["table"])
        rows = model._default_manager.filter(pk__in=done["ids"])
        here = rows.select_for_update().order_by("pk").values_list(f"{done['column']}_id", flat=True)
        if astray := sum(at != done["new"] for at in here):
            raise ValidationError(f"{astray} {model._meta.verbose_name_plural} that moved were moved on since.")
        rows.update(**{f"{done['column']}_id": done["old"]})
