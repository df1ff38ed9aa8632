"""Signing report cards off, and why one cannot be signed."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import User
from customers.rules.seen import check_seen
from firm.actions import notify
from report_cards import rules
from report_cards.models import ReportCard, Round
from report_cards.queries.cards import seen_of_card


@transaction.atomic
def sign_card(
    card: ReportCard, *, acting_user: User, at: datetime, seen: Mapping[str, Any] | None = None
) -> ReportCard:
    """Sign off a card for good.

    Raises ``PermissionDenied`` for anyone but an executive who had no hand in it, ``ChangedMeanwhile`` when it is no
    longer what they ``seen``, ``ValidationError`` with the reasons when the card breaks a rule or would reach into a
    month that is already drawn.
    """
    # A draw takes its card under the same lock: whichever comes second sees the other.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('report_cards.draw_round'))")
    card = ReportCard.objects.select_for_update().get(pk=card.pk)
    if not rules.may_sign(acting_user.roles, user_id=acting_user.pk, writers=writers_of(card)):
        raise PermissionDenied
    if card.signed_at:
        raise ValidationError("This card is signed already.")
    check_seen(seen, seen_of_card(card) if seen is not None else {})
    if faults := card_faults(card):
        raise ValidationError(faults)
    card.signed_by, card.signed_at = acting_user, at
    try:
        with transaction.atomic():
            card.save(update_fields=["signed_by", "signed_at"])
    except IntegrityError as error:
        raise ValidationError(card_faults(card) or ["Another card was signed for this month just now."]) from error
    _tell_writers(card, acting_user)
    return card


def _tell_writers(card: ReportCard, signer: User) -> None:
    for user in User.objects.filter(pk__in=writers_of(card)):
        notify(
            user,
            f"{signer.name} signed {card}.",
            url=reverse("report_card", args=[card.pk]),
            key=f"card-signed-{card.pk}",
        )


def writers_of(card: ReportCard) -> set[int]:
    """Everybody who had a hand in a card."""
    return {card.made_by_id, *card.writers.values_list("user_id", flat=True)}


def card_faults(card: ReportCard) -> list[str]:
    """Why a card cannot be signed now; empty when it can."""
    weights: dict[str, list[int]] = defaultdict(list)
    for behaviour in card.behaviours.all():
        weights[behaviour.measure].append(behaviour.weight_bp)
    faults = rules.card_faults(weights)
    if card.removed_at:
        faults.append("The draft was removed.")
    if Round.objects.filter(month__gte=card.first_month).exists():
        faults.append(f"A round for {card.first_month:%B %Y} or later is drawn already. Begin in a later month.")
    later = ReportCard.objects.signed().filter(year=card.year, first_month__gte=card.first_month)
    other = later.exclude(pk=card.pk).select_related("signed_by").order_by("first_month").first()
    if other and other.signed_by:
        faults.append(
            f"{other.signed_by.name} signed version {other.version}, which begins in {other.first_month:%B %Y}. "
            "Begin in a later month."
        )
    return faults


def refusal(user: User, card: ReportCard) -> str:
    """Why this executive is not the one to sign; empty where they are."""
    if user.pk in writers_of(card):
        return "You had a hand in this card, and nobody signs what they wrote. Another executive signs it."
    return ""


def may_be_signed_by(user: User, card: ReportCard) -> bool:
    """Whether the page offers the signature to this person."""
    open_ = card.signed_at is None and card.removed_at is None
    return open_ and rules.may_sign(user.roles, user_id=user.pk, writers=writers_of(card))
