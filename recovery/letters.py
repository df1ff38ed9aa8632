"""The mail that asks whether it worked, as HTML and text. Made fresh for each attempt and stored nowhere."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from firm.languages import speaking
from firm.letters import from_firm, inlined
from firm.message import Message
from firm.queries import the_firm
from recovery.models import FollowUp

SCORES = range(11)


def follow_up_letter(follow_up: FollowUp, token: str) -> Message:
    """The question with the link of ``token``."""
    firm = the_firm()
    off = settings.ORIGIN + reverse("stop_follow_ups", args=[token])
    facts: dict[str, Any] = {
        **follow_up.wording,
        "closes_at": follow_up.closes_at.astimezone(firm.tzinfo),
        "scores": SCORES,
        "link": settings.ORIGIN + reverse("follow_up", args=[token]),
        "off": off,
    }
    with speaking(follow_up.language), timezone.override(firm.tzinfo):
        message = Message(
            subject=" ".join((gettext("How likely are you to stay with %(firm)s?") % follow_up.wording).split()),
            body=render_to_string("recovery/mail/follow_up.txt", facts),
            from_email=from_firm(follow_up.wording["firm"], firm),
            to=[follow_up.address],
            headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )
        message.attach_alternative(inlined(render_to_string("recovery/mail/follow_up.html", facts)), "text/html")
    return message
