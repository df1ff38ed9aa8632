"""Results on paper: the page's sentence, its behaviours, their twelve months, and a manager's people."""

from collections.abc import Iterator, Mapping, Sequence

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Table, TableStyle

from firm.paper import INK, SOFT, Paper
from firm.templatetags.words import percent
from report_cards import rules
from report_cards.queries import BehaviourRow, FirmSpread, PersonRow, Results
from report_cards.queries.tables import STATUSES

LINES = TableStyle(
    [
        ("LINEABOVE", (0, 1), (-1, -1), 0.4, SOFT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
)
WORDS = (*rules.WORDS, rules.CANT_JUDGE)
COUNTED = ("Asked", "Answered", "Customers", *(word.capitalize() for word in rules.WORDS), "Can’t judge")
HEADS = ("Behaviour", *COUNTED, "Share", "95 % between", "Target", "Status")
WIDTHS = (44, 13, 18, 20, 11, 11, 16, 12, 18, 13, 13, 26, 13, 18)


def results_pdf(
    who: str, results: Results, *, spreads: Mapping[str, FirmSpread], people: Sequence[PersonRow] = (), reader: str
) -> bytes:
    """The results of somebody, a team or the firm, ready to print."""
    sheet = ResultsPaper()
    return sheet.bound(
        sheet.story(who, results, spreads, people),
        header=f"{who}, results of {results.round}. For {reader}.",
        title=f"Results of {results.round}: {who}",
        author=reader,
        size=landscape(A4),
    )


class ResultsPaper(Paper):
    """Turns results into paragraphs and tables."""

    def story(
        self, who: str, results: Results, spreads: Mapping[str, FirmSpread], people: Sequence[PersonRow]
    ) -> Iterator[Flowable]:
        yield self.line("title", results.headline)
        yield self.line("text", f"{results.answered} of {results.asked} answered. {results.changed}".strip())
        if results.quarantined:
            yield self.line("text", f"In quarantine, two people decide: {results.quarantined}.")
        yield self.line("section", f"Behaviours, three months to {results.round}")
        yield self._table([HEADS, *(cells_of(row) for row in results.rows)], WIDTHS)
        yield self.line("small", "One customer, one voice. Under five customers nothing shows.")
        for row in results.held:
            yield self.line("small", f"{row.behaviour.name}: three months to {row.through:%B}; too few answered since.")
        yield self.line("section", "Share good or excellent on each month’s page")
        months = [f"{month:%b %y}" for month in results.months]
        lines = [[row.behaviour.name, *(percent(share) for share in row.trend)] for row in results.rows]
        yield self._table([["Behaviour", *months], *lines], [56, *[16] * len(months)])
        yield from self._spread(results, spreads)
        yield from self._people(people)

    def _spread(self, results: Results, spreads: Mapping[str, FirmSpread]) -> Iterator[Flowable]:
        known = [(row, spreads[row.behaviour.key]) for row in results.rows if row.behaviour.key in spreads]
        lines = [[row.behaviour.name, half_of(spread), percent(spread.median)] for row, spread in known]
        if lines:
            table = self._table([["Behaviour", "Half lie between", "In the middle"], *lines], [56, 40, 30])
            yield KeepTogether([self.line("section", "The firm’s salespeople"), table])

    def _people(self, people: Sequence[PersonRow]) -> Iterator[Flowable]:
        if people:
            yield self.line("section", "People, whoever needs help first")
            heads = ["Salesperson", "Below", "Watch", "On target", "Too few", "Needs a hand with", "Answered"]
            yield self._table([heads, *map(person_cells, people)], [60, 20, 20, 24, 20, 60, 30])

    def _table(self, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Flowable:
        cells = [[self.line("small", cell) for cell in row] for row in rows]
        table = Table(cells, colWidths=[width * mm for width in widths], style=LINES, repeatRows=1, hAlign="LEFT")
        table.spaceAfter = 6
        return table


def cells_of(row: BehaviourRow) -> list[str]:
    """A behaviour as a line; empty where nothing may show."""
    target, status = percent(row.behaviour.target), STATUSES[row.result.status]
    if not row.is_shown:
        return [row.behaviour.name, str(row.asked), *[""] * 10, target, status]
    words = [str(row.counts.get(word, 0)) for word in WORDS]
    counts = [str(row.asked), str(row.answered), str(row.result.customers), *words]
    between = f"{percent(row.result.low)} and {percent(row.result.high)}"
    return [row.behaviour.name, *counts, percent(row.result.share), between, target, status]


def half_of(spread: FirmSpread) -> str:
    """The middle half in words."""
    return f"{percent(spread.quarter)} to {percent(spread.three_quarters)}"


def person_cells(row: PersonRow) -> list[str]:
    """A manager's person as a line."""
    counts = [str(count) for count in (row.below, row.watch, row.on_target, row.too_few)]
    return [row.person.name, *counts, row.worst.name if row.worst else "–", f"{row.answered} of {row.asked}"]
