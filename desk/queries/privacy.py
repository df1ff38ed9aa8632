"""All we hold about whom a privacy request is about."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from cryptography.fernet import InvalidToken
from django.db.models import Q, QuerySet

from compensation.queries.naming import SENTENCE, sentences_naming
from customers.models import Customer
from desk.queries import sections
from desk.queries.holdings import Table, tables
from desk.queries.naming import Named, family_of, named
from desk.queries.sections import Row, Section
from firm.queries import the_firm
from firm.scrub import naming, pattern_of
from secrets_manual import vault
from secrets_manual.models import PrivacyRequest, Secret


def name_of(request: PrivacyRequest) -> str:
    """Whom a request is about; empty once erased."""
    person = request.contact or request.customer
    return person.name if person and not request.report else ""


def secrets_in_answer(request: PrivacyRequest) -> QuerySet[Secret]:
    """The secrets the answer holds, the locked and the removed too: it is theirs to know."""
    return Secret.objects.filter(_whose(request))


def answer_of(request: PrivacyRequest, *, at: datetime) -> dict[str, Any]:
    """The answer to “what do you hold about me?”, as it goes into the PDF and the JSON."""
    return {
        "firm": the_firm().name,
        "about": name_of(request),
        "received_on": sections.day_of(request.received_on),
        "written_at": sections.moment(at),
        "sections": [{"title": one.title, "rows": one.rows} for one in holdings(request)],
    }


def _whose(request: PrivacyRequest) -> Q:
    assert request.customer is not None
    whose = Q(customer__in=family_of(request.customer))
    return whose & Q(contact=request.contact) if request.contact else whose


def holdings(request: PrivacyRequest) -> list[Section]:
    """Everything we hold about whom the request is about, in words a person reads. Sections may be empty."""
    assert request.customer is not None
    customer, contact = request.customer, request.contact
    family, whose, who = family_of(customer), _whose(request), named(customer, contact)
    parts = [sections.people(family, contact), sections.days(whose), sections.relations(family, contact)]
    parts += [sections.secrets(whose), sections.reads(whose), sections.conversations(whose), sections.consents(whose)]
    parts += [sections.visits(whose), sections.misfits(whose)]
    if contact is None:
        parts += [sections.promises(family), sections.sales(family), sections.owners(family), sections.cases(family)]
    parts += [sections.ratings(whose), sections.exclusions(whose), sections.mails(who), sections.requests(whose)]
    parts += _about_pay(who)
    return [*parts, *_elsewhere(customer, who, parts)] if contact else [sections.who_you_are(customer), *parts]


def _elsewhere(customer: Customer, who: Named, known: list[Section]) -> list[Section]:
    """Sentences that name the person in what hangs on their customer, on others there too, and is not said above.

    What the erasure would find (``desk.actions.erasure.redact``). The rest of such a text is about somebody else.
    """
    if not (pattern := pattern_of(who.words)):
        return []
    told = json.dumps([section.rows for section in known], default=str, ensure_ascii=False)
    rows: dict[str, Row] = {}
    for table in tables():
        for text in _texts_of(table, customer, pattern):
            for part in SENTENCE.split(text):
                if re.search(pattern, part, re.IGNORECASE) and json.dumps(part, ensure_ascii=False)[1:-1] not in told:
                    rows.setdefault(part.strip(), {"in": str(table.model._meta.verbose_name), "words": part.strip()})
    return [Section("Where else you are named", list(rows.values()))] if rows else []


def _texts_of(table: Table, customer: Customer, pattern: str) -> Iterator[str]:
    """Texts of a table that may hold a match, the sealed ones opened."""
    rows = table.rows_of(customer)
    for name in table.prose:
        yield from rows.filter(naming(pattern, [name])).values_list(name, flat=True)
    for name in table.sealed:
        for sealed in rows.exclude(**{name: None}).values_list(name, flat=True):
            with suppress(InvalidToken):
                yield vault.open_sealed(bytes(sealed))


def _about_pay(who: Named) -> list[Section]:
    """Only where something was said: staff are asked to name orders, not people, when they write about their pay."""
    rows = [{"on": sections.moment(at), "words": said} for at, said in sentences_naming(who.words)]
    return [Section("What texts about our people’s pay say of you", rows)] if rows else []
