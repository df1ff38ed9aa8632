"""Days of the year worth a reminder, kept together with the person or the customer they belong to."""

from collections.abc import Mapping, Sequence
from typing import Any

from customers.models import Contact, Customer, Occasion

Rows = Sequence[Mapping[str, Any]]


def keep_occasions(customer: Customer, contact: Contact | None, rows: Rows) -> None:
    """Leave exactly these days: a row with the ``id`` of one there changes it, another is new, the rest go.

    Ids stay, so that what was reminded of stays known.
    """
    here = {day.pk: day for day in Occasion.objects.filter(customer=customer, contact=contact)}
    kept = {row["id"] for row in rows if row.get("id") in here}
    Occasion.objects.filter(pk__in=here.keys() - kept).delete()
    for row in rows:
        day = here.get(row.get("id") or 0) or Occasion(customer=customer, contact=contact)
        for name in ("kind", "label", "month", "day", "year", "days_before"):
            setattr(day, name, row[name])
        day.save()
