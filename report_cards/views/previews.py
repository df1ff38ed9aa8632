"""The mail and the rating page of a card as an invented customer gets them. Nothing is recorded, no link is made.

The two frames are pages of their own under a policy of their own; the page around them lets them in.
"""

from base64 import b64encode
from hashlib import sha256
from re import DOTALL, findall
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP, build_policy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views import only, person
from firm.languages import LANGUAGES, speaking
from firm.queries import the_firm
from report_cards import actions
from report_cards.forms import RatingForm
from report_cards.letters import Written, written
from report_cards.models import ReportCard
from report_cards.queries.cards import french_readers
from report_cards.queries.samples import sample_invitation
from report_cards.rules.access import may_try
from report_cards.views.link import page, preselected, shown

AROUND: dict[str, Any] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}
FRAMED: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": ["data:"],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "base-uri": [CSP.NONE],
}


@login_required
@require_safe
@csp_override(AROUND)
def preview_card(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail beside the page on a phone; ``?language=fr`` chooses the language."""
    card = to_look_at(request, pk)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in LANGUAGES else "en"
    context = {
        "card": card,
        "language": language,
        "languages": LANGUAGES,
        "mail": mail_of(card, language) if card.behaviours.exists() else None,
        "may_try": may_try(person(request).roles),
        "untranslated": [b for b in card.behaviours.all() if language == "fr" and not b.french],
        "french_readers": french_readers(),
    }
    return render(request, "report_cards/preview_card.html", context)


@login_required
@require_safe
@xframe_options_sameorigin
def preview_mail(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The mail's HTML alone, for a frame. Its one style element is allowed by its hash."""
    card = to_look_at(request, pk, language, filled=True)
    html = mail_of(card, language).html
    styles = [f"'sha256-{_digest(style)}'" for style in findall(r"<style>(.*?)</style>", html, DOTALL)]
    policy = build_policy(FRAMED | {"style-src": styles or [CSP.NONE], "form-action": [CSP.NONE]})
    return HttpResponse(html, headers={CSP.HEADER_ENFORCE.value: policy})


@csrf_exempt
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_sameorigin
@csp_override(FRAMED)
def preview_rating(request: HttpRequest, pk: int, language: str, where: str = "") -> HttpResponse:
    """The rating page for a frame, and the pages behind it. Send leads to the thanks and records nothing.

    Without CSRF protection as the page it shows has none; there is nothing to protect.
    """
    card = to_look_at(request, pk, language, filled=True)
    sample = sample_invitation(card, language=language, firm=the_firm())
    with speaking(language):
        facts = shown(sample, links_of(card, language), at=sample.round.drawn_at)
        if where == "not-you":
            return page("not_you", facts)
        if where == "unsubscribe":
            return page("unsubscribe", {**facts, "done": request.method == "POST"})
        if request.method != "POST":
            return page("rate", {**facts, "form": RatingForm(sample, chosen=preselected(request))})
        form = RatingForm(sample, request.POST)
        if form.is_valid():
            return page("rated", facts)
        return page("rate", {**facts, "form": form}, status=422)


@login_required
@require_POST
def send_test(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail, marked TEST, to oneself."""
    user = person(request)
    only(may_try(user.roles))
    language = request.POST.get("language", "en")
    card = to_look_at(request, pk, language, filled=True)
    try:
        actions.send_test(card, language=language, acting_user=user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, f"A test in {LANGUAGES[language]} is on its way to {user.email}.")
    return redirect(f"{reverse('preview_card', args=[card.pk])}?language={language}")


def to_look_at(request: HttpRequest, pk: int, language: str = "en", *, filled: bool = False) -> ReportCard:
    """A card this person may see, in a language we speak; ``filled`` asks for at least one behaviour."""
    if language not in LANGUAGES:
        raise Http404("No such language.")
    cards = ReportCard.objects.visible_to(person(request))
    return get_object_or_404(cards.filter(behaviours__isnull=False).distinct() if filled else cards, pk=pk)


def mail_of(card: ReportCard, language: str) -> Written:
    """The mail with links into the preview."""
    firm = the_firm()
    links = links_of(card, language)
    with speaking(language):
        sample = sample_invitation(card, language=language, firm=firm)
        return written(sample, link=links["rate"], off=links["unsubscribe"], firm=firm)


def links_of(card: ReportCard, language: str) -> dict[str, Any]:
    """Where the preview's links lead: to itself."""
    at = reverse("preview_rating", args=[card.pk, language])
    return {"rate": at, "opened": "", "not_you": f"{at}not-you/", "unsubscribe": f"{at}unsubscribe/"}


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
