"""The mixes of a plan's years on the designer's page, as text, and what its buttons do to them. Nothing is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from compensation import rules
from compensation.models import Component
from compensation.rules import mix
from compensation.rules.ways import BY_KEY, Way, too_small, ways_out
from customers.forms.seen import sealed, unsealed
from report_cards.forms.drafts import basis_points, percent
from report_cards.rules.weights import WHOLE, fill

NAMES = dict(Component.Key.choices)


@dataclass(frozen=True)
class Cell:
    """The weight of one component in one year."""

    key: str
    name: str
    field: str
    text: str
    is_locked: bool


@dataclass(frozen=True)
class Fault:
    """A breach of the method with its ways out."""

    breach: mix.Breach
    note: str
    ways: list[Way]


@dataclass
class Mixes:
    """The weights of every plan year as a browser sends them; ``before`` are those an undo brings back."""

    spans: list[rules.Span]
    years: list[dict[str, str]]
    locks: set[str] = field(default_factory=set)
    before: str = ""
    behaviours: list[Mapping[str, int]] = field(default_factory=list)

    @classmethod
    def of_years(cls, years: Sequence[Any]) -> Self:
        """Saved plan years."""
        texts = [{key: percent(year.mix.weights.get(key, 0)) for key in mix.COMPONENTS} for year in years]
        return cls([year.span for year in years], texts, behaviours=[year.mix.behaviours for year in years])

    def read(self, data: Mapping[str, Any]) -> None:
        """Take what was sent in place of what is saved."""
        for place, year in enumerate(self.years):
            for key in mix.COMPONENTS:
                year[key] = str(data.get(f"mix-{place}-{key}", year[key]))
                if data.get(f"mix-{place}-{key}-is_locked"):
                    self.locks.add(f"mix-{place}-{key}")
        self.before = str(data.get("before", ""))

    @property
    def weights(self) -> list[dict[str, int]]:
        """Basis points by year and component; 0 for what is no number."""
        return [{key: basis_points(text) for key, text in year.items()} for year in self.years]

    @property
    def mixes(self) -> list[rules.YearMix]:
        counts = self.behaviours or [{}] * len(self.years)
        pairs = zip(self.weights, counts, strict=True)
        return [rules.YearMix(number, weights, count) for number, (weights, count) in enumerate(pairs, 1)]

    @property
    def path(self) -> list[rules.Block]:
        return rules.path(list(zip(self.mixes, self.spans, strict=True)))

    @property
    def faults(self) -> list[Fault]:
        """Where the mixes break the method, each with what can be done."""
        weights = self.weights
        return [
            Fault(
                breach,
                too_small(weights[breach.year - 1]) if breach.kind == "secrets" else "",
                ways_out(breach, weights) if all(sum(year.values()) == WHOLE for year in weights) else [],
            )
            for breach in rules.warnings(self.mixes)
        ]

    @property
    def columns(self) -> list[tuple[rules.YearMix, rules.Span, list[Cell]]]:
        """The years as the page shows them."""
        return [
            (year, span, [self._cell(place, key) for key in mix.COMPONENTS])
            for place, (year, span) in enumerate(zip(self.mixes, self.spans, strict=True))
        ]

    def _cell(self, place: int, key: str) -> Cell:
        name = f"mix-{place}-{key}"
        return Cell(key, NAMES[key], name, self.years[place][key], name in self.locks)

    def errors(self) -> list[str]:
        """Why the weights cannot be kept."""
        return [
            f"Year {number}: the weights sum to {percent(total)} %. Press “Make it 100 %”, or change them."
            for number, year in enumerate(self.weights, 1)
            if (total := sum(year.values())) != WHOLE
        ]

    def take_template(self, key: str) -> None:
        """The mixes of a template, its last for the years beyond it."""
        found = rules.TEMPLATES[key].years
        self._set([dict(found[min(place, len(found) - 1)]) for place in range(len(self.years))])

    def copy_mix(self, place: int) -> None:
        """A year like the one before it."""
        weights = self.weights
        weights[place] = dict(weights[place - 1])
        self._set(weights)

    def fill_mix(self, place: int) -> None:
        """Make a year's sum 100 %, in proportion; locked weights stay."""
        weights = self.weights
        locked = {n for n, key in enumerate(mix.COMPONENTS) if f"mix-{place}-{key}" in self.locks}
        weights[place] = dict(zip(mix.COMPONENTS, fill([*weights[place].values()], locked), strict=True))
        self._set(weights)

    def mend_mix(self, key: str, place: int) -> None:
        """Take a way out of a breach."""
        weights = self.weights
        BY_KEY[key].take(weights, place)
        self._set(weights)

    def undo_mix(self) -> None:
        """Bring back what stood there before the last button."""
        years = (unsealed(self.before) or {}).get("years", [])
        if len(years) == len(self.years):
            self.years, self.before = years, ""

    def _set(self, weights: list[dict[str, int]]) -> None:
        self.before = sealed({"years": self.years})
        self.years = [{key: percent(year.get(key, 0)) for key in mix.COMPONENTS} for year in weights]


def years_of(starts_on: date, months: int) -> int:
    """How many plan years there are."""
    return len(list(rules.plan_years(starts_on, months)))
