"""A test of a card's mail, sent to oneself."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from firm.actions import post_mail
from firm.letters import inlined
from firm.models import OutboxMail
from firm.queries import the_firm
from report_cards.letters import written
from report_cards.models import ReportCard
from report_cards.queries.samples import sample_invitation

MARK = "X-Rapport-Test"
MOST_AN_HOUR = 6


@transaction.atomic
def send_test(card: ReportCard, *, language: str, acting_user: User, at: datetime) -> OutboxMail:
    """Mail the card's invitation, marked TEST, to whoever asks for it. Its links open the preview.

    No invitation, no round and no token comes of it. Raises ``ValidationError`` after six in an hour.
    """
    # One at a time a person, so that two clicks do not both see the fifth.
    User.objects.select_for_update().get(pk=acting_user.pk)
    lately = OutboxMail.objects.filter(to=acting_user.email, created_at__gt=at - timedelta(hours=1))
    if lately.filter(headers__has_key=MARK).count() >= MOST_AN_HOUR:
        raise ValidationError("Six test mails in an hour are enough. Look at the preview, or try again in a while.")
    firm = the_firm()
    link = settings.ORIGIN + reverse("preview_rating", args=[card.pk, language])
    sample = sample_invitation(card, language=language, firm=firm)
    said = written(sample, link=link, off=f"{link}unsubscribe/", firm=firm, is_test=True)
    return post_mail(
        to=acting_user.email,
        subject=f"TEST: {said.subject}",
        text=said.text,
        html=inlined(said.html),
        headers={MARK: f"card {card.pk}"},
    )
