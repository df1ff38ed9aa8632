"""The awards of the months, as the wall shows them: the winner's own numbers and nobody else's."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from report_cards.models import MostImproved


@dataclass(frozen=True)
class ShownAward:
    """A month's award with the winner's change, as shares from 0 to 1; without a winner no number is shown."""

    award: MostImproved
    change: dict[str, Any] | None

    @property
    def points(self) -> Decimal:
        """Percentage points the share rose, to a tenth: what the two shares differ by as they are shown."""
        if not self.change:
            return Decimal(0)
        now, before = (round(Decimal(100 * self.change[name]), 1) for name in ("now", "before"))
        return now - before

    @property
    def in_hundred(self) -> str:
        """In how many of 100 months luck alone would give an award like this."""
        percent = 100 * (self.award.chance or 0)
        return f"{percent:.0f}" if percent >= 1 else "fewer than one"


def awards() -> QuerySet[MostImproved]:
    """Every month decided, newest first, with its winner."""
    return MostImproved.objects.select_related("round", "winner__team").order_by("-round__month")


def award_of(awards: QuerySet[MostImproved], month: str) -> ShownAward | None:
    """The award of ``month`` (2026-10), the newest when none is asked for; None before the first was decided.

    Raises ``Http404`` for a month without one.
    """
    if not month:
        newest = awards.first()
        return shown(newest) if newest else None
    for award in awards:
        if f"{award.round.month:%Y-%m}" == month:
            return shown(award)
    raise Http404


def shown(award: MostImproved) -> ShownAward:
    """An award with what its winner's page may say."""
    changes = award.facts.get("changes", [])
    mine = (change for change in changes if change["person"] == award.winner_id)
    return ShownAward(award, next(mine, None))
