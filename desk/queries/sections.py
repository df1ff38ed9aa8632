"""The parts of an answer to “what do you hold about me?”, each from the rows of one kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from customers.models import Contact, Customer, Interaction, Misfit, Occasion, Ownership, Promise, Relation, Sale
from desk.queries.naming import Named
from firm.models import OutboxMail
from recovery.models import Case, CaseEvent
from report_cards.models import Exclusion, Invitation
from report_cards.models import ResponseVersion as RatingVersion
from secrets_manual.models import Conversation, PrivacyRequest, Secret, SecretRead, SpecialConsent
from secrets_manual.queries import locked_secrets

Row = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """A part of what we hold, as rows of named values."""

    title: str
    rows: list[Row]


def who_you_are(customer: Customer) -> Section:
    """The customer as on their page."""
    names = ("name", "kind", "code", "address", "city", "region", "postal_code", "country", "tier", "how_met")
    row: Row = {name.replace("_", " "): getattr(customer, name) for name in names}
    row |= {"tags": ", ".join(tag.name for tag in customer.tags.all()), "with us since": day_of(customer.made_at)}
    row["owner"] = customer.owner.name if customer.owner else ""
    return Section("Who you are", [row])


def people(family: list[Customer], contact: Contact | None) -> Section:
    """The people there, or the one person."""
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
                "since": day_of(one.made_at),
            }
            for one in people.prefetch_related("points")
        ],
    )


def days(whose: Q) -> Section:
    """Birthdays and other days worth a word."""
    days = Occasion.objects.filter(whose).select_related("contact")
    return Section(
        "Days we remember",
        [{"what": str(one), "of": _of(one.contact), "day": f"{one.day}.{one.month}.{one.year or ''}"} for one in days],
    )


def relations(family: list[Customer], contact: Contact | None) -> Section:
    """Who knows whom."""
    theirs = Q(contact=contact) | Q(other=contact) if contact else Q(contact__customer__in=family)
    rows = Relation.objects.filter(theirs).select_related("contact", "other")
    return Section("Who knows whom", [{"who": r.contact.name, "is": r.kind, "of": r.other.name} for r in rows])


def secrets(whose: Q) -> Section:
    """What was learned, locked and removed secrets too."""
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
                "learned on": day_of(secret.discovered_at),
                "last confirmed": day_of(secret.confirmed_at),
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


def reads(whose: Q) -> Section:
    """Who read which secret, when and why."""
    ids = Secret.objects.filter(whose).order_by().values("pk")
    rows = SecretRead.objects.filter(secret_id__in=ids).select_related("user")
    what = {
        one.pk: f"{one.category.name}, learned {day_of(one.discovered_at)}"
        for one in Secret.objects.filter(whose).select_related("category")
    }
    return Section(
        "Who read it",
        [{"when": moment(one.at), "who": one.user.name, "what": what[one.secret_id], "why": one.why} for one in rows],
    )


def conversations(whose: Q) -> Section:
    """What was asked and heard."""
    talks = Conversation.objects.filter(whose).select_related("by", "contact").prefetch_related("answers")
    return Section(
        "Conversations",
        [
            {
                "on": day_of(talk.began_at),
                "with": _of(talk.contact),
                "by": talk.by.name,
                "asked": " ".join(dict.fromkeys(filter(None, (one.asked, one.question_text)))),
                "heard": one.text,
            }
            for talk in talks
            for one in talk.answers.all()
        ],
    )


def consents(whose: Q) -> Section:
    """Consents to keep what the law guards, given and taken back."""
    rows = SpecialConsent.objects.filter(whose).select_related("contact")
    return Section(
        "Consents",
        [
            {
                "of": _of(one.contact),
                "words": one.wording,
                "how": one.get_how_display(),
                "given on": day_of(one.at),
                "taken back on": day_of(one.withdrawn_at),
            }
            for one in rows
        ],
    )


def visits(whose: Q) -> Section:
    """Visits, calls and mails."""
    rows = Interaction.objects.filter(whose).select_related("by", "contact")
    return Section(
        "Visits, calls and mails",
        [
            {"on": day_of(one.on), "what": one.kind, "with": _of(one.contact), "by": one.by.name, "note": one.note}
            for one in rows
        ],
    )


def misfits(whose: Q) -> Section:
    """Needs that ours did not fit."""
    rows = Misfit.objects.filter(whose).select_related("contact")
    return Section(
        "Needs ours did not fit",
        [
            {
                "on": day_of(one.noted_on),
                "needed": one.needed,
                "why ours does not fit": one.why_not,
                "offered instead": f"{one.offered} {one.whose}".strip(),
                "outcome": one.get_outcome_display(),
            }
            for one in rows
        ],
    )


def promises(family: list[Customer]) -> Section:
    """Promises, and what became of them."""
    rows = Promise.objects.filter(customer__in=family).select_related("made_by")
    return Section(
        "Promises to you",
        [
            {
                "what": one.text,
                "due": day_of(one.due_on),
                "by": one.made_by.name,
                "state": one.state,
                "how": one.outcome,
            }
            for one in rows
        ],
    )


def sales(family: list[Customer]) -> Section:
    """Orders."""
    rows = Sale.objects.filter(customer__in=family).select_related("salesperson")
    return Section(
        "Orders",
        [
            {
                "number": one.order_number,
                "ordered": day_of(one.ordered_on),
                "amount": f"{one.amount} {one.currency}",
                "credited to": one.salesperson.name,
            }
            for one in rows
        ],
    )


def owners(family: list[Customer]) -> Section:
    """Who looked after the customer, and when."""
    rows = Ownership.objects.filter(customer__in=family).select_related("owner")
    return Section(
        "Who looked after you",
        [
            {"who": one.owner.name, "from": day_of(one.since), "until": day_of(one.until), "why": one.reason}
            for one in rows
        ],
    )


def cases(family: list[Customer]) -> Section:
    """What went wrong, with every word noted."""
    parts = ("events", "milestones__due_changes", "playbook", "budget_requests", "letters", "failures", "follow_ups")
    rows = Case.objects.filter(customer__in=family).prefetch_related(*parts)
    return Section(
        "What went wrong, and what we did",
        [
            {
                "reported": moment(one.reported_at),
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
    return [f"{event.get_kind_display()} {day_of(event.at)}: {event.note}" for event in events if event.note]


def ratings(whose: Q) -> Section:
    """Invitations to rate, and every version of every answer."""
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


def exclusions(whose: Q) -> Section:
    """Months left out of a round, and why."""
    rows = Exclusion.objects.filter(whose).order_by("month")
    return Section(
        "When we left you out of a round",
        [
            {"month": f"{one.month:%B %Y}", "why": one.reason, "decided": f"{one.get_kind_display()}. {one.answer}"}
            for one in rows
        ],
    )


def mails(who: Named) -> Section:
    """Mail to their addresses."""
    low = [address.lower() for address in who.addresses]
    rows: QuerySet[OutboxMail] = OutboxMail.objects.alias(low=Lower("to")).filter(low__in=low).order_by("created_at")
    return Section(
        "Mail we sent you",
        [{"on": moment(one.sent_at or one.created_at), "to": one.to, "subject": one.subject} for one in rows],
    )


def requests(whose: Q) -> Section:
    """Earlier privacy requests."""
    rows = PrivacyRequest.objects.filter(whose)
    return Section(
        "What you asked of us before",
        [{"received": day_of(one.received_on), "what": one.get_kind_display(), "outcome": one.outcome} for one in rows],
    )


def _of(contact: Contact | None) -> str:
    return contact.name if contact else ""


def day_of(day: date | None) -> str:
    """A day as it stands in an answer; empty for none."""
    return f"{day:%Y-%m-%d}" if day else ""


def moment(at: datetime | None) -> str:
    """A moment as it stands in an answer; empty for none."""
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else ""
