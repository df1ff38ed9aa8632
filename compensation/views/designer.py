"""The plan designer: terms, fixed rates and mixes of a draft. Its buttons change what stands on the page, not the plan.

Without JavaScript each is a submit button with an address of its own; htmx swaps the form's fragment instead.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import only, person
from compensation import actions, rules
from compensation.forms.mixes import Mixes
from compensation.forms.terms import PlanForm, RateRows
from compensation.models import BonusPlan, PlanYear
from compensation.rules.ways import BY_KEY
from customers.forms.seen import unsealed
from customers.rules.seen import ChangedMeanwhile


@login_required
def change_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft's terms and mixes. Whoever saves second is told what the first wrote."""
    plan = to_write_on(request, pk)
    sent = request.POST if request.method == "POST" else None
    form, rates, mixes = PlanForm(sent, instance=plan), RateRows(plan.rates, sent), Mixes.of_years(years_of(plan))
    if sent is not None:
        mixes.read(sent)
        if _are_valid(form, rates, mixes) and _kept(request, plan, form, rates, mixes):
            return redirect("plan", plan.pk)
    return _page(request, plan, form, rates, mixes)


def _are_valid(form: PlanForm, rates: RateRows, mixes: Mixes) -> bool:
    """Everything is looked at, so that everything is said at once."""
    valid = form.is_valid()
    priced = rates.is_valid(form.cleaned_data.get("currency") or form.instance.currency)
    return valid and priced and not mixes.errors()


def _kept(request: HttpRequest, plan: BonusPlan, form: PlanForm, rates: RateRows, mixes: Mixes) -> bool:
    skip = ("seen", "drops_years")
    terms = {name: value for name, value in form.cleaned_data.items() if name not in skip}
    told: dict[str, Any] = {"acting_user": person(request), "at": timezone.now()}
    seen = unsealed(form.cleaned_data["seen"])
    try:
        actions.change_plan(plan, terms=terms, rates=rates.rates, mixes=mixes.weights, seen=seen, **told)
    except ChangedMeanwhile as first:
        form.meet(first.now)
        return False
    messages.success(request, "The draft is changed.")
    return True


@login_required
@require_POST
def take_template(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The mixes of a template in place of what stands there."""
    if key not in rules.TEMPLATES:
        raise Http404("No such template.")
    return _arranged(request, pk, lambda mixes: mixes.take_template(key))


@login_required
@require_POST
def copy_mix(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A year's mix like the one of the year before."""
    return _arranged(request, pk, lambda mixes: mixes.copy_mix(number - 1), number=number, least=2)


@login_required
@require_POST
def fill_mix(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Make a year's weights 100 %."""
    return _arranged(request, pk, lambda mixes: mixes.fill_mix(number - 1), number=number)


@login_required
@require_POST
def mend_mix(request: HttpRequest, pk: int, number: int, key: str) -> HttpResponse:
    """Take a way out of a breach of the method."""
    if key not in BY_KEY:
        raise Http404("No such way.")
    return _arranged(
        request, pk, lambda mixes: mixes.mend_mix(key, number - 1), number=number, least=2 if key == "hold" else 1
    )


@login_required
@require_POST
def undo_mix(request: HttpRequest, pk: int) -> HttpResponse:
    """The mixes as they stood before the last button."""
    return _arranged(request, pk, Mixes.undo_mix)


@login_required
@require_POST
def add_rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Two more empty rows for fixed rates."""
    return _arranged(request, pk, lambda mixes: None)


@login_required
@require_POST
def check_mix(request: HttpRequest, pk: int) -> HttpResponse:
    """Warnings and path of what stands there, while somebody moves a slider (htmx)."""
    plan = to_write_on(request, pk)
    mixes = Mixes.of_years(years_of(plan))
    mixes.read(request.POST)
    return render(request, "compensation/parts/mix_checks.html", {"plan": plan, "mixes": mixes})


@login_required
@require_POST
def remove_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a draft out of every list, until undone."""
    plan = to_write_on(request, pk)
    actions.remove_plan(plan, acting_user=person(request), at=timezone.now())
    undo = reverse("restore_plan", args=[plan.pk])
    messages.success(request, f"The draft {plan} is removed.", extra_tags=f"undo:{undo}")
    return redirect("plans")


@login_required
@require_POST
def restore_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    user = person(request)
    only(rules.may_plan(user.roles))
    plan = get_object_or_404(BonusPlan.objects.filter(state=BonusPlan.State.DRAFT), pk=pk)
    actions.restore_plan(plan, acting_user=user)
    messages.success(request, f"The draft {plan} is back.")
    return redirect("plan", plan.pk)


def to_write_on(request: HttpRequest, pk: int) -> BonusPlan:
    """A draft this person may change; 404 where they may not see it, 403 where they may not change it."""
    user = person(request)
    only(rules.may_plan(user.roles))
    plan = get_object_or_404(BonusPlan.objects.visible_to(user).select_related("replaces"), pk=pk)
    if plan.is_approved:
        raise PermissionDenied("An approved plan never changes. Make a new version for a later month.")
    if not actions.may_write_on(user, plan):
        raise PermissionDenied("This plan pays you, and nobody writes on their own pay. Ask a colleague.")
    return plan


def years_of(plan: BonusPlan) -> list[PlanYear]:
    """The years of a draft with what they pay for."""
    return list(plan.years.order_by("number").prefetch_related("components__behaviours"))


def _arranged(
    request: HttpRequest, pk: int, step: Callable[[Mixes], None], *, number: int = 1, least: int = 1
) -> HttpResponse:
    """The page with one step taken; everything typed is kept as it was typed."""
    plan = to_write_on(request, pk)
    mixes = Mixes.of_years(years_of(plan))
    if not least <= number <= len(mixes.years):
        raise Http404("No such plan year.")
    mixes.read(request.POST)
    step(mixes)
    typed = {name: request.POST.get(name, "") for name in PlanForm.base_fields}
    typed["pays_monthly"] = "pays_monthly" in request.POST  # type: ignore[assignment]
    return _page(request, plan, PlanForm(instance=plan, initial=typed), RateRows(plan.rates, request.POST), mixes)


def _page(request: HttpRequest, plan: BonusPlan, form: PlanForm, rates: RateRows, mixes: Mixes) -> HttpResponse:
    context = {
        "plan": plan,
        "form": form,
        "rates": rates,
        "mixes": mixes,
        "refused": form.is_bound,
        "errors": mixes.errors() if form.is_bound else [],
        "templates": rules.TEMPLATES.values(),
    }
    part = "parts/plan_form.html" if request.headers.get("HX-Request") else "change_plan.html"
    return render(request, f"compensation/{part}", context)
