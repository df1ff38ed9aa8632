"""The simulation's numbers as tables in Markdown."""

from collections.abc import Iterable, Iterator, Sequence

from report_cards.simulation.firms import AwardCounts, simulate_awards
from report_cards.simulation.people import PersonCounts, simulate_people

CUSTOMERS = (5, 12, 25, 50, 100)
TRUTHS = (
    ("exactly at target, eight behaviours", [0.80] * 8),
    ("exactly at target, twelve behaviours", [0.80] * 12),
    ("a little above: 85 %", [0.85] * 8),
    ("a little below: 75 %", [0.75] * 8),
    ("far below: 60 %", [0.60] * 8),
    ("one behaviour at 60 %, seven at target", [0.60, *[0.80] * 7]),
)
FIRM = 10
CHANGES: tuple[tuple[str, list[float] | float], ...] = (
    ("nobody changed", []),
    ("one fell by 30 points", [-0.30]),
    ("one rose by 10 points", [0.10]),
    ("one rose by 20 points", [0.20]),
    ("everybody by chance, spread 5 points", 0.05),
)


def tables(*, people: int, months: int, seed: str, sizes: Sequence[int] = CUSTOMERS) -> Iterator[str]:
    """Every table, one after the other; ``people`` a cell, ``months`` of a firm a cell."""
    for name, shares in TRUTHS:
        counts = [
            (size, simulate_people(shares, customers=size, people=people, seed=f"{seed}:{name}")) for size in sizes
        ]
        # Only where one behaviour differs is it worth asking which one was found.
        which = len(set(shares)) > 1
        head = (*PERSON, *WHICH) if which else PERSON
        yield _table(f"A person {name}", head, (_person_row(*one, which=which) for one in counts))
    for name, changes in CHANGES:
        rows = [
            (size, simulate_awards(changes, people=FIRM, customers=size, months=months, seed=f"{seed}:{name}"))
            for size in sizes
        ]
        yield _table(f"Most improved of {FIRM} people: {name}", AWARD, (_award_row(*one) for one in rows))


PERSON = (
    "customers",
    "a behaviour is *watch* or *below*",
    "a behaviour is *below*",
    "some behaviour is *below*",
    "two quarters",
    "far below",
    "required (either)",
    "strict",
    "required within a year",
    "strict within a year",
)
WHICH = ("the weak behaviour called for within a year", "another within a year")
AWARD = ("customers", "months with an award", "to somebody who truly rose", "false award")


def _person_row(size: int, counts: PersonCounts, *, which: bool) -> list[str]:
    rules = ("two_quarters", "far_below", "required", "strict")
    found = [percent(counts.weak_found / counts.people), percent(counts.others_called / counts.people)]
    return [
        str(size),
        percent(counts.status_share("watch", "below")),
        percent(counts.status_share("below")),
        percent(counts.below_share),
        *(percent(counts.month_share(rule)) for rule in rules),
        percent(counts.year_share("required")),
        percent(counts.year_share("strict")),
        *(found if which else []),
    ]


def _award_row(size: int, counts: AwardCounts) -> list[str]:
    return [
        str(size),
        percent(counts.awarded / counts.months),
        percent(counts.truly / counts.months),
        percent(counts.false_share),
    ]


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"### {title}", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows), ""])


def percent(share: float) -> str:
    """“12 %”, one decimal under 10 %."""
    return f"{100 * share:.1f} %" if 0 < share < 0.0995 else f"{100 * share:.0f} %"
