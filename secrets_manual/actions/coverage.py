"""Keeping the coverage numbers."""

from datetime import datetime

from django.db import connection, transaction

from secrets_manual.models import ManualCoverage
from secrets_manual.queries import count_all

LOCK = 7_203_311


@transaction.atomic
def count_coverage(*, at: datetime) -> int:
    """Count every owner's manuals anew and keep the numbers; how many owners. Readers see the old until it is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    rows = count_all(at)
    ManualCoverage.objects.all().delete()
    ManualCoverage.objects.bulk_create(rows, batch_size=1000)
    return len(rows)
