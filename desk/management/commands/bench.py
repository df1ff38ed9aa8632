"""``manage.py bench``: how fast the pages are, as ratios to bare views that run the same SQL."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from desk.bench.measuring import measure
from desk.bench.operations import make_operations
from firm.models import Firm


class Command(BaseCommand):
    help = "Print one JSON object a line for each operation: its time, queries, floor, ratio and aim."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--customers", type=int, default=2000, help="size of the demo firm, when there is none yet")
        parser.add_argument("--only", default="", help="the operations whose names hold this")
        parser.add_argument("--rounds", type=int, default=100, help="how often each operation is timed, at most")
        parser.add_argument("--seconds", type=float, default=4.0, help="no operation is timed for longer")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Firm.objects.exists():
            call_command("demo", customers=options["customers"], stdout=self.stderr)
        if not Firm.objects.filter(is_demo=True).exists():
            raise CommandError("The bench writes secrets and ratings: it runs only in a demo database.")
        operations = [one for one in make_operations(options["rounds"]) if options["only"] in one.name]
        for operation in operations:
            operation.record()
        for row in measure(operations, rounds=options["rounds"], seconds=options["seconds"]):
            self.stdout.write(json.dumps(row))
