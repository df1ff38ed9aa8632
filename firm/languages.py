"""The customers' languages: English is in the code, French in the apps' ``locale/fr`` (docs/decisions, number 10)."""

from contextlib import AbstractContextManager

from django.utils import translation

LANGUAGES = {"en": "English", "fr": "Français"}


def speaking(language: str) -> AbstractContextManager[None]:
    """Everything translated inside is in this language, dates and messages too; English where we don't speak it."""
    return translation.override(language if language in LANGUAGES else "en")


def spoken() -> str:
    """The language that is spoken now."""
    language = translation.get_language() or "en"
    return language if language in LANGUAGES else "en"
