"""A letter as PDF: A4, in the hand of the firm, nothing on it but the letter."""

import io
from html import escape
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from firm.models import Firm
from firm.paper import INK, Paper, fonts
from recovery.models import Letter

MARGIN = 25 * mm


def letter_pdf(letter: Letter, *, firm: Firm) -> bytes:
    """The letter, ready to be folded."""
    plain, bold = fonts()
    paper, buffer = Paper(), io.BytesIO()
    margins: Any = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), MARGIN)
    document = SimpleDocTemplate(buffer, pagesize=A4, title=letter.subject or firm.name, author=firm.name, **margins)
    text = ParagraphStyle("letter", fontName=plain, fontSize=11, leading=17, textColor=INK, spaceAfter=11)
    head = ParagraphStyle("head", text, fontName=bold, fontSize=13)
    day = letter.sent_at.astimezone(firm.tzinfo)
    story: list[Flowable] = [
        Paragraph(escape(paper.spell(firm.name)), head),
        Paragraph(escape(paper.spell(f"{day:%d.%m.%Y}" if letter.language == "fr" else f"{day:%-d %B %Y}")), text),
        Spacer(1, 14 * mm),
    ]
    for part in letter.text.split("\n\n"):
        lines = [escape(paper.spell(line)) for line in part.split("\n")]
        story.append(Paragraph("<br/>".join(lines), text))
    document.build(story)
    return buffer.getvalue()
