"""A firm's month, again and again: is the most improved awarded, and to whom?"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from report_cards.rules.improvement import PersonVoices, card_weighted, most_improved
from report_cards.simulation.customers import Said, customer, thresholds

QUARTER = 3
DRAWS = 99


@dataclass
class AwardCounts:
    """Months simulated; how many had an award, how many went to somebody whose customers truly became happier."""

    months: int = 0
    awarded: int = 0
    truly: int = 0
    to_the_best: int = 0

    @property
    def false_share(self) -> float:
        """Of all months, the share with an award to somebody who did not truly improve."""
        return (self.awarded - self.truly) / self.months


def simulate_awards(
    changes: Sequence[float] | float,
    *,
    people: int,
    customers: int,
    months: int,
    seed: str,
    share: float = 0.8,
    behaviours: int = 8,
) -> AwardCounts:
    """Months of a firm whose people truly change by ``changes`` (of the share; the rest of the people by nothing).

    A single number is the spread (standard deviation) of everybody's random true change.
    """
    counts = AwardCounts()
    for number in range(months):
        random = Random(f"{seed}:{customers}:{number}")
        true = _true(changes, people, random)
        voices = [
            _person(random, i, share=share, change=change, size=(customers, behaviours))
            for i, change in enumerate(true)
        ]
        award = most_improved(voices, seed=f"{seed}:{number}", draws=DRAWS)
        counts.months += 1
        if award.winner:
            counts.awarded += 1
            counts.truly += true[award.winner.person] > 0
            counts.to_the_best += true[award.winner.person] == max(true)
    return counts


def _true(changes: Sequence[float] | float, people: int, random: Random) -> list[float]:
    if isinstance(changes, float):
        return [random.gauss(0, changes) for _ in range(people)]
    return [*changes, *[0.0] * (people - len(changes))]


def _person(random: Random, number: int, *, share: float, change: float, size: tuple[int, int]) -> PersonVoices:
    """Everybody stands where a change of theirs leads to ``share`` plus half of it, so that nobody hits the ceiling."""
    customers, behaviours = size
    before = thresholds([min(max(share - change / 2, 0.02), 0.98)] * behaviours)
    now = thresholds([min(max(share + change / 2, 0.02), 0.98)] * behaviours)
    months = [before] * QUARTER + [now] * QUARTER
    said = [customer(random, months) for _ in range(customers)]
    return PersonVoices(
        number,
        {c: _voice(one, QUARTER) for c, one in enumerate(said)},
        {c: _voice(one, 0) for c, one in enumerate(said)},
    )


def _voice(said: Said, start: int) -> float:
    """One customer's card-weighted share of a quarter, all behaviours weighing the same."""
    shares = {}
    for number, line in enumerate(said):
        given = [word for word in line[start : start + QUARTER] if word is not None]
        if given:
            shares[str(number)] = sum(given) / len(given)
    weighted = card_weighted(shares, dict.fromkeys(shares, 1))
    assert weighted is not None
    return weighted
