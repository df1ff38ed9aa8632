"""Whom a letter can reach, what it says, which were sent and whether they arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Lower

from customers.models import Contact, Customer
from firm.models import OutboxMail, Suppression
from recovery import rules
from recovery.models import ApologyTemplate, Case, Letter, Milestone


@dataclass(frozen=True)
class Template:
    """A letter's template: the firm's own, or the one Rapport brings (version 0)."""

    root_cause: str
    language: str
    version: int
    subject: str
    text: str

    @property
    def cause(self) -> str:
        return str(Case.RootCause(self.root_cause).label)


@dataclass(frozen=True)
class Sent:
    """A letter, and what became of its mail."""

    letter: Letter
    fate: str
    is_lost: bool


def addressees(customer: Customer) -> QuerySet[Contact]:
    """Contacts who can get a letter by mail: with an address that has neither bounced nor been unsubscribed."""
    silent = Suppression.objects.values(low=Lower("address"))
    present = customer.contacts.filter(removed_at=None).exclude(email="")
    return present.alias(low=Lower("email")).exclude(low__in=silent).order_by("name", "id")


def language_of(contact: Contact | None) -> str:
    """The language of a letter: the reader's where we speak it."""
    language = contact.language if contact else settings.LANGUAGE_CODE
    return language if language in rules.LETTERS else "en"


def template_of(root_cause: str, language: str) -> Template:
    """The template of a failure in a language. One query."""
    own = ApologyTemplate.objects.filter(root_cause=root_cause, language=language, is_current=True).first()
    if own is None:
        return Template(root_cause, language, 0, rules.SUBJECTS[language], rules.shipped(language))
    return Template(root_cause, language, own.version, own.subject, own.text)


def templates() -> list[Template]:
    """The current template of every failure and language. One query."""
    own = {(one.root_cause, one.language): one for one in ApologyTemplate.objects.filter(is_current=True)}
    found = []
    for cause in Case.RootCause.values:
        for language in rules.LETTERS:
            one = own.get((cause, language))
            version, subject = (one.version, one.subject) if one else (0, rules.SUBJECTS[language])
            found.append(Template(cause, language, version, subject, one.text if one else rules.shipped(language)))
    return found


def letter(case: Case, contact: Contact | None, *, firm: str) -> str:
    """The apology as drafted for the contact, from the template, the case and the surprise."""
    fix = next((one.note for one in case.milestones.all() if one.kind == Milestone.Kind.FIX), "")
    language = language_of(contact)
    return rules.draft_apology(
        language=language,
        root_cause=case.root_cause,
        name=contact.name if contact else case.customer.name,
        fix=fix,
        surprise=case.surprise,
        agent=case.agent.name,
        firm=firm,
        text=template_of(case.root_cause, language).text,
    )


def sample(template: Template, text: str, *, firm: str) -> str:
    """A template as a letter to an invented customer."""
    words = {**rules.SAMPLE[template.language], "firm": firm}
    return rules.draft_apology(language=template.language, root_cause=template.root_cause, text=text, **words)


def own_words(case: Case, *, surprise: str, apology: str, firm: str) -> dict[str, str]:
    """The drafts worth keeping: a letter left as it was drafted is not one, so that it follows the case."""
    drafted = letter(case, addressees(case.customer).first(), firm=firm)
    return {"surprise": surprise, "apology": "" if apology == drafted.strip() else apology}


def letters_of(case: Case) -> Sequence[Sent]:
    """Every letter of a case, first one first, with what became of its mail. Three queries."""
    found = list(case.letters.select_related("sent_by"))
    mails = OutboxMail.objects.in_bulk([one.mail_id for one in found if one.mail_id])
    lows = {one.address.lower() for one in found if one.address}
    told = Suppression.objects.alias(low=Lower("address")).filter(low__in=lows, reason=Suppression.Reason.BOUNCE)
    bounced = {one.address.lower(): one.at for one in told}
    return [_sent(one, mails.get(one.mail_id or 0), bounced.get(one.address.lower())) for one in found]


def _sent(letter: Letter, mail: OutboxMail | None, bounced_at: datetime | None) -> Sent:
    if letter.how == Case.Sent.PRINTED:
        return Sent(letter, "printed", is_lost=False)
    if bounced_at and bounced_at >= letter.sent_at:
        return Sent(letter, "came back: the address does not exist", is_lost=True)
    if mail and mail.state == OutboxMail.State.FAILED:
        return Sent(letter, "could not be sent", is_lost=True)
    waiting = mail and mail.state in {OutboxMail.State.WAITING, OutboxMail.State.SENDING}
    return Sent(letter, "on its way" if waiting else "sent", is_lost=False)
