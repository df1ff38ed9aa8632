"""Handing over a whole book of customers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import Role, User
from accounts.views import person
from customers.actions import share_out_book
from customers.queries.book import book_of, possible_givers, tag_names
from customers.rules.book import allot, groups, mark_of
from desk.forms import BookForm
from desk.forms.book import MOST_SHARES
from desk.queries.book import moving
from firm.queries import the_firm
from firm.templatetags.words import day_words

PAGE = "desk/hand_over_book.html"


@login_required
def hand_over_book(request: HttpRequest) -> HttpResponse:
    """Choose whose book, share it out, look at what moves, hand it over. Only the last step is a POST."""
    user = person(request)
    if not user.has_role(Role.MANAGER, Role.ADMINISTRATOR):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else request.GET
    givers = possible_givers(user).order_by("name", "pk")
    if not data.get("from", "").isdecimal():
        return render(request, PAGE, {"givers": givers})
    giver = givers.filter(pk=int(data["from"][:18])).first()
    if giver is None:
        messages.warning(request, "They own no customers you could hand over, or none any more. Nothing was done.")
        return redirect("hand_over_book")
    form = _form(data, user, giver, is_sent=request.method == "POST" or "look" in data)
    is_ready = request.method == "POST" and form.is_valid() and _typed(form, data.get("typed", ""), giver)
    if is_ready and (counts := _hand_over(form, giver, user, data.get("seen", ""))):
        return _done(request, giver, form, counts)
    return render(request, PAGE, {"givers": givers, "giver": giver, **_shown(form, giver)})


def _form(data: QueryDict, user: User, giver: User, *, is_sent: bool) -> BookForm:
    """The form with as many rows as asked for, and the groups of today's book."""
    asked = data.get("rows", "")
    rows = min(max(int(asked), 1), MOST_SHARES) if asked.isdecimal() and len(asked) < 3 else 1
    today = the_firm().today(timezone.now())
    book = book_of(giver, today)
    given = {"since": today} | {name: value for name, value in data.items() if value}
    return BookForm(
        data if is_sent else None,
        giver=giver,
        user=user,
        groups=groups(book, tag_names(book)),
        rows=rows,
        today=today,
        initial=given,
    )


def _typed(form: BookForm, typed: str, giver: User) -> bool:
    """The typed confirmation: the giver's first name."""
    if typed.strip().casefold() == first_name(giver).casefold():
        return True
    form.add_error(None, f"Type {first_name(giver)} to hand the book over.")
    return False


def first_name(person: User) -> str:
    return person.name.split()[0] if person.name.split() else person.email


def _hand_over(form: BookForm, giver: User, user: User, seen: str) -> list[int]:
    """How many went to each; none, and the reason in the form, when it was refused."""
    try:
        return share_out_book(
            from_user=giver,
            shares=form.shares(),
            since=form.cleaned_data["since"],
            reason=form.cleaned_data["reason"],
            seen=seen,
            acting_user=user,
            at=timezone.now(),
        )
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return []


def _done(request: HttpRequest, giver: User, form: BookForm, counts: list[int]) -> HttpResponse:
    shares = ", ".join(f"{count} to {person}" for count, person in zip(counts, form.people(), strict=True))
    since = day_words(form.cleaned_data["since"])
    messages.success(request, f"{giver}’s customers are handed over, from {since} on: {shares}.")
    return redirect("hand_over_book")


def _shown(form: BookForm, giver: User) -> dict[str, Any]:
    """The form, and once it is filled in what would move and what would stay."""
    if not form.is_bound or any(name in form.errors for name in form.fields):
        return {"form": form}
    since = form.cleaned_data["since"]
    book = book_of(giver, since)
    given, left = allot(book, form.shares())
    *parts, staying = moving([*zip(form.people(), given, strict=True), (None, left)])
    shown = {"form": form, "moving": parts, "staying": staying, "seen": mark_of(book), "first_name": first_name(giver)}
    return shown | {"is_later": since > form.today, "total": sum(part.customers for part in parts)}
