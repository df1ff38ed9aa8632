"""What a question says in the customer's language."""

from collections.abc import Iterable
from math import ceil

from django.utils.translation import gettext

from firm.languages import spoken
from report_cards.models import Behaviour
from report_cards.rules.reading import LONGEST, seconds_to_answer


def question_of(behaviour: Behaviour) -> tuple[str, str]:
    """What the customer reads, in the language spoken now where the card has it, and the language it is in."""
    language = spoken()
    translated = str(behaviour.translations.get(language) or "").strip()
    return (translated, language) if translated and language != "en" else (behaviour.question, "en")


def time_needed(behaviours: Iterable[Behaviour]) -> str:
    """How long a card takes, as the customer is told: “half a minute”, “a minute”, “two minutes”; never less."""
    seconds = seconds_to_answer(question_of(behaviour)[0] for behaviour in behaviours)
    if seconds <= LONGEST:
        return gettext("half a minute")
    minutes = ceil(seconds / 60)
    return gettext("a minute") if minutes == 1 else gettext("%(count)s minutes") % {"count": minutes}
