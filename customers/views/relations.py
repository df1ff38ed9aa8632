"""How people know each other, across the customers whoever looks may see."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views import person
from customers import actions, queries
from customers.forms import KNOWN_AS, RelationForm
from customers.models import Contact, Relation
from customers.views.reach import contact_to_change

SALT = "customers.relation"


@login_required
def add_relation(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom a person knows, and how: colleagues to choose from at once, others by any part of their name."""
    contact, user = contact_to_change(request, pk), person(request)
    text = request.GET.get("q", "")
    if (chosen := request.POST.get("other", "")).isdecimal():
        get_object_or_404(queries.people_of(user), pk=chosen)
    form = RelationForm(request.POST or None, people=queries.acquaintances(contact, user, text, chosen))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_relation(contact, **form.cleaned_data, acting_user=user, at=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Noted. It may explain a lot one day.")
            return redirect("contact", contact.pk)
    shown = {"form": form, "contact": contact, "customer": contact.customer, "text": text, "known_as": KNOWN_AS}
    part = "#people" if request.headers.get("HX-Request") else ""
    return render(request, f"customers/add_relation.html{part}", shown)


@login_required
@require_POST
def remove_relation(request: HttpRequest, pk: int) -> HttpResponse:
    """Forgotten, until undone."""
    user = person(request)
    relation = get_object_or_404(queries.relations_seen(user), pk=pk)
    _only_for_either(user, relation)
    actions.remove_relation(relation, acting_user=user, at=timezone.now())
    mark = signing.dumps([relation.contact_id, relation.other_id, relation.kind], salt=SALT)
    undo = reverse("restore_relation", args=[mark])
    messages.success(request, f"“{relation}” is removed.", extra_tags=f"undo:{undo}")
    is_from_other = request.POST.get("from") == str(relation.other_id)
    return redirect("contact", relation.other_id if is_from_other else relation.contact_id)


@login_required
@require_POST
def restore_relation(request: HttpRequest, mark: str) -> HttpResponse:
    """Undo a removal: the mark says who was related to whom."""
    user = person(request)
    try:
        one, other, kind = signing.loads(mark, salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    relation = Relation(contact=_one(user, one), other=_one(user, other), kind=kind)
    _only_for_either(user, relation)
    try:
        actions.add_relation(relation.contact, other=relation.other, kind=kind, acting_user=user, at=timezone.now())
    except ValidationError as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"“{relation}” is back.")
    return redirect("contact", relation.contact_id)


def _one(user: User, pk: int) -> Contact:
    return get_object_or_404(queries.people_of(user).select_related("customer__owner"), pk=pk)


def _only_for_either(user: User, relation: Relation) -> None:
    """Whoever may change one of the two may say how they know each other."""
    if not any(queries.may_change(user, one.customer) for one in (relation.contact, relation.other)):
        raise PermissionDenied
