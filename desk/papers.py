"""The answer to “what do you hold about me?” as PDF: A4, every section, every value with its name."""

from collections.abc import Iterator
from html import escape
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Paragraph

from firm.paper import Paper


def answer_pdf(answer: dict[str, Any]) -> bytes:
    """The answer, ready to send."""
    paper = Paper()
    header = f"{answer['firm']}: what we hold about {answer['about']}"[:110]
    title = f"What we hold about {answer['about']}"
    return paper.bound(_story(answer, paper), header=header, title=title, author=answer["firm"])


def _story(answer: dict[str, Any], paper: Paper) -> Iterator[Flowable]:
    yield _line(paper, "title", f"What we hold about {answer['about']}")
    yield _line(paper, "text", f"You asked on {answer['received_on']}. This is all of it as of {answer['written_at']}.")
    for section in answer["sections"]:
        rows = section["rows"]
        heading = _line(paper, "section", section["title"])
        if not rows:
            yield KeepTogether([heading, _line(paper, "text", "Nothing.")])
            continue
        yield KeepTogether([heading, *_row(paper, rows[0])])
        for row in rows[1:]:
            yield from _row(paper, row)


def _row(paper: Paper, row: dict[str, Any]) -> list[Flowable]:
    """The values of a row in one paragraph, each behind its name; what is empty is left out."""
    parts = [
        f"<b>{escape(paper.spell(name))}</b> {escape(paper.spell(_words(value)))}"
        for name, value in row.items()
        if value not in ("", None, [])
    ]
    return [Paragraph(" · ".join(parts) or "–", paper.styles["text"])]


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_words(one)}" for name, one in value.items() if one not in ("", None, {}, []))
    return " / ".join(_words(one) for one in value) if isinstance(value, list) else str(value)


def _line(paper: Paper, style: str, text: str) -> Paragraph:
    return Paragraph(escape(paper.spell(text)), paper.styles[style])
