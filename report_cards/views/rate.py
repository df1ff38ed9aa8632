"""The customer's side of the link: rate, thanks, not you, no more mail.

The link itself is the permission: there is no session and no cookie, so there is nothing a forged request could ride
on, and CSRF protection is off on purpose. GET and HEAD record nothing, because mail scanners open every link. These
pages load one small stylesheet, no font and no script.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from firm.demo import customer_pass, is_customer_pass
from report_cards import actions
from report_cards.forms import RatingForm
from report_cards.models import Invitation

POLICY = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}


def customer_page(view: Callable[[HttpRequest, str, Invitation], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give ``view`` the invitation a link opens; refuse unknown links and the firm's own people."""

    @csrf_exempt
    @csp_override(POLICY)
    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        invitation = actions.find_invitation(token)
        if request.user.is_authenticated and not is_customer_pass(request):
            response = page("refused", status=403)
        elif invitation is None:
            response = page("unknown", status=404)
        else:
            response = view(request, token, invitation)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return wrapped


def page(name: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """A page of its own, without the shell: no request in it, so no session and no cookie can start."""
    return HttpResponse(render_to_string(f"report_cards/rate/{name}.html", context), status=status)


def link(request: HttpRequest, name: str, token: str) -> str:
    """Path of a customer's page; in a demo the pass of a staff browser goes along."""
    path = reverse(name, args=[token])
    return customer_pass(path) if is_customer_pass(request) else path


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def rate(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """The rating page. A click in the mail preselects (GET); only Send (POST) records."""
    at = timezone.now()
    if not invitation.round.takes_answers(at):
        return page("closed", facts(request, token, invitation), status=410)
    if request.method != "POST":
        form = RatingForm(invitation, chosen=preselected(request))
        return page("rate", {**facts(request, token, invitation), "form": form})
    form = RatingForm(invitation, request.POST)
    if not form.is_valid():
        return page("rate", {**facts(request, token, invitation), "form": form}, status=422)
    try:
        actions.record_response(invitation, form.rating(), at=at)
    except actions.Refused:
        return page("closed", facts(request, token, invitation), status=410)
    return HttpResponseRedirect(link(request, "rated", token))


def preselected(request: HttpRequest) -> dict[str, str]:
    """The words a click in the mail chose; nothing else can be filled in by a link."""
    return {name: str(value) for name, value in request.GET.items() if name.startswith("word-")}


@require_safe
@customer_page
def rated(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """Thanks, what happens with the answer, and the way back to change it."""
    if getattr(invitation, "response", None) is None:
        return HttpResponseRedirect(link(request, "rate", token))
    return page("rated", facts(request, token, invitation))


@require_safe
@customer_page
def not_you(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """For whoever got somebody else's link."""
    return page("not_you", facts(request, token, invitation))


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def unsubscribe(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """Ask before (GET), do (POST); mail programs POST here with one click (RFC 8058). Works after the round too."""
    if request.method == "POST":
        actions.unsubscribe(invitation)
    return page("unsubscribe", {**facts(request, token, invitation), "done": request.method == "POST"})


def facts(request: HttpRequest, token: str, invitation: Invitation) -> dict[str, Any]:
    """What every page behind the link shows, and where to go from here."""
    links = {name: link(request, name, token) for name in ("rate", "not_you", "unsubscribe")}
    return shown(invitation, links, at=timezone.now())


def shown(invitation: Invitation, links: dict[str, str], *, at: datetime) -> dict[str, Any]:
    """The frozen names, the month, and the way to each page; a preview shows an invented customer with its own."""
    return {
        **invitation.wording,
        "first_name": invitation.wording["salesperson"].split()[0],
        "month": invitation.round.month,
        "closes_at": invitation.round.closes_at,
        "is_open": invitation.round.takes_answers(at),
        "has_answered": getattr(invitation, "response", None) is not None,
        **{f"{name}_url": address for name, address in links.items()},
    }
