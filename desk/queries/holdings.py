"""Which tables hold rows of a customer, found by their foreign keys, so that a new table is never forgotten."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from customers.models import Contact, Customer
from firm.scrub import ERASED
from secrets_manual import vault

# What their own apps keep of an erased person, and why; see docs/decisions.
LEFT_ALONE = {"customers.Customer.name", "customers.Sale.order_number", "customers.SaleEvent.order_number"}


@dataclass
class Table:
    """A model whose rows hang on a customer or a contact, and the lookups that lead there."""

    model: type[models.Model]
    to_customer: list[str] = field(default_factory=list)
    to_contact: list[str] = field(default_factory=list)

    def rows_of(self, customer: Customer) -> QuerySet[models.Model]:
        """Every row of a customer and the people there."""
        if self.model is Customer:
            return self.model._base_manager.filter(pk=customer.pk)
        condition = Q(pk__in=[])
        for path in self.to_customer:
            condition |= Q(**{path: customer.pk})
        for path in self.to_contact:
            condition |= Q(**{f"{path}__in": Contact.objects.filter(customer=customer)})
        ids = self.model._base_manager.filter(condition).order_by().values("pk")
        return self.model._base_manager.filter(pk__in=ids)

    @property
    def texts(self) -> list[str]:
        """Columns people write into: text without choices, JSON, lists of text."""
        return [column.name for column in columns_of(self.model) if is_text(column)]

    @property
    def prose(self) -> list[str]:
        """Of the texts those that are sentences."""
        plain = (column for column in columns_of(self.model) if not isinstance(column, models.JSONField))
        return [column.name for column in plain if is_text(column)]

    @property
    def sealed(self) -> list[str]:
        """Columns of bytes, some of them sealed words."""
        return [column.name for column in columns_of(self.model) if isinstance(column, models.BinaryField)]


def columns_of(model: type[models.Model]) -> "list[models.Field[object, object]]":
    """The columns somebody writes; generated ones follow by themselves."""
    return [column for column in model._meta.concrete_fields if not isinstance(column, models.GeneratedField)]


def is_text(column: "models.Field[object, object]") -> bool:
    """Whether the column can hold words of or about somebody."""
    if column.choices or column.primary_key or isinstance(column, models.SlugField):
        return False
    return isinstance(column, models.CharField | models.TextField | models.JSONField)


def tables() -> list[Table]:
    """Every table that hangs on customers or contacts, however far, the history tables too; views hold nothing."""
    found = {Customer: Table(Customer), Contact: Table(Contact, ["customer"], [])}
    growing = True
    while growing:
        growing = False
        for model in filter(lambda model: model._meta.managed, apps.get_models()):
            for link, above in _links(model, found):
                table = found.setdefault(model, Table(model))
                growing |= _add_paths(table, link, above)
    return list(found.values())


def _links(model: type[models.Model], found: dict[type[models.Model], Table]) -> Iterator[tuple[str, Table]]:
    for link in model._meta.concrete_fields:
        above = link.related_model
        if link.is_relation and isinstance(above, type) and above in found and above is not model:
            yield link.name, found[above]


def _add_paths(table: Table, link: str, above: Table) -> bool:
    """Whether the table got a new way up; ways through itself or longer than four steps add nothing."""
    is_customer, is_contact = above.model is Customer, above.model is Contact
    customer = [link] if is_customer else [f"{link}__{path}" for path in above.to_customer if not is_contact]
    contact = [link] if is_contact else [f"{link}__{path}" for path in above.to_contact]
    new = [path for path in customer if path not in table.to_customer and path.count("__") < 4]
    also = [path for path in contact if path not in table.to_contact and path.count("__") < 4]
    table.to_customer += new
    table.to_contact += also
    return bool(new or also)


def reseal_without(sealed: bytes | None, pattern: str) -> bytes | None:
    """The sealed words without what matches; ``None`` when nothing does, or when these bytes are no sealed words."""
    try:
        words = vault.open_sealed(bytes(sealed or b""))
    except InvalidToken:
        return None
    cleaned = re.sub(pattern, ERASED, words, flags=re.IGNORECASE)
    return vault.seal(cleaned) if cleaned != words else None
