"""Asking for confidential ones, who read what, and who may read for a while."""

import csv
from collections.abc import Iterator
from itertools import batched

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import Role
from accounts.views import only, person
from customers.models import Customer
from customers.rules.files import safe_cell
from firm.queries import the_firm
from secrets_manual import actions, queries
from secrets_manual.forms import AskConfidentialForm, ReadsFilterForm
from secrets_manual.models import Secret, SecretRead

PAGE, BATCH = 50, 1000
GONE = "a customer erased since"


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
        return HttpResponseRedirect(_next(request) or reverse("customer", args=[pk]))
    shown = {"form": form, "customer": customer, "count": manual.hidden_confidential, "next": _next(request)}
    return render(request, "secrets_manual/ask_confidential.html", shown)


def _next(request: HttpRequest) -> str:
    """The page of ours that asked, such as a case; empty when none did."""
    asked = request.GET.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""


@login_required
def reads(request: HttpRequest) -> HttpResponse:
    """The read log, for the privacy officer; it can be read and never changed."""
    only(person(request).has_role(Role.PRIVACY_OFFICER))
    form, at = ReadsFilterForm(request.GET), timezone.now()
    log = queries.reads(zone=the_firm().tzinfo, **form.wanted())
    page = Paginator(log, PAGE).get_page(request.GET.get("page"))
    names = queries.names_of(list(page))
    lines = [(read, names.get(read.customer_id, GONE)) for read in page]
    unusual = queries.unusual_reading(at=at)
    shown = {"page": page, "lines": lines, "form": form, "unusual": unusual, "is_filtered": bool(form.wanted())}
    return render(request, "secrets_manual/reads.html", shown)


@login_required
def export_reads(request: HttpRequest) -> HttpResponseBase:
    """The lines of the read log as CSV, by the filters of its page."""
    only(person(request).has_role(Role.PRIVACY_OFFICER))
    log = queries.reads(zone=the_firm().tzinfo, **ReadsFilterForm(request.GET).wanted())
    headers = {"Content-Disposition": 'attachment; filename="who-read-what.csv"'}
    return StreamingHttpResponse(_csv_lines(log), content_type="text/csv; charset=utf-8", headers=headers)


def _csv_lines(log: QuerySet[SecretRead]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(["when (UTC)", "who", "customer", "secret", "why"])
    for batch in batched(log.iterator(chunk_size=BATCH), BATCH):
        names = queries.names_of(list(batch))
        for read in batch:
            row = [f"{read.at:%Y-%m-%d %H:%M:%S}", read.user.name, names.get(read.customer_id, GONE)]
            yield writer.writerow(safe_cell(cell) for cell in (*row, str(read.secret_id), read.why))


class Echo:
    """What ``csv.writer`` writes to: hands each line back."""

    def write(self, line: str) -> str:
        return line


@login_required
def customer_reads(request: HttpRequest, pk: int) -> HttpResponse:
    """Who read the secrets of one's own customer."""
    user, at = person(request), timezone.now()
    customer = get_object_or_404(Customer.objects.visible_to(user), pk=pk)
    only(customer.owner_id == user.pk)
    page = Paginator(queries.reads_about(customer, user, at=at), PAGE).get_page(request.GET.get("page"))
    secrets = Secret.objects.filter(pk__in={read.secret_id for read in page}).select_related("category").in_bulk()
    lines = [(read, secrets[read.secret_id]) for read in page]
    return render(request, "secrets_manual/customer_reads.html", {"page": page, "lines": lines, "customer": customer})


@login_required
def grants(request: HttpRequest) -> HttpResponse:
    """Who may read for a while, and why; for the privacy officer."""
    only(person(request).has_role(Role.PRIVACY_OFFICER))
    at, ended = timezone.now(), request.GET.get("ended") == "1"
    page = Paginator(queries.grants(at=at, ended=ended), PAGE).get_page(request.GET.get("page"))
    return render(request, "secrets_manual/grants.html", {"page": page, "ended": ended, "at": at})
