"""The customer's side of the link: rate, thanks, not you, no more mail.

GET and HEAD record nothing, because mail scanners open every link; only what a person presses does.
"""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firm.demo import is_customer_pass
from firm.links import SPEAK, link, switches
from firm.models import Suppression
from report_cards import actions
from report_cards.forms import RatingForm
from report_cards.models import Invitation
from report_cards.views.link import customer_page, facts, page, preselected, shown

__all__ = ["ask_again", "not_you", "opened", "page", "rate", "rated", "shown", "unsubscribe"]


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def rate(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """The rating page. A click in the mail preselects (GET); only Send (POST) records."""
    if turned_away := not_now(request, token, invitation):
        return turned_away
    context = {**facts(request, token, invitation), "switch_form": "answers"}
    context["switches"] = switches(request, token, in_form=True)
    if request.method != "POST":
        return page("rate", {**context, "form": RatingForm(invitation, chosen=preselected(request))})
    try:
        form = RatingForm(invitation, request.POST)
    except RequestDataTooBig:
        form = RatingForm(invitation)
        problem = gettext("That was too long to send. Please keep each comment under 2,000 characters.")
        return page("rate", {**context, "form": form, "problem": problem}, status=413)
    is_unsent = SPEAK in request.POST
    if is_unsent or not form.is_valid():
        form = RatingForm.unsent(invitation, request.POST) if is_unsent else form
        return page("rate", {**context, "form": form}, status=200 if is_unsent else 422)
    try:
        actions.record_response(invitation, form.rating(), at=timezone.now(), origin=origin_of(request))
    except actions.Refused:
        return page("closed", {**facts(request, token, invitation), "was_sent": True}, status=410)
    return HttpResponseRedirect(link(request, "rated", token))


def not_now(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse | None:
    """A kind page where the questions would be: closed, taken back, declined, or no more mail wanted."""
    context = facts(request, token, invitation)
    if not invitation.round.takes_answers(timezone.now()):
        return page("closed", {**context, "was_sent": request.method == "POST"}, status=410)
    if invitation.state in {Invitation.State.HELD, Invitation.State.EXCLUDED}:
        return page("held", context, status=403)
    if request.method == "POST" or "again" in request.GET or context["has_answered"]:
        return None
    if Suppression.objects.of(invitation.address).exclude(reason=Suppression.Reason.BOUNCE).exists():
        return page("stopped", context)
    return page("declined", context) if invitation.declined_at else None


def origin_of(request: HttpRequest) -> actions.Origin | None:
    """Where an answer comes from, past as many proxies as the firm has; none for a demo's staff browser."""
    if is_customer_pass(request):
        return None
    try:
        address = get_adapter(request).get_client_ip(request)
    except (PermissionDenied, ImproperlyConfigured):
        address = ""
    return actions.Origin(address, request.headers.get("User-Agent", "")[:500])


@require_POST
@customer_page
def opened(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """A person touched the page (static/js/rate.js); nothing but the moment is kept, and only the first."""
    if invitation.round.takes_answers(timezone.now()):
        actions.note_opened(invitation, at=timezone.now())
    return HttpResponse(status=204)


@require_safe
@customer_page
def rated(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """Thanks, what happens with the answer, and the way back to change it."""
    if getattr(invitation, "response", None) is None:
        return HttpResponseRedirect(link(request, "rate", token))
    return page("rated", facts(request, token, invitation))


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def not_you(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """For whoever got somebody else's link: GET explains, POST declines."""
    context = facts(request, token, invitation)
    if not context["is_open"]:
        return page("closed", context, status=410)
    if request.method == "POST":
        actions.decline(invitation, at=timezone.now())
        return page("declined", context)
    return page("not_you", context)


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def unsubscribe(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """Ask before (GET), do (POST); mail programs POST here with one click (RFC 8058). Works after the round too."""
    if request.method == "POST":
        actions.unsubscribe(invitation, at=timezone.now())
    return page("unsubscribe", {**facts(request, token, invitation), "done": request.method == "POST"})


@require_POST
@customer_page
def ask_again(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """The customer takes back their own “no more of these”; works after the round too."""
    actions.ask_again(invitation, at=timezone.now())
    return page("ask_again", facts(request, token, invitation))
