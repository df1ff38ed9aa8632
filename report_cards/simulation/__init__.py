"""How often the rules are wrong about a person, counted on people whose truth is known. Pure; used by no page.

docs/algorithms/fairness.md prints the numbers; ``manage.py simulate_results`` makes them.
"""

from report_cards.simulation.firms import AwardCounts, simulate_awards
from report_cards.simulation.people import PersonCounts, simulate_people

__all__ = ["AwardCounts", "PersonCounts", "simulate_awards", "simulate_people"]
