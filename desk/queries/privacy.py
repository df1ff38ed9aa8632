"""All we hold about whom a privacy request is about."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.fernet import InvalidToken
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from compensation.queries.naming import SENTENCE, sentences_naming
from customers.models import (
    Contact,
    Customer,
    Interaction,
    Misfit,
    Occasion,
    Ownership,
    Promise,
    Relation,
    Sale,
)
from desk.queries.holdings import Table, tables
from desk.queries.naming import Named, family_of, named
from firm.models import OutboxMail
from firm.queries import the_firm
from firm.scrub import naming, pattern_of
from recovery.models import Case, CaseEvent
from report_cards.models import Exclusion, Invitation
from report_cards.models import ResponseVersion as RatingVersion
from secrets_manual import vault
from secrets_manual.models import (
    Conversation,
    PrivacyRequest,
    Secret,
    SecretRead,
    SpecialConsent,
)
from secrets_manual.queries import locked_secrets

Row = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """A part of what we hold, as rows of named values."""

    title: str
    rows: list[Row]


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
        "received_on": _day(request.received_on),
        "written_at": _moment(at),
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
    family = family_of(customer)
    whose = _whose(request)
    sections = [_people(family, contact), _days(whose), _relations(family, contact)]
    sections += [_secrets(whose), _reads(whose), _answers(whose), _consents(whose)]
    sections += [_visits(whose), _misfits(whose)]
    if contact is None:
        sections += [_promises(family), _sales(family), _owners(family), _cases(family)]
    sections += [_ratings(whose), _exclusions(whose), _mails(named(customer, contact)), _requests(whose)]
    sections += _about_pay(named(customer, contact))
    if contact:
        return [*sections, *_elsewhere(customer, named(customer, contact), sections)]
    return [_master(customer), *sections]


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
    rows = [{"on": _moment(at), "words": said} for at, said in sentences_naming(who.words)]
    return [Section("What texts about our people’s pay say of you", rows)] if rows else []


def _master(customer: Customer) -> Section:
    names = ("name", "kind", "code", "address", "city", "region", "postal_code", "country", "tier", "how_met")
    row: Row = {name.replace("_", " "): getattr(customer, name) for name in names}
    row |= {"tags": ", ".join(tag.name for tag in customer.tags.all()), "with us since": _day(customer.made_at)}
    row["owner"] = customer.owner.name if customer.owner else ""
    return Section("Who you are", [row])


def _people(family: list[Customer], contact: Contact | None) -> Section:
    people = Contact.objects.filter(pk=contact.pk) if contact else Contact.objects.filter(customer__in=family)
    return Section(
        "People",
        [
            {
                "name": one.name,
                "title": one.title,
                "e-mail": one.email,
                "telephone": one.phone,
                "further": ", ".join(f"{point.label} {point.value}".strip() for point in one.points.all()),
                "how we met": one.how_met,
                "language": one.language,
                "is asked for ratings": one.is_asked,
                "since": _day(one.made_at),
            }
            for one in people.prefetch_related("points")
        ],
    )


def _days(whose: Q) -> Section:
    days = Occasion.objects.filter(whose).select_related("contact")
    return Section(
        "Days we remember",
        [{"what": str(one), "of": _of(one.contact), "day": f"{one.day}.{one.month}.{one.year or ''}"} for one in days],
    )


def _relations(family: list[Customer], contact: Contact | None) -> Section:
    theirs = Q(contact=contact) | Q(other=contact) if contact else Q(contact__customer__in=family)
    rows = Relation.objects.filter(theirs).select_related("contact", "other")
    return Section("Who knows whom", [{"who": r.contact.name, "is": r.kind, "of": r.other.name} for r in rows])


def _secrets(whose: Q) -> Section:
    locked = set(locked_secrets().filter(whose).values_list("pk", flat=True))
    rows = Secret.objects.filter(whose).select_related("category", "contact", "discovered_by")
    return Section(
        "What we learned",
        [
            {
                "about": _of(secret.contact),
                "category": secret.category.name,
                "words": next((text.text for text in secret.texts.all() if text.is_current), ""),
                "before": " / ".join(text.text for text in secret.texts.all() if not text.is_current),
                "why kept less closely": " / ".join(text.reason for text in secret.texts.all() if text.reason),
                "how learned": secret.get_how_learned_display(),
                "asked": secret.question,
                "learned by": secret.discovered_by.name,
                "learned on": _day(secret.discovered_at),
                "last confirmed": _day(secret.confirmed_at),
                "how sure": secret.get_confidence_display(),
                "how closely kept": secret.get_sensitivity_display(),
                "may be used by": ", ".join(secret.audiences),
                "used for": "; ".join(f"{use.note} {use.outcome}".strip() for use in secret.used.all()),
                "state": _state(secret, locked),
            }
            for secret in rows.prefetch_related("texts", "used")
        ],
    )


def _state(secret: Secret, locked: set[int]) -> str:
    if secret.pk in locked:
        return "locked: the consent was taken back; it will be erased"
    return "taken out of the manual" if secret.removed_at else "in use"


def _reads(whose: Q) -> Section:
    ids = Secret.objects.filter(whose).order_by().values("pk")
    rows = SecretRead.objects.filter(secret_id__in=ids).select_related("user")
    what = {
        one.pk: f"{one.category.name}, learned {_day(one.discovered_at)}"
        for one in Secret.objects.filter(whose).select_related("category")
    }
    return Section(
        "Who read it",
        [{"when": _moment(one.at), "who": one.user.name, "what": what[one.secret_id], "why": one.why} for one in rows],
    )


def _answers(whose: Q) -> Section:
    talks = Conversation.objects.filter(whose).select_related("by", "contact").prefetch_related("answers")
    return Section(
        "Conversations",
        [
            {
                "on": _day(talk.began_at),
                "with": _of(talk.contact),
                "by": talk.by.name,
                "asked": " ".join(dict.fromkeys(filter(None, (one.asked, one.question_text)))),
                "heard": one.text,
            }
            for talk in talks
            for one in talk.answers.all()
        ],
    )


def _consents(whose: Q) -> Section:
    rows = SpecialConsent.objects.filter(whose).select_related("contact")
    return Section(
        "Consents",
        [
            {
                "of": _of(one.contact),
                "words": one.wording,
                "how": one.get_how_display(),
                "given on": _day(one.at),
                "taken back on": _day(one.withdrawn_at),
            }
            for one in rows
        ],
    )


def _visits(whose: Q) -> Section:
    rows = Interaction.objects.filter(whose).select_related("by", "contact")
    return Section(
        "Visits, calls and mails",
        [
            {"on": _day(one.on), "what": one.kind, "with": _of(one.contact), "by": one.by.name, "note": one.note}
            for one in rows
        ],
    )


def _misfits(whose: Q) -> Section:
    rows = Misfit.objects.filter(whose).select_related("contact")
    return Section(
        "Needs ours did not fit",
        [
            {
                "on": _day(one.noted_on),
                "needed": one.needed,
                "why ours does not fit": one.why_not,
                "offered instead": f"{one.offered} {one.whose}".strip(),
                "outcome": one.get_outcome_display(),
            }
            for one in rows
        ],
    )


def _promises(family: list[Customer]) -> Section:
    rows = Promise.objects.filter(customer__in=family).select_related("made_by")
    return Section(
        "Promises to you",
        [
            {"what": one.text, "due": _day(one.due_on), "by": one.made_by.name, "state": one.state, "how": one.outcome}
            for one in rows
        ],
    )


def _sales(family: list[Customer]) -> Section:
    rows = Sale.objects.filter(customer__in=family).select_related("salesperson")
    return Section(
        "Orders",
        [
            {
                "number": one.order_number,
                "ordered": _day(one.ordered_on),
                "amount": f"{one.amount} {one.currency}",
                "credited to": one.salesperson.name,
            }
            for one in rows
        ],
    )


def _owners(family: list[Customer]) -> Section:
    rows = Ownership.objects.filter(customer__in=family).select_related("owner")
    return Section(
        "Who looked after you",
        [{"who": one.owner.name, "from": _day(one.since), "until": _day(one.until), "why": one.reason} for one in rows],
    )


def _cases(family: list[Customer]) -> Section:
    parts = ("events", "milestones__due_changes", "playbook", "budget_requests", "letters", "failures", "follow_ups")
    rows = Case.objects.filter(customer__in=family).prefetch_related(*parts)
    return Section(
        "What went wrong, and what we did",
        [
            {
                "reported": _moment(one.reported_at),
                "what happened": one.what_happened,
                "how bad": one.severity,
                "ticket": one.reference,
                "surprise": one.surprise,
                "letter": one.apology,
                "sent to": one.apology_to,
                "state": one.state,
                "why closed": one.close_reason,
                "notes": "; ".join(_said_of(one)),
            }
            for one in rows
        ],
    )


def _said_of(case: Case) -> list[str]:
    """Every word noted in a case beside the surprise and the letter."""
    steps = list(case.milestones.all())
    return [
        *_notes(case.events.all()),
        *(step.note for step in steps if step.note),
        *(f"due time changed: {change.reason}" for step in steps for change in step.due_changes.all()),
        *(f"to do: {line.text}" for line in case.playbook.all()),
        *(f"a surprise that cost more: {one.surprise}. {one.answer}" for one in case.budget_requests.all()),
        *(f"another letter to {one.address}: {one.text}" for one in case.letters.all() if one.text != case.apology),
        *(f"it did not win them back: {one.next_step} {one.note}" for one in case.failures.all()),
        *(f"asked afterwards at {one.address}: {one.comment} {one.reason}" for one in case.follow_ups.all()),
    ]


def _notes(events: Iterable[CaseEvent]) -> list[str]:
    return [f"{event.get_kind_display()} {_day(event.at)}: {event.note}" for event in events if event.note]


def _ratings(whose: Q) -> Section:
    rows = (
        Invitation.objects.filter(whose)
        .select_related("round", "salesperson", "response")
        .prefetch_related("response__quarantines__votes")
    )
    return Section("What we asked you, and what you answered", [_rating(one) for one in rows.order_by("round__month")])


def _rating(invitation: Invitation) -> Row:
    row: Row = {
        "month": f"{invitation.round.month:%B %Y}",
        "about": invitation.salesperson.name,
        "asked at": invitation.address,
        "state": invitation.get_state_display(),
    }
    if hasattr(invitation, "response"):
        row["your answers, every version"] = [
            version.content
            for version in RatingVersion.objects.filter(response=invitation.response).order_by("version")
        ]
        row["looked at again"] = [
            " ".join([held.note, *(vote.reason for vote in held.votes.all())])
            for held in invitation.response.quarantines.all()
        ]
    return row


def _exclusions(whose: Q) -> Section:
    rows = Exclusion.objects.filter(whose).order_by("month")
    return Section(
        "When we left you out of a round",
        [
            {"month": f"{one.month:%B %Y}", "why": one.reason, "decided": f"{one.get_kind_display()}. {one.answer}"}
            for one in rows
        ],
    )


def _mails(who: Named) -> Section:
    low = [address.lower() for address in who.addresses]
    rows: QuerySet[OutboxMail] = OutboxMail.objects.alias(low=Lower("to")).filter(low__in=low).order_by("created_at")
    return Section(
        "Mail we sent you",
        [{"on": _moment(one.sent_at or one.created_at), "to": one.to, "subject": one.subject} for one in rows],
    )


def _requests(whose: Q) -> Section:
    rows = PrivacyRequest.objects.filter(whose)
    return Section(
        "What you asked of us before",
        [{"received": _day(one.received_on), "what": one.get_kind_display(), "outcome": one.outcome} for one in rows],
    )


def _of(contact: Contact | None) -> str:
    return contact.name if contact else ""


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else ""
