"""What mail providers report, as far as it concerns the questions after a case.

``report_cards.views.mail_events`` takes the reports in, checks them and sends anymail's signal; this is a second ear.
"""

from typing import Any

from anymail.signals import AnymailTrackingEvent, tracking
from django.dispatch import receiver
from django.utils import timezone

from recovery import actions
from report_cards.views.mail_events import report_of


@receiver(tracking)
def note_mail_report(event: AnymailTrackingEvent, esp_name: str, **_options: Any) -> None:
    """A bounce, a complaint or an opt-out, told to the question it came from."""
    if report := report_of(event, esp_name, now=timezone.now()):
        actions.note_follow_up_report(report)
