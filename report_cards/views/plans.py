"""Action plans: one's own, a team's, bare counts; one plan to write, answer, tick and end."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from accounts.queries import managers_above
from accounts.views import only, person
from report_cards import actions, queries
from report_cards.forms import AnswerPlanForm, OutcomeForm, PlanPage
from report_cards.models import ActionPlan, Behaviour, PlanStep, Round

PAGE = 25


@login_required
def action_plans(request: HttpRequest) -> HttpResponse:
    """One's own plans, open ones first, and the behaviours a plan might help."""
    user, at = person(request), timezone.now()
    only(user.has_role(Role.SALESPERSON))
    actions.tally_missing(at=at)
    mine = ActionPlan.objects.filter(salesperson=user)
    round_ = queries.newest_round()
    ended = mine.exclude(state__in=ActionPlan.OPEN).select_related("behaviour").order_by("-ended_at")
    context = {
        "rows": queries.plan_rows(mine.open(), at),
        "page": Paginator(ended, PAGE).get_page(request.GET.get("page")),
        "offers": queries.offers_of(round_, user) if round_ else [],
        "round": round_,
    }
    return render(request, "report_cards/action_plans.html", context)


@login_required
def team_action_plans(request: HttpRequest) -> HttpResponse:
    """The plans of a manager's people, whatever waits longest first."""
    user, at = person(request), timezone.now()
    only(user.has_role(Role.MANAGER))
    text, ended = request.GET.get("q", "").strip()[:100], request.GET.get("show") == "ended"
    plans = queries.plans_of_team(user, text=text, ended=ended)
    found: Any = plans.select_related("salesperson", "behaviour", "ended_by") if ended else queries.plan_rows(plans, at)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    late = 0 if ended else sum(bool(row.delays) for row in found)
    context = {"page": page, "text": text, "ended": ended, "late": late, "queue": queries.waiting_for_a_place(user)}
    return render(request, "report_cards/team_action_plans.html", context)


@login_required
def firm_action_plans(request: HttpRequest) -> HttpResponse:
    """How many plans there are in each team and how far they are: counts, never a word of a plan."""
    only(person(request).has_role(Role.EXECUTIVE))
    return render(request, "report_cards/firm_action_plans.html", {"teams": queries.plan_counts(timezone.now())})


@login_required
def action_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan with its meetings and the behaviour's results before and since."""
    plan = readable(request, pk)
    return render(request, "report_cards/action_plan.html", context_of(request, plan))


def readable(request: HttpRequest, pk: int) -> ActionPlan:
    """A plan the signed-in person may read, with its parts; 404 else."""
    visible = ActionPlan.objects.visible_to(person(request))
    return get_object_or_404(queries.with_parts(visible).select_related("round"), pk=pk)


def context_of(request: HttpRequest, plan: ActionPlan, form: AnswerPlanForm | None = None) -> dict[str, Any]:
    """What the plan's page shows and what the reader may do on it."""
    user, at = person(request), timezone.now()
    actions.tally_missing(at=at)
    above = managers_above(plan.salesperson)
    meetings = list(plan.meetings.select_related("manager").order_by("starts_at"))
    return {
        "plan": plan,
        "row": queries.plan_row(plan, at),
        "trend": queries.plan_trend(plan, meetings),
        "meetings": meetings,
        "form": form or AnswerPlanForm(initial={"seen": plan.written_at and plan.written_at.isoformat()}),
        "is_own": user.pk == plan.salesperson_id,
        "is_above": user.pk in above,
        "has_manager": bool(above),
        "may_tick": plan.is_open and user.pk == plan.salesperson_id,
        "may_end": actions.may_end(plan, user),
        "at": at,
        "today": timezone.localdate(at),
    }


@login_required
def add_action_plan(request: HttpRequest) -> HttpResponse:
    """A plan of one's own accord, about ``?behaviour=key`` of the newest results."""
    user, at = person(request), timezone.now()
    only(user.has_role(Role.SALESPERSON))
    round_, behaviour = _behaviour(request)
    page = PlanPage(request.POST or None, today=timezone.localdate(at))
    if request.method == "POST" and page.is_valid():
        try:
            plan = actions.add_action_plan(behaviour, page.written(), round_=round_, acting_user=user, at=at)
        except ValidationError as refused:
            page.plan.add_error(None, refused)
        else:
            messages.success(request, "Your plan is written. Your manager hears of it.")
            return redirect("action_plan", pk=plan.pk)
    context = {"page": page, "behaviour": behaviour, "round": round_}
    return render(request, "report_cards/add_action_plan.html", context)


