"""Categories, for the administrator, who reads no secrets: in use or not is all that is told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from accounts.views import only, person
from secrets_manual import actions, queries
from secrets_manual.forms import CategoryForm, RemoveCategoryForm
from secrets_manual.models import Category


def _administrator(request: HttpRequest) -> User:
    user = person(request)
    only(user.has_role(Role.ADMINISTRATOR))
    return user


@login_required
def categories(request: HttpRequest) -> HttpResponse:
    """Every kind of want, in the order of the manual."""
    _administrator(request)
    wanted = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "state")}
    found = queries.category_list(text=wanted["q"], state=wanted["state"])
    shown = {"categories": found, "wanted": wanted, "in_order": not wanted["q"] and not wanted["state"]}
    return render(request, "secrets_manual/categories.html", shown)


@login_required
def add_category(request: HttpRequest) -> HttpResponse:
    """One of the firm's own."""
    user = _administrator(request)
    form = CategoryForm(request.POST or None, initial={"kind": Category.Kind.PERSON})
    if request.method == "POST" and form.is_valid():
        added = actions.add_category(**form.cleaned_data, acting_user=user)
        messages.success(request, f"{added.name} is offered from now on. Give it a question or two.")
        return redirect(f"{reverse('add_question')}?category={added.key}")
    return render(request, "secrets_manual/add_category.html", {"form": form})


@login_required
def change_category(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename it, or make it quiet."""
    user, category = _administrator(request), get_object_or_404(Category, pk=pk)
    name = category.name
    form = CategoryForm(request.POST or None, instance=category)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_category(Category.objects.get(pk=pk), **form.cleaned_data, acting_user=user)
            messages.success(request, "Changed.")
            return redirect("categories")
        except ValidationError as refused:
            form.add_error(None, refused)
    return render(request, "secrets_manual/change_category.html", {"form": form, "name": name, "category": category})


@login_required
@require_POST
def switch_off_category(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer it no more; its secrets stay."""
    user, category = _administrator(request), get_object_or_404(Category, pk=pk)
    actions.switch_off_category(category, acting_user=user)
    undo = f"undo:{reverse('switch_on_category', args=[pk])}"
    messages.success(request, f"{category.name} is off: not offered, not asked for. Its secrets stay.", extra_tags=undo)
    return redirect("categories")


@login_required
@require_POST
def switch_on_category(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer it again."""
    user, category = _administrator(request), get_object_or_404(Category, pk=pk)
    actions.switch_on_category(category, acting_user=user)
    messages.success(request, f"{category.name} is offered again.")
    return redirect("categories")


@login_required
@require_POST
def move_category(request: HttpRequest, pk: int) -> HttpResponse:
    """A place up or down."""
    user, category = _administrator(request), get_object_or_404(Category, pk=pk)
    actions.move_category(category, up=request.POST.get("to") != "down", acting_user=user)
    return redirect("categories")


@login_required
def remove_category(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out one that was never used, after typing its name."""
    user, category = _administrator(request), get_object_or_404(Category, pk=pk)
    form = RemoveCategoryForm(request.POST or None, category=category)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_category(category, acting_user=user)
            messages.success(request, f"{category.name} is gone.")
            return redirect("categories")
        except ValidationError as refused:
            form.add_error(None, refused)
    shown = {"form": form, "category": category, "in_use": queries.is_in_use(category)}
    return render(request, "secrets_manual/remove_category.html", shown)
