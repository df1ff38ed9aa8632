"""The customers' languages: English is in the code, French in ``locale/fr`` (docs/decisions, number 10)."""

from contextlib import AbstractContextManager

from django.utils import translation

from report_cards.models import Behaviour

LANGUAGES = {"en": "English", "fr": "Français"}


def speaking(language: str) -> AbstractContextManager[None]:
    """Everything translated inside is in this language, dates and messages too; English where we don't speak it."""
    return translation.override(language if language in LANGUAGES else "en")


def spoken() -> str:
    """The language that is spoken now."""
    language = translation.get_language() or "en"
    return language if language in LANGUAGES else "en"


def question_of(behaviour: Behaviour) -> tuple[str, str]:
    """What the customer reads, in the language spoken now where the card has it, and the language it is in."""
    language = spoken()
    translated = str(behaviour.translations.get(language) or "").strip()
    return (translated, language) if translated and language != "en" else (behaviour.question, "en")
