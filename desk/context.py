"""What the shell needs on every page."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The firm for every template."""
    return {"firm": getattr(request, "firm", None)}