def _behaviour(request: HttpRequest) -> tuple[Round, Behaviour]:
    round_ = queries.newest_round()
    if round_ is None:
        raise Http404
    return round_, get_object_or_404(round_.card.behaviours, key=request.GET.get("behaviour", ""))


@login_required
def write_action_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a plan that was called for, or write one anew."""
    plan, at = readable(request, pk), timezone.now()
    only(plan.salesperson_id == person(request).pk)
    if not plan.is_open:
        return redirect("action_plan", pk=pk)
    page = PlanPage(request.POST or None, today=timezone.localdate(at), plan=plan)
    if request.method == "POST" and page.is_valid():
        seen, user = page.plan.cleaned_data["seen"] or None, person(request)
        try:
            if told(
                request,
                lambda: actions.write_action_plan(plan, page.written(), acting_user=user, at=at, seen=seen),
            ):
                messages.success(request, "Written. It waits for your manager’s answer now.")
            return redirect("action_plan", pk=pk)
        except ValidationError as refused:
            plan.refresh_from_db()
            page.refuse(refused, plan)
    return render(request, "report_cards/write_action_plan.html", {"page": page, "plan": plan})


def told(request: HttpRequest, act: Callable[[], Any]) -> bool:
    """Whether the act went through; when somebody was faster, the person is told what became of it."""
    try:
        act()
    except actions.Meanwhile as reason:
        messages.warning(request, f"{reason} Nothing was changed.")
        return False
    return True


@login_required
@require_POST
def answer_action_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The manager's answer: agreed, or sent back with words."""
    plan, user, at = readable(request, pk), person(request), timezone.now()
    only(user.pk in managers_above(plan.salesperson))
    form = AnswerPlanForm(request.POST)
    if not form.is_valid():
        return render(request, "report_cards/action_plan.html", context_of(request, plan, form))
    given = form.cleaned_data
    if told(request, lambda: actions.answer_action_plan(plan, **given, acting_user=user, at=at)):
        messages.success(request, "Agreed. They are told." if given["agree"] else "Sent back with your words.")
    return redirect("action_plan", pk=pk)


@login_required
@require_POST
def tick_step(request: HttpRequest, pk: int) -> HttpResponse:
    """One step is done."""
    step = _own_step(request, pk)
    act = told(request, lambda: actions.tick_step(step, done=True, acting_user=person(request), at=timezone.now()))
    if act:
        undo = f"undo:{reverse('untick_step', args=[pk])}"
        messages.success(request, f"Done: {step.text}", extra_tags=undo)
    return redirect("action_plan", pk=step.plan_id)


@login_required
@require_POST
def untick_step(request: HttpRequest, pk: int) -> HttpResponse:
    """One step is not done after all."""
    step = _own_step(request, pk)
    told(request, lambda: actions.tick_step(step, done=False, acting_user=person(request), at=timezone.now()))
    return redirect("action_plan", pk=step.plan_id)


def _own_step(request: HttpRequest, pk: int) -> PlanStep:
    visible = ActionPlan.objects.visible_to(person(request))
    step = get_object_or_404(PlanStep.objects.select_related("plan").filter(plan__in=visible), pk=pk)
    only(step.plan.salesperson_id == person(request).pk)
    return step


@login_required
def finish_action_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan is done: what came of it."""
    return _ended(request, pk, actions.finish_action_plan, "report_cards/finish_action_plan.html")


@login_required
def drop_action_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan is given up: why."""
    return _ended(request, pk, actions.drop_action_plan, "report_cards/drop_action_plan.html")


def _ended(request: HttpRequest, pk: int, end: Callable[..., ActionPlan], template: str) -> HttpResponse:
    plan, user = readable(request, pk), person(request)
    only(_stands_to_end(plan, user))
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = form.cleaned_data["outcome"]
        try:
            if told(request, lambda: end(plan, outcome=outcome, acting_user=user, at=timezone.now())):
                messages.success(request, "The plan has ended. It stays here with its results.")
            return redirect("action_plan", pk=pk)
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {"plan": plan, "form": form, "trend": queries.plan_trend(plan, [])}
    context |= {"row": queries.plan_row(plan, timezone.now()), "lacks_meeting": actions.lacks_meeting(plan)}
    return render(request, template, context)


def _stands_to_end(plan: ActionPlan, user: User) -> bool:
    """Whether the person might end this plan while it is open; when it has ended meanwhile they are told instead."""
    above = managers_above(plan.salesperson)
    return user.pk in above or (user.pk == plan.salesperson_id and (not plan.is_required or not above))
