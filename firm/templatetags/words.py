"""Filters every template has: percent, money, ago and due in people's words."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def percent(value: float | Decimal | Fraction | None, places: int = 0) -> str:
    """0.816 as “82 %”; nothing as a dash."""
    if value is None:
        return "–"
    exact = Fraction(value) * 100
    if not places:
        return f"{round(exact)}\u202f%"
    return f"{number_format(round(Decimal(exact.numerator) / exact.denominator, places), places)}\u202f%"


@register.filter
def coverage(value: Fraction | float | None) -> str:
    """A share of those who could be reached, never rounded up to all of them: 0.9975 as “99.7 %”."""
    if value is None or not 0.99 < value < 1:
        return percent(value)
    return percent(Fraction(int(value * 1000), 1000), 1)


@register.filter
def bp(value: int) -> str:
    """Basis points as percent: 2500 as “25 %”."""
    return percent(Fraction(value, 10_000), 0 if value % 100 == 0 else 2)


@register.filter
def money(value: Decimal | str | None, currency: str = "") -> str:
    """12345.6 as “12,345.60”, with the currency behind it when given."""
    if value is None:
        return "–"
    amount = number_format(Decimal(value), 2, force_grouping=True)
    return f"{amount} {currency}".strip()


def span_words(span: timedelta) -> str:
    """A length of time in its one or two largest units: “5 h 12 min”, “3 days”."""
    minutes = int(abs(span).total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest and hours < 24 else f"{hours} h"
    days = hours // 24
    if days < 14:
        return f"{days} days"
    if days < 60:
        return f"{days // 7} weeks"
    if days < 700:
        return f"{round(days / 30.4)} months"
    return f"{round(days / 365.25)} years"


@register.filter
def when(moment: datetime | None) -> SafeString | str:
    """“just now”, “3 weeks ago” or “in 5 h 12 min”, the exact time on hover and for screen readers."""
    if moment is None:
        return "never"
    span = moment - timezone.now()
    if abs(span) < timedelta(minutes=1):
        words = "just now" if span <= timedelta() else "in a moment"
    else:
        words = f"{span_words(span)} ago" if span < timedelta() else f"in {span_words(span)}"
    exact = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', exact.isoformat(), exact.strftime("%-d %B %Y, %H:%M %Z"), words
    )


@register.filter
def day_words(day: date | None) -> str:
    """“today”, “tomorrow”, “yesterday”, a weekday within six days, else the date."""
    if day is None:
        return "no date"
    distance = (day - timezone.localdate()).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if distance in near:
        return near[distance]
    if 1 < distance < 7:
        return day.strftime("%A")
    return day.strftime("%-d %b" if day.year == timezone.localdate().year else "%-d %b %Y")
