"""The local SMTP server of ``make run``: what a demo sends lands in its mailbox instead of the world."""

import email
import email.policy
import logging
import signal
from argparse import ArgumentParser
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from asgiref.sync import sync_to_async
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from firm.models import CaughtMail, Firm


class Catcher:
    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        return await sync_to_async(catch)(envelope.mail_from, envelope.rcpt_tos, envelope.content)


class Command(BaseCommand):
    help = "Catch mail on loopback and keep it in the demo mailbox."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=1025)

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        controller = Controller(Catcher(), hostname="127.0.0.1", port=options["port"])
        controller.start()
        self.stdout.write(f"Catching mail on 127.0.0.1:{options['port']}.")
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
        controller.stop()


def catch(sender: str, receivers: list[str], content: bytes) -> str:
    """Keep a mail for each receiver; the SMTP answer. Outside a demo nothing is kept and the sender tries later."""
    close_old_connections()
    if not Firm.objects.filter(is_demo=True).exists():
        return "451 4.3.0 Mail is caught only in a demo; set SMTP_HOST to send it"
    message = email.message_from_bytes(content, policy=email.policy.default)
    CaughtMail.objects.bulk_create(
        CaughtMail(
            to=receiver,
            sender=sender,
            subject=str(message.get("Subject", ""))[:300],
            text=body(message, "plain"),
            html=body(message, "html"),
            raw=content.decode("utf-8", errors="replace").replace("\x00", ""),
        )
        for receiver in receivers
    )
    return "250 Caught"


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\x00", "") if part is not None else ""
