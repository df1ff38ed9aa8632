"""What an importer is given: some rows of a file, and a ledger for everything it does to the database."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

from accounts.models import RoleChange, Team, User
from customers.models import (
    Contact,
    ContactPoint,
    Customer,
    ImportChange,
    ImportRow,
    ImportRun,
    Occasion,
    Ownership,
    Sale,
)
from customers.rules.tally import Row, Tally

MODELS: dict[str, type[models.Model]] = {
    ImportChange.Model.CUSTOMER: Customer,
    ImportChange.Model.CONTACT: Contact,
    ImportChange.Model.POINT: ContactPoint,
    ImportChange.Model.OWNERSHIP: Ownership,
    ImportChange.Model.SALE: Sale,
    ImportChange.Model.DAY: Occasion,
    ImportChange.Model.TAGGED: Customer.tags.through,
    ImportChange.Model.USER: User,
    ImportChange.Model.TEAM: Team,
    ImportChange.Model.ROLE: RoleChange,
}
# Kept by the system itself, so no sign that a person changed the row.
OWN = {"made_at", "made_by_id", "last_contact_on"}
CREATED = """
    INSERT INTO customers_importchange (run_id, model, object_id, root_id, after)
    SELECT %s, * FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::text[])
"""


def insert[Model: models.Model](objects: Sequence[Model]) -> Sequence[Model]:
    """``bulk_create`` for many plain rows: one array a column, a third of the time. Sets their keys."""
    if not objects:
        return objects
    meta = objects[0]._meta
    kept = [one for one in meta.local_concrete_fields if not one.generated and not one.primary_key]
    kept = [one for one in kept if not isinstance(getattr(objects[0], one.attname), DatabaseDefault)]
    for foreign in kept:
        if isinstance(foreign, models.ForeignKey):
            for each in objects:
                if foreign.is_cached(each):
                    setattr(each, foreign.attname, getattr(getattr(each, foreign.name), "pk", None))
    # Text is cast to its length on the way in, which refuses what is too long; an array of it would be cut.
    types = [str(one.db_type(connection)).partition("(")[0].replace("varchar", "text") for one in kept]
    values = [[getattr(each, one.attname) for each in objects] for one in kept]
    columns = ", ".join(f'"{one.column}"' for one in kept)
    arrays = ", ".join(f"%s::{kind}[]" for kind in types)
    sql = f'INSERT INTO "{meta.db_table}" ({columns}) SELECT * FROM unnest({arrays}) RETURNING id'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for each, (key,) in zip(objects, cursor.fetchall(), strict=True):
            each.pk = key
    return objects


@dataclass
class Changes:
    """What a run did, row by row, for its undo."""

    run: ImportRun
    created: list[tuple[str, int, int, str]] = field(default_factory=list)
    altered: list[ImportChange] = field(default_factory=list)
    _objects: dict[tuple[str, int], models.Model] = field(default_factory=dict)

    def made(self, objects: Sequence[models.Model]) -> None:
        """Rows just created, with their keys."""
        for each in objects:
            name = str(each._meta.model_name)
            self.created.append((name, each.pk, root_of(each), digest(each, tracked(type(each)))))

    def changed(self, each: models.Model, before: Mapping[str, Any]) -> None:
        """A row about to be saved, and what the changed fields held before."""
        name = str(each._meta.model_name)
        told_before = {field: told(value) for field, value in before.items()}
        change = ImportChange(run=self.run, model=name, object_id=each.pk, root_id=root_of(each), before=told_before)
        change.after = digest(each, sorted(before))
        self.altered.append(change)
        self._objects[name, each.pk] = each

    def save(self) -> None:
        """Keep them; a row this run touched before keeps what it held at first."""
        if self.created:
            with connection.cursor() as cursor:
                cursor.execute(CREATED, [self.run.pk, *map(list, zip(*self.created, strict=True))])
        known = {(one.model, one.object_id): one for one in self._known()}
        merged = []
        for row in self.altered:
            if first := known.get((row.model, row.object_id)):
                row.pk = first.pk
                row.before = None if first.before is None else row.before | first.before
                each = self._objects[row.model, row.object_id]
                row.after = digest(each, tracked(type(each)) if row.before is None else sorted(row.before))
                merged.append(row)
        ImportChange.objects.bulk_update(merged, ["before", "after"])
        ImportChange.objects.bulk_create([row for row in self.altered if row.pk is None], batch_size=5000)

    def _known(self) -> Iterable[ImportChange]:
        for model in {row.model for row in self.altered}:
            ids = [row.object_id for row in self.altered if row.model == model]
            yield from ImportChange.objects.filter(run=self.run, model=model, object_id__in=ids)


@dataclass
class Batch:
    """Rows to import. With ``write`` off everything is planned and nothing is written."""

    rows: Sequence[Row]
    tally: Tally
    changes: Changes
    write: bool
    acting_user: User | None
    today: date
    at: datetime

    @property
    def run(self) -> ImportRun:
        return self.changes.run

    def earlier(self, keys: list[str]) -> dict[str, int]:
        """On which line of the file outside this batch a key stands; a later line counts only when rows are retried."""
        numbers = {row.number for row in self.rows}
        others = ImportRow.objects.filter(run=self.run, key__in=keys).exclude(key="")
        found = others.values_list("key", "line", "number")
        return {key: line for key, line, number in found if number not in numbers and number <= self.run.position}

    @property
    def made(self) -> dict[str, Any]:
        return {"made_by": self.acting_user, "made_at": self.at}


def root_of(each: models.Model) -> int:
    """The customer, sale or person a row stands and falls with; a team with its manager."""
    if isinstance(each, Team):
        return each.manager_id or 0
    if isinstance(each, RoleChange):
        return each.user_id
    if isinstance(each, ContactPoint):
        return each.contact.customer_id
    if isinstance(each, (Contact, Ownership, Occasion, Customer.tags.through)):
        return each.customer_id
    return int(each.pk)


@cache
def tracked(model: type[models.Model]) -> list[str]:
    """Every field a person can change."""
    fields = [field for field in model._meta.concrete_fields if not field.generated and not field.primary_key]
    return sorted({field.attname for field in fields} - OWN)


def digest(each: models.Model, names: Iterable[str]) -> str:
    """A digest of what the fields hold."""
    image = IMAGE.encode([[name, getattr(each, name)] for name in names])
    return hashlib.md5(image.encode(), usedforsecurity=False).hexdigest()


def told(value: Any) -> Any:
    """A value as JSON holds it, the same before and after a way through the database."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value


# Made once: an import takes a digest of every row it makes.
IMAGE = json.JSONEncoder(default=told)
