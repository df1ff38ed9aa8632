"""The faces of report cards."""

from report_cards.views.cards import add_card, change_card, report_card, report_cards, sign_card
from report_cards.views.rate import not_you, rate, rated, unsubscribe
from report_cards.views.results import firm_results, person_results, results, team_results
from report_cards.views.rounds import close_round, decide_held, draw_round, round_page, rounds

__all__ = [
    "add_card",
    "change_card",
    "close_round",
    "decide_held",
    "draw_round",
    "firm_results",
    "not_you",
    "person_results",
    "rate",
    "rated",
    "report_card",
    "report_cards",
    "results",
    "round_page",
    "rounds",
    "sign_card",
    "team_results",
    "unsubscribe",
]
