"""The sheet for a visit as PDF: whose it is on every page."""

from collections.abc import Iterator
from html import escape

from reportlab.platypus import Flowable, KeepTogether, Paragraph

from firm.paper import Paper as Sheet
from secrets_manual.models import Secret
from secrets_manual.queries import Visit


def manual_pdf(visit: Visit) -> bytes:
    """The sheet, ready to print."""
    paper = Paper()
    header = f"For {visit.reader.name}, {visit.day:%-d %B %Y}. Do not leave behind."
    title = f"Visit to {visit.customer.name}"
    return paper.bound(paper.story(visit), header=header, title=title, author=visit.reader.name)


class Paper(Sheet):
    """Turns a visit into paragraphs."""

    def story(self, visit: Visit) -> Iterator[Flowable]:
        """Everything on the sheet, in the order one needs it at the door."""
        customer = visit.customer
        yield self.line("title", customer.name)
        yield self.line("small", " · ".join(filter(None, [customer.address, customer.city, customer.how_met])))
        yield from self._section("We promised", [f"{day[:1].upper()}{day[1:]}: {text}" for day, text in visit.promised])
        yield from self._section("Coming up", [f"{day:%-d %B}: {words}" for day, words in visit.occasions])
        yield from self._section("Ask next", [f"“{one.text}”" for one in visit.questions])
        yield self.line("section", "What we know")
        if not visit.secrets:
            yield self.line("text", "Nothing you may read yet. Ask one good question.")
        for category, secrets in visit.by_category:
            lines = [self._secret(secret, visit) for secret in secrets]
            yield KeepTogether([self.line("category", category.name), *lines[0]])
            for pair in lines[1:]:
                yield KeepTogether(pair)
        if visit.special:
            yield self.line("small", f"{visit.special} special not printed: special secrets are on no paper.")

    def _section(self, title: str, lines: list[str]) -> Iterator[Flowable]:
        if lines:
            yield KeepTogether([self.line("section", title), self.line("text", lines[0])])
            yield from (self.line("text", line) for line in lines[1:])

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
        return [text, self.line("small", " · ".join(filter(None, about)))]


def marks_of(secret: Secret, visit: Visit) -> list[str]:
    """What to mind before a word of it is said."""
    marks = ["NEVER ALOUD"] if secret.never_aloud else []
    if secret.is_sealed:
        marks.append(secret.get_sensitivity_display().upper())
    if secret.resting_until and secret.resting_until > visit.at:
        marks.append(f"RESTS UNTIL {secret.resting_until:%-d %B %Y}".upper())
    return marks
