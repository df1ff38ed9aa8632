"""What exists only in a demo installation: a database marked demo when it was made, reached on loopback."""

import ipaddress
from urllib.parse import urlencode

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

from firm.models import Firm

PASS_PARAMETER = "as_customer"  # noqa: S105  # nosec B105
PASS_SECONDS = 2 * 60 * 60

signer = TimestampSigner(salt="firm.demo.customer_pass")


def is_demo_request(request: HttpRequest) -> bool:
    """Whether the firm is a demo and the browser sits on the same machine, with no proxy between."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        nearby = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    if not nearby:
        return False
    firm = getattr(request, "firm", None)
    return firm.is_demo if firm is not None else Firm.objects.filter(is_demo=True).exists()


def customer_pass(path: str) -> str:
    """``path`` with a signature that lets a staff browser open it as the customer for two hours.

    ``path`` is the bare path of a customer's link, such as ``/r/<token>/``.
    """
    signature = signer.sign(path).removeprefix(f"{path}:")
    return f"{path}?{urlencode({PASS_PARAMETER: signature})}"


def is_customer_pass(request: HttpRequest) -> bool:
    """Whether the request carries a valid pass for its own path, in a demo installation."""
    signature = request.GET.get(PASS_PARAMETER, "")
    if not signature or not is_demo_request(request):
        return False
    try:
        signer.unsign(f"{request.path}:{signature}", max_age=PASS_SECONDS)
    except BadSignature:
        return False
    return True
