"""Report cards: the list, one card, making, changing and signing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.models import Role
from firm.rules import month_after
from report_cards import actions, rules
from report_cards.forms import CardPage
from report_cards.models import ReportCard
from report_cards.views.roles import needs_role, signed_in


@login_required
def report_cards(request: HttpRequest) -> HttpResponse:
    """Every card this person may see, newest first."""
    user = signed_in(request)
    cards = ReportCard.objects.visible_to(user).select_related("made_by", "signed_by").with_counts()
    return render(request, "report_cards/report_cards.html", {"cards": cards, "may_make": rules.may_make(user.roles)})


@login_required
def report_card(request: HttpRequest, pk: int) -> HttpResponse:
    """One card: what customers are asked, how it weighs, who signed it."""
    user = signed_in(request)
    card = get_object_or_404(ReportCard.objects.visible_to(user).select_related("made_by", "signed_by"), pk=pk)
    context = {
        "card": card,
        "measures": card.by_measure(),
        "may_change": rules.may_make(user.roles) and card.signed_at is None,
        "may_sign": actions.may_be_signed_by(user, card),
        "faults": actions.card_faults(card) if card.signed_at is None else [],
    }
    return render(request, "report_cards/report_card.html", context)


@login_required
@needs_role(Role.MANAGER, Role.COMPENSATION)
def add_card(request: HttpRequest) -> HttpResponse:
    """A new draft; ``?from=ID`` starts with the behaviours of another card."""
    user = signed_in(request)
    source = request.GET.get("from", "")
    like = ReportCard.objects.visible_to(user).filter(pk=int(source)).first() if source.isdecimal() else None
    first_month = month_after(timezone.localdate())
    page = CardPage(
        request.POST or None,
        initial={"name": like.name if like else "Report card", "first_month": first_month},
        behaviours=list(like.behaviours.all()) if like else [],
    )
    if request.method == "POST" and page.is_valid():
        card = actions.add_card(**page.fields(), acting_user=user, at=timezone.now())
        messages.success(request, f"{card} is kept as a draft. An executive other than you signs it.")
        return redirect("report_card", pk=card.pk)
    return render(request, "report_cards/add_card.html", {"page": page})


@login_required
@needs_role(Role.MANAGER, Role.COMPENSATION)
def change_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    user = signed_in(request)
    card = get_object_or_404(ReportCard.objects.visible_to(user), pk=pk)
    if card.signed_at:
        raise PermissionDenied("A signed card never changes. Make a new version for a later month.")
    page = CardPage(
        request.POST or None,
        initial={"name": card.name, "first_month": card.first_month},
        behaviours=list(card.behaviours.all()),
        year=card.year,
    )
    if request.method == "POST" and page.is_valid():
        actions.change_card(card, **page.fields(), acting_user=user, at=timezone.now())
        messages.success(request, "The draft is changed.")
        return redirect("report_card", pk=card.pk)
    return render(request, "report_cards/change_card.html", {"card": card, "page": page})


@login_required
@needs_role(Role.EXECUTIVE)
def sign_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more (GET), sign for good (POST)."""
    user = signed_in(request)
    card = get_object_or_404(ReportCard.objects.visible_to(user).select_related("made_by"), pk=pk)
    faults: list[str] = actions.card_faults(card) if card.signed_at is None else ["This card is signed already."]
    if request.method == "POST":
        try:
            actions.sign_card(card, acting_user=user, at=timezone.now())
        except ValidationError as refusal:
            faults = refusal.messages
        else:
            messages.success(request, f"{card} is signed off.")
            return redirect("report_card", pk=card.pk)
    context = {"card": card, "measures": card.by_measure(), "faults": faults}
    return render(request, "report_cards/sign_card.html", context)
