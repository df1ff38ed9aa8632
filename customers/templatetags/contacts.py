"""What templates need to show how people are reached."""

from django import template

from customers.rules.numbers import dialled

register = template.Library()


@register.filter
def tel(number: str) -> str:
    """A number as a telephone dials it: “+49 (0)431 12-34” as “+494311234”."""
    return dialled(number)
