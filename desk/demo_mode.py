"""Whether this request may use the demo's doors: a database marked demo, and a browser on this machine."""

from ipaddress import ip_address

from django.http import HttpRequest


def is_open(request: HttpRequest) -> bool:
    """Demo database and loopback; a proxy in between (X-Forwarded-For) closes it."""
    firm = getattr(request, "firm", None)
    if firm is None or not firm.is_demo or "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
