"""What the shell's components need: undo addresses, pages that keep their filters, coordinates of charts."""

from django import template
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template.context import Context

from customers.models import Customer

register = template.Library()


@register.filter
def undo_url(message: Message) -> str:
    """Address behind an Undo button, from the message's extra tag ``undo:<url>``."""
    tags = message.extra_tags or ""
    return next((tag.removeprefix("undo:") for tag in tags.split() if tag.startswith("undo:/")), "")


@register.simple_tag
def with_page(request: HttpRequest, number: int) -> str:
    """The address's query with another page number."""
    query = request.GET.copy()
    query["page"] = str(number)
    return query.urlencode()


@register.filter
def plot(share: float | None, width: int) -> str:
    """A share between 0 and 1 as a coordinate of a chart ``width`` units wide."""
    return f"{min(max(float(share or 0), 0), 1) * width:.1f}"


@register.filter
def minus(value: float | None, other: float | None) -> float:
    """Difference of two shares."""
    return float(value or 0) - float(other or 0)


@register.simple_tag(takes_context=True)
def customer_in_view(context: Context) -> Customer | None:
    """The customer a page is about, from what the page shows; asks the database for nothing."""
    for name in ("customer", "case", "secret", "promise", "conversation"):
        shown = context.get(name)
        loaded = getattr(shown, "_state", None)
        found = loaded.fields_cache.get("customer", shown) if loaded else None
        if isinstance(found, Customer) and found.pk:
            return found
    return None
