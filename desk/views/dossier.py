"""The dossier of one customer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from desk.queries.dossier import beside_the_manual, customers_of
from desk.views.reach import acting
from secrets_manual.actions import note_reads
from secrets_manual.queries import manual_of


@login_required
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier of one customer. What it shows of the manual is noted as read."""
    user, at = acting(request), timezone.now()
    customer = get_object_or_404(customers_of(user), pk=pk)
    manual = manual_of(customer, user, at)
    chosen = request.GET.get("category", "")
    shown = [secret for secret in manual.secrets if chosen in ("", secret.category.key)]
    note_reads(shown, user=user, why="customer page", at=at)
    page = {"manual": manual, "secrets": shown, "chosen": chosen, **beside_the_manual(customer, user, at)}
    return render(request, "desk/customer.html", page)
