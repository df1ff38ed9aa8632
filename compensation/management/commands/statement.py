"""``manage.py statement FILE``: print or re-check a bonus statement. Needs no database."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from compensation import rules


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
            content = rules.loads(_text(file))
            if isinstance(content, dict) and isinstance(content.get("cases"), list):
                self._verify(content["cases"])
            elif isinstance(content, dict) and "inputs" in content and "statement" in content:
                self._verify([content])
            else:
                only = isinstance(content, dict) and set(content) <= {"name", "inputs"} and "inputs" in content
                self.stdout.write(rules.dumps(rules.statement(content["inputs"] if only else content)), ending="")
        except rules.Refused as refused:
            raise CommandError(f"Refused: {refused}") from refused

    def _verify(self, cases: list[Any]) -> None:
        wrong = False
        for case in cases:
            if not isinstance(case, dict) or set(case) - {"name", "inputs", "statement"} or len(case) < 2:
                raise rules.Refused("a file to verify holds inputs and statement, and nothing else")
            found = rules.differences(case["inputs"], case["statement"])
            name = f"{case['name']}: " if "name" in case else ""
            self.stdout.write(f"{name}{'does not match' if found else 'matches'}")
            for line in found:
                self.stdout.write(f"  {line}")
            wrong = wrong or bool(found)
        if wrong:
            raise CommandError("The statement is not the one its inputs give.")


def _text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error
