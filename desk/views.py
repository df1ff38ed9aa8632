"""Pages that span the apps."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views import administrators_only
from customers.models import Customer
from desk import actions
from desk.context import THEMES
from desk.forms import DeactivatePersonForm
from desk.places import READERS
from desk.queries.dossier import beside_the_manual, customers_of
from desk.queries.home import parts_of
from desk.queries.search import find
from desk.rules import CALM, CALM_AND_CURIOUS, headline
from firm.demo import is_demo_request
from secrets_manual.actions import note_reads
from secrets_manual.queries import manual_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
YEAR = 365 * 24 * 3600


def acting(request: HttpRequest) -> User:
    """The signed-in person, for the type checker; views below ``login_required`` only."""
    return cast(User, request.user)


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person."""
    parts = parts_of(acting(request), timezone.now())
    calm = CALM_AND_CURIOUS if acting(request).has_role(*READERS) else CALM
    waiting = [thing for part in parts for thing in part.waiting]
    return render(request, "desk/home.html", {"parts": parts, "headline": headline(waiting, calm=calm)})


@login_required
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier of one customer. What it shows of the manual is noted as read."""
    user, at = acting(request), timezone.now()
    customer = get_object_or_404(customers_of(user), pk=pk)
    manual = manual_of(customer, user, at)
    chosen = request.GET.get("category", "")
    shown = [secret for secret in manual.secrets if chosen in ("", secret.category.key)]
    note_reads(shown, user=user, why="customer page", at=at)
    page = {"manual": manual, "secrets": shown, "chosen": chosen, **beside_the_manual(customer, user, at)}
    return render(request, "desk/customer.html", page)


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Customers, people and pages by any part of their names."""
    text = request.GET.get("q", "").strip()
    groups = find(acting(request), text, timezone.now())
    page = "desk/search.html#found" if request.headers.get("HX-Request") else "desk/search.html"
    return render(request, page, {"search_text": text, "groups": groups})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the person's choice of light or dark; nothing chosen follows the system."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = redirect(target)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_POST
def become(request: HttpRequest, pk: int) -> HttpResponse:
    """Be somebody else, in a demo and on this machine only."""
    if not is_demo_request(request):
        raise Http404
    user = get_object_or_404(User.objects.active(), pk=pk)
    login(request, user, backend=BACKEND)
    return redirect("home")


@administrators_only
def deactivate_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Out on the next request; their customers are handed over in the same step."""
    user = get_object_or_404(User.objects.active(), pk=pk)
    form = DeactivatePersonForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            count = actions.deactivate_person(user, successor=successor, acting_user=acting(request), at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            handed = f" {successor.name} now owns their {count} customers." if successor and count else ""
            messages.success(request, f"{user.name} is out.{handed}")
            return redirect("people")
    owned = Customer.objects.present().filter(owner=user).count()
    return render(request, "desk/deactivate_person.html", {"form": form, "person": user, "owned": owned})
