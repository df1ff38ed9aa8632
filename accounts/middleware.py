"""Staff see times in their own zone, else the firm's; whose session ended comes back to where they were."""

import zoneinfo
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from firm.models import Firm


def staff_zone(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Attach ``request.firm`` (None before set-up) and activate the reader's zone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        firm = Firm.objects.filter(pk=1).first()
        request.firm = firm  # type: ignore[attr-defined]
        zone = getattr(request.user, "zone", "") or (firm.zone if firm else "UTC")
        with timezone.override(zoneinfo.ZoneInfo(zone)):
            return get_response(request)

    return middleware


# What a page finds behind its address when it was left by a press that came after the session had ended.
TYPED = "#typed"


def lead_back(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """After a press in an ended session, sign-in leads to the page it was made on: what it was sent to has no page.

    ``typed.js`` puts what was typed back there.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        login = resolve_url(settings.LOGIN_URL)
        if request.method != "POST" or not response.headers.get("Location", "").startswith(f"{login}?next="):
            return response
        target = f"{login}?{urlencode({'next': _page_left(request) + TYPED})}"
        # Scripts of ours that send what they keep ask for fragments, too, and know what a redirection means.
        if "HX-Current-URL" in request.headers:
            return HttpResponse(status=204, headers={"HX-Redirect": target})
        response["Location"] = target
        return response

    return middleware


def _page_left(request: HttpRequest) -> str:
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(page)
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
