"""Rounds and results for other systems, under /api/v1/."""

from report_cards.api.results import ResultResource
from report_cards.api.rounds import RoundResource

__all__ = ["ResultResource", "RoundResource"]
