"""Alerts on a device: the browsers that ring, and the worker that shows what they hear."""

import re

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.views import person
from recovery import actions
from recovery.forms.push import SubscriptionForm
from recovery.models import PushSubscription
from recovery.push import public_key


@login_required
@require_GET
def push(request: HttpRequest) -> HttpResponse:
    """One's browsers that ring; also a part of the page of notices."""
    key = public_key(settings.VAPID_PRIVATE_KEY) if settings.VAPID_PRIVATE_KEY else ""
    browsers = PushSubscription.objects.filter(user=person(request)).order_by("made_at", "id")
    part = "#browsers" if request.headers.get("HX-Request") else ""
    return render(request, f"recovery/push.html{part}", {"key": key, "browsers": browsers[:50]})


@login_required
@require_POST
def subscribe_push(request: HttpRequest) -> HttpResponse:
    """Let this browser ring."""
    form = SubscriptionForm(request.POST)
    if not form.is_valid() or not settings.VAPID_PRIVATE_KEY:
        return HttpResponse("This browser’s service for notices is not known here.", status=422)
    browser = browser_name(request.headers.get("User-Agent", ""))
    actions.subscribe_push(**form.cleaned_data, browser=browser, acting_user=person(request))
    messages.success(request, "This browser rings for you now, even while Rapport is closed.")
    return redirect("push")


@login_required
@require_POST
def unsubscribe_push(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a browser of one's own ring no more."""
    actions.unsubscribe_push(get_object_or_404(PushSubscription, pk=pk, user=person(request)))
    messages.success(request, "It rings no more.")
    return redirect("push")


@require_GET
def push_worker(request: HttpRequest) -> HttpResponse:
    """The browser's worker that shows an alert. It keeps no page and answers for none."""
    return render(request, "recovery/push_worker.js", content_type="text/javascript")


def browser_name(agent: str) -> str:
    """“Firefox on Android”, as far as the browser says."""
    names = ("Edg", "Firefox", "Chrome", "Safari")
    found = next((name for name in names if name in agent), "a browser")
    system = re.search(r"Android|iPhone|iPad|Windows|Mac OS X|Linux", agent)
    return f"{found.replace('Edg', 'Edge')} on {system[0] if system else 'another system'}"
