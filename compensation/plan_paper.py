"""A plan's document on paper, with the hash of what the engine runs on every page."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table, TableStyle

from compensation.models import BonusPlan
from compensation.rules.outline import Section
from firm.paper import SOFT, Paper

LINES = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, SOFT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
)
WIDTHS = (52 * mm, 122 * mm)


def plan_pdf(plan: BonusPlan, sections: list[Section], digest: str) -> bytes:
    """The document, ready to print and sign."""
    sheet = Paper()
    story = _story(sheet, plan, sections, digest)
    return sheet.bound(story, header=f"SHA-256 {digest}", title=str(plan), author="Rapport")


def _story(sheet: Paper, plan: BonusPlan, sections: list[Section], digest: str) -> list[Flowable]:
    approved = f"Approved by {plan.approved_by}, {plan.approved_at:%-d %B %Y}." if plan.approved_at else "A draft."
    story: list[Flowable] = [sheet.line("title", str(plan)), sheet.line("text", approved)]
    for section in sections:
        story.append(sheet.line("section", section.title))
        rows = [[sheet.line("small", label), sheet.line("text", text)] for label, text in section.lines]
        story.append(Table(rows, colWidths=WIDTHS, style=LINES, hAlign="LEFT"))
    story.append(sheet.line("section", "What the hash says"))
    words = f"Pay is computed from exactly these numbers. Their SHA-256 is {digest}; another number has another hash."
    return [*story, sheet.line("text", words)]
