"""A statement on paper: the total, its lines, and behind each line its formula with the numbers filled in."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, SimpleDocTemplate, Table, TableStyle

from compensation.models import Statement
from compensation.queries import Estimate, Headline, StatementLine
from firm.paper import INK, MARGIN, SOFT, NumberedCanvas, Paper, fonts
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
    plain, bold = fonts()
    buffer, sheet = io.BytesIO(), StatementPaper(plain, bold)
    who = estimate.member.salesperson.name
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=26 * mm,
        bottomMargin=20 * mm,
        title=f"Bonus of {who}, plan year {estimate.year.number}",
        author=reader,
    )
    header = sheet.spell(f"Bonus of {who}, plan year {estimate.year.number}. For {reader}.")

    def numbered(*args: Any, **kwargs: Any) -> Canvas:
        return NumberedCanvas(*args, header=header, fonts=(plain, bold), **kwargs)

    document.build(list(sheet.story(estimate, head, lines, kept)), canvasmaker=numbered)
    return buffer.getvalue()


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
