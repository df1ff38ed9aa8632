"""A board as rows of a spreadsheet: what is measured, of what, the counts, then the figures."""

from collections.abc import Iterator

from recovery.queries.board import Board

Cell = str | int | float | None
HEAD = ("Board", "Measure", "Of", "Severity", "Count", "Rests on", "Value")


def board_table(who: str, board: Board) -> Iterator[tuple[Cell, ...]]:
    """The head, then one row a number. A value that too few cases carry stays empty."""
    yield HEAD
    for row in _rows(board):
        yield (who, *row)


def _rows(board: Board) -> Iterator[tuple[Cell, ...]]:
    s = board.summary
    ended = {"open": s.open, "closed": s.closed, "closed with a reason": s.with_reason}
    stayed = {"renewed": s.renewed, "not renewed": s.left, "renewal unknown": s.unknown}
    for name, count in {**ended, **stayed, "failed": s.failed, "failed, not handled": s.unhandled}.items():
        yield "Cases", name, "", count, s.cases, None
    for one in board.promises:
        yield "On time", one.label, one.how_bad, one.on_time, one.settled, one.share.value
        yield "Seconds, median", one.label, one.how_bad, None, one.done, one.middle.value
        yield "Seconds, 90 % within", one.label, one.how_bad, None, one.done, one.tail.value
    for pair in board.worked:
        counts = {"asked": pair.asked, "answered": pair.answered, "not asked": pair.not_asked}
        counts |= {"to come": pair.to_come, "before unknown": pair.unknown_before}
        for name, count in counts.items():
            yield f"Likely to stay, {name}", pair.label, pair.how_bad, count, pair.closed, None
        yield "Likely to stay, mean before", pair.label, pair.how_bad, None, pair.pairs, pair.before.value
        yield "Likely to stay, mean after", pair.label, pair.how_bad, None, pair.pairs, pair.after.value
        for name, count in {"better": pair.better, "same": pair.same, "worse": pair.worse}.items():
            yield f"Likely to stay, {name}", pair.label, pair.how_bad, count, pair.pairs, None
    for cause in board.causes:
        yield "Root cause", cause.label, "", cause.cases, s.cases, None
        yield "Repeated failures", cause.label, "", cause.repeated, cause.cases, None
    for made in board.gestures:
        yield "Gesture, likely to stay (7 to 10)", made.name, "", made.likely, made.answered, made.stays.value
        yield "Gesture, mean change", made.name, "", None, made.pairs, made.change.value
        yield "Gesture, renewed", made.name, "", made.renewed, made.renewal_known, None
