"""What a question says in the customer's language."""

from firm.languages import spoken
from report_cards.models import Behaviour


def question_of(behaviour: Behaviour) -> tuple[str, str]:
    """What the customer reads, in the language spoken now where the card has it, and the language it is in."""
    language = spoken()
    translated = str(behaviour.translations.get(language) or "").strip()
    return (translated, language) if translated and language != "en" else (behaviour.question, "en")
