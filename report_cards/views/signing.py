"""Signing a card off, beginning a new version, and laying two versions side by side."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.models import Role
from accounts.views import only, person
from customers.forms.seen import sealed, unsealed
from customers.rules.seen import ChangedMeanwhile
from report_cards import actions, rules
from report_cards.forms import NewVersionForm
from report_cards.forms.drafts import Draft
from report_cards.models import ReportCard
from report_cards.queries import cards as queries
from report_cards.queries.checks import checks_of
from report_cards.queries.versions import side_by_side


@login_required
def sign_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Show exactly what is signed (GET); sign it for good (POST), unless it changed in between."""
    user = person(request)
    only(user.has_role(Role.EXECUTIVE))
    card = get_object_or_404(ReportCard.objects.visible_to(user).select_related("made_by", "signed_by"), pk=pk)
    faults = actions.card_faults(card) if card.signed_at is None else ["This card is signed already."]
    changed = False
    if request.method == "POST":
        seen = unsealed(request.POST.get("seen", "")) or {}
        try:
            card = actions.sign_card(card, acting_user=user, at=timezone.now(), seen=seen)
        except ValidationError as refusal:
            faults = refusal.messages
        except ChangedMeanwhile:
            changed = True
        else:
            messages.success(request, f"{card} is signed off. It never changes again.")
            return redirect("report_card", pk=card.pk)
    return render(request, "report_cards/sign_card.html", facts(request, card, faults) | {"changed": changed})


def facts(request: HttpRequest, card: ReportCard, faults: list[str]) -> dict[str, object]:
    """Everything an executive looks at before signing."""
    user = person(request)
    now = queries.seen_of_card(card)
    before = queries.version_before(card)
    return {
        "card": card,
        "measures": card.by_measure(),
        "seen": sealed(now),
        "writers": card.writers.select_related("user"),
        "refusal": actions.refusal(user, card),
        "faults": faults,
        "checks": checks_of(Draft.of_rows(now["behaviours"]).words()),
        "before": before,
        "comparison": side_by_side(before, card) if before else None,
    }


@login_required
def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft like this card, that begins in a later month."""
    user = person(request)
    only(rules.may_make(user.roles))
    card = get_object_or_404(ReportCard.objects.visible_to(user), pk=pk)
    months = queries.months_to_begin(today=timezone.localdate())
    form = NewVersionForm(request.POST or None, months=months)
    if request.method == "POST" and form.is_valid():
        month = form.cleaned_data["first_month"]
        version = actions.new_version(card, first_month=month, acting_user=user, at=timezone.now())
        messages.success(request, f"{version} is a draft like {card}. Change what shall be different.")
        return redirect("change_card", pk=version.pk)
    return render(request, "report_cards/new_version.html", {"card": card, "form": form})


@login_required
def compare_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions side by side; ``?with=ID`` chooses the other, the one before it unless told."""
    user = person(request)
    cards = ReportCard.objects.visible_to(user).select_related("made_by", "signed_by")
    card = get_object_or_404(cards, pk=pk)
    others = queries.compared_with(card, user)
    wanted = request.GET.get("with", "")
    chosen = get_object_or_404(cards, pk=int(wanted)) if wanted.isdecimal() else queries.version_before(card)
    other = chosen or (others[0] if others else None)
    context = {
        "card": card,
        "other": other,
        "others": others,
        "comparison": side_by_side(other, card) if other else None,
    }
    return render(request, "report_cards/compare_cards.html", context)
