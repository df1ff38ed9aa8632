"""Taking an import back: what was changed since, and restoring everything else to what it was."""

from collections.abc import Collection
from datetime import datetime
from itertools import batched

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction

from accounts.models import User
from customers.actions.import_batch import MODELS, digest, tracked
from customers.actions.import_people_undo import take_back_roles
from customers.actions.imports import claim_next
from customers.models import Customer, ImportChange, ImportRun, Sale
from firm.bell import ring
from firm.models import Job

MOST_ATTEMPTS = 3
# Children before parents; a period ends again before its successor is gone no more.
DELETED = ("customer_tags", "occasion", "contactpoint", "contact", "ownership", "sale", "rolechange")
RESTORED = ("occasion", "ownership", "contact", "customer", "sale", "team", "user")
PARENTS = ("customer", "team", "user")
ROOTS: dict[str, type[models.Model]] = {ImportRun.Kind.SALES: Sale, ImportRun.Kind.SALESPEOPLE: User}
CHANGED = """
    UPDATE {table} AS each SET {columns} FROM customers_importchange AS change,
    LATERAL jsonb_populate_record(NULL::{table}, change.before) AS old
    WHERE change.run_id = %s AND change.model = %s AND change.before IS NOT NULL
    AND change.root_id <> ALL(%s) AND each.id = change.object_id
"""
CREATED = """
    DELETE FROM {table} AS each USING customers_importchange AS change
    WHERE change.run_id = %s AND change.model = %s AND change.before IS NULL
    AND change.root_id <> ALL(%s) AND each.id = change.object_id
"""


@transaction.atomic
def begin_undo(run: ImportRun, *, is_rest: bool, acting_user: User, at: datetime) -> None:
    """Let the worker take an import back: all of it, or (``is_rest``) what nobody changed since.

    Raises ``ValidationError`` when it can't be undone any more, or is being undone.
    """
    job = Job.objects.create(kind="undo of an import", result={"is_rest": is_rest}, made_by=acting_user)
    begun = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.DONE).update(
        state=ImportRun.State.UNDOING, job=job, claim="", claimed_at=None, attempts=0, refusal=[]
    )
    if not begun:
        raise ValidationError("This import is not there to be undone.")
    ring("desk.undo_imports")


def claim_undo(*, at: datetime) -> ImportRun | None:
    """The next import to take back; one that failed too often is left as it is."""
    while run := claim_next([ImportRun.State.UNDOING], at=at):
        if run.attempts <= MOST_ATTEMPTS:
            return run
        end_undo(run, state=ImportRun.State.DONE, refusal=[])
    return None


def end_undo(run: ImportRun, *, state: str, refusal: list[dict[str, object]]) -> None:
    """Note how an undo went."""
    ImportRun.objects.filter(pk=run.pk).update(state=state, refusal=refusal, claim="", claimed_at=None)


def lock_imported(run: ImportRun) -> None:
    """Hold every customer, sale and person of an import, so that nothing is hung on them meanwhile."""
    roots = run.changes.order_by().values("root_id")
    held = root_model(run)._default_manager.filter(pk__in=roots).order_by("pk").select_for_update()
    for _ in held.values_list("pk").iterator():
        pass


def root_model(run: ImportRun) -> type[models.Model]:
    """What the rows of an import stand and fall with."""
    return ROOTS.get(run.kind, Customer)


def changed_since(run: ImportRun) -> dict[int, str]:
    """Why what the import did to a customer, sale or person (by id) can't be taken back: changed since."""
    found: dict[int, str] = {}
    for name, model in MODELS.items():
        changes = run.changes.filter(model=name).order_by("pk").iterator(chunk_size=2000)
        for some in batched(changes, 2000, strict=False):
            rows = model._default_manager.in_bulk([change.object_id for change in some])
            for change in some:
                each = rows.get(change.object_id)
                fields = tracked(model) if change.before is None else sorted(change.before)
                if each is None:
                    found.setdefault(change.root_id, f"its {model._meta.verbose_name} is gone")
                elif digest(each, fields) != change.after:
                    what = "" if change.object_id == change.root_id else f"its {model._meta.verbose_name} "
                    found.setdefault(change.root_id, f"{what}was changed since")
    return found


def take_back(run: ImportRun, *, but: Collection[int], acting_user: User | None, at: datetime) -> None:
    """Delete what the import created and restore what it changed, except around the ids in ``but``.

    Within a transaction. A reference that nobody looked for fails it as a whole.
    """
    told = pghistory.context(user=acting_user.pk if acting_user else None, undo=run.pk)
    take_back_roles(run, but=but, acting_user=acting_user, at=at)
    # The roles of somebody who never was here are no history.
    with told, pgtrigger.ignore("accounts.RoleChange:decided_is_final"), connection.cursor() as cursor:
        for name in DELETED:
            cursor.execute(_sql(CREATED, name), [run.pk, name, list(but)])
        for name in RESTORED:
            cursor.execute(_sql(CHANGED, name), [run.pk, name, list(but)])
        for name in PARENTS:
            cursor.execute(_sql(CREATED, name), [run.pk, name, list(but)])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    ImportChange.objects.filter(run=run).exclude(root_id__in=but).delete()
    run.rows.all().delete()


def _sql(sql: str, name: str) -> str:
    model = MODELS[name]
    columns = [field.column for field in model._meta.concrete_fields if field.attname in tracked(model)]
    parts = [
        f"{column} = CASE WHEN change.before ? '{column}' THEN old.{column} ELSE each.{column} END"
        for column in columns
    ]
    return sql.format(table=model._meta.db_table, columns=", ".join(parts))
