"""Forms a device holds until we have them: sent again after a lost answer, they do nothing twice."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from recovery.models import Receipt

# How long a device may keep what it wrote.
KEPT = timedelta(days=30)


def held(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Under the ``key`` that came with a form it is done once, and led to the same page again.

    A script that sends it (``Rapport-Held``) gets 204 and where to go on, and 409 when the form was written by somebody
    else than who is signed in. What is refused (anything but a redirect) leaves no receipt.
    """

    @wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request)
        if key is None or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.POST.get("by", str(request.user.pk)) != str(request.user.pk):
            return HttpResponse(status=409)
        with transaction.atomic():
            receipt, is_new = Receipt.objects.get_or_create(key=key, defaults={"user": request.user})
            if receipt.user_id != request.user.pk:
                return HttpResponse(status=409)
            response = view(request, *args, **kwargs) if is_new else redirect(receipt.path)
            if is_new:
                _settle(receipt, response)
        return _led(request, response)

    return once


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _settle(receipt: Receipt, response: HttpResponse) -> None:
    """Note where it led; forget what is older than a device keeps."""
    if response.status_code != 302:
        receipt.delete()
        return
    receipt.path = response.headers["Location"]
    receipt.save(update_fields=["path"])
    Receipt.objects.filter(user=receipt.user_id, at__lt=timezone.now() - KEPT).delete()


def _led(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A script cannot see where a redirect leads: it is told."""
    if "Rapport-Held" in request.headers and response.status_code == 302:
        return HttpResponse(status=204, headers={"Rapport-Go": response.headers["Location"]})
    return response
