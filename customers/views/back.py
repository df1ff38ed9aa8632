"""Where a button leads back to."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest, fallback: str, *args: int) -> HttpResponse:
    """To the page the form names as ``next``, else the one it stood on, when it is ours; else to the fallback."""
    stood_on = urlsplit(request.headers.get("Referer", ""))
    came_from = stood_on._replace(scheme="", netloc="").geturl() if stood_on.netloc == request.get_host() else ""
    target = request.POST.get("next") or came_from
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    # Not ``redirect``: it takes a word without a slash for a view's name.
    return HttpResponseRedirect(target if is_ours and target != request.path else reverse(fallback, args=args))
