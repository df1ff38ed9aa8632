"""Logging a secret: the page and the overlay, and what a phone needs to do it without a network."""

import hashlib
import json
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page

from accounts.models import User
from accounts.views import only, person
from customers.models import Customer
from customers.queries import customers_meant, last_customers, search_customers
from secrets_manual import actions, queries, rules
from secrets_manual.forms import LogSecretForm
from secrets_manual.models import Secret

PAGE = "secrets_manual/log_secret.html"
# What the page without a network is made of, besides itself.
OFFLINE_FILES = (
    "css/fonts.css",
    "css/dossier.css",
    "css/shell.css",
    "css/capture.css",
    "vendor/bootstrap/css/bootstrap.min.css",
    "icon.svg",
    "js/capture.js",
    "js/draft.js",
    "js/named.js",
    "js/offline.js",
    "js/outbox.js",
    "js/room.js",
    "js/waiting.js",
    "js/whose.js",
    "js/words.js",
)


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx, or our own script in its manner, asks for a piece of the page."""
    return bool(request.headers.get("HX-Request"))


@login_required
def log_secret(request: HttpRequest) -> HttpResponse:
    """One field first, about the customer one looks at, else the likeliest."""
    user = person(request)
    only(rules.may_log(user.roles))
    if request.POST.get("by", str(user.pk)) != str(user.pk):
        return HttpResponse("Somebody else is signed in here.", status=409)
    customer = _customer_of(request, user)
    form = LogSecretForm(request.POST or None, customer=customer, user=user, initial=_asked(request))
    if request.method == "POST" and customer and form.is_valid():
        secret = _record(request, form, customer)
        if secret:
            return _recorded(request, secret)
    if customer is None and not is_fragment(request):
        return _choose(request, user)
    context = {"form": form, "customer": customer, "lost": customer is None and request.method == "POST"}
    response = render(request, f"{PAGE}#about" if is_fragment(request) else PAGE, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _asked(request: HttpRequest) -> dict[str, str]:
    return {"question": request.GET.get("question", "")[:200], "category": request.GET.get("category", "")}


def _customer_of(request: HttpRequest, user: User) -> Customer | None:
    """The one named, or 404 when the person may not see them; else a guess, unless they want to choose."""
    key = request.POST.get("customer") or request.GET.get("customer", "")
    if key.isdecimal():
        return get_object_or_404(Customer.objects.visible_to(user), pk=int(key[:18]))
    wants_to_choose = request.method == "POST" or "q" in request.GET
    return None if wants_to_choose else queries.guess_customer(user, at=timezone.now())


def _record(request: HttpRequest, form: LogSecretForm, customer: Customer) -> Secret | None:
    fields, key, user = form.secret_fields(), form.cleaned_data["capture_key"], person(request)
    try:
        return actions.log_secret(customer, **fields, capture_key=key, acting_user=user, at=timezone.now())
    except ValidationError as refused:
        form.add_error(None, refused)
        again = request.POST.copy()
        again["capture_key"] = str(uuid4())
        form.data = again
        return None


def _recorded(request: HttpRequest, secret: Secret) -> HttpResponse:
    """Say so, with undo: in a fragment where the person stays, else on the customer's page."""
    more = queries.celebration(secret, person(request)) or f"It is in {secret.customer.name}’s manual."
    words = f"Recorded under {secret.category}. {more}"
    messages.success(request, words, extra_tags=f"undo:{reverse('remove_secret', args=[secret.pk])}")
    to = reverse("customer", args=[secret.customer_id])
    if not is_fragment(request):
        return redirect(to)
    if request.POST.get("stay"):
        response = render(request, "components/messages.html")
    else:
        response = HttpResponse(status=204, headers={"HX-Redirect": to})
    response["HX-Trigger"] = json.dumps({"secret-recorded": {"secret": secret.pk, "customer": secret.customer_id}})
    return response


def _choose(request: HttpRequest, user: User) -> HttpResponse:
    """Choose the customer first; what was typed comes along."""
    text = request.GET.get("q", "")
    found = search_customers(user, text, 12) if text else []
    typed = request.POST.get("text", "")
    context = {"typed": typed, "q": text, "found": found, "recent": [] if text else last_customers(user)}
    return render(request, "secrets_manual/choose_customer.html", context)


@login_required
def whose_secret(request: HttpRequest) -> HttpResponse:
    """Customers by any part of what one types, for the overlay; before a letter those one was in touch with.

    With ``named`` those whose whole name stands in it, one when it leaves no doubt.
    """
    user = person(request)
    only(rules.may_log(user.roles))
    text, names = request.GET.get("whose", "").strip(), request.GET.get("named", "")
    if names:
        found = customers_meant(user, names[:160], whole=True)
    else:
        found = search_customers(user, text) if text else last_customers(user)
    return render(request, "secrets_manual/whose_secret.html", {"found": found, "text": text})


@gzip_page
@cache_control(public=True, max_age=3600)
def words(request: HttpRequest) -> HttpResponse:
    """The rules of words as data, the same for everybody: the page warns and proposes without sending anything."""
    return JsonResponse(rules.word_rules(), json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def _offline_page() -> str:
    """The page a phone keeps: made without a request, so that nothing of anybody can be on it."""
    return render_to_string("secrets_manual/log_offline.html")


@cache_control(no_cache=True)
def log_offline(request: HttpRequest) -> HttpResponse:
    """Log a secret without a network; the device fills in who and whom."""
    return HttpResponse(_offline_page())


@cache_control(no_cache=True)
def log_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, whose name for its store changes with what it stores."""
    files = [reverse("log_offline"), reverse("words"), *(static(name) for name in OFFLINE_FILES)]
    told = json.dumps([files, _offline_page(), rules.word_rules()]).encode()
    context = {"files": json.dumps(files), "offline": files[0], "version": hashlib.sha256(told).hexdigest()[:12]}
    script = render_to_string("secrets_manual/log_worker.js", context)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
