"""What the pages behind a rating link show, and where to go from there."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from firm import links
from firm.links import link, switches
from report_cards import actions
from report_cards.models import Invitation

LINKS = ("rate", "opened", "not_you", "unsubscribe", "ask_again")
customer_page = links.behind_link(actions.find_invitation)


def page(name: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """One of the customer's pages."""
    return links.page(f"report_cards/rate/{name}.html", context, status=status)


def facts(request: HttpRequest, token: str, invitation: Invitation) -> dict[str, Any]:
    """What every page behind the link shows, and where to go from here."""
    paths = {name: link(request, name, token) for name in LINKS}
    here = request.resolver_match.url_name if request.resolver_match else None
    kept = {name: value for name, value in preselected(request).items() if here == "rate"}
    return {
        **shown(invitation, paths, at=timezone.now()),
        "switches": switches(request, token, kept),
        "again_url": link(request, "rate", token, again="1", **kept),
    }


def preselected(request: HttpRequest) -> dict[str, str]:
    """The words a click in the mail chose; nothing else can be filled in by a link."""
    return {name: str(value) for name, value in request.GET.items() if name.startswith("word-")}


def shown(invitation: Invitation, paths: dict[str, str], *, at: datetime) -> dict[str, Any]:
    """The frozen names, the month, and the way to each page; a preview shows an invented customer with its own."""
    return {
        **invitation.wording,
        "first_name": invitation.wording["salesperson"].split()[0],
        "month": invitation.round.month,
        "closes_at": invitation.round.closed_at or invitation.round.closes_at,
        "is_open": invitation.round.takes_answers(at),
        "has_answered": getattr(invitation, "response", None) is not None,
        **{f"{name}_url": address for name, address in paths.items()},
    }
