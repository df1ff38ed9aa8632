"""Reads about report cards: how they stand, what a form shows of them, who reads which language."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from accounts.models import User
from customers.models import Contact
from report_cards.models import Behaviour, ReportCard, Round
from report_cards.rules.cards import Dates, Standing, free_months, standing


@dataclass(frozen=True)
class Year:
    """A year's cards, newest version first, each with how it stands."""

    year: int
    cards: list[tuple[ReportCard, Standing]]


def cards_by_year(user: User, *, today: date) -> list[Year]:
    """Every card this person may see, newest year first. One query."""
    visible = ReportCard.objects.visible_to(user).select_related("made_by", "signed_by").with_counts()
    cards = list(visible.order_by("-year", "-version"))
    dates = {card.pk: dates_of(card) for card in cards}
    years: dict[int, list[tuple[ReportCard, Standing]]] = {}
    for card in cards:
        stands = standing(dates[card.pk], dates.values(), today=today)
        years.setdefault(card.year, []).append((card, stands))
    return [Year(year, found) for year, found in years.items()]


def standing_of(card: ReportCard, *, today: date) -> Standing:
    """How a card stands among the signed ones of its year."""
    others = ReportCard.objects.signed().filter(year=card.year)
    return standing(dates_of(card), map(dates_of, others), today=today)


def dates_of(card: ReportCard) -> Dates:
    return Dates(card.pk, card.version, card.first_month, card.signed_at is not None)


def months_to_begin(*, today: date) -> list[date]:
    """Months for which a new version could still be signed."""
    drawn = Round.objects.aggregate(last=Max("month"))["last"]
    signed = set(ReportCard.objects.signed().values_list("first_month", flat=True))
    return list(free_months(drawn, signed, today=today))


def seen_of_card(card: ReportCard) -> dict[str, Any]:
    """What the designer shows of a card, as plain values that JSON can carry. One query."""
    behaviours = [row_of(behaviour) for behaviour in card.behaviours.all()]
    return {"name": card.name, "first_month": f"{card.first_month:%Y-%m}", "behaviours": behaviours}


def row_of(behaviour: Behaviour) -> dict[str, Any]:
    """A behaviour as plain values."""
    return {
        "measure": behaviour.measure,
        "key": behaviour.key,
        "name": behaviour.name,
        "question": behaviour.question,
        "french": behaviour.french,
        "weight_bp": behaviour.weight_bp,
        "target": f"{behaviour.target:.4f}",
    }


def french_readers() -> int:
    """Contacts asked for ratings whose language is French."""
    reading = Contact.objects.present().filter(language="fr", is_asked=True, customer__removed_at=None)
    return reading.exclude(email="").count()


def version_before(card: ReportCard) -> ReportCard | None:
    """The signed card that was used last before this one begins."""
    signed = ReportCard.objects.signed().exclude(pk=card.pk).filter(first_month__lte=card.first_month)
    return signed.order_by("-first_month").first()


def compared_with(card: ReportCard, user: User) -> list[ReportCard]:
    """Cards a version can be laid beside, nearest first: those of its year, then of other years."""
    others = list(ReportCard.objects.visible_to(user).exclude(pk=card.pk))
    return sorted(others, key=lambda o: (abs(o.year - card.year), o.first_month > card.first_month, -o.version))
