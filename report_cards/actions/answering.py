"""What a customer does with a link: answer, answer again, ask for no more mail."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction
from django.urls import reverse

from accounts.queries import managers_above
from firm.actions import notify, suppress
from firm.models import Suppression
from report_cards.models import Answer, Invitation, Response, ResponseVersion, WhoMaySee


class Refused(Exception):
    """The round is closed: the answer came too late."""


@dataclass(frozen=True)
class Rating:
    """All a customer sends at once. ``words`` and ``reasons`` are by behaviour key."""

    words: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    comment: str = ""
    fit: str = ""
    offered: bool | None = None
    likely: int | None = None
    call_me: bool = False
    who_may_see: str = WhoMaySee.NOBODY


def find_invitation(token: str) -> Invitation | None:
    """The invitation a link opens, with its round, card, response and rated person; one query."""
    return (
        Invitation.objects.filter(tokens__token_hash=sha256(token.encode()).digest())
        .select_related("round__card", "response", "salesperson")
        .first()
    )


@transaction.atomic
def record_response(invitation: Invitation, rating: Rating, *, at: datetime) -> Response:
    """Write the one response of an invitation, or its next version; sending the same again changes nothing.

    Raises ``Refused`` when the round no longer takes answers.
    """
    _hold_open(invitation, at)
    response, is_new = Response.objects.get_or_create(invitation=invitation, defaults={"first_at": at, "last_at": at})
    content = asdict(rating)
    if not is_new and _last_content(response) == content:
        return response
    response.version += 1
    response.last_at = at
    for name in ("comment", "fit", "offered", "likely", "call_me", "who_may_see"):
        setattr(response, name, content[name])
    response.save()
    ResponseVersion.objects.create(response=response, version=response.version, at=at, content=content)
    _write_answers(response, invitation, rating)
    if rating.call_me:
        _ask_for_call(invitation)
    return response


def _hold_open(invitation: Invitation, at: datetime) -> None:
    """Keep the round from closing until this transaction ends, and one customer's versions in a row.

    ``close_round`` takes the round FOR UPDATE: either it waits for this answer, or this answer sees it closed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT closed_at IS NULL AND closes_at > %s FROM report_cards_round WHERE id = %s FOR SHARE",
            [at, invitation.round_id],
        )
        if not cursor.fetchone()[0]:
            raise Refused
    Invitation.objects.select_for_update(no_key=True).only("id").get(pk=invitation.pk)


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
            )
            for key in sorted(rating.words.keys() | rating.reasons.keys())
        ]
    )


def _ask_for_call(invitation: Invitation) -> None:
    """The nearest manager hears once that a customer asks for a call."""
    for manager_id in managers_above(invitation.salesperson)[:1]:
        notify(
            type(invitation.salesperson)(pk=manager_id),
            f"{invitation.wording['customer']} asks for a call about {invitation.wording['salesperson']}.",
            url=reverse("team_results"),
            key=f"call-{invitation.pk}",
        )


def unsubscribe(invitation: Invitation) -> None:
    """No more mail to the invited address, of any kind."""
    suppress(invitation.address, reason=Suppression.Reason.UNSUBSCRIBED)
