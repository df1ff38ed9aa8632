"""What somebody typed into a form that could not be taken, to be shown once more."""

from django import template
from django.http import HttpRequest

register = template.Library()
# Long enough to hurt when lost; names, dates and choices are typed again in a moment.
WORTH_KEEPING = 16
NEVER = ("token", "password", "csrf", "key")


@register.filter
def typed(request: HttpRequest | None) -> list[tuple[str, str]]:
    """The texts of a posted form by field, without secrets of the sign-in; empty for a page that was only looked at."""
    if request is None or request.method != "POST":
        return []
    return [
        (name.replace("_", " "), value.strip())
        for name, values in request.POST.lists()
        for value in values
        if len(value.strip()) >= WORTH_KEEPING and not any(part in name for part in NEVER)
    ]
