"""How fast the simulator is here, against reading its facts alone."""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import cycle, islice
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from compensation.models import PlanYear
from compensation.queries import simulation
from compensation.queries.past_year import PastYear, mix_of, past_year
from compensation.rules.simulation import Part
from firm.queries import the_firm

TIMES = 5


class Command(BaseCommand):
    help = "Time the simulator on this installation's facts, copied to as many salespeople as told."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", nargs="?", type=int, help="Key of a plan year; the newest plan's first if none.")
        parser.add_argument("--people", type=int, default=1000)

    def handle(self, *args: Any, **options: Any) -> None:
        years = PlanYear.objects.select_related("plan").order_by("-plan__starts_on", "-plan", "number")
        year = years.filter(pk=options["year"]).first() if options["year"] else years.first()
        if year is None:
            raise CommandError("There is no plan year to simulate.")
        today = the_firm().today(timezone.now())
        reading, read = _timed(lambda: past_year(year, today=today, is_patient=True))
        if read is None or not read.people:
            raise CommandError("Nobody of this plan year has facts that can be computed.")
        each = reading / len(read.people) * options["people"]
        facts = replace(read, people=tuple(islice(cycle(read.people), options["people"])), digest="0" * 16)
        parts = mix_of(year)
        simulation.simulate(facts, year, parts)
        rows = {
            f"reading the facts of {len(read.people):,}": reading,
            f"reading, in proportion for {options['people']:,}": each,
            "moving a weight": _timed(lambda: simulation.simulate(facts, year, parts))[0],
            "moving k of one component": _moving_k(facts, year, parts),
            "drawing chance, in the background": _drawing(facts, year, parts),
        }
        for name, seconds in rows.items():
            self.stdout.write(f"{name:<40} {seconds * 1000:9.1f} ms   {seconds / each:7.3f} of reading")


def _timed[T](work: Callable[[], T], times: int = TIMES) -> tuple[float, T]:
    """The best of some runs, in seconds, and what the last one gave."""
    best = float("inf")
    for _ in range(times):
        begun = perf_counter()
        found = work()
        best = min(best, perf_counter() - begun)
    return best, found


def _drawing(facts: PastYear, year: PlanYear, parts: Sequence[Part]) -> float:
    return _timed(lambda: simulation.drawn(facts, year, parts, first=0, most=len(facts.people)), 1)[0]


def _moving_k(facts: PastYear, year: PlanYear, parts: Sequence[Part]) -> float:
    """One slider at a time, to places it never was before."""
    best = float("inf")
    rated = next(place for place, part in enumerate(parts) if part.ways)
    for step in range(TIMES):
        k = Fraction(perf_counter()).limit_denominator(1000) + step
        moved = [replace(part, k=k) if place == rated else part for place, part in enumerate(parts)]
        begun = perf_counter()
        simulation.simulate(facts, year, moved)
        best = min(best, perf_counter() - begun)
    return best
