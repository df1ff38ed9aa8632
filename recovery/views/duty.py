"""The ladder, the rota, and who is away."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import only, person
from recovery import actions, rules
from recovery.forms.duty import AbsenceForm, LadderForm, ShiftForm
from recovery.models import Shift
from recovery.queries.ladder import waits
from recovery.queries.rota import absences_seen_by, monday_of, rota_week

HEARERS = (Role.SERVICE, Role.SALESPERSON, Role.MANAGER, Role.EXECUTIVE, Role.ADMINISTRATOR)


@login_required
def ladder(request: HttpRequest) -> HttpResponse:
    """How long an alert waits on each rung."""
    user = person(request)
    only(user.has_role(*HEARERS))
    may = rules.may_set_duty(user.roles)
    only(may or request.method != "POST")
    form = LadderForm(request.POST or None, initial=waits())
    if form.is_valid():
        actions.change_ladder(form.cleaned_data, acting_user=user)
        messages.success(request, "Saved. It holds for every rung told from now on.")
        return redirect("ladder")
    shown = {"form": form, "may_change": may, "steps": list(waits().items())}
    return render(request, "recovery/ladder.html", shown, status=422 if form.is_bound else 200)


@login_required
def rota(request: HttpRequest) -> HttpResponse:
    """Who is on duty in a week, rung by rung."""
    only(person(request).has_role(*HEARERS))
    return _rota_page(request, ShiftForm())


@login_required
@require_POST
def add_shift(request: HttpRequest) -> HttpResponse:
    """Put somebody on duty."""
    only(rules.may_set_duty(person(request).roles))
    form = ShiftForm(request.POST)
    if form.is_valid():
        try:
            beside = actions.add_shift(**form.cleaned_data, acting_user=person(request))
        except ValidationError as refused:
            form.add_error("user", refused)
        else:
            also = f" At the same time: {', '.join(beside)}. All of them hear." if beside else ""
            messages.success(request, f"{form.cleaned_data['user'].name} is on duty.{also}")
            day = timezone.localdate(form.cleaned_data["starts_at"])
            return redirect(f"{reverse('rota')}?week={day}")
    return _rota_page(request, form)


def _rota_page(request: HttpRequest, form: ShiftForm) -> HttpResponse:
    monday = monday_of(request.GET.get("week", ""), timezone.localdate())
    shown = {
        "rungs": rota_week(monday, timezone.get_current_timezone()),
        "days": [monday + timedelta(days=day) for day in range(7)],
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "today": timezone.localdate(),
        "form": form,
        "may_change": rules.may_set_duty(person(request).roles),
    }
    return render(request, "recovery/rota.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_POST
def remove_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a shift out."""
    only(rules.may_set_duty(person(request).roles))
    shift = get_object_or_404(Shift.objects.select_related("user"), pk=pk)
    actions.remove_shift(shift, acting_user=person(request))
    messages.success(request, f"{shift.user.name} is not on duty then.")
    return redirect(f"{reverse('rota')}?week={timezone.localdate(shift.starts_at)}")


@login_required
def absences(request: HttpRequest) -> HttpResponse:
    """One's own absences, and those of whom one answers for."""
    user, at = person(request), timezone.now()
    form = AbsenceForm(request.POST or None, acting_user=user)
    if form.is_valid():
        absence = actions.add_absence(**form.cleaned_data, acting_user=user)
        hears = absence.stand_in.name if absence.stand_in else "the next rung"
        messages.success(request, f"Noted. Alerts of {absence.user.name} go to {hears} meanwhile.")
        return redirect("absences")
    shown = {"form": form, "absences": absences_seen_by(user, at)[:200], "at": at}
    return render(request, "recovery/absences.html", shown, status=422 if form.is_bound else 200)


@login_required
@require_POST
def remove_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """Back again, or staying after all."""
    user = person(request)
    absence = get_object_or_404(absences_seen_by(user, timezone.now()), pk=pk)
    actions.remove_absence(absence, acting_user=user)
    messages.success(request, f"{absence.user.name} hears alerts again.")
    return redirect("absences")
