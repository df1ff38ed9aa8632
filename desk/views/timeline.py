"""Everything that happened with a customer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.views import person
from customers.queries import may_change
from desk.queries import timeline as past
from desk.queries.dossier import customers_of


@login_required
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole story, newest first, by kind; a fragment for what is older."""
    user = person(request)
    customer = get_object_or_404(customers_of(user), pk=pk)
    known = past.kinds_for(user)
    kinds = [kind for kind in request.GET.getlist("kind") if kind in known]
    before = past.cursor_of(request.GET.get("before", ""))
    found = past.timeline(customer, user, timezone.now(), kinds=kinds or known, before=before, limit=past.PAGE + 1)
    shown = {
        "customer": customer,
        "in_view": customer.pk,
        "moments": found[: past.PAGE],
        "older": _query(request, kinds, before=found[past.PAGE - 1].cursor) if len(found) > past.PAGE else "",
        "filters": [(name, kind in kinds, _query(request, _toggled(kinds, kind))) for kind, name in known.items()],
        "may_log": may_change(user, customer),
        "is_filtered": bool(kinds),
        "is_later_page": before is not None,
    }
    part = "#moments" if request.headers.get("HX-Request") else ""
    return render(request, f"desk/timeline.html{part}", shown)


def _toggled(kinds: list[str], kind: str) -> list[str]:
    return [one for one in kinds if one != kind] if kind in kinds else [*kinds, kind]


def _query(request: HttpRequest, kinds: list[str], before: str = "") -> str:
    query = request.GET.copy()
    query.clear()
    query.setlist("kind", kinds)
    if before:
        query["before"] = before
    return query.urlencode()
