"""What a customer does with a link: answer, answer again, decline, ask for no more mail."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.urls import reverse

from accounts.models import User
from accounts.queries import managers_above
from firm.actions import notify, suppress
from firm.models import Suppression
from firm.rules import token_hash
from report_cards.actions.integrity import Origin, look_closer, set_aside
from report_cards.models import Answer, Invitation, Quarantine, Response, ResponseVersion, WhoMaySee

LEFT_OUT = (Invitation.State.HELD, Invitation.State.EXCLUDED)
FIELDS = ("comment", "fit", "offered", "likely", "was_pressed", "call_me", "who_may_see")


class Refused(Exception):
    """The round is closed, or the invitation was taken back: the answer came too late."""


@dataclass(frozen=True)
class Rating:
    """All a customer sends at once. ``words`` and ``reasons`` are by behaviour key."""

    words: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    comment: str = ""
    fit: str = ""
    offered: bool | None = None
    likely: int | None = None
    was_pressed: bool | None = None
    call_me: bool = False
    who_may_see: str = WhoMaySee.NOBODY


def find_invitation(token: str) -> Invitation | None:
    """The invitation a link opens, with its round, card, response and rated person; one query."""
    return (
        Invitation.objects.filter(tokens__token_hash=token_hash(token))
        .select_related("round__card", "response", "salesperson")
        .first()
    )


@transaction.atomic
def record_response(invitation: Invitation, rating: Rating, *, at: datetime, origin: Origin | None = None) -> Response:
    """Write the one response of an invitation, or its next version; sending the same again changes nothing.

    ``origin`` is where it came from, if it came over the web. Raises ``Refused`` when the round no longer takes
    answers.
    """
    _hold_open(invitation, at, in_a_row=origin is not None)
    responses = Response.objects.select_for_update(no_key=True)
    response, is_new = responses.get_or_create(invitation=invitation, defaults={"first_at": at, "last_at": at})
    content = asdict(rating)
    if not is_new and _last_content(response) == content:
        return response
    response.version += 1
    response.last_at = at
    for name in FIELDS:
        setattr(response, name, content[name])
    response.save(update_fields=["version", "last_at", *FIELDS])
    ResponseVersion.objects.create(response=response, version=response.version, at=at, content=content)
    _write_answers(response, invitation, rating)
    if rating.call_me:
        _ask_for_call(invitation)
    if origin is not None:
        look_closer(response, invitation, origin, at=at)
    return response


def _hold_open(invitation: Invitation, at: datetime, *, in_a_row: bool) -> None:
    """Keep the round from closing until this transaction ends, and one customer's versions in a row.

    ``close_round`` takes the round FOR UPDATE: either it waits for this answer, or this answer sees it closed.
    ``in_a_row`` lets answers of the round that are looked at closer wait for each other, before any other lock.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT closed_at IS NULL AND closes_at > %s FROM report_cards_round WHERE id = %s FOR SHARE",
            [at, invitation.round_id],
        )
        if not cursor.fetchone()[0]:
            raise Refused
        if in_a_row:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('report_cards.traces'), %s)", [invitation.round_id])
    locked = Invitation.objects.select_for_update(no_key=True).only("state", "declined_at").get(pk=invitation.pk)
    if locked.state in LEFT_OUT:
        raise Refused
    if locked.declined_at:
        # Whoever declined and answers after all has answered.
        Invitation.objects.filter(pk=locked.pk).update(declined_at=None)


def _last_content(response: Response) -> object:
    return (
        ResponseVersion.objects.filter(response=response, version=response.version)
        .values_list("content", flat=True)
        .first()
    )


def _write_answers(response: Response, invitation: Invitation, rating: Rating) -> None:
    """Replace the words that count; every earlier one stays in the versions."""
    response.answers.all().delete()
    Answer.objects.bulk_create(
        [
            Answer(
                response=response,
                behaviour_key=key,
                value=rating.words.get(key, ""),
                comment=rating.reasons.get(key, ""),
                customer_id=invitation.customer_id,
                salesperson_id=invitation.salesperson_id,
                month=invitation.round.month,
                is_counted=response.is_counted,
            )
            for key in sorted(rating.words.keys() | rating.reasons.keys())
        ]
    )


def _ask_for_call(invitation: Invitation) -> None:
    """The nearest manager hears once that a customer asks for a call."""
    _tell_manager(
        invitation,
        f"{invitation.wording['customer']} asks for a call about {invitation.wording['salesperson']}.",
        url=reverse("team_results"),
        key=f"call-{invitation.pk}",
    )


def _tell_manager(invitation: Invitation, text: str, *, url: str, key: str) -> None:
    for manager_id in managers_above(invitation.salesperson)[:1]:
        notify(User(pk=manager_id), text, url=url, key=key)


def note_opened(invitation: Invitation, *, at: datetime) -> None:
    """A person touched the rating page for the first time; that and nothing else is written down."""
    Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=at)


@transaction.atomic
def decline(invitation: Invitation, *, at: datetime) -> None:
    """The link reached somebody else: no reminder goes there, the manager hears, and an answer given is looked at."""
    _note_declined(invitation, at)
    _tell_manager(
        invitation,
        f"The address of {invitation.wording['contact']} ({invitation.wording['customer']}) belongs to somebody else, "
        "says its reader. Have it checked.",
        url=reverse("round", args=[invitation.round_id]),
        key=f"declined-{invitation.pk}",
    )
    if response := Response.objects.filter(invitation=invitation).first():
        note = "The reader of the link says that somebody else answered."
        set_aside(response.pk, [Quarantine.Reason.REPORTED], at=at, note=note)


@transaction.atomic
def unsubscribe(invitation: Invitation, *, at: datetime) -> None:
    """No more mail to the invited address, of any kind."""
    suppress(invitation.address, reason=Suppression.Reason.UNSUBSCRIBED)
    if not Response.objects.filter(invitation=invitation).exists():
        _note_declined(invitation, at)


def _note_declined(invitation: Invitation, at: datetime) -> None:
    Invitation.objects.filter(pk=invitation.pk, declined_at=None).update(declined_at=at)
