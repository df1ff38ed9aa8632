"""What mail providers report back, and the customer who wants to be asked again."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from accounts.models import User
from customers.models import Contact
from firm.actions import ask_again as lift
from firm.actions import suppress
from firm.models import Suppression
from report_cards.models import Invitation, MailEvent

Kind = MailEvent.Kind
State = Invitation.State
# A provider's clock may be this much behind ours.
CLOCKS_DIFFER = timedelta(minutes=5)
REASONS = {Kind.COMPLAINT: Suppression.Reason.COMPLAINT, Kind.UNSUBSCRIBE: Suppression.Reason.UNSUBSCRIBED}


@dataclass(frozen=True)
class Report:
    """One event of a provider. ``key`` names it for good; ``at`` is when it happened."""

    key: str
    kind: Kind
    address: str
    at: datetime
    reason: str = ""


@transaction.atomic
def note_mail_event(report: Report) -> bool:
    """Write a report down and do what follows; False when it is known already, or speaks of nobody we know.

    A bounce for good stops all mail to the address and marks its open invitation; a soft one is only noted. A
    complaint or an opt-out stops all mail, unless the customer has asked to be asked again since.
    """
    if not is_known(report.address):
        return False
    facts = {name: value for name, value in asdict(report).items() if name != "key"}
    _event, is_new = MailEvent.objects.get_or_create(key=report.key, defaults=facts)
    if not is_new:
        return False
    if report.kind == Kind.BOUNCE:
        suppress(report.address, reason=Suppression.Reason.BOUNCE)
        gone_out = [State.SENDING, State.SENT, State.DOUBTFUL]
        asked = _open_of(report.address).filter(state__in=gone_out, claimed_at__lte=report.at + CLOCKS_DIFFER)
        asked.filter(response=None).update(state=State.BOUNCED, reason=f"reported: {report.reason}"[:200])
    elif report.kind in REASONS and not came_back_after(report):
        suppress(report.address, reason=REASONS[report.kind])
        _open_of(report.address).filter(declined_at=None, response=None).update(declined_at=report.at)
    return True


def ask_again(invitation: Invitation, *, at: datetime) -> bool:
    """The customer takes their own opt-out back, from their own link; False when there was none. Nobody else can."""
    return ask_address_again(invitation.address, key=f"link:{invitation.pk}", at=at)


@transaction.atomic
def ask_address_again(address: str, *, key: str, at: datetime) -> bool:
    """The same for any link that was mailed to the address; ``key`` names the link."""
    if not lift(address):
        return False
    MailEvent.objects.create(key=f"{key}:{at.isoformat()}", kind=Kind.ASKED_AGAIN, address=address, at=at)
    _open_of(address).update(declined_at=None)
    return True


def is_known(address: str) -> bool:
    """Whether we ever wrote to the address, or might."""
    low = address.lower()
    return (
        Invitation.objects.alias(low=Lower("address")).filter(low=low).exists()
        or Contact.objects.alias(low=Lower("email")).filter(low=low).exists()
        or User.objects.filter(email=low).exists()
    )


def _open_of(address: str) -> QuerySet[Invitation]:
    return Invitation.objects.alias(low=Lower("address")).filter(low=address.lower(), round__closed_at=None)


def came_back_after(report: Report) -> bool:
    """Whether the customer has asked to be asked again since what is reported happened."""
    events = MailEvent.objects.alias(low=Lower("address")).filter(low=report.address.lower())
    return events.filter(kind=Kind.ASKED_AGAIN, at__gt=report.at).exists()
