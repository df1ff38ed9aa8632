"""The mail that asks for a rating, as HTML and text. Made fresh for each attempt and stored nowhere."""

from functools import cache
from typing import Any

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from firm.models import Firm
from firm.queries import the_firm
from report_cards.models import Answer, Invitation


def letter(invitation: Invitation, token: str, *, is_reminder: bool = False) -> EmailMultiAlternatives:
    """The invitation, or its one reminder, with the link of ``token``."""
    firm = the_firm()
    facts = _facts(invitation, token, is_reminder, firm)
    off = settings.ORIGIN + reverse("unsubscribe", args=[token])
    message = EmailMultiAlternatives(
        subject=_subject(facts, is_reminder),
        body=render_to_string("report_cards/mail/invitation.txt", facts),
        from_email=f'"{_quoted(facts["firm"])}" <{firm.sender}>',
        to=[invitation.address],
        headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    html = _inliner().inline(render_to_string("report_cards/mail/invitation.html", facts))
    message.attach_alternative(html, "text/html")
    return message


def _facts(invitation: Invitation, token: str, is_reminder: bool, firm: Firm) -> dict[str, Any]:
    behaviour = invitation.round.card.behaviours.first()
    return {
        **invitation.wording,
        "month": invitation.round.month,
        "closes_at": invitation.round.closes_at.astimezone(firm.tzinfo),
        "behaviour": behaviour,
        "words": [choice for choice in Answer.Value.choices if choice[0] != Answer.Value.CANT_JUDGE],
        "link": settings.ORIGIN + reverse("rate", args=[token]),
        "off": settings.ORIGIN + reverse("unsubscribe", args=[token]),
        "is_reminder": is_reminder,
    }


def _subject(facts: dict[str, Any], is_reminder: bool) -> str:
    question = f"How was {facts['salesperson']} in {facts['month']:%B}?"
    return " ".join((f"Still time: {question}" if is_reminder else question).split())


def _quoted(name: str) -> str:
    return name.replace("\\", "").replace('"', "")


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)
