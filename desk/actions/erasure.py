"""Erasing a customer, or one person there: one call an app, all in one transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from pghistory.models import Context

from accounts.models import User
from compensation.actions.erasure import forget_in_texts
from customers.actions import erase_contact, erase_customer, forget_rows
from customers.models import Contact, Customer
from desk.models import BulkChange, Different, Export, Merge
from desk.queries.holdings import LEFT_ALONE, reseal_without, tables
from desk.queries.naming import Named, family_of, named
from firm.actions import forget
from firm.queries import the_firm
from firm.scrub import pattern_of, scrub
from recovery.actions import erase_cases
from report_cards.actions import erase_answers
from secrets_manual.actions import erase_manual, lock_erasure, note_erased
from secrets_manual.models import PrivacyRequest


@transaction.atomic
def approve_erasure(request: PrivacyRequest, *, acting_user: User, at: datetime) -> dict[str, int]:
    """Erase what was asked for, as the second person; how much went, by what it was. It cannot be undone.

    Raises ``PermissionDenied`` for whoever asked for it, ``ValidationError`` when it does not wait any more or
    something stands against it.
    """
    locked = lock_erasure(request, acting_user=acting_user)
    assert locked.customer is not None
    counts = _erase(locked.customer, locked.contact, at)
    note_erased(locked, report=counts, acting_user=acting_user, at=at)
    return counts


def preview_erasure(customer: Customer, contact: Contact | None, *, at: datetime) -> tuple[dict[str, int], list[str]]:
    """What would go, and what stands against it: the erasure itself, taken back, so the numbers are the real ones."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                return _erase(customer, contact, at), []
        except ValidationError as refused:
            return {}, refused.messages
        finally:
            transaction.set_rollback(True)


def _erase(customer: Customer, contact: Contact | None, at: datetime) -> dict[str, int]:
    who, counts = named(customer, contact), Counter[str]()
    if contact is None:
        for one in family_of(customer):
            _erase_customer(one, at, counts)
    else:
        _erase_contact(contact, who, at, counts)
    counts.update(forget_rows(words=who.words))
    counts.update(forget_in_texts(words=who.words))
    counts.update(forget(words=who.words, addresses=who.addresses))
    _forget_here(pattern_of(who.words))
    return dict(counts)


def _erase_customer(customer: Customer, at: datetime, counts: "Counter[str]") -> None:
    counts.update(erase_cases(customer))
    counts.update(erase_answers(customer, contact=None))
    counts.update(erase_manual(customer, contact=None, at=at))
    Merge.objects.filter(Q(kept=customer) | Q(gone=customer)).delete()
    Different.objects.filter(Q(first=customer) | Q(second=customer)).delete()
    counts.update(erase_customer(customer, today=the_firm().today(at), at=at))


def _erase_contact(contact: Contact, who: Named, at: datetime, counts: "Counter[str]") -> None:
    customer = contact.customer
    counts.update(erase_answers(customer, contact=contact))
    counts.update(erase_manual(customer, contact=contact, at=at))
    counts.update(erase_contact(contact))
    counts["texts naming them"] = redact(customer, who.words)


def redact(customer: Customer, words: Iterable[str]) -> int:
    """Take words out of every text of a customer, the sealed ones too; how many texts held them."""
    if not (pattern := pattern_of(words)):
        return 0
    count, every = 0, tables()
    final = [f"{table.model._meta.label}:append_only" for table in every if _is_append_only(table.model)]
    with pgtrigger.ignore(*final):
        for table in every:
            rows, label = table.rows_of(customer), table.model._meta.label
            count += scrub(rows, [text for text in table.texts if f"{label}.{text}" not in LEFT_ALONE], pattern)
            count += sum(_redact_sealed(rows, column, pattern) for column in table.sealed)
    return count


def _redact_sealed(rows: "models.QuerySet[models.Model]", column: str, pattern: str) -> int:
    cleaned = [
        (pk, again)
        for pk, sealed in rows.exclude(**{column: None}).values_list("pk", column)
        if (again := reseal_without(sealed, pattern))
    ]
    return sum(rows.model._base_manager.filter(pk=pk).update(**{column: again}) for pk, again in cleaned)


def _is_append_only(model: type[models.Model]) -> bool:
    return any(trigger.name == "append_only" for trigger in getattr(model._meta, "triggers", []))


def _forget_here(pattern: str) -> None:
    """What changes of many customers, exports and the history's reasons say of somebody."""
    scrub(BulkChange.objects.all(), ("reason", "refused"), pattern)
    scrub(Context.objects.all(), ("metadata",), pattern)
    with pgtrigger.ignore("desk.Export:append_only"):
        scrub(Export.objects.all(), ("query",), pattern)
