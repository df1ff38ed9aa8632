"""Saved views of lists: each person's own."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views import only, person
from customers import actions, queries
from customers.forms import RenameViewForm, ViewForm
from customers.models import SavedView
from customers.rules import people

LONGEST = 2000


def own_view(request: HttpRequest, pk: int, *, removed: bool = False) -> SavedView:
    """A view of the person's own; 404 for anybody else's. ``removed`` reaches the removed."""
    own = SavedView.objects.filter(user=person(request))
    return get_object_or_404(own if removed else own.filter(removed_at=None), pk=pk)


@login_required
def saved_views(request: HttpRequest) -> HttpResponse:
    """The person's views, to rename, remove, and open by themselves."""
    only(people.may_list(person(request).roles))
    views = queries.saved_views(person(request), "customers")
    return render(request, "customers/saved_views.html", {"views": views})


@login_required
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep what the list shows under a name."""
    user = person(request)
    only(people.may_list(user.roles))
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
        return _list_of(QueryDict(request.POST.get("query", "")[:LONGEST]).urlencode())
    try:
        view = actions.save_view(user=user, **form.cleaned_data)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("saved_views")
    query = form.cleaned_data["query"]
    if view.query == query:
        messages.success(request, f"“{view}” is kept with your views.")
    else:
        undo = f"{reverse('change_view_filters', args=[view.pk])}?{urlencode({'query': view.query})}"
        words = f"“{view}” shows this from now on, in place of what it showed before."
        messages.success(request, words, extra_tags=f"undo:{undo}")
    return _list_of(query)


def _list_of(query: str) -> HttpResponse:
    return redirect(f"{reverse('customers')}?{query or 'all=1'}")


@login_required
@require_POST
def change_view_filters(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a view show other filters, of the address: those it had before it was saved over."""
    view = own_view(request, pk)
    form = ViewForm({"name": view.name, "page": view.page, "query": request.GET.get("query", "")})
    if form.is_valid():
        actions.save_view(user=person(request), **form.cleaned_data)
        messages.success(request, f"“{view}” shows again what it showed before.")
    return redirect("saved_views")


@login_required
def rename_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for a view."""
    view = own_view(request, pk)
    form = RenameViewForm(request.POST or None, instance=view)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_view(view, name=form.cleaned_data["name"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"It is called “{form.cleaned_data['name']}” now.")
            return redirect("saved_views")
    return render(request, "customers/rename_view.html", {"form": form, "view": view})


@login_required
@require_POST
def open_view_first(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a view open when the list does; a second press lets it be."""
    view = own_view(request, pk)
    actions.open_by_default(view, is_default=not view.is_default)
    words = f"“{view}” opens with the list now." if not view.is_default else "The list opens with everybody again."
    messages.success(request, words, extra_tags=f"undo:{reverse('open_view_first', args=[view.pk])}")
    return redirect("saved_views")


@login_required
@require_POST
def remove_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Away with a view, until undone."""
    view = own_view(request, pk)
    actions.remove_view(view, at=timezone.now())
    undo = reverse("restore_view", args=[view.pk]) + ("?first=1" if view.is_default else "")
    messages.success(request, f"“{view}” is removed.", extra_tags=f"undo:{undo}")
    return redirect("saved_views")


@login_required
@require_POST
def restore_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    view = own_view(request, pk, removed=True)
    try:
        actions.restore_view(view)
        if "first" in request.GET:
            actions.open_by_default(view, is_default=True)
        messages.success(request, f"“{view}” is back.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("saved_views")
