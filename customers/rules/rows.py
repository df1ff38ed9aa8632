"""What the rows of the import files mean. Each parser returns a record or raises ``BadRow`` with the reason."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from customers.rules.tags import TagsRefused, tag_names

ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s.,;<>\"]+(\.[^@\s.,;<>\"]+)+")
AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")
CURRENCY = re.compile(r"[A-Z]{3}")
EARLIEST = date(1900, 1, 1)

SALESPEOPLE = (
    ("employee_number", "name", "email", "manager_email"),
    ("title", "city", "country", "hired_on"),
)
CONTACT = ("contact_name", "contact_title", "contact_email", "phone", "birthday")
PLACE = ("address", "city", "region", "postal_code", "country")
OWNED = ("owner_email", "owned_since", "tags")
CUSTOMERS = (("customer_code", "name"), (*CONTACT, *PLACE, *OWNED))
CONTACTS = (("contact_name",), ("customer_code", "name", *CONTACT[1:], *PLACE, *OWNED))
SALES = (
    ("order_number", "customer_code", "salesperson_email", "ordered_on", "amount", "currency"),
    ("shipped_on", "returns_order"),
)
COLUMNS = {"salespeople": SALESPEOPLE, "customers": CUSTOMERS, "contacts": CONTACTS, "sales": SALES}
# Columns a file may have several of, and several values in a cell, separated by semicolons.
MANY = frozenset({"contact_email", "phone", "tags"})
BIRTHDAYS = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<year>[12]\d{3})-(?P<month>\d\d?)-(?P<day>\d\d?)",
        r"--(?P<month>\d\d)-(?P<day>\d\d)",
        r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>[12]\d{3})?",
        r"(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>[12]\d{3})",
    )
]
TIERS = {"high value": "high_value", "high": "high_value", "a": "high_value", "standard": "standard", "b": "standard"}


class BadRow(ValueError):
    """Why a row can't be imported."""


class Birthday(NamedTuple):
    """A day of the year, the year where it is known."""

    month: int
    day: int
    year: int | None


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
    """``fields`` and ``contact`` hold only what the file says: a blank cell leaves what is there.

    ``emails`` and ``phones`` are those beyond the contact's first. The owner is told by address or by name.
    """

    code: str
    fields: dict[str, str]
    contact: dict[str, str]
    owner_email: str
    owned_since: date | None
    owner_name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    birthday: Birthday | None = None


@dataclass(frozen=True)
class SaleRow:
    order_number: str
    customer_code: str
    salesperson_email: str
    ordered_on: date
    shipped_on: date | None
    amount: Decimal
    currency: str
    returns_order: str = ""


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
    """Raises ``BadRow``; ``today`` is the firm's, because nobody has owned a customer since tomorrow.

    The code is required where the file has a column for it.
    """
    emails, phones = _addresses(cells, "contact_email"), _phones(cells)
    name = _person(cells)
    if emails and not name:
        raise BadRow("contact_email has no contact_name beside it")
    return _customer(cells, _contact(cells, name, emails, phones), emails, phones, today=today)


def contact_row(cells: Mapping[str, str], *, today: date) -> CustomerRow:
    """A person first: at the customer named, or a customer themselves. Raises ``BadRow``."""
    emails, phones = _addresses(cells, "contact_email"), _phones(cells)
    name = _person(cells) or (emails[0][:120] if emails else "")
    if not name:
        raise BadRow("contact_name is missing")
    of_whom = dict(cells)
    if not (cells.get("name") or cells.get("customer_code")):
        of_whom |= {"name": name, "kind": "person"}
    contact = _contact(cells, name, emails, phones)
    return _customer(of_whom, contact, emails, phones, today=today, name_needed=False)


def _customer(
    cells: Mapping[str, str],
    contact: dict[str, str],
    emails: Sequence[str],
    phones: Sequence[str],
    *,
    today: date,
    name_needed: bool = True,
) -> CustomerRow:
    sizes = {"name": 160, "address": 200, "city": 80, "region": 80, "postal_code": 20, "country": 80, "how_met": 300}
    fields = {name: _text(cells, name, size, required=name_needed and name == "name") for name, size in sizes.items()}
    fields |= {"tier": _tier(cells), "kind": cells.get("kind", "")}
    owner = _text(cells, "owner", 254)
    owner_email = _address(cells, "owner_email") or (owner.lower() if "@" in owner else "")
    owned_since = _day(cells, "owned_since", latest=today)
    if owned_since and not (owner_email or owner):
        raise BadRow("owned_since has no owner_email beside it")
    return CustomerRow(
        code=_text(cells, "customer_code", 40, required=name_needed and "customer_code" in cells),
        fields={name: value for name, value in fields.items() if value},
        contact=contact,
        owner_email=owner_email,
        owner_name="" if owner_email else owner,
        owned_since=owned_since,
        emails=tuple(emails[1:]),
        phones=tuple(phones[1:]),
        tags=_tags(cells),
        birthday=_birthday(cells, contact),
    )


