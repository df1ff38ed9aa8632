"""What the rows of the three import files mean. Each parser returns a record or raises ``BadRow`` with the reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s.,;<>\"]+(\.[^@\s.,;<>\"]+)+")
AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")
CURRENCY = re.compile(r"[A-Z]{3}")
EARLIEST = date(1900, 1, 1)

SALESPEOPLE = (
    ("employee_number", "name", "email", "manager_email"),
    ("title", "city", "country", "hired_on"),
)
CUSTOMERS = (
    ("customer_code", "name"),
    (
        *("contact_name", "contact_title", "contact_email", "phone", "address", "city", "region", "postal_code"),
        *("country", "owner_email", "owned_since"),
    ),
)
SALES = (("order_number", "customer_code", "salesperson_email", "ordered_on", "amount", "currency"), ("shipped_on",))
COLUMNS = {"salespeople": SALESPEOPLE, "customers": CUSTOMERS, "sales": SALES}


class BadRow(ValueError):
    """Why a row can't be imported."""


@dataclass(frozen=True)
class SalespersonRow:
    employee_number: str
    name: str
    email: str
    manager_email: str
    title: str
    city: str
    country: str
    hired_on: date | None


@dataclass(frozen=True)
class CustomerRow:
    """``fields`` and ``contact`` hold only what the file says: a blank cell leaves what is there."""

    code: str
    fields: dict[str, str]
    contact: dict[str, str]
    owner_email: str
    owned_since: date | None


@dataclass(frozen=True)
class SaleRow:
    order_number: str
    customer_code: str
    salesperson_email: str
    ordered_on: date
    shipped_on: date | None
    amount: Decimal
    currency: str


def salesperson_row(cells: Mapping[str, str], *, today: date) -> SalespersonRow:
    return SalespersonRow(
        employee_number=_text(cells, "employee_number", 40, required=True),
        name=_text(cells, "name", 120, required=True),
        email=_address(cells, "email", required=True),
        manager_email=_address(cells, "manager_email"),
        title=_text(cells, "title", 120),
        city=_text(cells, "city", 80),
        country=_text(cells, "country", 80),
        hired_on=_day(cells, "hired_on"),
    )


def customer_row(cells: Mapping[str, str], *, today: date) -> CustomerRow:
    """Raises ``BadRow``; ``today`` is the firm's, because nobody has owned a customer since tomorrow."""
    sizes = {"name": 160, "address": 200, "city": 80, "region": 80, "postal_code": 20, "country": 80}
    fields = {name: _text(cells, name, size, required=name == "name") for name, size in sizes.items()}
    contact = {
        "name": _text(cells, "contact_name", 120),
        "title": _text(cells, "contact_title", 120),
        "email": _address(cells, "contact_email"),
        "phone": _text(cells, "phone", 40),
    }
    if contact["email"] and not contact["name"]:
        raise BadRow("contact_email has no contact_name beside it")
    owner_email, owned_since = _address(cells, "owner_email"), _day(cells, "owned_since", latest=today)
    if owned_since and not owner_email:
        raise BadRow("owned_since has no owner_email beside it")
    return CustomerRow(
        code=_text(cells, "customer_code", 40, required=True),
        fields={name: value for name, value in fields.items() if value},
        contact={name: value for name, value in contact.items() if value} if contact["name"] else {},
        owner_email=owner_email,
        owned_since=owned_since,
    )


def sale_row(cells: Mapping[str, str], *, today: date) -> SaleRow:
    """Raises ``BadRow``. A negative amount is a reversal; an order is never dated after ``today``."""
    if not AMOUNT.fullmatch(cells.get("amount", "")):
        raise BadRow(f"amount “{cells.get('amount', '')}” is not a number such as 1234.50")
    if not CURRENCY.fullmatch(cells.get("currency", "")):
        raise BadRow(f"currency “{cells.get('currency', '')}” is not three capital letters such as EUR")
    ordered_on, shipped_on = _day(cells, "ordered_on", latest=today), _day(cells, "shipped_on")
    if ordered_on is None:
        raise BadRow("ordered_on is missing")
    if shipped_on and shipped_on < ordered_on:
        raise BadRow("shipped_on lies before ordered_on")
    return SaleRow(
        order_number=_text(cells, "order_number", 40, required=True),
        customer_code=_text(cells, "customer_code", 40, required=True),
        salesperson_email=_address(cells, "salesperson_email", required=True),
        ordered_on=ordered_on,
        shipped_on=shipped_on,
        amount=Decimal(cells["amount"]),
        currency=cells["currency"],
    )


def _text(cells: Mapping[str, str], name: str, most: int, *, required: bool = False) -> str:
    value = cells.get(name, "")
    if required and not value:
        raise BadRow(f"{name} is missing")
    if len(value) > most:
        raise BadRow(f"{name} is longer than {most} characters")
    return value


def _address(cells: Mapping[str, str], name: str, *, required: bool = False) -> str:
    value = _text(cells, name, 254, required=required).lower()
    if value and not ADDRESS.fullmatch(value):
        raise BadRow(f"{name} “{value}” is not an e-mail address")
    return value


def _day(cells: Mapping[str, str], name: str, *, latest: date | None = None) -> date | None:
    value = cells.get(name, "")
    if not value:
        return None
    try:
        day = date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) else None
    except ValueError:
        day = None
    if day is None or day < EARLIEST:
        raise BadRow(f"{name} “{value}” is not a day such as 2024-03-31")
    if latest and day > latest:
        raise BadRow(f"{name} {value} lies in the future")
    return day
