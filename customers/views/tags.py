"""Tags: on a customer, and the tags themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import only, person
from customers import actions, queries
from customers.forms import DeleteTagForm, MergeTagForm, TagForm
from customers.models import Tag
from customers.rules import people
from customers.views.reach import to_change


@login_required
@require_POST
def add_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """One more tag for a customer."""
    customer = to_change(request, pk)
    form = TagForm(request.POST)
    if form.is_valid():
        tag, is_new = actions.add_tag(customer, name=form.cleaned_data["name"])
        words = f"{customer} is tagged {tag}." if is_new else f"{customer} is tagged {tag} already."
        undo = f"undo:{reverse('remove_tag', args=[customer.pk, tag.pk])}" if is_new else ""
        messages.success(request, words, extra_tags=undo)
    else:
        messages.error(request, str(form.errors["name"][0]))
    return redirect("customer", customer.pk)


@login_required
@require_POST
def remove_tag(request: HttpRequest, pk: int, tag: int) -> HttpResponse:
    """One tag less for a customer."""
    customer = to_change(request, pk)
    gone = get_object_or_404(Tag, pk=tag)
    actions.remove_tag(customer, tag=gone)
    undo = reverse("restore_tag", args=[customer.pk, gone.pk])
    messages.success(request, f"{customer} is no longer tagged {gone}.", extra_tags=f"undo:{undo}")
    return redirect("customer", customer.pk)


@login_required
@require_POST
def restore_tag(request: HttpRequest, pk: int, tag: int) -> HttpResponse:
    """Undo the removal of a tag."""
    customer = to_change(request, pk)
    back = get_object_or_404(Tag, pk=tag)
    actions.add_tag(customer, name=back.name)
    messages.success(request, f"{customer} is tagged {back} again.")
    return redirect("customer", customer.pk)


@login_required
def tags(request: HttpRequest) -> HttpResponse:
    """Every tag, with how many customers have it."""
    user = person(request)
    only(people.may_list(user.roles))
    text = request.GET.get("q", "").strip()
    found = queries.tags_counted().filter(name__icontains=text) if text else queries.tags_counted()
    shown = {"tags": list(found[:500]), "text": text, "may_change": may_keep(request)}
    return render(request, "customers/tags.html", shown)


def may_keep(request: HttpRequest) -> bool:
    """Whether somebody may change the tags themselves, for everybody."""
    return person(request).has_role(Role.MANAGER, Role.ADMINISTRATOR)


def tag_to_keep(request: HttpRequest, pk: int) -> Tag:
    """A tag somebody may change: 403 for those who may not."""
    only(may_keep(request))
    return get_object_or_404(queries.tags_counted(), pk=pk)


@login_required
def rename_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, everywhere; here also the ways to merge and delete it."""
    tag = tag_to_keep(request, pk)
    before = tag.name
    form = TagForm(request.POST or None, initial={"name": before})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_tag(tag, name=form.cleaned_data["name"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{before} is called {tag} now.")
            return redirect("tags")
    shown = {"tag": tag, "form": form, "merging": MergeTagForm(tag=tag), "deleting": DeleteTagForm(tag=tag)}
    return render(request, "customers/rename_tag.html", shown)


@login_required
@require_POST
def merge_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Every customer of this tag gets another instead."""
    tag = tag_to_keep(request, pk)
    form = MergeTagForm(request.POST, tag=tag)
    if form.is_valid():
        try:
            count = actions.merge_tag(tag, into=form.cleaned_data["into"])
        except ValidationError as refusal:
            form.add_error("into", refusal.message_dict["into"][0])
        else:
            messages.success(request, f"{tag} is {form.cleaned_data['into']} now, on {count} customers.")
            return redirect("tags")
    shown = {"tag": tag, "form": TagForm(initial={"name": tag.name}), "deleting": DeleteTagForm(tag=tag)}
    return render(request, "customers/rename_tag.html", shown | {"merging": form})


@login_required
@require_POST
def delete_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Away with a tag, once its name is typed."""
    tag = tag_to_keep(request, pk)
    form = DeleteTagForm(request.POST, tag=tag)
    if form.is_valid():
        count = actions.delete_tag(tag)
        messages.success(request, f"{tag} is gone from {count} customers.")
        return redirect("tags")
    shown = {"tag": tag, "form": TagForm(initial={"name": tag.name}), "merging": MergeTagForm(tag=tag)}
    return render(request, "customers/rename_tag.html", shown | {"deleting": form})
