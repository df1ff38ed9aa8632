"""Importing sales by order number. A thousand rows take a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models.functions import Lower

from accounts.models import User
from customers.actions.import_batch import Batch, Changes, insert
from customers.actions.import_here import follow_merges, merged_words
from customers.models import Customer, Sale
from customers.rules.rows import BadRow, SaleRow, sale_row
from customers.rules.tally import Row, parsed

FIELDS = ("customer_id", "salesperson_id", "ordered_on", "shipped_on", "amount", "currency", "reverses_id")


@dataclass(frozen=True)
class Here:
    """What the database holds of a batch, and what the batch makes of it: ``sales`` by order number, and what came
    ``back`` of each by the number of the return."""

    sales: dict[str, Sale]
    back: dict[str, dict[str, Decimal]]
    customers: Mapping[str, Customer]
    gone: Mapping[str, Customer]
    people: Mapping[str, User]

    def came_back(self, number: str, *, but: str = "") -> Decimal:
        """The sum of the returns of an order, 0 or less; without one of them."""
        returns = self.back.get(number.lower(), {})
        return sum((amount for name, amount in returns.items() if name != but.lower()), Decimal())


def import_sales(batch: Batch) -> None:
    """Create and update by ``order_number``. A sale removed by hand stays removed and is reported.

    Returns come after the sales of the batch, for they may take back one of them.
    """
    good = parsed(batch.rows, sale_row, _key, tally=batch.tally, today=batch.today, earlier=batch.earlier)
    here = _read([record for _, record in good])
    _take([(row, record) for row, record in good if not record.returns_order], here, batch)
    _take([(row, record) for row, record in good if record.returns_order], here, batch)


def _take(rows: Sequence[tuple[Row, SaleRow]], here: Here, batch: Batch) -> None:
    new: list[Sale] = []
    changed: list[Sale] = []
    for row, record in rows:
        try:
            fields = _fields(record, here)
            fields |= _return_fields(row, record, fields, here, batch)
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
            here.sales[record.order_number.lower()] = new[-1]
        elif differs:
            changed.append(_change(sale, differs, batch.changes))
    if batch.write:
        batch.changes.made(insert(new))
        Sale.objects.bulk_update(changed, [name.removesuffix("_id") for name in FIELDS])


def _key(record: SaleRow) -> dict[str, str]:
    return {"order_number": record.order_number}


def _read(records: Sequence[SaleRow]) -> Here:
    numbers = {name.lower() for record in records for name in (record.order_number, record.returns_order)}
    some = Sale.objects.alias(low=Lower("order_number")).filter(low__in=numbers).select_related("reverses")
    sales = {sale.order_number.lower(): sale for sale in some.order_by("pk").select_for_update(of=("self",))}
    taken = {sale.reverses_id or sale.pk for sale in sales.values()}
    back: dict[str, dict[str, Decimal]] = {}
    returns = Sale.objects.present().filter(reverses__in=taken)
    for original, number, amount in returns.values_list("reverses__order_number", "order_number", "amount"):
        back.setdefault(original.lower(), {})[number.lower()] = amount
    codes = {record.customer_code.lower() for record in records}
    coded = Customer.objects.alias(low=Lower("code")).exclude(code="").filter(low__in=codes)
    customers = {customer.code.lower(): customer for customer in coded}
    gone = follow_merges(customers)
    people = User.objects.get_queryset().filter(email__in={record.salesperson_email for record in records})
    return Here(sales=sales, back=back, customers=customers, gone=gone, people={user.email: user for user in people})


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


def _return_fields(row: Row, record: SaleRow, fields: Mapping[str, Any], here: Here, batch: Batch) -> dict[str, Any]:
    """What a return takes from the sale it names, or named before; raises ``BadRow``. Nothing for other sales."""
    sale = here.sales.get(record.order_number.lower())
    original = here.sales.get(record.returns_order.lower()) or (sale.reverses if sale else None)
    if original is None:
        return _of_no_return(record, here, batch)
    number = original.order_number
    if original.reverses_id:
        raise BadRow(f"order {number} is a return itself; name the sale it takes back")
    if original.removed_at:
        raise BadRow(f"order {number} was removed here; restore it first")
    if original.customer_id != fields["customer_id"]:
        raise BadRow(f"order {number} was not sold to {record.customer_code}")
    if original.currency != record.currency:
        raise BadRow(f"order {number} was sold in {original.currency}, not {record.currency}")
    if record.ordered_on < original.ordered_on:
        raise BadRow(f"ordered_on {record.ordered_on} lies before order {number} of {original.ordered_on}")
    left = original.amount + here.came_back(number, but=record.order_number)
    if not 0 < -record.amount <= left:
        raise BadRow(f"only {left:.2f} of order {number} is left to take back, not {-record.amount:.2f}")
    if here.came_back(record.order_number):
        raise BadRow(f"order {record.order_number} is taken back in part itself, so it is no return")
    if original.salesperson_id != fields["salesperson_id"]:
        batch.tally.tell(row, f"it is taken back from whoever sold order {number}, not from {record.salesperson_email}")
    here.back.setdefault(number.lower(), {})[record.order_number.lower()] = record.amount
    return {"salesperson_id": original.salesperson_id, "reverses_id": original.pk}


def _of_no_return(record: SaleRow, here: Here, batch: Batch) -> dict[str, Any]:
    """A sale keeps what covers its returns; a return whose sale stands above it in the file is tried without it."""
    named = record.returns_order
    if named and (batch.write or not batch.earlier([f"order_number:{named.lower()}"])):
        raise BadRow(f"returns_order {named} is no sale here; put it above its return, or import it first")
    if (back := here.came_back(record.order_number)) and record.amount + back < 0:
        raise BadRow(f"{-back:.2f} of order {record.order_number} came back already, so it can't be {record.amount}")
    return {}


def _change(sale: Sale, fields: Mapping[str, Any], changes: Changes) -> Sale:
    before = {name: getattr(sale, name) for name in fields}
    for name, value in fields.items():
        setattr(sale, name, value)
    changes.changed(sale, before)
    return sale
