"""A statement on paper: the total, its lines, and behind each line its formula with the numbers filled in."""

from collections.abc import Iterator, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table, TableStyle

from compensation.models import Statement
from compensation.queries import Estimate, Headline, StatementLine
from firm.paper import INK, SOFT, Paper
from firm.templatetags.words import bp, money, percent

LINES = TableStyle(
    [
        ("LINEABOVE", (0, 1), (-1, -1), 0.4, SOFT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
    ]
)
HEADS = ("Line", "Weight", "Reached", "Pays", "Amount")
WIDTHS = (62, 24, 28, 24, 34)


def statement_pdf(
    estimate: Estimate, head: Headline, lines: Sequence[StatementLine], *, kept: Statement | None, reader: str
) -> bytes:
    """The statement as the reader sees it, ready to print."""
    sheet = StatementPaper()
    title = f"Bonus of {estimate.member.salesperson.name}, plan year {estimate.year.number}"
    story = sheet.story(estimate, head, lines, kept)
    return sheet.bound(story, header=f"{title}. For {reader}.", title=title, author=reader)


class StatementPaper(Paper):
    """Turns a statement into paragraphs and a table."""

    def story(
        self, estimate: Estimate, head: Headline, lines: Sequence[StatementLine], kept: Statement | None
    ) -> Iterator[Flowable]:
        yield self.line("title", f"{money(head.total)} {estimate.inputs['currency']}")
        yield self.line("text", f"{_kind(kept)} through {estimate.as_of:%-d %B %Y}, from {estimate.member.plan}.")
        of_target = f" {percent(head.of_target)} of the target of {money(head.target)}." if head.of_target else ""
        yield self.line("text", f"{head.eligible_days} of {head.period_days} days.{of_target}")
        yield self._table(lines, head)
        for line in lines:
            yield from self._reason(line)
        yield self.line("section", "Check it yourself")
        yield self.line("text", "The re-check file of this statement holds every input; anyone can compute it again.")
        if kept:
            yield self.line("small", f"SHA-256 of the inputs: {kept.inputs_hash}")

    def _table(self, lines: Sequence[StatementLine], head: Headline) -> Flowable:
        rows = [HEADS, *(_cells(line) for line in lines), ("Total", "", "", "", money(head.total))]
        cells = [[self.line("text", cell) for cell in row] for row in rows]
        table = Table(cells, colWidths=[width * mm for width in WIDTHS], style=LINES, repeatRows=1, hAlign="LEFT")
        table.spaceBefore = table.spaceAfter = 8
        return table

    def _reason(self, line: StatementLine) -> Iterator[Flowable]:
        yield self.line("section", line.name)
        yield self.line("text", f"{line.formula} = {money(line.amount)}")
        for step in line.steps:
            said = f"{step.formula} = {step.answer}" if step.formula else "withheld until 5 customers have answered"
            yield self.line("small", f"{step.name}: {said if step.formula != step.answer else step.answer}")
        if line.why_provisional:
            yield self.line("small", f"Provisional: {line.why_provisional}. That never changes the amount.")


def _kind(kept: Statement | None) -> str:
    if kept is None or kept.run is None:
        return "Estimate"
    return f"{kept.get_kind_display().capitalize()} statement of run {kept.run_id}"


def _cells(line: StatementLine) -> tuple[str, ...]:
    name = f"{line.name} (provisional)" if line.is_provisional else line.name
    return (name, bp(line.weight_bp), line.reached, line.pays, money(line.amount))
