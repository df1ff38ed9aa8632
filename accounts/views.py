"""The administrator's pages about people, roles and teams; joining; and one's own page."""

from functools import wraps
from typing import Any, Protocol, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import actions, queries
from accounts.forms import InvitePersonForm, JoinForm, MeForm, PersonForm, RolesForm, TeamForm, TokenForm
from accounts.models import Role, RoleChange, Team, User

PAGE = 30


class View(Protocol):
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def person(request: HttpRequest) -> User:
    """The signed-in person; below ``login_required`` only."""
    return cast(User, request.user)


def only(allowed: bool) -> None:
    """Forbidden unless allowed."""
    if not allowed:
        raise PermissionDenied


def administrators_only(view: View) -> View:
    """Signed in and an administrator, else the sign-in page or 403."""

    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not person(request).has_role(Role.ADMINISTRATOR):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast(View, checked)


@administrators_only
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works here."""
    wanted = {key: request.GET.get(key, "").strip() for key in ("q", "role", "team", "sort", "gone")}
    found = queries.people_list(
        text=wanted["q"], role=wanted["role"], team=wanted["team"], gone=bool(wanted["gone"]), sort=wanted["sort"]
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    waiting = RoleChange.objects.filter(state=RoleChange.State.WAITING).count()
    shown = {"page": page, "wanted": wanted, "roles": Role.choices, "teams": Team.objects.all(), "waiting": waiting}
    return render(request, "accounts/people.html", shown)


@administrators_only
def invite_person(request: HttpRequest) -> HttpResponse:
    """Make a place for somebody and mail them the link."""
    form = InvitePersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = actions.invite_person(**form.cleaned_data, acting_user=person(request), at=timezone.now())
        messages.success(request, f"{user.name} is invited: the link is on its way to {user.email}.")
        return redirect("change_person", user.pk)
    return render(request, "accounts/invite_person.html", {"form": form})


@administrators_only
@require_POST
def send_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Another link for somebody who has not joined yet, or lost their way."""
    user = get_object_or_404(User.objects.active(), pk=pk)
    actions.send_invite(user, acting_user=person(request), at=timezone.now())
    messages.success(request, f"A fresh link is on its way to {user.email}. The one before no longer works.")
    return redirect("change_person", pk)


@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password; the link is spent with it."""
    invite = actions.find_invite(token, at=timezone.now())
    if invite is None:
        return render(request, "accounts/join_spent.html", status=404)
    form = JoinForm(request.POST or None, user=invite.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.join(invite, **form.cleaned_data, at=timezone.now())
        except ValidationError:
            return render(request, "accounts/join_spent.html", status=404)
        messages.success(request, "Welcome. Sign in with your address and new password.")
        return redirect("account_login")
    return render(request, "accounts/join.html", {"form": form, "person": invite.user})


@administrators_only
def change_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, address, team; the roles have a form of their own."""
    user = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_person(user, **form.cleaned_data, acting_user=person(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{user.name} is changed.")
            return redirect("change_person", pk)
    shown = {
        "form": form,
        "person": User.objects.get(pk=pk),
        "roles_form": RolesForm(initial={"roles": user.roles}),
        "is_self": user.pk == request.user.pk,
        "changes": user.role_changes.select_related("asked_by", "decided_by")[:20],
        "has_joined": user.has_usable_password(),
    }
    return render(request, "accounts/change_person.html", shown)


@administrators_only
@require_POST
def change_roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Give and take roles; sensitive ones wait for a second administrator."""
    user = get_object_or_404(User.objects.active(), pk=pk)
    form = RolesForm(request.POST)
    if user.pk == request.user.pk or not form.is_valid():
        raise PermissionDenied
    try:
        waiting = actions.change_roles(
            user, roles=set(form.cleaned_data["roles"]), acting_user=person(request), at=timezone.now()
        )
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(
            request, "Asked: a second administrator has to agree." if waiting else "The roles are changed."
        )
    return redirect("change_person", pk)


@administrators_only
def role_changes(request: HttpRequest) -> HttpResponse:
    """What waits for a second administrator, and what was decided."""
    changes = RoleChange.objects.select_related("user", "asked_by", "decided_by")
    waiting = changes.filter(state=RoleChange.State.WAITING)
    past = Paginator(changes.exclude(state=RoleChange.State.WAITING), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/role_changes.html", {"waiting": waiting, "page": past})


@administrators_only
@require_POST
def agree_role_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The second administrator agrees."""
    return _decide(request, pk, agree=True)


@administrators_only
@require_POST
def refuse_role_change(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator refuses, or whoever asked takes it back."""
    return _decide(request, pk, agree=False)


def _decide(request: HttpRequest, pk: int, *, agree: bool) -> HttpResponse:
    change = get_object_or_404(RoleChange, pk=pk)
    try:
        actions.decide_role_change(change, agree=agree, acting_user=person(request), at=timezone.now())
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, "Agreed." if agree else "Refused.")
    return redirect("role_changes")


@administrators_only
@require_POST
def reactivate_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Back again, with the roles they had."""
    user = get_object_or_404(User, pk=pk, is_active=False)
    actions.reactivate_user(user, acting_user=person(request))
    messages.success(request, f"{user.name} can sign in again.")
    return redirect("change_person", pk)


@administrators_only
def teams(request: HttpRequest) -> HttpResponse:
    """The teams, who manages them, how many are in them."""
    return render(request, "accounts/teams.html", {"teams": queries.teams_with_sizes()})


@administrators_only
def add_team(request: HttpRequest) -> HttpResponse:
    """A new team."""
    return _save_team(request, Team())


@administrators_only
def change_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, manager or parent."""
    return _save_team(request, get_object_or_404(Team, pk=pk))


def _save_team(request: HttpRequest, team: Team) -> HttpResponse:
    form = TeamForm(request.POST or None, instance=team)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_team(form.instance, acting_user=person(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{form.instance.name} is saved.")
            return redirect("teams")
    return render(request, "accounts/team.html", {"form": form, "team": team})


@administrators_only
@require_POST
def remove_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Only an empty team goes."""
    team = get_object_or_404(Team, pk=pk)
    try:
        actions.remove_team(team, acting_user=person(request))
        messages.success(request, f"{team.name} is removed.")
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("teams")


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """One's own name and zone, and the way to password, second factor and sessions."""
    form = MeForm(request.POST or None, instance=User.objects.get(pk=person(request).pk))
    if request.method == "POST" and form.is_valid():
        actions.change_me(person(request), **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("me")
    return render(request, "accounts/me.html", {"form": form})


@never_cache
@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens for the API; a new one is shown once."""
    user, at, words = person(request), timezone.now(), ""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _, words = actions.make_token(**form.cleaned_data, acting_user=user, at=at)
        form = TokenForm()
    page = {"form": form, "words": words, "tokens": user.api_tokens.all()[:100], "at": at}
    return render(request, "accounts/tokens.html", page)


@login_required
@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a token back at once."""
    token = get_object_or_404(person(request).api_tokens, pk=pk)
    actions.revoke_token(token, acting_user=person(request), at=timezone.now())
    messages.success(request, f"The token of {token.name} opens nothing any more.")
    return redirect("tokens")
