"""What is done to many customers at once."""

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.views import person
from customers.models import Customer
from desk import actions
from desk.actions.bulk import AT_ONCE, MOST
from desk.forms import BookFilter, HandOverManyForm, PickedTagForm
from desk.models import BulkChange

SHOWN = 200


def picked(request: HttpRequest) -> list[int]:
    """The customers ticked, or all that match the list's filters (one more than may be, so that too many shows)."""
    if request.POST.get("everybody"):
        chosen = BookFilter(QueryDict(request.POST.get("query", "")[:2000]), user=person(request))
        return list(chosen.qs.order_by("name", "pk").values_list("pk", flat=True)[: MOST + 1])
    return [int(pk) for pk in request.POST.getlist("customer")[: MOST + 1] if pk.isdecimal() and len(pk) < 19]


def back(request: HttpRequest) -> HttpResponse:
    """To the list as it was."""
    query = QueryDict(request.POST.get("query", "")[:2000]).urlencode()
    return redirect(f"{reverse('customers')}?{query or 'all=1'}")


@login_required
@require_POST
def tag_customers(request: HttpRequest) -> HttpResponse:
    """A tag for everybody picked."""
    return _tag(request, BulkChange.Verb.TAG)


@login_required
@require_POST
def untag_customers(request: HttpRequest) -> HttpResponse:
    """A tag less for everybody picked."""
    return _tag(request, BulkChange.Verb.UNTAG)


def _tag(request: HttpRequest, verb: BulkChange.Verb) -> HttpResponse:
    user, at = person(request), timezone.now()
    if not user.has_role(Role.SALESPERSON, Role.MANAGER, Role.ADMINISTRATOR):
        raise PermissionDenied
    form = PickedTagForm(request.POST, must_exist=verb == BulkChange.Verb.UNTAG)
    try:
        if not form.is_valid():
            raise ValidationError(form.errors["tag"][0])
        change = actions.change_customers(verb, picked(request), tag=form.tag(), acting_user=user, at=at)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return back(request)
    return _begun(request, change)


def _begun(request: HttpRequest, change: BulkChange) -> HttpResponse:
    """A few are changed here and now; for many, the page that shows how far it is."""
    if len(change.ids) > AT_ONCE:
        return redirect("bulk_change", change.pk)
    change = actions.work_off(change, at=timezone.now())
    if change.refused:
        return redirect("bulk_change", change.pk)
    undo = "" if change.verb == BulkChange.Verb.HAND_OVER else f"undo:{reverse('undo_bulk_change', args=[change.pk])}"
    messages.success(request, result_words(change), extra_tags=undo if change.changed else "")
    return back(request)


def result_words(change: BulkChange) -> str:
    """“12 customers are tagged wholesale; 3 were already.”"""
    done, same = len(change.changed), change.job.done - len(change.changed) - len(change.refused)
    what = {
        BulkChange.Verb.TAG: f"tagged {change.tag}",
        BulkChange.Verb.UNTAG: f"no longer tagged {change.tag}",
        BulkChange.Verb.HAND_OVER: f"handed over to {change.to}",
    }[BulkChange.Verb(change.verb)]
    words = f"{done:,} customer{' is' if done == 1 else 's are'} {what}"
    return f"{words}; for {same:,} nothing had to change." if same else f"{words}."


@login_required
@require_POST
def hand_over_customers(request: HttpRequest) -> HttpResponse:
    """Another owner for everybody picked: first who and why, with the number typed, then the deed."""
    user, at = person(request), timezone.now()
    if not user.has_role(Role.MANAGER, Role.ADMINISTRATOR):
        raise PermissionDenied
    ids = picked(request)
    if not ids or len(ids) > MOST:
        messages.error(request, "Nobody is picked." if not ids else f"Narrow the list to {MOST:,} customers first.")
        return back(request)
    is_sent = "to" in request.POST
    form = HandOverManyForm(
        request.POST if is_sent else None, user=user, count=len(ids), initial={"since": timezone.localdate()}
    )
    if is_sent and form.is_valid():
        return _begun(
            request, actions.change_customers(BulkChange.Verb.HAND_OVER, ids, **form.deed, acting_user=user, at=at)
        )
    shown = {"form": form, "ids": ids, "query": request.POST.get("query", "")[:2000]}
    some = Customer.objects.present().filter(pk__in=ids[:10]).order_by("name")
    return render(request, "desk/hand_over_customers.html", shown | {"some": some, "rest": max(0, len(ids) - 10)})


@login_required
def bulk_change(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a change is, how it went, and whom it could not change; for whoever made it."""
    own = BulkChange.objects.filter(made_by=person(request)).select_related("job", "tag", "to")
    change = get_object_or_404(own, pk=pk)
    shown = {"change": change, "job": change.job, "words": result_words(change)}
    if request.headers.get("HX-Request") and change.job.ended_at is None:
        return render(request, "desk/bulk_change.html#progress", shown)
    names = Customer.objects.visible_to(person(request)).in_bulk([pk for pk, _ in change.refused[:SHOWN]])
    refused = [(names.get(pk), reason) for pk, reason in change.refused[:SHOWN]]
    reasons = Counter(reason for _, reason in change.refused).most_common()
    response = render(request, "desk/bulk_change.html", shown | {"refused": refused, "reasons": reasons})
    if request.headers.get("HX-Request"):
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def undo_bulk_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a tag back from those it was given to, or give it back."""
    change = get_object_or_404(BulkChange, pk=pk, made_by=person(request))
    try:
        count = actions.undo_change(change, at=timezone.now())
        messages.success(request, f"Undone for {count:,} customer{'' if count == 1 else 's'}.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(f"{reverse('customers')}?all=1")
