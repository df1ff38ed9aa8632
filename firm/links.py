"""What every page behind a customer's link has in common: who may open it, its headers, its language.

The link itself is the permission: there is no session and no cookie, so there is nothing a forged request could ride
on, and CSRF protection is off on purpose. The pages load one small stylesheet, one small module at most and no font.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt

from firm.demo import customer_pass, is_customer_pass
from firm.languages import LANGUAGES, speaking, spoken

POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    # The empty icon, without which browsers ask for one.
    "img-src": ["data:"],
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


class Asked(Protocol):
    """What a link opens: it speaks a language."""

    @property
    def language(self) -> str: ...


type Page[One] = Callable[[HttpRequest, str, One], HttpResponse]


def behind_link[One: Asked](find: Callable[[str], One | None]) -> Callable[[Page[One]], Callable[..., HttpResponse]]:
    """Give a view what ``find`` knows the link's token by; refuse unknown links and the firm's own people."""

    def decorate(view: Page[One]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @csp_override(POLICY)
        @wraps(view)
        def wrapped(request: HttpRequest, token: str) -> HttpResponse:
            asked = find(token)
            with speaking(language_of(request, asked)):
                if request.user.is_authenticated and not is_customer_pass(request):
                    response = page("firm/link/refused.html", status=403)
                elif asked is None:
                    response = page("firm/link/unknown.html", status=404)
                else:
                    response = view(request, token, asked)
                for name, value in {**HEADERS, "Content-Language": spoken()}.items():
                    response.headers[name] = value
            return response

        return wrapped

    return decorate


def language_of(request: HttpRequest, asked: Asked | None) -> str:
    """The language chosen on the page, else that of who was asked, else the browser's first."""
    if chosen := chosen_language(request):
        return chosen
    if asked is not None:
        return asked.language
    return translation.get_language_from_request(request)[:2]


def chosen_language(request: HttpRequest) -> str:
    """The language a link on the page asked for; it is kept in the address and nowhere else."""
    chosen = request.GET.get("language", "")
    return chosen if chosen in LANGUAGES else ""


def page(template: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """A page of its own, without the shell: no request in it, so no session and no cookie can start."""
    return HttpResponse(render_to_string(template, context), status=status)


def link(request: HttpRequest, name: str, token: str, **more: str) -> str:
    """Path of a customer's page, in the language chosen; in a demo the pass of a staff browser goes along."""
    path = reverse(name, args=[token])
    if chosen := chosen_language(request):
        more = {"language": chosen, **more}
    if is_customer_pass(request):
        path = customer_pass(path)
    return f"{path}{'&' if '?' in path else '?'}{urlencode(more)}" if more else path


# A button of this name sends what is typed so far to be shown in another language; nothing of it is recorded.
SPEAK = "speak"


def switches(
    request: HttpRequest, token: str, kept: Mapping[str, str] | None = None, *, in_form: bool = False
) -> list[dict[str, str]]:
    """The same page in the other languages: by a button of its form (``in_form``), which brings along what is typed.

    Else by a link; then not while a form is being sent, because what was typed would be lost.
    """
    if (request.method == "POST" and not in_form) or request.resolver_match is None:
        return []
    here = str(request.resolver_match.url_name)
    return [
        {"code": code, "name": LANGUAGES[code], "url": link(request, here, token, **{**(kept or {}), "language": code})}
        for code in sorted(LANGUAGES.keys() - {spoken()})
    ]
