"""Send again the mails that may or may not have left when a worker died."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from firm import actions


class Command(BaseCommand):
    help = "Put every doubtful mail back into the outbox; its receiver may get it twice."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{actions.resend_doubtful(at=timezone.now())} mails will be sent again.")
