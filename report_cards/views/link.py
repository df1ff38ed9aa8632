"""What every page behind a customer's link has in common: who may open it, its headers, its language, its facts.

The link itself is the permission: there is no session and no cookie, so there is nothing a forged request could ride
on, and CSRF protection is off on purpose. The pages load one small stylesheet, one small module and no font.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt

from firm.demo import customer_pass, is_customer_pass
from report_cards import actions
from report_cards.languages import LANGUAGES, speaking, spoken
from report_cards.models import Invitation

POLICY = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
LINKS = ("rate", "opened", "not_you", "unsubscribe", "ask_again")


def customer_page(view: Callable[[HttpRequest, str, Invitation], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give ``view`` the invitation a link opens; refuse unknown links and the firm's own people."""

    @csrf_exempt
    @csp_override(POLICY)
    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        invitation = actions.find_invitation(token)
        with speaking(language_of(request, invitation)):
            if request.user.is_authenticated and not is_customer_pass(request):
                response = page("refused", status=403)
            elif invitation is None:
                response = page("unknown", status=404)
            else:
                response = view(request, token, invitation)
            for name, value in {**HEADERS, "Content-Language": spoken()}.items():
                response.headers[name] = value
        return response

    return wrapped


def language_of(request: HttpRequest, invitation: Invitation | None) -> str:
    """The language chosen on the page, else the invitation's, else the browser's first."""
    if chosen := chosen_language(request):
        return chosen
    if invitation is not None:
        return invitation.language
    return translation.get_language_from_request(request)[:2]


def chosen_language(request: HttpRequest) -> str:
    """The language a link on the page asked for; it is kept in the address and nowhere else."""
    chosen = request.GET.get("language", "")
    return chosen if chosen in LANGUAGES else ""


def page(name: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """A page of its own, without the shell: no request in it, so no session and no cookie can start."""
    return HttpResponse(render_to_string(f"report_cards/rate/{name}.html", context), status=status)


def link(request: HttpRequest, name: str, token: str, **more: str) -> str:
    """Path of a customer's page, in the language chosen; in a demo the pass of a staff browser goes along."""
    path = reverse(name, args=[token])
    if chosen := chosen_language(request):
        more = {"language": chosen, **more}
    if is_customer_pass(request):
        path = customer_pass(path)
    return f"{path}{'&' if '?' in path else '?'}{urlencode(more)}" if more else path


def facts(request: HttpRequest, token: str, invitation: Invitation) -> dict[str, Any]:
    """What every page behind the link shows, and where to go from here."""
    links = {name: link(request, name, token) for name in LINKS}
    here = request.resolver_match.url_name if request.resolver_match else None
    # Not while a form is being sent: what was typed would be lost.
    others = LANGUAGES.keys() - {spoken()} if request.method != "POST" and here else set()
    kept = {name: value for name, value in preselected(request).items() if here == "rate"}
    switches = [
        {"code": code, "name": LANGUAGES[code], "url": link(request, str(here), token, **kept, language=code)}
        for code in sorted(others)
    ]
    all_the_same = link(request, "rate", token, again="1", **kept)
    return {
        **shown(invitation, links, at=timezone.now()),
        "switches": switches,
        "again_url": all_the_same,
    }


def preselected(request: HttpRequest) -> dict[str, str]:
    """The words a click in the mail chose; nothing else can be filled in by a link."""
    return {name: str(value) for name, value in request.GET.items() if name.startswith("word-")}


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
