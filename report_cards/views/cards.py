"""Report cards: the list, one card, making, changing and removing drafts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import only, person
from customers.forms.seen import sealed
from customers.rules.seen import ChangedMeanwhile
from firm.languages import LANGUAGES
from firm.rules import month_after
from report_cards import actions, rules
from report_cards.card_paper import card_pdf
from report_cards.forms import CardPage
from report_cards.forms.drafts import Draft
from report_cards.models import ReportCard
from report_cards.queries import cards as queries
from report_cards.queries.checks import Checks, checks_of
from report_cards.rules.access import may_try
from report_cards.views.designer import designer


@login_required
def report_cards(request: HttpRequest) -> HttpResponse:
    """Every card this person may see, by year, newest first."""
    user = person(request)
    years = queries.cards_by_year(user, today=timezone.localdate())
    context = {"years": years, "may_make": rules.may_make(user.roles), "today": timezone.localdate()}
    return render(request, "report_cards/report_cards.html", context)


@login_required
def report_card(request: HttpRequest, pk: int) -> HttpResponse:
    """One card: what customers are asked, how it weighs, how long it takes, who signed it."""
    user, card = person(request), to_read(request, pk)
    context = {
        "card": card,
        "measures": card.by_measure(),
        "standing": queries.standing_of(card, today=timezone.localdate()),
        "may_make": rules.may_make(user.roles),
        "may_sign": actions.may_be_signed_by(user, card),
        "may_try": may_try(user.roles),
        "writers": card.writers.select_related("user"),
        "faults": actions.card_faults(card) if card.signed_at is None else [],
        "checks": checks_of_card(card),
        "languages": LANGUAGES,
    }
    return render(request, "report_cards/report_card.html", context)


@login_required
def report_card_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The card on paper, with who signed it and when."""
    card = to_read(request, pk)
    data = card_pdf(
        card,
        writers=card.writers.select_related("user"),
        seconds=checks_of_card(card).seconds,
        reader=person(request).name,
    )
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="report-card-{card.year}-version-{card.version}.pdf"'
    return response


def to_read(request: HttpRequest, pk: int) -> ReportCard:
    """A card this person may see, with all that its page shows; else 404."""
    cards = ReportCard.objects.visible_to(person(request)).select_related("made_by", "signed_by")
    return get_object_or_404(cards.prefetch_related("behaviours"), pk=pk)


def checks_of_card(card: ReportCard) -> Checks:
    """What the designer would say about a kept card."""
    return checks_of(Draft.of_rows([queries.row_of(behaviour) for behaviour in card.behaviours.all()]).words())


@login_required
def add_card(request: HttpRequest) -> HttpResponse:
    """A new draft, empty to begin with."""
    user = person(request)
    only(rules.may_make(user.roles))
    page = CardPage(
        request.POST if request.method == "POST" else None,
        card={"name": "Report card", "first_month": month_after(timezone.localdate())},
    )
    if request.method == "POST" and page.is_valid():
        card = actions.add_card(**page.fields(), acting_user=user, at=timezone.now())
        messages.success(request, f"{card} is kept as a draft. An executive other than you signs it.")
        return redirect("report_card", pk=card.pk)
    return designer(request, page)


@login_required
def change_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft. Whoever saves second sees what the first wrote."""
    card = to_change(request, pk)
    if request.method != "POST":
        return designer(request, opened(card), card)
    page = CardPage(request.POST, year=card.year)
    if page.is_valid():
        told: dict[str, Any] = {"acting_user": person(request), "at": timezone.now(), "seen": page.seen}
        try:
            actions.change_card(card, **page.fields(), **told)
        except ChangedMeanwhile as first:
            page.meet(first.now)
        else:
            messages.success(request, "The draft is changed.")
            return redirect("report_card", pk=card.pk)
    return designer(request, page, card)


def opened(card: ReportCard) -> CardPage:
    """The designer as it opens on a draft."""
    now = queries.seen_of_card(card)
    shown = {"name": card.name, "first_month": card.first_month, "seen": sealed(now)}
    return CardPage(draft=Draft.of_rows(now["behaviours"]), card=shown, year=card.year)


@login_required
@require_POST
def remove_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of every list, until undone."""
    card = to_change(request, pk)
    actions.remove_card(card, acting_user=person(request), at=timezone.now())
    undo = reverse("restore_card", args=[card.pk])
    messages.success(request, f"The draft {card} is removed.", extra_tags=f"undo:{undo}")
    return redirect("report_cards")


@login_required
@require_POST
def restore_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    only(rules.may_make(person(request).roles))
    card = get_object_or_404(ReportCard.objects.filter(signed_at=None), pk=pk)
    actions.restore_card(card, acting_user=person(request))
    messages.success(request, f"The draft {card} is back.")
    return redirect("report_card", pk=card.pk)


def to_change(request: HttpRequest, pk: int) -> ReportCard:
    """A draft this person may change; 404 where they may not see it, 403 where they may not change it."""
    user = person(request)
    only(rules.may_make(user.roles))
    card = get_object_or_404(ReportCard.objects.visible_to(user), pk=pk)
    if card.signed_at:
        raise PermissionDenied("A signed card never changes. Make a new version for a later month.")
    return card
