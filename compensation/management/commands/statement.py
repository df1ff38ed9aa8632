"""``manage.py statement FILE``: print or re-check a bonus statement. Needs no database."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compensation import rules
from compensation.rules.files import Check, read_file


class Command(BaseCommand):
    help = (
        "Print the statement of frozen inputs as JSON. Given a downloaded {inputs, statement}, say whether the"
        " statement is the one its inputs give. '-' reads from standard input."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="JSON: inputs, {inputs, statement} or {cases: [...]}; '-' for stdin")

    def handle(self, *, file: str, **options: Any) -> None:
        try:
            checks = read_file(_content(file))
        except rules.Refused as refused:
            raise CommandError(f"Refused: {refused}") from refused
        if all(check.differences is None for check in checks):
            for check in checks:
                self.stdout.write(rules.dumps(check.result.as_statement()), ending="")
        else:
            self._verify(checks)

    def _verify(self, checks: list[Check]) -> None:
        for check in checks:
            name = f"{check.name}: " if check.name else ""
            self.stdout.write(f"{name}{'matches' if check.is_verified else 'does not match'}")
            for one in check.differences or ():
                self.stdout.write(f"  {one}")
        if not all(check.is_verified for check in checks):
            raise CommandError("The statement is not the one its inputs give.")


def _content(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error}") from error
