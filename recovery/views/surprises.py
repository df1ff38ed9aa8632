"""The surprise of a case: taking a suggestion, and doing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from accounts.views import person
from recovery import actions, queries
from recovery.forms import SuggestionForm, SurpriseForm
from recovery.views.common import case_page, case_to_tick, keep_words
from secrets_manual.queries import usable_for


@login_required
@require_POST
def suggest_surprise(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a secret and a gesture that goes with it into the form; nothing is done or used yet."""
    found = case_to_tick(request, pk)
    keep_words(request, found)
    form = SuggestionForm({"suggestion": request.POST.get("suggestion")})
    chosen = f"?{urlencode(form.cleaned_data['suggestion'])}" if form.is_valid() else ""
    return redirect(f"{found.get_absolute_url()}{chosen}#surprise")


@login_required
@require_POST
def surprise_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Do it: the milestone is ticked, the secret counts as used, the cost is noted."""
    found, user, at = case_to_tick(request, pk), person(request), timezone.now()
    keep_words(request, found)
    usable = usable_for(found.customer, audience=queries.AUDIENCE, user=user, at=at)
    form = SurpriseForm(request.POST, usable=usable, at=at)
    if form.is_valid():
        try:
            actions.surprise_case(found, **form.cleaned_data, acting_user=user, at=at)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Surprised. Now say sorry.")
            return redirect(found)
    return case_page(request, found, surprise=form)
