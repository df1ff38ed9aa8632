"""Adjustments: what locked runs got wrong, decided by another than who proposed it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views import only, person
from compensation import actions, rules
from compensation.models import Adjustment, Run
from compensation.models.runs import AdjustmentQuerySet
from compensation.views.runs import reader

PAGE = 50
SORTS = {"": ("-made_at", "-pk"), "name": ("member__salesperson__name", "pk"), "amount": ("amount", "pk")}
STATES = (
    ("waiting", "wait for a decision"),
    ("approved", "carried forward"),
    ("settled", "settled"),
    ("refused", "refused"),
)


@login_required
def adjustments(request: HttpRequest) -> HttpResponse:
    """Those that wait first; searched, narrowed, sorted."""
    user, wanted = reader(request), _wanted(request)
    some = _narrowed(wanted).order_by(*SORTS.get(wanted["sort"], SORTS[""]))
    parts = ("member__salesperson__team", "year__plan", "made_by", "approved_by", "refused_by", "settled_in__plan")
    page = Paginator(some.select_related(*parts).defer("inputs"), PAGE).get_page(request.GET.get("page"))
    sums = some.order_by().values("year__plan__currency").annotate(sum=Sum("amount"), count=Count("id"))
    decidable = some.decidable_by(user) if wanted["state"] == "waiting" else some.none()
    context = {
        "page": page,
        "wanted": wanted,
        "states": STATES,
        "sums": sums,
        "decidable": set(decidable.filter(pk__in=[one.pk for one in page]).values_list("pk", flat=True)),
        "all_decidable": decidable.count(),
    }
    return render(request, "compensation/adjustments.html", context)


@login_required
@require_POST
def approve_adjustments(request: HttpRequest) -> HttpResponse:
    """Those ticked, or all that the list shows."""
    user = reader(request)
    done = actions.approve_adjustments(_ticked(request, user), acting_user=user, at=timezone.now())
    return _told(request, done, "approved. They are settled in the next run")


@login_required
@require_POST
def refuse_adjustments(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    done = actions.refuse_adjustments(_ticked(request, user), acting_user=user, at=timezone.now())
    return _told(request, done, "refused")


@login_required
@require_POST
def look_for_late_facts(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    only(rules.may_run(user.roles))
    run = get_object_or_404(Run, pk=pk)
    try:
        actions.look_for_late_facts(run, acting_user=user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Everybody’s facts are read anew. You are told what came late.")
    return redirect("run", run.pk)


def _wanted(request: HttpRequest) -> dict[str, str]:
    """The filters of the address, or of the form that was sent."""
    given = request.POST if request.method == "POST" else request.GET
    wanted = {name: given.get(name, "").strip()[:100] for name in ("q", "year", "state", "sort")}
    wanted["state"] = wanted["state"] if wanted["state"] in dict(STATES) else "waiting"
    return wanted


def _narrowed(wanted: dict[str, str]) -> AdjustmentQuerySet:
    every = Adjustment.objects.all()
    some = {
        "waiting": every.waiting(),
        "approved": every.unsettled(),
        "settled": every.filter(settled_in__isnull=False),
        "refused": every.filter(refused_at__isnull=False),
    }[wanted["state"]]
    if wanted["year"].isdecimal():
        some = some.filter(year=int(wanted["year"][:18]))
    if wanted["q"]:
        name = Q(member__salesperson__name__icontains=wanted["q"])
        some = some.filter(name | Q(member__salesperson__team__name__icontains=wanted["q"]))
    return some


def _ticked(request: HttpRequest, user: User) -> list[int]:
    if request.POST.get("all"):
        return list(_narrowed(_wanted(request)).decidable_by(user).values_list("pk", flat=True))
    return [int(one) for one in request.POST.getlist("one") if one.isdecimal() and len(one) < 19]


def _told(request: HttpRequest, done: int, words: str) -> HttpResponse:
    if done:
        messages.success(request, f"{done:,} adjustment{'s' * (done != 1)} {words}.")
    else:
        messages.error(request, "Nothing was decided. Tick some that you neither made nor are paid by.")
    return redirect("adjustments")
