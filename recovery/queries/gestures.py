"""The list of gestures, with how often they were made and how they went."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from recovery import rules
from recovery.models import Case, Gesture
from recovery.queries.records import records
from secrets_manual.models import Category

CAUSES = Case.RootCause.choices


@dataclass(frozen=True)
class GestureRow:
    """A gesture, what it is for in words, how often it was made and how it went."""

    gesture: Gesture
    causes: str
    categories: str
    made: int
    record: rules.Record


def gesture_list(*, text: str, root_cause: str, retired: bool) -> list[GestureRow]:
    """Gestures by name, or those for a failure, with their records. Three queries."""
    found = Gesture.objects.filter(is_active=not retired)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(words__icontains=text))
    if root_cause in Case.RootCause.values:
        found = found.filter(Q(root_causes=[]) | Q(root_causes__contains=[root_cause]))
    known, names = records(), _category_names()
    return [_row(one, known, names) for one in found]


def _row(
    gesture: Gesture, known: Mapping[tuple[int, str], tuple[int, rules.Record]], names: Mapping[str, str]
) -> GestureRow:
    mine = [pair for (pk, _), pair in known.items() if pk == gesture.pk]
    return GestureRow(
        gesture=gesture,
        causes=", ".join(str(Case.RootCause(key).label) for key in gesture.root_causes),
        categories=", ".join(names.get(key, key) for key in gesture.categories).lower(),
        made=sum(made for made, _ in mine),
        record=rules.Record(sum(one.worked for _, one in mine), sum(one.known for _, one in mine)),
    )


def records_of(gesture: Gesture) -> list[tuple[str, int, rules.Record]]:
    """How a gesture went by the kind of secret: the category's name, how often it was made, the record."""
    names = _category_names()
    mine = [
        (names.get(key, "without a secret"), made, record)
        for (pk, key), (made, record) in records().items()
        if pk == gesture.pk
    ]
    return sorted(mine, key=lambda one: (-one[2].chance, one[0]))


def _category_names() -> dict[str, str]:
    return dict(Category.objects.values_list("key", "name"))
