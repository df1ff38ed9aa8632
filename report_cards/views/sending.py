"""How the mail is going: the pace of each provider, and who gets none any more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.views import administrators_only, only, person
from firm.queries import mail_silent_since
from report_cards import actions
from report_cards.forms import PaceForm
from report_cards.models import MailEvent
from report_cards.queries import providers, silenced

SILENCED_SEEN_BY = (Role.MANAGER, Role.EXECUTIVE, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)


@require_safe
@administrators_only
def paces(request: HttpRequest) -> HttpResponse:
    """Each provider with its pace and the counts of the open rounds."""
    return pace_page(request, PaceForm())


@require_POST
@administrators_only
def set_pace(request: HttpRequest) -> HttpResponse:
    """Mails a minute to one domain."""
    form = PaceForm(request.POST)
    if not form.is_valid():
        return pace_page(request, form, status=422)
    pace = actions.set_pace(**form.cleaned_data, acting_user=person(request), at=timezone.now())
    messages.success(request, f"Saved. {pace}, from the next mail on.")
    return redirect("paces")


def pace_page(request: HttpRequest, form: PaceForm, *, status: int = 200) -> HttpResponse:
    shown, others = providers()
    context = {
        "providers": shown,
        "other_domains": len(others),
        "other_mails": sum(one.mails for one in others),
        "form": form,
        "silent_since": mail_silent_since(),
    }
    return render(request, "report_cards/paces.html", context, status=status)


@require_safe
@login_required
def silent_addresses(request: HttpRequest) -> HttpResponse:
    """Who gets no more mail, and why. It can be looked at and nothing else."""
    user = person(request)
    only(user.has_role(*SILENCED_SEEN_BY))
    words = request.GET.get("q", "").strip()
    page = Paginator(silenced(user, words), 50).get_page(request.GET.get("page"))
    noted = MailEvent.objects.filter(address__in=[row.address for row in page]).order_by("at")
    reports = {event.address.lower(): event for event in noted}
    lines = [(row, reports.get(row.address.lower())) for row in page]
    return render(request, "report_cards/silent_addresses.html", {"page": page, "lines": lines, "words": words})
