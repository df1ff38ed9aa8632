"""The mail that asks for a rating, as HTML and text. Made fresh for each attempt and stored nowhere."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Written:
    """What a mail says. The HTML keeps its ``<style>`` element."""

    subject: str
    text: str
    html: str


def letter(invitation: Invitation, token: str, *, is_reminder: bool = False) -> EmailMultiAlternatives:
    """The invitation, or its one reminder, with the link of ``token``."""
    firm = the_firm()
    off = settings.ORIGIN + reverse("unsubscribe", args=[token])
    link = settings.ORIGIN + reverse("rate", args=[token])
    said = written(invitation, link=link, off=off, firm=firm, is_reminder=is_reminder)
    message = EmailMultiAlternatives(
        subject=said.subject,
        body=said.text,
        from_email=f'"{_quoted(invitation.wording["firm"])}" <{firm.sender}>',
        to=[invitation.address],
        headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    message.attach_alternative(inlined(said.html), "text/html")
    return message


def written(
    invitation: Invitation, *, link: str, off: str, firm: Firm, is_reminder: bool = False, is_test: bool = False
) -> Written:
    """The mail's words with any two links: a customer's, or those of a preview. Nothing has to be saved."""
    facts = _facts(invitation, link, off, firm) | {"is_reminder": is_reminder, "is_test": is_test}
    return Written(
        subject=_subject(facts, is_reminder),
        text=render_to_string("report_cards/mail/invitation.txt", facts),
        html=render_to_string("report_cards/mail/invitation.html", facts),
    )


def inlined(html: str) -> str:
    """With the styles written into the elements, as mail programs want them."""
    return _inliner().inline(html)


def _facts(invitation: Invitation, link: str, off: str, firm: Firm) -> dict[str, Any]:
    behaviour = invitation.round.card.behaviours.first()
    return {
        **invitation.wording,
        "month": invitation.round.month,
        "closes_at": invitation.round.closes_at.astimezone(firm.tzinfo),
        "behaviour": behaviour,
        "words": [choice for choice in Answer.Value.choices if choice[0] != Answer.Value.CANT_JUDGE],
        "link": link,
        "off": off,
    }


def _subject(facts: dict[str, Any], is_reminder: bool) -> str:
    question = f"How was {facts['salesperson']} in {facts['month']:%B}?"
    return " ".join((f"Still time: {question}" if is_reminder else question).split())


def _quoted(name: str) -> str:
    return name.replace("\\", "").replace('"', "")


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)
