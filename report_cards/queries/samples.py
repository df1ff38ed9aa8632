"""An invented customer for previews and test mails. Nothing of it is ever saved, and there is no link to it."""

from datetime import timedelta

from firm.models import Firm
from report_cards.models import Invitation, ReportCard, Round
from report_cards.rules.calendar import closes_at

NAMES = {"salesperson": "Robin Sample", "customer": "Sample & Daughters", "contact": "Alex Sample"}


def sample_invitation(card: ReportCard, *, language: str, firm: Firm) -> Invitation:
    """Alex Sample of Sample & Daughters, asked in the card's first month; unsaved."""
    closes = closes_at(card.first_month, firm.tzinfo)
    month_round = Round(month=card.first_month, card=card, drawn_at=closes - timedelta(days=19), closes_at=closes)
    return Invitation(
        round=month_round,
        address="alex@sample.example",
        language=language,
        wording={"firm": firm.name, **NAMES},
        state=Invitation.State.SENT,
        sent_at=month_round.drawn_at,
    )
