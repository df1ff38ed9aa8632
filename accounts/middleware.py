"""Each member of staff sees times in their own zone, else the firm's."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from firm.models import Firm


def staff_zone(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Attach ``request.firm`` (None before set-up) and activate the reader's zone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        firm = Firm.objects.filter(pk=1).first()
        request.firm = firm  # type: ignore[attr-defined]
        zone = getattr(request.user, "zone", "") or (firm.zone if firm else "UTC")
        with timezone.override(zoneinfo.ZoneInfo(zone)):
            return get_response(request)

    return middleware
