"""Pages of the secrets manual."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from customers.models import Customer
from customers.queries import search_customers
from secrets_manual import actions, queries, rules
from secrets_manual.forms import AskConfidentialForm, ChangeSecretForm, ConsentForm, LogSecretForm
from secrets_manual.models import Secret, SecretRead

PAGE = 25


def person(request: HttpRequest) -> User:
    """The signed-in person; below ``login_required`` only."""
    return cast(User, request.user)


def only(allowed: bool) -> None:
    """Forbidden unless allowed."""
    if not allowed:
        raise PermissionDenied


def secret_of(request: HttpRequest, pk: int) -> Secret:
    """A secret the person may read, with its text, or 404."""
    readable = Secret.objects.visible_to(person(request), at=timezone.now())
    return get_object_or_404(readable.with_text().select_related("customer__owner"), pk=pk)


@login_required
def log_secret(request: HttpRequest) -> HttpResponse:
    """One field first. Without a customer the page asks whose secret it is."""
    user = person(request)
    only(rules.may_log(user.roles))
    key = request.POST.get("customer") or request.GET.get("customer", "")
    if not key.isdecimal():
        return _whose_secret(request, user)
    customer = get_object_or_404(Customer.objects.visible_to(user), pk=int(key[:18]))
    asked = {"question": request.GET.get("question", "")[:200], "category": request.GET.get("category", "")}
    form = LogSecretForm(request.POST or None, customer=customer, user=user, initial=asked)
    if request.method == "POST" and form.is_valid():
        secret = actions.log_secret(customer, **form.secret_fields(), acting_user=user, at=timezone.now())
        undo = f"undo:{reverse('remove_secret', args=[secret.pk])}"
        messages.success(request, f"Recorded under {secret.category}.", extra_tags=undo)
        return redirect("customer", customer.pk)
    return render(request, "secrets_manual/log_secret.html", {"form": form, "customer": customer})


def _whose_secret(request: HttpRequest, user: User) -> HttpResponse:
    """Choose the customer first; what was typed comes along."""
    text = request.GET.get("q", "").replace("\x00", "")
    found = search_customers(user, text, 12) if text else []
    recent = Customer.objects.visible_to(user).filter(interactions__by=user).order_by("-interactions__on")[:5]
    typed = request.POST.get("text", "")
    context = {"typed": typed, "q": text, "found": found, "recent": [] if text else dict.fromkeys(recent)}
    return render(request, "secrets_manual/whose_secret.html", context)


@login_required
def secret(request: HttpRequest, pk: int) -> HttpResponse:
    """One secret: its words, what they were before, where it was used, who read it."""
    found, user, at = secret_of(request, pk), person(request), timezone.now()
    actions.note_reads([found], user=user, why="its page", at=at)
    is_keeper = user.pk in (found.customer.owner_id, found.discovered_by_id) or user.has_role(Role.PRIVACY_OFFICER)
    shown = {
        "secret": found,
        "versions": queries.past_of(found, user) if is_keeper else [],
        "uses": found.used.select_related("by")[:20],
        "reads": queries.reads_of(found)[:20] if is_keeper else [],
        "may_change": rules.may_log(user.roles),
        "may_remove": Secret.objects.removable_by(user).filter(pk=pk).exists(),
    }
    return render(request, "secrets_manual/secret.html", shown)


@login_required
def change_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Write over a secret; what it said before is kept sealed."""
    found, user = secret_of(request, pk), person(request)
    only(rules.may_log(user.roles))
    form = ChangeSecretForm(request.POST or None, secret=found, user=user, initial=_as_it_is(found))
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "not_special"}
        try:
            actions.change_secret(found, **data, acting_user=user, at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
            found = secret_of(request, pk)
            form.data = request.POST.copy()
            form.data["seen_version"] = str(_as_it_is(found)["seen_version"])
        else:
            messages.success(request, "Changed. What it said before is kept.")
            return redirect(_after_change(user, found))
    return render(request, "secrets_manual/change_secret.html", {"form": form, "secret": found})


def _after_change(user: User, changed: Secret) -> str:
    """Its page, or the customer's when the change took it out of the person's sight."""
    if Secret.objects.visible_to(user, at=timezone.now()).filter(pk=changed.pk).exists():
        return reverse("secret", args=[changed.pk])
    return reverse("customer", args=[changed.customer_id])


def _as_it_is(found: Secret) -> dict[str, object]:
    return {
        "text": found.text,
        "category": found.category.key,
        "sensitivity": found.sensitivity,
        "audiences": found.audiences,
        "never_aloud": found.never_aloud,
        "seen_version": found.texts.get(is_current=True).version,
    }


@login_required
@require_POST
def confirm_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Still true."""
    found = secret_of(request, pk)
    only(rules.may_log(person(request).roles))
    actions.confirm_secret(found, acting_user=person(request), at=timezone.now())
    messages.success(request, "Still true. Asked again in half a year.")
    return redirect("customer", found.customer_id)


@login_required
@require_POST
def remove_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a secret out of the manual, with undo; who found it need not be able to read it (marketing, service)."""
    user = person(request)
    found = Secret.objects.present().removable_by(user).filter(pk=pk).first()
    if found is None:
        secret_of(request, pk)
        raise PermissionDenied
    actions.remove_secret(found, acting_user=user, at=timezone.now())
    messages.success(request, "Taken out of the manual.", extra_tags=f"undo:{reverse('restore_secret', args=[pk])}")
    return redirect("customer", found.customer_id)


@login_required
@require_POST
def restore_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    user = person(request)
    found = get_object_or_404(Secret.objects.removable_by(user).exclude(removed_at=None), pk=pk)
    actions.restore_secret(found, acting_user=user)
    messages.success(request, "Back in the manual.")
    return redirect("customer", found.customer_id)


@login_required
def ask_confidential(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to read a customer's confidential secrets for an hour, with a reason the owner will see."""
    user = person(request)
    customer = get_object_or_404(Customer.objects.visible_to(user).select_related("owner"), pk=pk)
    form = AskConfidentialForm(request.POST or None)
    manual = queries.manual_of(customer, user, timezone.now())
    only(manual.may_ask)
    if request.method == "POST" and form.is_valid():
        actions.ask_confidential(customer, reason=form.cleaned_data["reason"], acting_user=user, at=timezone.now())
        messages.success(request, "You may read them for 60 minutes. The owner and the privacy officer were told.")
        return redirect("customer", pk)
    shown = {"form": form, "customer": customer, "count": manual.hidden_confidential}
    return render(request, "secrets_manual/ask_confidential.html", shown)


@login_required
def record_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a customer's consent to special secrets; the owner alone."""
    user = person(request)
    customer = get_object_or_404(Customer.objects.visible_to(user), pk=pk)
    only(customer.owner_id == user.pk)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.record_consent(customer, **form.cleaned_data, acting_user=user, at=timezone.now())
        messages.success(request, "The consent is on record.")
        return redirect("customer", pk)
    return render(request, "secrets_manual/record_consent.html", {"form": form, "customer": customer})


@login_required
def secrets(request: HttpRequest) -> HttpResponse:
    """Search the secrets one may read by their words; without words, those of a category."""
    user, at, text = person(request), timezone.now(), request.GET.get("q", "").replace("\x00", "").strip()[:100]
    only(rules.may_log(user.roles))
    category = request.GET.get("category", "").replace("\x00", "")
    matching = queries.search_secrets(user, text, at=at) if text else queries.secrets_in(user, category, at=at)
    found = list(matching[: queries.RANKED]) if text or category else []
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    actions.note_reads(page.object_list, user=user, why="search", at=at)
    shown = [(secret, rules.pieces(secret.text, text)) for secret in page]
    context = {"page": page, "shown": shown, "q": text, "category": category}
    return render(request, "secrets_manual/secrets.html", context)


@login_required
def reads(request: HttpRequest) -> HttpResponse:
    """The read log, for the privacy officer; it can be read and never changed."""
    only(person(request).has_role(Role.PRIVACY_OFFICER))
    log = SecretRead.objects.select_related("user")
    page = Paginator(log, 50).get_page(request.GET.get("page"))
    names = dict(Customer.objects.filter(pk__in={read.customer_id for read in page}).values_list("pk", "name"))
    lines = [(read, names.get(read.customer_id, "a customer erased since")) for read in page]
    return render(request, "secrets_manual/reads.html", {"page": page, "lines": lines})
