"""Importing sales by order number. A thousand rows take a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Lower

from accounts.models import User
from customers.actions.import_batch import Batch, Changes, insert
from customers.actions.import_here import follow_merges, merged_words
from customers.models import Customer, Sale
from customers.rules.rows import BadRow, SaleRow, sale_row
from customers.rules.tally import parsed

FIELDS = ("customer_id", "salesperson_id", "ordered_on", "shipped_on", "amount", "currency")


@dataclass(frozen=True)
class Here:
    """What the database holds of a batch."""

    sales: Mapping[str, Sale]
    customers: Mapping[str, Customer]
    gone: Mapping[str, Customer]
    people: Mapping[str, User]


def import_sales(batch: Batch) -> None:
    """Create and update by ``order_number``. A sale removed by hand stays removed and is reported."""
    good = parsed(batch.rows, sale_row, _key, tally=batch.tally, today=batch.today, earlier=batch.earlier)
    here = _read([record for _, record in good])
    new: list[Sale] = []
    changed: list[Sale] = []
    for row, record in good:
        try:
            fields = _fields(record, here)
        except BadRow as bad:
            batch.tally.fail(row, str(bad))
            continue
        if gone := here.gone.get(record.customer_code.lower()):
            batch.tally.tell(row, merged_words(gone, here.customers[record.customer_code.lower()]))
        sale = here.sales.get(record.order_number.lower())
        differs = {name: value for name, value in fields.items() if sale and getattr(sale, name) != value}
        batch.tally.count(is_new=sale is None, is_changed=bool(differs))
        if sale is None:
            new.append(Sale(order_number=record.order_number, made_at=batch.at, **fields))
        elif differs:
            changed.append(_change(sale, differs, batch.changes))
    if batch.write:
        batch.changes.made(insert(new))
        Sale.objects.bulk_update(changed, [name.removesuffix("_id") for name in FIELDS])


def _key(record: SaleRow) -> dict[str, str]:
    return {"order_number": record.order_number}


def _read(records: Sequence[SaleRow]) -> Here:
    numbers = [record.order_number.lower() for record in records]
    sales = Sale.objects.alias(low=Lower("order_number")).filter(low__in=numbers).order_by("pk").select_for_update()
    codes = {record.customer_code.lower() for record in records}
    coded = Customer.objects.alias(low=Lower("code")).exclude(code="").filter(low__in=codes)
    customers = {customer.code.lower(): customer for customer in coded}
    gone = follow_merges(customers)
    people = User.objects.get_queryset().filter(email__in={record.salesperson_email for record in records})
    return Here(
        sales={sale.order_number.lower(): sale for sale in sales},
        customers=customers,
        gone=gone,
        people={user.email: user for user in people},
    )


def _fields(record: SaleRow, here: Here) -> dict[str, Any]:
    """The columns of a sale; raises ``BadRow``."""
    customer = here.customers.get(record.customer_code.lower())
    if customer is None:
        raise BadRow(f"customer_code {record.customer_code} is unknown")
    if customer.removed_at:
        raise BadRow(f"{customer.name} was removed here; restore it first")
    salesperson = here.people.get(record.salesperson_email)
    if salesperson is None:
        raise BadRow(f"salesperson_email {record.salesperson_email} is nobody here")
    sale = here.sales.get(record.order_number.lower())
    if sale and sale.removed_at:
        raise BadRow(f"order {sale.order_number} was removed here; restore it first")
    return {
        "customer_id": customer.pk,
        "salesperson_id": salesperson.pk,
        "ordered_on": record.ordered_on,
        "shipped_on": record.shipped_on,
        "amount": record.amount,
        "currency": record.currency,
    }


def _change(sale: Sale, fields: Mapping[str, Any], changes: Changes) -> Sale:
    before = {name: getattr(sale, name) for name in fields}
    for name, value in fields.items():
        setattr(sale, name, value)
    changes.changed(sale, before)
    return sale
