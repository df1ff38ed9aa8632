"""Plans: list, make, look at, approve; members and their quotas."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.models import User
from accounts.views import person
from compensation import actions, queries, rules
from compensation.forms import AddMemberForm, AddPlanForm, QuotaForm
from compensation.models import BonusPlan, PlanMember
from firm.queries import the_firm

PAGE = 50
PEOPLE = 50


@login_required
def plans(request: HttpRequest) -> HttpResponse:
    user = _planner_or_executive(request)
    page = Paginator(queries.plans_with_counts(user), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_plan": rules.may_plan(user.roles)}
    return render(request, "compensation/plans.html", context | {"templates": rules.TEMPLATES.values()})


@login_required
def add_plan(request: HttpRequest) -> HttpResponse:
    user = _planner(request)
    form = AddPlanForm(
        request.POST or None, initial={"currency": the_firm().currency, "template": request.GET.get("template", "")}
    )
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.cleaned_data if not name.endswith("_quota")}
        try:
            made = actions.add_plan(**values, quotas=form.quotas, acting_user=user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{made} is a draft. An executive approves it.")
            return redirect("plan", made.pk)
    return render(request, "compensation/add_plan.html", {"form": form})


@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    plan = get_object_or_404(BonusPlan.objects.visible_to(user).select_related("made_by", "approved_by"), pk=pk)
    years = list(plan.years.prefetch_related("components__behaviours"))
    mixes = [year.mix for year in years]
    context = {
        "plan": plan,
        "years": list(zip(years, mixes, strict=True)),
        "path": rules.path([(mix, year.span) for year, mix in zip(years, mixes, strict=True)]),
        "warnings": rules.warnings(mixes),
        "people": _people(request, plan) if rules.may_see_plans(user.roles) else None,
        "may_approve": not plan.is_approved and actions.may_be_approved_by(user, plan),
        "may_plan": rules.may_plan(user.roles),
        "may_write": actions.may_write_on(user, plan),
        "writers": plan.writers.select_related("user"),
        "own": plan.members.filter(salesperson=user, plan__state=BonusPlan.State.APPROVED).first(),
        "unread": plan.members.filter(acknowledgement=None).count() if plan.is_approved else 0,
    }
    return render(request, "compensation/plan.html", context | {"q": _sought(request)})


def _people(request: HttpRequest, plan: BonusPlan) -> Page[PlanMember]:
    """Whom it pays, a page of them, found by a part of a name or of a team's."""
    members = plan.members.select_related("salesperson__team", "acknowledgement")
    if text := _sought(request):
        members = members.filter(Q(salesperson__name__icontains=text) | Q(salesperson__team__name__icontains=text))
    return Paginator(members, PEOPLE).get_page(request.GET.get("page"))


def _sought(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:100]


@login_required
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    user = _planner(request)
    plan = get_object_or_404(BonusPlan, pk=pk)
    form = AddMemberForm(request.POST or None, plan=plan, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            member = actions.add_member(plan, **form.values, acting_user=user, at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{member.salesperson} is paid by {plan}.")
            return redirect("plan", plan.pk)
    return render(request, "compensation/add_member.html", {"plan": plan, "form": form})


@login_required
def set_quota(request: HttpRequest, pk: int) -> HttpResponse:
    user = _planner(request)
    member = get_object_or_404(PlanMember.objects.select_related("plan", "salesperson"), pk=pk)
    if not rules.may_set_pay(user.roles, user_id=user.pk, salesperson_id=member.salesperson_id):
        raise PermissionDenied("Nobody sets their own pay. Ask a colleague.")
    form = QuotaForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("target_bonus", "eligible_from", "eligible_until")}
        try:
            actions.set_quota(member, **days, quotas=form.quotas, acting_user=user, at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"The pay of {member.salesperson} is set.")
            return redirect("plan", member.plan_id)
    return render(request, "compensation/set_quota.html", {"member": member, "form": form})


def _planner(request: HttpRequest) -> User:
    user = person(request)
    if not rules.may_plan(user.roles):
        raise PermissionDenied
    return user


def _planner_or_executive(request: HttpRequest) -> User:
    user = person(request)
    if not rules.may_see_plans(user.roles):
        raise PermissionDenied
    return user
