"""What stands on the designer's page, whether valid or not, and what its buttons do to it. Nothing is saved here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException
from typing import Any, Self

from report_cards.models import Measure
from report_cards.rules.cards import MOST_BEHAVIOURS
from report_cards.rules.library import BY_KEY, STARTERS, Suggestion
from report_cards.rules.merging import Row
from report_cards.rules.weights import PERCENT, WHOLE, fill, share, spread

# The fields of a row as the page names them; a locked weight stays when others move.
ROW = ("key", "name", "question", "french", "weight", "target", "is_locked")
# More rows than can be kept, so that somebody else's additions can be shown beside one's own.
MOST_ROWS = 2 * MOST_BEHAVIOURS


@dataclass
class Draft:
    """The rows of each measure as text, the way a browser sends them.

    ``at`` is where to look next: measure, place, and the name or a button of that row; ``is_browsing`` names a measure
    whose part of the library stays open.
    """

    rows: dict[str, list[dict[str, str]]] = field(default_factory=lambda: {measure: [] for measure in Measure.values})
    at: tuple[str, int, str] | None = None
    is_browsing: str = ""

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Self:
        """What was sent, in the order of the page."""
        draft = cls()
        for measure, rows in draft.rows.items():
            sent = str(data.get(f"{measure}-rows", ""))
            count = min(int(sent), MOST_ROWS) if sent.isdecimal() else 0
            rows += [{name: data.get(f"{measure}-{n}-{name}", "") for name in ROW} for n in range(count)]
        return draft

    @classmethod
    def of_rows(cls, rows: Iterable[Row]) -> Self:
        """Saved behaviours, as ``queries.cards.row_of`` has them."""
        draft = cls()
        for row in rows:
            draft.rows[row["measure"]].append(as_text(row))
        return draft

    def share_weights(self, measure: str) -> None:
        """The same weight for everybody who is not locked."""
        rows = self.rows[measure]
        self._weigh(measure, share(len(rows), self._weights(measure), self._locked(measure)))

    def fill_weights(self, measure: str) -> None:
        """Make it 100 %, in proportion."""
        self._weigh(measure, fill(self._weights(measure), self._locked(measure)))

    def add_behaviour(self, measure: str) -> None:
        """One more row, empty, with an equal part of the weight."""
        self._append(measure, {"target": "80"})

    def take_behaviour(self, measure: str, key: str) -> None:
        """One more row, from the library."""
        found = BY_KEY.get(key)
        if found and found.measure == measure and key not in self.keys():
            self._append(measure, _suggested(found))
            self.is_browsing = measure

    def take_starter(self, key: str) -> None:
        """A whole card from the library in place of everything."""
        for starter in STARTERS:
            if starter.key == key:
                self.rows = {measure: [] for measure in Measure.values}
                for taken, weight in starter.weights:
                    row = _suggested(BY_KEY[taken]) | {"weight": percent(weight)}
                    self.rows[BY_KEY[taken].measure].append(row)

    def remove_behaviour(self, measure: str, place: int) -> None:
        """One row less; its weight goes to the others in proportion."""
        rows = self.rows[measure]
        if place < len(rows):
            rows.pop(place)
            self.at = (measure, min(place, len(rows) - 1), "remove")
            self.fill_weights(measure)

    def raise_behaviour(self, measure: str, place: int) -> None:
        """One place up."""
        self._swap(measure, place, place - 1, "raise" if place > 1 else "lower")

    def lower_behaviour(self, measure: str, place: int) -> None:
        """One place down."""
        self._swap(measure, place, place + 1, "lower" if place < len(self.rows[measure]) - 2 else "raise")

    def keys(self) -> set[str]:
        """Keys that are taken."""
        return {row["key"] for rows in self.rows.values() for row in rows if row["key"]}

    def filled(self, measure: str) -> list[dict[str, str]]:
        """The rows that say something."""
        return [row for row in self.rows[measure] if is_filled(row)]

    def words(self) -> dict[str, list[dict[str, str]]]:
        """What customers would read, by measure."""
        return {measure: self.filled(measure) for measure in self.rows}

    def sum_bp(self, measure: str) -> int:
        """What the weights of the filled rows come to, in basis points."""
        return sum(basis_points(row["weight"]) for row in self.filled(measure))

    def _append(self, measure: str, row: dict[str, str]) -> None:
        rows = self.rows[measure]
        if len(rows) >= MOST_BEHAVIOURS:
            return
        rows.append(dict.fromkeys(ROW, "") | row)
        self.at = (measure, len(rows) - 1, "name")
        self._weigh(measure, spread(self._weights(measure), len(rows) - 1, _part(len(rows)), self._locked(measure)))

    def _swap(self, measure: str, place: int, other: int, button: str) -> None:
        rows = self.rows[measure]
        if 0 <= other < len(rows) and place < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
            self.at = (measure, other, button)

    def _weights(self, measure: str) -> list[int]:
        return [basis_points(row["weight"]) for row in self.rows[measure]]

    def _locked(self, measure: str) -> set[int]:
        return {n for n, row in enumerate(self.rows[measure]) if row["is_locked"]}

    def _weigh(self, measure: str, weights: list[int]) -> None:
        for row, weight in zip(self.rows[measure], weights, strict=False):
            row["weight"] = percent(weight)


def _part(count: int) -> int:
    """An equal part of the whole, in whole percents."""
    return WHOLE // count // PERCENT * PERCENT


def _suggested(found: Suggestion) -> dict[str, str]:
    return dict.fromkeys(ROW, "") | {
        "key": found.key,
        "name": found.name,
        "question": found.question,
        "french": found.french,
        "target": number(found.target * 100),
    }


def as_text(row: Row) -> dict[str, str]:
    """A behaviour of plain values the way a browser would send it."""
    return {
        **{name: str(row[name]) for name in ("key", "name", "question", "french")},
        "weight": percent(row["weight_bp"]),
        "target": number(Decimal(row["target"]) * 100),
        "is_locked": "",
    }


def is_filled(row: Mapping[str, str]) -> bool:
    """A row that says nothing and weighs nothing is left out."""
    return any(row[name].strip() for name in ("name", "question", "french", "weight"))


def basis_points(text: str) -> int:
    """A percentage as it was typed, in basis points; 0 for what is no number."""
    try:
        value = Decimal(text.replace(",", "."))
    except DecimalException:
        return 0
    return int(min(max(value, Decimal(0)), Decimal(100)) * 100) if value.is_finite() else 0


def percent(weight_bp: int) -> str:
    """Basis points as the page writes percentages: 3333 as “33.33”."""
    return number(Decimal(weight_bp) / 100)


def number(value: Decimal) -> str:
    """Two decimals at most, none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
