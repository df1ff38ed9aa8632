"""Figures as the boards print them: too few said, few marked."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from firm.templatetags.words import percent
from recovery import rules
from recovery.rules import Figure

register = template.Library()


def shown(words: str, figure: Figure) -> SafeString:
    """The words of a figure; few cases marked, too few said instead."""
    if figure.value is None:
        return format_html('<span class="muted small">{}</span>', "too few" if figure.cases else "none")
    if figure.is_few:
        return format_html('{} <abbr class="few" title="rests on {} cases">few</abbr>', words, figure.cases)
    return format_html("{}", words)


@register.filter
def as_share(figure: Figure) -> SafeString:
    """“92 %”."""
    return shown(percent(figure.value), figure)


@register.filter
def as_span(figure: Figure) -> SafeString:
    """“3 h 12 min”."""
    return shown(rules.span_words(figure.value or 0), figure)


@register.filter
def as_mean(figure: Figure) -> SafeString:
    """“7.4”."""
    return shown(f"{figure.value or 0:.1f}", figure)


@register.filter
def as_change(figure: Figure) -> SafeString:
    """“+1.2”, with a real minus."""
    return shown(f"{figure.value or 0:+.1f}".replace("-", "−"), figure)