def _contact(cells: Mapping[str, str], name: str, emails: Sequence[str], phones: Sequence[str]) -> dict[str, str]:
    contact = {
        "name": name,
        "title": _text(cells, "contact_title", 120),
        "email": emails[0] if emails else "",
        "phone": phones[0] if phones else "",
    }
    return {key: value for key, value in contact.items() if value} if name else {}


def _person(cells: Mapping[str, str]) -> str:
    halves = f"{cells.get('first_name', '')} {cells.get('last_name', '')}".strip()
    name = _text(cells, "contact_name", 120) or halves
    if len(name) > 120:
        raise BadRow("contact_name is longer than 120 characters")
    return name


def _addresses(cells: Mapping[str, str], name: str) -> list[str]:
    """One address or several, each once; the first is the one to write to."""
    parts = [part.strip() for part in re.split("[;,]", cells.get(name, ""))]
    return list(dict.fromkeys(_address({name: part}, name) for part in parts if part))


def _phones(cells: Mapping[str, str]) -> list[str]:
    phones: dict[str, str] = {}
    for part in map(str.strip, cells.get("phone", "").split(";")):
        if part:
            phones.setdefault(re.sub(r"\D", "", part) or part, _text({"phone": part}, "phone", 40))
    return list(phones.values())


def _tags(cells: Mapping[str, str]) -> tuple[str, ...]:
    try:
        return tuple(tag_names(cells.get("tags", "")))
    except TagsRefused as refused:
        raise BadRow(str(refused)) from refused


def _birthday(cells: Mapping[str, str], contact: Mapping[str, str]) -> Birthday | None:
    """1980-03-12, --03-12, 12.03.1980 or 12.03.; with slashes only where it can be read one way."""
    value = cells.get("birthday", "").removesuffix("T00:00:00.000Z").removesuffix(" 00:00:00")
    if not value:
        return None
    if not contact:
        raise BadRow("birthday has no contact_name beside it")
    for pattern in BIRTHDAYS:
        if match := pattern.fullmatch(value):
            found = match.groupdict()
            month, day, year = int(found["month"]), int(found["day"]), int(found.get("year") or 0)
            if "/" in value and month > 12:
                month, day = day, month
            elif "/" in value and month != day and day <= 12:
                raise BadRow(f"birthday “{value}” can be read in two ways; write it as 1980-03-31")
            return _real(month, day, year, value)
    raise BadRow(f"birthday “{value}” is not a day such as 1980-03-31 or 31.03.")


def _real(month: int, day: int, year: int, value: str) -> Birthday:
    try:
        date(year or 2000, month, day)
    except ValueError:
        raise BadRow(f"birthday “{value}” is no day of the year") from None
    return Birthday(month, day, year or None)


def _tier(cells: Mapping[str, str]) -> str:
    value = cells.get("tier", "").lower().replace("_", " ")
    if value and value not in TIERS:
        raise BadRow(f"tier “{cells['tier']}” is neither “high value” nor “standard”")
    return TIERS.get(value, "")


def sale_row(cells: Mapping[str, str], *, today: date) -> SaleRow:
    """Raises ``BadRow``. A negative amount takes back, best the order it names; none is dated after ``today``."""
    if not AMOUNT.fullmatch(cells.get("amount", "")):
        raise BadRow(f"amount “{cells.get('amount', '')}” is not a number such as 1234.50")
    if not CURRENCY.fullmatch(cells.get("currency", "")):
        raise BadRow(f"currency “{cells.get('currency', '')}” is not three capital letters such as EUR")
    ordered_on, shipped_on = _day(cells, "ordered_on", latest=today), _day(cells, "shipped_on")
    if ordered_on is None:
        raise BadRow("ordered_on is missing")
    if shipped_on and shipped_on < ordered_on:
        raise BadRow("shipped_on lies before ordered_on")
    number, returns_order = _text(cells, "order_number", 40, required=True), _text(cells, "returns_order", 40)
    if returns_order and returns_order.lower() == number.lower():
        raise BadRow("an order does not take back itself: give the return a number of its own")
    if returns_order and Decimal(cells["amount"]) >= 0:
        raise BadRow(f"amount {cells['amount']} is not negative; write what came back as -440.00")
    return SaleRow(
        order_number=number,
        customer_code=_text(cells, "customer_code", 40, required=True),
        salesperson_email=_address(cells, "salesperson_email", required=True),
        ordered_on=ordered_on,
        shipped_on=shipped_on,
        amount=Decimal(cells["amount"]),
        currency=cells["currency"],
        returns_order=returns_order,
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
