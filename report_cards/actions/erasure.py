"""Erasing who answered. What was answered stays as counts of nobody, so that results and pay stay exact."""

import pgtrigger
from django.db import transaction
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat, Lower

from customers.models import Contact, Customer
from report_cards.models import (
    Answer,
    Exclusion,
    Invitation,
    InvitationToken,
    MailEvent,
    Quarantine,
    QuarantineVote,
    Response,
    ResponseTrace,
    ResponseVersion,
    WhoMaySee,
)

CUSTOMER, PERSON, REASON = "Erased customer", "Erased person", "erased on request"
# What is kept of each version a customer sent: words of the scale and numbers.
KEPT = ("words", "fit", "offered", "likely", "was_pressed")
# Erasing is the one thing that reaches into closed rounds; it takes no word of the scale away.
MAY_REACH = (
    "report_cards.Response:closed_is_final",
    "report_cards.Answer:closed_is_final",
    "report_cards.ResponseVersion:append_only",
    "report_cards.Quarantine:settled_is_final",
    "report_cards.QuarantineVote:append_only",
)


@transaction.atomic
def erase_answers(customer: Customer, *, contact: Contact | None) -> dict[str, int]:
    """Take names, addresses, links and comments out of a customer's invitations and answers, or one contact's."""
    whose = Q(customer=customer)
    if contact:
        whose &= Q(contact=contact) | Q(address__iexact=contact.email or "-")
    invitations = Invitation.objects.filter(whose)
    ids = list(invitations.values_list("pk", flat=True))
    people = [contact] if contact else list(customer.contacts.all())
    _forget_reports({*invitations.values_list("address", flat=True), *(person.email for person in people)})
    InvitationToken.objects.filter(invitation__in=ids).delete()
    left_out = Exclusion.objects.filter(customer=customer, **({"contact": contact} if contact else {}))
    left_out.exclude(answer="").update(answer=REASON)
    left_out.update(reason=REASON)
    counts = {"invitations": len(ids), "comments": _erase_comments(ids)}
    unsent = Q(state__in=["waiting", "sending", "held"])
    chosen = Invitation.objects.filter(pk__in=ids)
    chosen.filter(unsent).update(state=Invitation.State.EXCLUDED, reason=REASON)
    chosen.exclude(reason="").update(reason=REASON)
    kept = ("firm", "salesperson", "customer") if contact else ("firm", "salesperson")
    named = list(chosen)
    for invitation in named:
        words = {key: value for key, value in invitation.wording.items() if key in kept}
        invitation.wording = {"customer": CUSTOMER, "contact": PERSON} | words
    Invitation.objects.bulk_update(named, ["wording"], batch_size=500)
    nowhere = Concat(Value("erased-"), Cast(F("pk"), CharField()), Value("@erased.invalid"))
    chosen.update(address=nowhere, zone="UTC", contact=None)
    return counts


def _forget_reports(addresses: set[str]) -> None:
    """What mail providers told of the addresses; that something came back stays as a count."""
    lows = [address.lower() for address in addresses if address]
    with pgtrigger.ignore("report_cards.MailEvent:append_only"):
        events = MailEvent.objects.alias(low=Lower("address")).filter(low__in=lows)
        events.update(address="erased@erased.invalid", reason="")


def _erase_comments(invitations: list[int]) -> int:
    responses = Response.objects.filter(invitation__in=invitations)
    answers = Answer.objects.filter(response__in=responses).exclude(comment="")
    count = answers.count() + responses.exclude(comment="").count()
    versions = list(ResponseVersion.objects.filter(response__in=responses))
    for version in versions:
        version.content = {key: version.content[key] for key in KEPT if key in version.content}
    ResponseTrace.objects.filter(response__in=responses).delete()
    with pgtrigger.ignore(*MAY_REACH):
        answers.filter(value="").delete()
        answers.update(comment="")
        responses.update(comment="", call_me=False, who_may_see=WhoMaySee.NOBODY)
        ResponseVersion.objects.bulk_update(versions, ["content"], batch_size=500)
        Quarantine.objects.filter(response__in=responses).exclude(note="").update(note=REASON)
        QuarantineVote.objects.filter(quarantine__response__in=responses).update(reason=REASON)
    return count
