"""What is approved: a plan's document on a page and on paper, versions side by side, approval, acknowledgement."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import only, person
from compensation import actions, queries, rules
from compensation.forms.versions import AcknowledgeForm, NewVersionForm
from compensation.models import BonusPlan, Component
from compensation.plan_paper import plan_pdf
from compensation.rules.outline import Section, outline, side_by_side


@login_required
def approve_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show exactly what is approved (GET); approve it for good (POST), unless it changed in between."""
    user = person(request)
    plan = get_object_or_404(_plans(request), pk=pk)
    only(user.has_role(Role.EXECUTIVE))
    faults = ["This plan is approved already."] if plan.is_approved else actions.plan_faults(plan)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            actions.approve_plan(plan, acting_user=user, at=timezone.now(), seen=seen)
        except ValidationError as refused:
            faults = refused.messages
        else:
            messages.success(request, f"{plan} is approved and never changes. A new version may follow.")
            return redirect("plan", plan.pk)
    context = _document(plan) | {"faults": faults, "refusal": actions.refusal(user, plan)}
    return render(request, "compensation/approve_plan.html", context | _who(plan))


def _who(plan: BonusPlan) -> dict[str, Any]:
    """Whom a plan pays and how much, and what it changes."""
    before = plan.replaces
    return {
        "members": plan.members.select_related("salesperson__team"),
        "targets": plan.members.aggregate(sum=Sum("target_bonus"))["sum"],
        "seen": queries.approval_mark(plan),
        "before": before,
        "compared": side_by_side(_sections(before), _sections(plan)) if before else None,
        "writers": plan.writers.select_related("user"),
    }


@login_required
def plan_document(request: HttpRequest, pk: int) -> HttpResponse:
    """What a plan says, with its hash."""
    return render(request, "compensation/plan_document.html", _document(get_object_or_404(_plans(request), pk=pk)))


@login_required
def download_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as PDF."""
    plan = get_object_or_404(_plans(request), pk=pk)
    found = _document(plan)
    headers = {"Content-Disposition": f'attachment; filename="plan-{plan.pk}-version-{plan.version}.pdf"'}
    content = plan_pdf(plan, found["sections"], found["digest"])
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@login_required
def compare_plans(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions side by side; ``?with=ID`` chooses the other, the one it replaces unless told."""
    plans = _plans(request)
    plan = get_object_or_404(plans, pk=pk)
    others = list(plans.filter(name=plan.name).exclude(pk=plan.pk).order_by("-version"))
    wanted = request.GET.get("with", "")
    chosen = get_object_or_404(plans, pk=int(wanted)) if wanted.isdecimal() else plan.replaces
    other = chosen or (others[0] if others else None)
    compared = side_by_side(_sections(other), _sections(plan)) if other else None
    context = {"plan": plan, "other": other, "others": others, "compared": compared}
    return render(request, "compensation/compare_plans.html", context)


@login_required
def new_plan_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft like an approved plan that pays from a later month on."""
    user = person(request)
    only(rules.may_plan(user.roles))
    plan = get_object_or_404(_plans(request).filter(state=BonusPlan.State.APPROVED), pk=pk)
    only(actions.may_write_on(user, plan))
    form = NewVersionForm(request.POST or None, plan=plan, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["effective_on"]
        version = actions.new_plan_version(plan, effective_on=day, acting_user=user, at=timezone.now())
        messages.success(request, f"{version} is a draft like {plan}. Change what shall be different.")
        return redirect("plan", version.pk)
    return render(request, "compensation/new_plan_version.html", {"plan": plan, "form": form})


@login_required
def acknowledge_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the plan pays reads it and types their name under it."""
    user = person(request)
    plan = get_object_or_404(_plans(request), pk=pk)
    member = plan.members.filter(salesperson=user).select_related("plan", "acknowledgement").first()
    only(member is not None and plan.is_approved)
    assert member is not None
    form = AcknowledgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"acting_user": user, "at": timezone.now()}
        try:
            actions.acknowledge_plan(member, typed_name=form.cleaned_data["typed_name"], **told)
        except ValidationError as refused:
            form.add_error("typed_name", refused)
        else:
            messages.success(request, "Thank you. Your name stands under the plan.")
            return redirect("my_bonus")
    context = _document(plan) | {"member": member, "form": form}
    return render(request, "compensation/acknowledge_plan.html", context)


@login_required
@require_POST
def remind_of_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind whoever has not acknowledged, each once a week."""
    only(rules.may_plan(person(request).roles))
    plan = get_object_or_404(_plans(request).filter(state=BonusPlan.State.APPROVED), pk=pk)
    count = actions.remind_of_plan(plan, at=timezone.now())
    said = f"{count} reminded." if count else "Nobody: each was reminded this week already."
    messages.success(request, said)
    return redirect("plan", plan.pk)


def _plans(request: HttpRequest) -> QuerySet[BonusPlan]:
    plans = BonusPlan.objects.visible_to(person(request))
    return plans.select_related("made_by", "approved_by", "replaces")


def _document(plan: BonusPlan) -> dict[str, Any]:
    return {"plan": plan, "sections": _sections(plan), "digest": plan.document_hash or queries.document_hash(plan)}


def _sections(plan: BonusPlan) -> list[Section]:
    return outline(queries.plan_document(plan), dict(Component.Key.choices))
