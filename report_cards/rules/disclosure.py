"""What a results page may show without telling what one customer said.

Two pages next to each other differ by the answers that came in between. Were those of one to four customers, the
difference of the pages would tell what they said, and the dossier tells who answered. So a page goes on showing the
window that showed last until a month brings answers of at least five customers, or until the window shares no month
with the one that showed last. docs/algorithms/results.md works it through.
"""

from collections.abc import Iterable
from datetime import date

from report_cards.rules.calendar import months_back
from report_cards.rules.statistics import FEWEST_CUSTOMERS, WINDOW_MONTHS


def shown_through(month: date, *, customers: int, month_customers: int, before: date | None) -> date | None:
    """The month whose window shows on the page of ``month``; None for none.

    ``customers`` judged in the three months to ``month``, ``month_customers`` of them in ``month`` itself; ``before``
    is what the latest earlier page shows.
    """
    overlaps = before is not None and before in months_back(month, WINDOW_MONTHS)
    if customers >= FEWEST_CUSTOMERS and (not overlaps or month_customers >= FEWEST_CUSTOMERS):
        return month
    return before if overlaps else None


def adds_up_safely(hidden: Iterable[int]) -> bool:
    """Whether a team's sum may hold those whose own numbers are hidden, given how many customers each of them hides.

    Who sees the team and everybody shown in it knows the rest as the difference: it has to be of nobody or of five.
    """
    total = sum(hidden)
    return total == 0 or total >= FEWEST_CUSTOMERS
