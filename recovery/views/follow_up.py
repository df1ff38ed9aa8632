"""The customer's side of the link that asks whether it worked: answer, thanks, no more mail.

GET and HEAD record nothing, because mail scanners open every link; only what a person presses does.
"""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firm import links
from firm.links import SPEAK, behind_link, link, switches
from firm.models import Suppression
from recovery import actions
from recovery.forms import FollowUpForm
from recovery.models import FollowUp

LINKS = ("follow_up", "stop_follow_ups", "restart_follow_ups")
customer_page = behind_link(actions.find_follow_up)


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def follow_up(request: HttpRequest, token: str, asked: FollowUp) -> HttpResponse:
    """The question. A click in the mail preselects (GET); only Send (POST) records."""
    context = facts(request, token, asked)
    if turned_away := not_now(request, asked, context):
        return turned_away
    context |= {"switch_form": "answers", "switches": switches(request, token, in_form=True)}
    if request.method != "POST":
        return page("follow_up", {**context, "form": FollowUpForm(initial=said(request, asked))})
    try:
        form = FollowUpForm(request.POST)
    except RequestDataTooBig:
        problem = gettext("That was too long to send. Please keep each comment under 2,000 characters.")
        return page("follow_up", {**context, "form": FollowUpForm(), "problem": problem}, status=413)
    is_unsent = SPEAK in request.POST
    if is_unsent or not form.is_valid():
        form = FollowUpForm(initial=request.POST.dict()) if is_unsent else form
        return page("follow_up", {**context, "form": form}, status=200 if is_unsent else 422)
    try:
        actions.answer_follow_up(asked, **form.cleaned_data, at=timezone.now())
    except actions.TooLate:
        return page("closed", context, status=410)
    return HttpResponseRedirect(link(request, "followed_up", token))


@require_safe
@customer_page
def followed_up(request: HttpRequest, token: str, asked: FollowUp) -> HttpResponse:
    """Thanks, what happens with the answer, and the way back to change it."""
    if asked.answered_at is None:
        return HttpResponseRedirect(link(request, "follow_up", token))
    return page("followed_up", facts(request, token, asked))


@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def stop_follow_ups(request: HttpRequest, token: str, asked: FollowUp) -> HttpResponse:
    """Ask before (GET), do (POST); mail programs POST here with one click (RFC 8058). Works after the question too."""
    if request.method == "POST":
        actions.stop_follow_ups(asked, at=timezone.now())
    return page("stop_follow_ups", {**facts(request, token, asked), "done": request.method == "POST"})


@require_POST
@customer_page
def restart_follow_ups(request: HttpRequest, token: str, asked: FollowUp) -> HttpResponse:
    """The customer takes back their own “no more of these”; works after the question too."""
    actions.restart_follow_ups(asked, at=timezone.now())
    return page("restart_follow_ups", facts(request, token, asked))


def page(name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return links.page(f"recovery/link/{name}.html", context, status=status)


def not_now(request: HttpRequest, asked: FollowUp, context: dict[str, Any]) -> HttpResponse | None:
    """A kind page where the question would be: the time is over, or no more mail is wanted."""
    if not context["is_open"]:
        return page("closed", context, status=410)
    if request.method == "POST" or "again" in request.GET or asked.answered_at:
        return None
    stopped = Suppression.objects.of(asked.address).exclude(reason=Suppression.Reason.BOUNCE)
    return page("stopped", context) if stopped.exists() else None


def said(request: HttpRequest, asked: FollowUp) -> dict[str, Any]:
    """What stands in the form: the answer given before, or what a click in the mail chose."""
    before = {"likely": asked.likely, "comment": asked.comment} if asked.answered_at else {}
    return before | preselected(request)


def preselected(request: HttpRequest) -> dict[str, str]:
    """The number a click in the mail chose; nothing else can be filled in by a link."""
    chosen = request.GET.get("likely", "")
    return {"likely": chosen} if chosen in {str(n) for n in range(11)} else {}


def facts(request: HttpRequest, token: str, asked: FollowUp) -> dict[str, Any]:
    """What every page behind the link shows, and where to go from here."""
    here = request.resolver_match.url_name if request.resolver_match else None
    kept = preselected(request) if here == "follow_up" else {}
    return {
        **asked.wording,
        "closes_at": asked.closes_at,
        "is_open": asked.takes_answers(timezone.now()),
        "has_answered": asked.answered_at is not None,
        **{f"{name}_url": link(request, name, token) for name in LINKS},
        "switches": switches(request, token, kept),
        "again_url": link(request, "follow_up", token, again="1", **kept),
    }
