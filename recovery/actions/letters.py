"""Saying sorry: the letters of a case, kept exactly as they left, and the templates they are drafted from."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from customers.models import Contact
from firm.actions import post_mail
from recovery.actions.holding import do, lock, note_event
from recovery.models import ApologyTemplate, Case, CaseEvent, Letter, Milestone
from recovery.queries import addressees, language_of, template_of


@transaction.atomic
def apologise_case(
    case: Case, *, apology: str, contact: Contact | None, how: str, acting_user: User, at: datetime, subject: str = ""
) -> Letter:
    """Send the apology to the contact by mail, or note that it was printed. What was sent is kept exactly.

    Without a ``subject`` the template's. Raises ``ValidationError`` when it was done, or the address gets no mail.
    """
    case = lock(case)
    do(case, Milestone.Kind.APOLOGISE, CaseEvent.Kind.APOLOGISED, acting_user, at, note=str(Case.Sent(how).label))
    sent = _send(case, text=apology, contact=contact, how=how, subject=subject, acting_user=acting_user, at=at)
    case.apology, case.apology_sent, case.apology_sent_at, case.apology_to = apology, how, at, sent.address
    case.save(update_fields=["apology", "apology_sent", "apology_sent_at", "apology_to"])
    return sent


@transaction.atomic
def write_again(
    case: Case, *, apology: str, contact: Contact | None, how: str, acting_user: User, at: datetime, subject: str = ""
) -> Letter:
    """Another letter after the first, to another address or in other words; the ones before stay as they left.

    Raises ``ValidationError`` before the first, when the case is closed, or when the address gets no mail.
    """
    case = lock(case)
    if not case.milestones.filter(kind=Milestone.Kind.APOLOGISE, done_at__isnull=False).exists():
        raise ValidationError("Send the first letter from the case.")
    sent = _send(case, text=apology, contact=contact, how=how, subject=subject, acting_user=acting_user, at=at)
    note_event(case, CaseEvent.Kind.APOLOGISED, acting_user, at, note=f"another letter, {Case.Sent(how).label}")
    return sent


def _send(
    case: Case, *, text: str, contact: Contact | None, how: str, subject: str, acting_user: User, at: datetime
) -> Letter:
    template = template_of(case.root_cause, language_of(contact))
    by_mail = how == Case.Sent.MAIL
    if by_mail and (contact is None or not addressees(case.customer).filter(pk=contact.pk).exists()):
        raise ValidationError("Choose someone with an e-mail address that takes our mail, or print the letter.")
    address = contact.email if contact and by_mail else ""
    subject = (subject or template.subject) if by_mail else ""
    return Letter.objects.create(
        case=case,
        how=how,
        name=contact.name if contact else case.customer.name[:120],
        address=address,
        subject=subject,
        text=text,
        language=template.language,
        template_version=template.version,
        mail_id=post_mail(to=address, subject=subject, text=text).pk if by_mail else None,
        sent_by=acting_user,
        sent_at=at,
    )


@transaction.atomic
def change_template(
    *, cause: str, language: str, seen: int, subject: str, text: str, acting_user: User, at: datetime
) -> ApologyTemplate:
    """A new version of a letter; the ones before stay to be read.

    ``seen`` is the version the person began with. Raises ``ValidationError`` when somebody changed it meanwhile, or
    when nothing changed.
    """
    mine = ApologyTemplate.objects.filter(root_cause=cause, language=language)
    list(mine.select_for_update())
    current = template_of(cause, language)
    if current.version != seen:
        raise ValidationError("Somebody changed this letter meanwhile. Look at theirs first.")
    if (subject, text) == (current.subject, current.text):
        raise ValidationError("Nothing was changed.")
    mine.filter(is_current=True).update(is_current=False)
    key = {"root_cause": cause, "language": language, "version": seen + 1}
    try:
        with transaction.atomic():
            return ApologyTemplate.objects.create(**key, subject=subject, text=text, made_by=acting_user, made_at=at)
    except IntegrityError as error:
        raise ValidationError("Somebody changed this letter meanwhile. Look at theirs first.") from error
