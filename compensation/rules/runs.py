"""What a run freezes and how it is chained: the canonical spelling, the chain of hashes, the months that can be run."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from compensation.rules.calendar import Span, month_later
from compensation.rules.engine import minor_units, round_half_up
from compensation.rules.mix import is_provisional


def canonical(inputs: dict[str, Any]) -> str:
    """The one compact spelling of frozen inputs: sorted keys, no spaces, one line."""
    return json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Chain:
    """SHA-256 over the hash of the run before and the canonical inputs of every member, in member order.

    What is hashed: the hash before in hexadecimal (nothing for the first run), then for each member a line feed and the
    inputs. So the hash of the newest run vouches for every run of the plan.
    """

    def __init__(self, before: str) -> None:
        self._sha256 = hashlib.sha256(before.encode())

    def add(self, spelling: str) -> None:
        """The next member's canonical inputs."""
        self._sha256.update(b"\n" + spelling.encode())

    @property
    def hexdigest(self) -> str:
        return self._sha256.hexdigest()


def month_ends(year: Span, *, after: date | None, until: date) -> Iterator[date]:
    """The last days of a plan year's months: those later than ``after``, and over before the day ``until``."""
    month = year.start
    while month <= year.end:
        end = min(month_later(month, 1) - timedelta(days=1), year.end)
        if end < until and (after is None or end > after):
            yield end
        month = month_later(month, 1)


def provisional_parts(inputs: dict[str, Any]) -> frozenset[str]:
    """Components with a behaviour that rests on few answers."""
    return frozenset(
        part["key"]
        for part in inputs["components"]
        if part["kind"] == "rating"
        and any(is_provisional([(good, rated) for good, rated in one["customers"]]) for one in part["behaviours"])
    )


def target_of(inputs: dict[str, Any]) -> Decimal:
    """What the eligible days pay where every target is reached exactly, to the currency's cent."""
    days = Fraction(inputs["eligible_days"], inputs["period_days"])
    exact = round_half_up(Fraction(inputs["target_bonus"]) * days, minor_units(inputs["currency"]))
    return Decimal(exact.numerator) / Decimal(exact.denominator)
