"""``manage.py simulate_results``: count how often the rules are wrong about people whose truth is known."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from report_cards.simulation.tables import CUSTOMERS, tables

BEGIN, END = "<!-- simulated -->\n", "<!-- /simulated -->"


class Command(BaseCommand):
    help = "Simulate people and firms and print how often statuses, plan rules and the award are wrong, in Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=400, help="simulated people a cell (400)")
        parser.add_argument("--months", type=int, default=120, help="simulated months of a firm a cell (120)")
        parser.add_argument("--customers", type=int, nargs="+", default=CUSTOMERS, help="customers a person")
        parser.add_argument("--seed", default="rapport", help="the same seed gives the same numbers")
        parser.add_argument("--into", type=Path, help="write between the marks of this file instead of printing")

    def handle(self, *args: Any, **options: Any) -> None:
        made = tables(
            people=options["people"], months=options["months"], seed=options["seed"], sizes=options["customers"]
        )
        if options["into"] is None:
            for table in made:
                self.stdout.write(table)
            return
        self._write(options["into"], "\n".join(made))

    def _write(self, path: Path, text: str) -> None:
        before, begin, rest = path.read_text().partition(BEGIN)
        _, end, after = rest.partition(END)
        if not begin or not end:
            raise CommandError(f"{path} has no place for the tables: put {BEGIN.strip()} and {END} into it.")
        path.write_text(f"{before}{begin}\n{text}\n{end}{after}")
        self.stdout.write(f"Wrote the tables into {path}.")
