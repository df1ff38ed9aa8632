"""The mail that asks for a rating, as HTML and text. Made fresh for each attempt and stored nowhere."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from string import ascii_letters
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext

from firm.languages import speaking
from firm.letters import from_firm, inlined
from firm.message import Message
from firm.models import Firm
from firm.queries import the_firm
from report_cards.languages import question_of, time_needed
from report_cards.models import Answer, Invitation


@dataclass(frozen=True)
class Written:
    """What a mail says. The HTML keeps its ``<style>`` element."""

    subject: str
    text: str
    html: str


# What differs from one customer's mail to the next; everything else is written and styled once (``Stationery``).
NAMES = ("firm", "salesperson", "customer", "contact", "link", "off")
# Letters only, so that neither escaping nor styling touches a mark; another at each start, so that no name holds one.
NONCE = "".join(secrets.choice(ascii_letters) for _ in range(24))
MARKS = {name: f"{NONCE}{name}{NONCE}" for name in NAMES}
MARK = re.compile(f"{NONCE}({'|'.join(NAMES)}){NONCE}")


class Stationery:
    """The letters of one sweep: a card's words in a language are rendered once, then filled in for each customer.

    The templates may print the names of ``NAMES`` and ask whether there is one, but not look into them.
    """

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        self.forms: dict[tuple[object, ...], Written] = {}

    def letter(self, invitation: Invitation, token: str, *, is_reminder: bool = False) -> Message:
        """The invitation, or its one reminder, with the link of ``token``."""
        off = settings.ORIGIN + reverse("unsubscribe", args=[token])
        given = {**invitation.wording, "link": settings.ORIGIN + reverse("rate", args=[token]), "off": off}
        form = self._form(invitation, is_reminder)
        message = Message(
            subject=" ".join(filled(form.subject, given).split()),
            body=filled(form.text, given),
            from_email=from_firm(invitation.wording["firm"], self.firm),
            to=[invitation.address],
            headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        )
        message.attach_alternative(filled(form.html, {name: escape(given[name]) for name in given}), "text/html")
        return message

    def _form(self, invitation: Invitation, is_reminder: bool) -> Written:
        """The letter with marks for names, styled; one a round, language, and set of names that are there."""
        there = tuple(name for name, value in invitation.wording.items() if value)
        key = (invitation.round_id, invitation.language, is_reminder, there)
        if key not in self.forms:
            blank = Invitation(
                round=invitation.round,
                language=invitation.language,
                wording={name: MARKS.get(name, value) if value else "" for name, value in invitation.wording.items()},
            )
            said = written(blank, link=MARKS["link"], off=MARKS["off"], firm=self.firm, is_reminder=is_reminder)
            self.forms[key] = replace(said, html=inlined(said.html))
        return self.forms[key]


def filled(text: str, given: Mapping[str, str]) -> str:
    """The text with every mark replaced, in one pass: what a name says is never read again."""
    return MARK.sub(lambda mark: given[mark[1]], text)


def letter(invitation: Invitation, token: str, *, is_reminder: bool = False) -> Message:
    """One letter by itself."""
    return Stationery(the_firm()).letter(invitation, token, is_reminder=is_reminder)


def written(
    invitation: Invitation, *, link: str, off: str, firm: Firm, is_reminder: bool = False, is_test: bool = False
) -> Written:
    """The mail's words with any two links: a customer's, or those of a preview. Nothing has to be saved."""
    facts = _facts(invitation, link, off, firm) | {"is_reminder": is_reminder, "is_test": is_test}
    with speaking(invitation.language), timezone.override(firm.tzinfo):
        facts["question"], facts["question_language"] = question_of(facts["behaviour"])
        facts["time"] = time_needed(facts["behaviours"])
        return Written(
            subject=_subject(facts, is_reminder),
            text=render_to_string("report_cards/mail/invitation.txt", facts),
            html=render_to_string("report_cards/mail/invitation.html", facts),
        )


def _facts(invitation: Invitation, link: str, off: str, firm: Firm) -> dict[str, Any]:
    behaviours = list(invitation.round.card.behaviours.all())
    return {
        **invitation.wording,
        "month": invitation.round.month,
        "closes_at": invitation.round.closes_at.astimezone(firm.tzinfo),
        "behaviour": behaviours[0],
        "behaviours": behaviours,
        "words": [choice for choice in Answer.Value.choices if choice[0] != Answer.Value.CANT_JUDGE],
        "link": link,
        "off": off,
    }


def _subject(facts: dict[str, Any], is_reminder: bool) -> str:
    names = {"salesperson": facts["salesperson"], "month": date_format(facts["month"], "F")}
    question = gettext("How was %(salesperson)s in %(month)s?") % names
    if is_reminder:
        question = gettext("Still time: %(question)s") % {"question": question}
    return " ".join(question.split())
