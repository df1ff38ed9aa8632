"""A report card on paper: what customers are asked, how it weighs, what is aimed for, who signed it and when."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table, TableStyle

from firm.paper import INK, SOFT, Paper
from firm.templatetags.words import bp, percent
from report_cards import rules
from report_cards.models import Behaviour, CardWriter, Measure, ReportCard

LINES = TableStyle(
    [
        ("LINEABOVE", (0, 1), (-1, -1), 0.4, SOFT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
)
WIDTHS = (42 * mm, 90 * mm, 18 * mm, 24 * mm)
# What every page asks beside the behaviours, as the customer reads it, and when.
BESIDE = (
    ("Did what we sold you fit what you needed?", "Yes, no, or can’t judge."),
    ("If it did not fit: did … offer you someone else’s solution?", "Yes or no, where it did not fit."),
    ("Did anyone ask you for a good score?", "Asked of a sample; it changes nothing that counts."),
    ("How likely are you to stay our customer?", "0 to 10, once a quarter; it never affects pay."),
)


def card_pdf(card: ReportCard, *, writers: Iterable[CardWriter], seconds: int, reader: str) -> bytes:
    """The card ready to print; ``seconds`` are what a customer is estimated to need."""
    sheet = CardPaper()
    story = sheet.story(card, writers, seconds)
    return sheet.bound(story, header=f"{card}. {signature(card)}", title=str(card), author=reader)


def signature(card: ReportCard) -> str:
    """Who signed it off and when, or that nobody has."""
    if card.signed_by is None or card.signed_at is None:
        return "A draft, not signed off."
    return f"Signed off by {card.signed_by.name}, {timezone.localtime(card.signed_at):%-d %B %Y, %H:%M %Z}."


class CardPaper(Paper):
    """Turns a card into paragraphs and tables."""

    def story(self, card: ReportCard, writers: Iterable[CardWriter], seconds: int) -> Iterator[Flowable]:
        yield self.line("title", str(card))
        stays = " It never changes." if card.signed_at else ""
        yield self.line("text", signature(card) + stays)
        wrote = [f"{one.user.name}, {timezone.localtime(one.at):%-d %B %Y, %H:%M}" for one in writers]
        yield self.line("small", f"Written by {'; '.join(wrote) or card.made_by.name}.")
        until = "until a newer version begins or the year ends"
        yield self.line("text", f"Customers are asked this about the months from {card.first_month:%B %Y} on, {until}.")
        for measure, behaviours in card.by_measure():
            yield from self._measure(measure, behaviours)
        words = ", ".join(rules.WORDS)
        yield self.line("section", "How the customer answers")
        yield self.line("text", f"Each with one of five words, {words}, or “I can’t judge”; if they like, with why.")
        for question, how in BESIDE:
            yield self.line("text", f"{question} {how}")
        yield self.line("text", f"A comment at the end. About {seconds} seconds in all, half a minute at best.")

    def _measure(self, measure: Measure, behaviours: Sequence[Behaviour]) -> Iterator[Flowable]:
        yield self.line("section", str(measure.label).capitalize())
        heads = ("Behaviour", "What the customer reads", "Weight", "Year-end target")
        rows: list[list[Flowable | list[Flowable]]] = [[self.line("small", head) for head in heads]]
        for behaviour in behaviours:
            read: list[Flowable] = [self.line("text", behaviour.question)]
            if behaviour.french:
                read.append(self.line("small", behaviour.french))
            numbers = (bp(behaviour.weight_bp), percent(behaviour.target))
            rows.append([self.line("text", behaviour.name), read, *(self.line("text", one) for one in numbers)])
        yield Table(rows, colWidths=WIDTHS, style=LINES, repeatRows=1, hAlign="LEFT")
