"""Sheets as PDF: A4, letters the font has, a header and page numbers on every page."""

import functools
import io
import unicodedata
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

import reportlab
from django.conf import settings
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

INK, SOFT, STAMP = HexColor("#23262e"), HexColor("#5d5a52"), HexColor("#9c2b1f")
MARGIN = 18 * mm
# The first found is used: the locked package's, the system's, reportlab's own, which is always there, without Greek,
# Cyrillic and many letters of central Europe.
FONTS = (
    (settings.BASE_DIR / "node_modules/dejavu-fonts-ttf/ttf", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    (Path("/usr/share/fonts/truetype/dejavu"), "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    (Path(reportlab.__file__).parent / "fonts", "Vera.ttf", "VeraBd.ttf"),
)


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
        width, height = self._pagesize  # type: ignore[attr-defined]
        self.setFillColor(STAMP)
        self.setFont(self.fonts[1], 9)
        self.drawString(MARGIN, height - 15 * mm, self.header)
        self.setStrokeColor(STAMP)
        self.line(MARGIN, height - 17 * mm, width - MARGIN, height - 17 * mm)
        self.setFillColor(SOFT)
        self.setFont(self.fonts[0], 8)
        self.drawRightString(width - MARGIN, 11 * mm, foot)


class Paper:
    """Turns words into paragraphs; an app's own sheet is a subclass."""

    def __init__(self) -> None:
        plain, bold = fonts()
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

    def bound(
        self, story: Iterable[Flowable], *, header: str, title: str, author: str, size: tuple[float, float] = A4
    ) -> bytes:
        """The PDF: the story on numbered pages, each under the header."""
        buffer = io.BytesIO()
        document = SimpleDocTemplate(
            buffer,
            pagesize=size,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=26 * mm,
            bottomMargin=20 * mm,
            title=title,
            author=author,
        )
        numbered = functools.partial(NumberedCanvas, header=self.spell(header), fonts=fonts())
        document.build(list(story), canvasmaker=numbered)
        return buffer.getvalue()

    def line(self, style: str, text: str) -> Paragraph:
        return Paragraph(escape(self.spell(text)), self.styles[style])

    def spell(self, text: str) -> str:
        """The text in letters the font has: an accent it lacks is dropped, a letter it lacks is a question mark."""
        return "".join(self._letter(letter) for letter in unicodedata.normalize("NFC", text) if letter.isprintable())

    def _letter(self, letter: str) -> str:
        if letter.isspace() or ord(letter) in self.letters:
            return letter
        bare = unicodedata.normalize("NFKD", letter)[0]
        return bare if ord(bare) in self.letters else "?"
