"""Today, search, and how the shell behaves."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from accounts.views import only, person
from compensation.queries import estimate_of
from desk.context import THEMES
from desk.places import READERS
from desk.queries.home import parts_of
from desk.queries.search import find
from desk.rules import CALM, CALM_AND_CURIOUS, headline
from firm.demo import is_demo_request

YEAR = 365 * 24 * 3600


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person."""
    parts = parts_of(person(request), timezone.now())
    calm = CALM_AND_CURIOUS if person(request).has_role(*READERS) else CALM
    waiting = [thing for part in parts for thing in part.waiting]
    return render(request, "desk/home.html", {"parts": parts, "headline": headline(waiting, calm=calm)})


@login_required
def home_bonus(request: HttpRequest) -> HttpResponse:
    """The bonus so far, which Today loads when the rest is there: of all it shows this takes longest to count."""
    user = person(request)
    only(user.has_role(Role.SALESPERSON))
    if "HX-Request" not in request.headers:
        return redirect("my_bonus")
    return render(request, "desk/bonus_so_far.html", {"estimate": estimate_of(user, timezone.now())})


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Customers, people and pages by any part of their names."""
    text = request.GET.get("q", "").strip()
    groups = find(person(request), text, timezone.now())
    page = "desk/search.html#found" if request.headers.get("HX-Request") else "desk/search.html"
    return render(request, page, {"search_text": text, "groups": groups})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the person's choice of light or dark; nothing chosen follows the system."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
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
    login(request, user)
    return redirect("home")
