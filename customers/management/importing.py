"""What the import commands share."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from customers.actions import run_import
from customers.models import ImportRun
from customers.rules.files import FileRefused
from firm.models import Firm


class ImportCommand(BaseCommand):
    """Prints each bad row with its line and reason, then ``created N, updated N, unchanged N, failed N``."""

    kind: ImportRun.Kind

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV file with our own column names")
        parser.add_argument("--dry-run", action="store_true", help="report the same, but change nothing")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        if not Firm.objects.exists():
            raise CommandError("There is no firm yet. Answer the setup page first.")
        told: dict[str, Any] = {"file_name": file.name, "dry_run": dry_run, "acting_user": None, "at": timezone.now()}
        try:
            with file.open("rb") as data:
                run = run_import(self.kind, data, **told)
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from error
        except FileRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for bad in run.errors:
            self.stdout.write(f"line {bad['line']}: {bad['reason']}")
        if dry_run:
            self.stdout.write("A dry run: nothing was changed.")
        self.stdout.write(run.counts)
