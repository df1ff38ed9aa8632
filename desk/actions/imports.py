"""Taking an import back, unless something in any app has been hung on what it brought."""

from datetime import datetime
from typing import Any

import pghistory.models
from django.db import models, transaction
from django.db.models import QuerySet

from accounts.models import Team, User
from customers.actions import changed_since, end_undo, leaned_on, lock_imported, own_roles, root_model, take_back
from customers.actions.import_batch import MODELS
from customers.models import ImportRun
from firm.actions import end_job

# Reasons kept for the page.
MOST_TOLD = 500


@transaction.atomic
def undo_import(run: ImportRun, *, at: datetime) -> int:
    """Take a claimed run back as a whole, or leave it as it is and say why; how many are in the way.

    Asked for the rest, it takes back everything around those.
    """
    # Whoever thinks this worker dead because it takes long waits here, and then finds nothing to do.
    ours = ImportRun.objects.select_for_update().filter(pk=run.pk, claim=run.claim, state=ImportRun.State.UNDOING)
    if ours.first() is None:
        return 0
    lock_imported(run)
    acting_user = run.job.made_by if run.job else None
    refused = changed_since(run) | held(run) | own_roles(run, acting_user)
    refused |= leaned_on(run, refused)
    is_rest = bool(run.job and run.job.result.get("is_rest"))
    done = not refused or is_rest
    if done:
        take_back(run, but=refused, acting_user=acting_user, at=at)
    end_undo(run, state=ImportRun.State.UNDONE if done else ImportRun.State.DONE, refusal=_told(run, refused))
    if run.job:
        words = "" if done else f"{len(refused):,} changed since, so nothing was taken back."
        end_job(run.job, at=at, result={"refused": len(refused), "is_rest": is_rest}, failed=words)
    return len(refused)


def held(run: ImportRun) -> dict[int, str]:
    """Ids of customers, sales and people the import created, on which something else hangs now, and what."""
    found: dict[int, str] = {}
    for name, model in MODELS.items():
        created = run.changes.filter(model=name, before__isnull=True).order_by()
        if not created.exists():
            continue
        for relation in _relations(model):
            if model is Team and relation.related_model in {Team, User}:
                continue  # ``leaned_on`` looks at who stays in a team.
            ids = list(_hanging(run, relation, created).values_list(relation.field.attname, flat=True).distinct())
            what = _called(relation, model)
            for root in created.filter(object_id__in=ids).values_list("root_id", flat=True) if ids else ():
                found.setdefault(root, f"has {what} since")
    return found


def _called(relation: Any, model: type[models.Model]) -> str:
    """What hangs on a row, in words: of a bare link what it leads to."""
    table = relation.related_model
    if not table._meta.auto_created:
        return str(table._meta.verbose_name_plural)
    ends = [field.related_model for field in table._meta.fields if field.is_relation]
    return str(next((end for end in ends if end is not model), model)._meta.verbose_name_plural)


def _relations(model: type[models.Model]) -> list[Any]:
    """Every way any app refers to a model, but for its history and for views."""
    relations = [
        field for field in model._meta.get_fields(include_hidden=True) if field.auto_created and field.is_relation
    ]
    return [
        relation
        for relation in relations
        if isinstance(relation.related_model, type)
        and relation.related_model._meta.app_label != "pghistory"
        and relation.related_model._meta.managed
        and not relation.concrete
        and (relation.one_to_many or relation.one_to_one)
        and not issubclass(relation.related_model, pghistory.models.Event)
    ]


def _hanging(run: ImportRun, relation: Any, created: QuerySet[Any]) -> QuerySet[Any]:
    """Rows that refer to what was created, and were not created with it."""
    rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": created.values("object_id")})
    name = relation.related_model._meta.model_name
    if name in MODELS:
        rows = rows.exclude(pk__in=run.changes.filter(model=name).order_by().values("object_id"))
    return rows.order_by()  # type: ignore[no-any-return]


def _told(run: ImportRun, refused: dict[int, str]) -> list[dict[str, object]]:
    some = list(refused)[:MOST_TOLD]
    named = root_model(run)._default_manager.in_bulk(some)
    return [{"id": pk, "name": str(named.get(pk, "One that is gone")), "reason": refused[pk]} for pk in some]
