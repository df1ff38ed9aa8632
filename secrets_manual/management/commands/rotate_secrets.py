"""``manage.py rotate_secrets``: seal every confidential word again with the newest key of SECRETS_KEYS."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction

from secrets_manual import vault

BATCH = 500


def sealed_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of this app that holds sealed words, the ones of later versions too."""
    for model in apps.get_app_config("secrets_manual").get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, models.BinaryField):
                yield model, column.name


class Command(BaseCommand):
    help = (
        "Seal every confidential word again with the newest key of SECRETS_KEYS; afterwards the older keys can be "
        "dropped. It works in small batches beside a running site; stopped in the middle, run it again: what is done "
        "is left alone."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counts, broken = Counter[str](), list[str]()
        for model, column in sealed_columns():
            self._rotate_column(model, column, counts, broken)
        self.stdout.write(
            f"Sealed {counts['sealed']:,} texts with the newest key; {counts['current']:,} were sealed with it already."
        )
        if broken:
            raise CommandError(f"No key opens {len(broken)} of them: {', '.join(broken[:20])}. Keep the older keys.")

    def _rotate_column(self, model: type[models.Model], column: str, counts: "Counter[str]", broken: list[str]) -> None:
        rows = model._base_manager.exclude(**{column: None}).order_by("pk")
        total, seen, last = rows.count(), 0, 0
        while batch := self._rotate(rows.filter(pk__gt=last), column, counts, broken):
            seen, last = seen + len(batch), batch[-1].pk
            self.stdout.write(f"{model._meta.label}.{column}: {seen:,} of {total:,}")

    @transaction.atomic
    def _rotate(
        self, rows: "models.QuerySet[Any]", column: str, counts: "Counter[str]", broken: list[str]
    ) -> list[Any]:
        batch = list(rows.select_for_update().only("pk", column)[:BATCH])
        changed = []
        for row in batch:
            sealed = bytes(getattr(row, column))
            if vault.is_current(sealed):
                counts["current"] += 1
                continue
            try:
                setattr(row, column, vault.reseal(sealed))
            except InvalidToken:
                broken.append(f"{row._meta.model_name} {row.pk}")
            else:
                changed.append(row)
        rows.model._base_manager.bulk_update(changed, [column])
        counts["sealed"] += len(changed)
        return batch
