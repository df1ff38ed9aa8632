"""Visits, calls and mails: one line each, from a customer's page, from Today, or by a tapped telephone number."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views import only, person
from customers import actions, queries
from customers.forms import InteractionForm, LogLineForm
from customers.models import Customer, Interaction
from customers.rules import people
from customers.rules.days import looking_back
from customers.views.back import back
from customers.views.reach import contact_to_change, to_change

WHAT = {"visit": "a visit", "call": "a call", "mail": "a mail", "other": "a note"}


@login_required
def log_interaction(request: HttpRequest, pk: int) -> HttpResponse:
    """One line about a visit, call or mail with this customer."""
    customer = to_change(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = LogLineForm(posted, customer=customer, today=timezone.localdate())
    if posted is not None and form.is_valid():
        return _logged(request, customer, form, reverse("customer", args=[pk]))
    return render(request, "customers/log_interaction.html", {"form": form, "customer": customer, "in_view": pk})


@login_required
def log_line(request: HttpRequest) -> HttpResponse:
    """One line from anywhere; the customer is guessed from it, or chosen."""
    user = person(request)
    only(people.may_add(user.roles))
    posted = request.POST if request.method == "POST" else None
    meant = _whose(request.POST, user)
    form = LogLineForm(posted, customer=meant.customer, today=timezone.localdate())
    if posted is not None and form.is_valid():
        if meant.customer:
            only(queries.may_change(user, meant.customer))
            return _logged(request, meant.customer, form, reverse("home"))
        form.add_error("line", "Which customer was it? Choose below, or name them in the line.")
    return render(request, "customers/log_line.html", {"form": form, "meant": meant})


@login_required
def read_line(request: HttpRequest) -> HttpResponse:
    """What a line says so far, as fields to correct: a fragment."""
    user = person(request)
    only(people.may_add(user.roles))
    of = request.GET.get("of", "")
    meant = Meant(to_change(request, int(of[:18]))) if of.isdecimal() else _whose(request.GET, user)
    form = LogLineForm(request.GET, customer=meant.customer, today=timezone.localdate())
    return render(request, "components/log_chips.html", {"form": form, "meant": meant})


@dataclass(frozen=True)
class Meant:
    """The customer chosen, or meant beyond doubt; the one guessed; and those to choose from."""

    customer: Customer | None
    guess: Customer | None = None
    choices: list[Customer] = field(default_factory=list)


def _whose(data: QueryDict, user: User) -> Meant:
    found = queries.customers_meant(user, data.get("line", ""))
    guess = found[0] if len(found) == 1 else None
    chosen = data.get("customer", "")
    if chosen.isdecimal() and chosen != data.get("was_customer", ""):
        seen = Customer.objects.visible_to(user).select_related("owner__team")
        customer: Customer | None = get_object_or_404(seen, pk=int(chosen[:18]))
    else:
        customer = guess
    choices = [*([customer] if customer else []), *found, *queries.last_customers(user)]
    return Meant(customer, guess, list(dict.fromkeys(choices))[:12])


def _logged(request: HttpRequest, customer: Customer, form: LogLineForm, target: str) -> HttpResponse:
    done = actions.log_interaction(customer, **form.interaction(), acting_user=person(request), at=timezone.now())
    who = f" with {done.contact}" if done.contact else ""
    words = f"Logged {WHAT[done.kind]} {looking_back(done.on, form.today)}{who} at {customer}. What did you learn?"
    messages.success(request, words, extra_tags=f"undo:{reverse('remove_interaction', args=[done.pk])}")
    return redirect(target)


@login_required
def change_interaction(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what a line says."""
    interaction = _to_correct(request, pk)
    form = InteractionForm(request.POST or None, instance=interaction, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        actions.change_interaction(interaction, **form.cleaned_data, acting_user=person(request), at=timezone.now())
        messages.success(request, "Corrected.")
        return redirect("customer", interaction.customer_id)
    shown = {"form": form, "interaction": interaction, "customer": interaction.customer}
    return render(request, "customers/change_interaction.html", shown)


@login_required
@require_POST
def remove_interaction(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the timeline, until undone."""
    interaction = _to_correct(request, pk)
    actions.remove_interaction(interaction, acting_user=person(request), at=timezone.now())
    undo = reverse("restore_interaction", args=[pk])
    messages.success(request, "Taken out.", extra_tags=f"undo:{undo}")
    return back(request, "customer", interaction.customer_id)


@login_required
@require_POST
def restore_interaction(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    interaction = _to_correct(request, pk, removed=True)
    actions.restore_interaction(interaction, acting_user=person(request), at=timezone.now())
    messages.success(request, "It is back.")
    return back(request, "customer", interaction.customer_id)


@login_required
@require_POST
def note_call(request: HttpRequest, pk: int) -> HttpResponse:
    """A contact's telephone number was tapped."""
    contact = contact_to_change(request, pk)
    actions.note_call(contact, acting_user=person(request), at=timezone.now())
    return HttpResponse(status=204)


@login_required
@require_POST
def nothing_learned(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing new this time: Today stops asking."""
    interaction = _own(request, pk)
    actions.nothing_learned(interaction, acting_user=person(request), at=timezone.now())
    undo = reverse("ask_learned_again", args=[pk])
    messages.success(request, f"Nothing new from {interaction.customer}. Next time, then.", extra_tags=f"undo:{undo}")
    return back(request, "home")


@login_required
@require_POST
def ask_learned_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo “nothing new”."""
    interaction = _own(request, pk)
    actions.ask_learned_again(interaction, acting_user=person(request), at=timezone.now())
    return back(request, "home")


def _seen(request: HttpRequest, pk: int, *, removed: bool = False) -> Interaction:
    seen = Interaction.objects.visible_to(person(request)).select_related("customer__owner__team", "contact")
    return get_object_or_404(seen if removed else seen.present(), pk=pk)


def _to_correct(request: HttpRequest, pk: int, *, removed: bool = False) -> Interaction:
    """Whoever wrote the line, and the managers above the owner."""
    interaction, user = _seen(request, pk, removed=removed), person(request)
    is_line = people.in_line(queries.acting(user), queries.owner_of(interaction.customer))
    only(interaction.by_id == user.pk or is_line)
    return interaction


def _own(request: HttpRequest, pk: int) -> Interaction:
    interaction = _seen(request, pk)
    only(interaction.by_id == person(request).pk)
    return interaction
