"""The firm's choices about report cards, and who made them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import Role
from accounts.views import only, person
from report_cards import actions
from report_cards.forms.policy import PolicyForm
from report_cards.queries.policy import policy_history, the_policy

SEEN_BY = (Role.MANAGER, Role.EXECUTIVE, Role.COMPENSATION, Role.ADMINISTRATOR)


@login_required
def policy(request: HttpRequest) -> HttpResponse:
    """What holds now, and every change with its maker."""
    user = person(request)
    only(user.has_role(*SEEN_BY))
    context = {"policy": the_policy(), "changes": policy_history(), "may_change": user.has_role(Role.EXECUTIVE)}
    return render(request, "report_cards/policy.html", context)


@login_required
def change_policy(request: HttpRequest) -> HttpResponse:
    """Other choices, from the next draw on."""
    user = person(request)
    only(user.has_role(Role.EXECUTIVE))
    form = PolicyForm(request.POST or None, instance=the_policy())
    if request.method == "POST" and form.is_valid():
        actions.change_policy(**form.told, acting_user=user, at=timezone.now())
        messages.success(request, "Saved. It holds from now on, for the next draw.")
        return redirect("policy")
    return render(request, "report_cards/change_policy.html", {"form": form})
