"""How allauth behaves here: nobody signs up, people are invited; its mails take the way of all others."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from firm.actions import post_mail


class InvitedOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed: an administrator invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox: nobody waits for the mail server, and its silence is no error page.

        The words are wiped once the mail left: they may hold a one-time link.
        """
        mail = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        post_mail(to=email, subject=mail.subject, text=mail.body, is_secret=True)
