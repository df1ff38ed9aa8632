"""Two versions of a card, laid side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from report_cards.models import Measure, ReportCard
from report_cards.queries.cards import seen_of_card
from report_cards.rules.versions import Change, Piece, changes, pieces


@dataclass(frozen=True)
class Line:
    """A behaviour in two versions; ``wording`` and ``french`` are the questions word by word where they changed."""

    change: Change
    wording: list[Piece]
    french: list[Piece]


@dataclass(frozen=True)
class Comparison:
    """``old`` against ``new``, by measure."""

    old: ReportCard
    new: ReportCard
    measures: list[tuple[Measure, list[Line]]]

    @property
    def counts(self) -> dict[str, int]:
        """How many behaviours are ``added``, ``removed``, ``changed`` and ``same``."""
        kinds = [line.change.kind for _, lines in self.measures for line in lines]
        return {kind: kinds.count(kind) for kind in ("added", "removed", "changed", "same")}


def side_by_side(old: ReportCard, new: ReportCard) -> Comparison:
    """What was added, removed and changed from one version to another. Two queries."""
    found = changes(seen_of_card(old)["behaviours"], seen_of_card(new)["behaviours"])
    by_measure = [(measure, list(_lines(found, measure))) for measure in Measure]
    return Comparison(old, new, by_measure)


def _lines(found: list[Change], measure: Measure) -> Iterator[Line]:
    for change in found:
        if change.measure == measure:
            yield Line(change, _pieces(change, "question"), _pieces(change, "french"))


def _pieces(change: Change, field: str) -> list[Piece]:
    if change.old and change.new and field in change.fields:
        return pieces(change.old[field], change.new[field])
    return []
