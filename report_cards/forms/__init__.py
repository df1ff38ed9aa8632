"""Forms of report cards, rounds and the customer's rating."""

from report_cards.forms.cards import CardPage
from report_cards.forms.rating import RatingForm, word_field
from report_cards.forms.rounds import DecideForm

__all__ = ["CardPage", "DecideForm", "RatingForm", "word_field"]
