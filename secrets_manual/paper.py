"""The sheet for a visit as PDF: A4, accents, wrapped lines, page numbers, whose it is on every page."""

import functools
import io
import unicodedata
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate

from secrets_manual.models import Secret
from secrets_manual.queries import Visit

INK, SOFT, STAMP = HexColor("#23262e"), HexColor("#5d5a52"), HexColor("#9c2b1f")
MARGIN = 18 * mm
# The first found is used; reportlab's own is always there, without the letters of central Europe.
FONTS = (
    (Path("/usr/share/fonts/truetype/dejavu"), "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    (Path(reportlab.__file__).parent / "fonts", "Vera.ttf", "VeraBd.ttf"),
)


def manual_pdf(visit: Visit) -> bytes:
    """The sheet, ready to print."""
    plain, bold = fonts()
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=26 * mm,
        bottomMargin=20 * mm,
        title=f"Visit to {visit.customer.name}",
        author=visit.reader.name,
    )
    paper = Paper(plain, bold)
    header = f"For {visit.reader.name}, {visit.day:%-d %B %Y}. Do not leave behind."

    def numbered(*args: Any, **kwargs: Any) -> Canvas:
        return NumberedCanvas(*args, header=paper.spell(header), fonts=(plain, bold), **kwargs)

    document.build(list(paper.story(visit)), canvasmaker=numbered)
    return buffer.getvalue()


@functools.cache
def fonts() -> tuple[str, str]:
    """Register the fonts once; their names for plain and bold."""
    folder, plain, bold = next(fonts for fonts in FONTS if all((fonts[0] / name).exists() for name in fonts[1:]))
    for name in (plain, bold):
        pdfmetrics.registerFont(TTFont(name, str(folder / name), asciiReadable=1))
    pdfmetrics.registerFontFamily(plain, normal=plain, bold=bold, italic=plain, boldItalic=bold)
    return plain, bold


class NumberedCanvas(Canvas):
    """Writes the header and “page 2 of 3” on every page when the last one is known."""

    def __init__(self, *args: Any, header: str, fonts: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.header, self.fonts = header, fonts
        self.pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self.pages.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        for number, page in enumerate(self.pages, start=1):
            self.__dict__.update(page)
            self._edges(f"page {number} of {len(self.pages)}")
            super().showPage()
        super().save()

    def _edges(self, foot: str) -> None:
        width, height = A4
        self.setFillColor(STAMP)
        self.setFont(self.fonts[1], 9)
        self.drawString(MARGIN, height - 15 * mm, self.header)
        self.setStrokeColor(STAMP)
        self.line(MARGIN, height - 17 * mm, width - MARGIN, height - 17 * mm)
        self.setFillColor(SOFT)
        self.setFont(self.fonts[0], 8)
        self.drawRightString(width - MARGIN, 11 * mm, foot)


class Paper:
    """Turns a visit into paragraphs."""

    def __init__(self, plain: str, bold: str) -> None:
        font: Any = pdfmetrics.getFont(plain)
        self.letters = font.face.charToGlyph
        text = ParagraphStyle("text", fontName=plain, fontSize=10, leading=14, textColor=INK)
        self.styles = {
            "title": ParagraphStyle("title", text, fontName=bold, fontSize=18, leading=23),
            "section": ParagraphStyle("section", text, fontName=bold, fontSize=12, leading=16, spaceBefore=11),
            "category": ParagraphStyle("category", text, fontName=bold, textColor=SOFT, spaceBefore=7),
            "text": ParagraphStyle("line", text, spaceBefore=3),
            "small": ParagraphStyle("small", text, fontSize=8, leading=11, textColor=SOFT),
        }

    def story(self, visit: Visit) -> Iterator[Flowable]:
        """Everything on the sheet, in the order one needs it at the door."""
        customer = visit.customer
        yield self._line("title", customer.name)
        yield self._line("small", " · ".join(filter(None, [customer.address, customer.city, customer.how_met])))
        yield from self._section("We promised", [f"{one.due_on:%-d %B}: {one.text}" for one in visit.promises])
        yield from self._section("Coming up", [f"{day:%-d %B}: {words}" for day, words in visit.occasions])
        yield from self._section("Ask next", [f"“{one.text}”" for one in visit.questions])
        yield self._line("section", "What we know")
        if not visit.secrets:
            yield self._line("text", "Nothing you may read yet. Ask one good question.")
        for category, secrets in visit.by_category:
            lines = [self._secret(secret, visit) for secret in secrets]
            yield KeepTogether([self._line("category", category.name), *lines[0]])
            for pair in lines[1:]:
                yield KeepTogether(pair)
        if visit.special:
            yield self._line("small", f"{visit.special} special not printed: special secrets are on no paper.")

    def _section(self, title: str, lines: list[str]) -> Iterator[Flowable]:
        if lines:
            yield KeepTogether([self._line("section", title), self._line("text", lines[0])])
            yield from (self._line("text", line) for line in lines[1:])

    def _secret(self, secret: Secret, visit: Visit) -> list[Flowable]:
        warnings = " ".join(f'<font color="#9c2b1f"><b>[{mark}]</b></font>' for mark in marks_of(secret, visit))
        about = [
            secret.contact.name if secret.contact else "",
            f"{secret.get_confidence_display().lower()} confidence",
            f"confirmed {secret.confirmed_at:%-d %B %Y}",
            f"found by {secret.discovered_by.name}",
        ]
        words = escape(self.spell(secret.text))
        text = Paragraph(f"{warnings} {words}".strip(), self.styles["text"])
        return [text, self._line("small", " · ".join(filter(None, about)))]

    def _line(self, style: str, text: str) -> Paragraph:
        return Paragraph(escape(self.spell(text)), self.styles[style])

    def spell(self, text: str) -> str:
        """The text in letters the font has: an accent it lacks is dropped, a letter it lacks is a question mark."""
        return "".join(self._letter(letter) for letter in unicodedata.normalize("NFC", text) if letter.isprintable())

    def _letter(self, letter: str) -> str:
        if letter.isspace() or ord(letter) in self.letters:
            return letter
        bare = unicodedata.normalize("NFKD", letter)[0]
        return bare if ord(bare) in self.letters else "?"


def marks_of(secret: Secret, visit: Visit) -> list[str]:
    """What to mind before a word of it is said."""
    marks = ["NEVER ALOUD"] if secret.never_aloud else []
    if secret.is_sealed:
        marks.append(secret.get_sensitivity_display().upper())
    if secret.resting_until and secret.resting_until > visit.at:
        marks.append(f"RESTS UNTIL {secret.resting_until:%-d %B %Y}".upper())
    return marks
