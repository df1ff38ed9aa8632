"""One secret: reading, changing, confirming, taking out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from accounts.views import only, person
from secrets_manual import actions, queries, rules
from secrets_manual.forms import ChangeSecretForm
from secrets_manual.models import Secret
from secrets_manual.views.reach import back, secret_of


@login_required
def secret(request: HttpRequest, pk: int) -> HttpResponse:
    """One secret: its words, what they were before, where it was used, who read it."""
    found, user, at = secret_of(request, pk), person(request), timezone.now()
    actions.note_reads([found], user=user, why="its page", at=at)
    is_keeper = user.pk in (found.customer.owner_id, found.discovered_by_id) or user.has_role(Role.PRIVACY_OFFICER)
    shown = {
        "secret": found,
        "versions": queries.past_of(found, user) if is_keeper else [],
        "changes": queries.history_of(found, user) if is_keeper else [],
        "uses": found.used.select_related("by")[:20],
        "is_resting": found.resting_until is not None and found.resting_until > at,
        "may_use": rules.may_use(user.roles, found.audiences),
        "may_lift": rules.may_lift_marks(
            user_id=user.pk, owner_id=found.customer.owner_id, author_id=found.discovered_by_id
        ),
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
        try:
            actions.change_secret(found, **form.changes(), acting_user=user, at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
            found = secret_of(request, pk)
            form.data = request.POST.copy()
            form.data["seen_version"] = str(_as_it_is(found)["seen_version"])
        else:
            messages.success(request, "Changed. What it said before is kept.")
            return redirect(back(request, _after_change(user, found)))
    changes = queries.history_of(found, user)[:3] if form.non_field_errors() else []
    shown = {"form": form, "secret": found, "changes": changes, "back": request.GET.get("back", "")}
    return render(request, "secrets_manual/change_secret.html", shown)


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
        "contact": found.contact_id,
        "how_learned": found.how_learned,
        "confidence": found.confidence,
        "never_aloud": found.never_aloud,
        "seen_version": found.revision,
    }


@login_required
@require_POST
def confirm_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Still true."""
    found = secret_of(request, pk)
    only(rules.may_log(person(request).roles))
    actions.confirm_secret(found, acting_user=person(request), at=timezone.now())
    undo = f"undo:{reverse('unanswer_secret', args=[pk])}"
    messages.success(request, "Still true. Asked again in half a year.", extra_tags=undo)
    return redirect(back(request, reverse("customer", args=[found.customer_id])))


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
    target = back(request, reverse("customer", args=[found.customer_id]))
    undo = reverse("restore_secret", args=[pk]) + ("?back=review" if target == reverse("review_secrets") else "")
    messages.success(request, "Taken out of the manual.", extra_tags=f"undo:{undo}")
    return redirect(target)


@login_required
@require_POST
def restore_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    user = person(request)
    found = get_object_or_404(Secret.objects.removable_by(user).exclude(removed_at=None), pk=pk)
    actions.restore_secret(found, acting_user=user)
    messages.success(request, "Back in the manual.")
    return redirect(back(request, reverse("customer", args=[found.customer_id])))
