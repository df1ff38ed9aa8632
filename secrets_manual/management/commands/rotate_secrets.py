"""``manage.py rotate_secrets``: seal every confidential text again with the newest key of SECRETS_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from secrets_manual import vault
from secrets_manual.models import SecretText

BATCH = 1000


class Command(BaseCommand):
    help = "Seal every text again with the newest key of SECRETS_KEYS; afterwards the older keys can be dropped."

    def handle(self, *args: Any, **options: Any) -> None:
        last, count = 0, 0
        while batch := self._rotate(last):
            last, count = batch[-1].pk, count + len(batch)
        self.stdout.write(f"Sealed {count:,} texts with the newest key.")

    @transaction.atomic
    def _rotate(self, after: int) -> list[SecretText]:
        sealed = SecretText.objects.select_for_update().filter(pk__gt=after, sealed__isnull=False).order_by("pk")
        batch = list(sealed.only("pk", "sealed")[:BATCH])
        for text in batch:
            text.sealed = vault.reseal(bytes(text.sealed or b""))
        SecretText.objects.bulk_update(batch, ["sealed"])
        return batch
