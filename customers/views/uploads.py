"""Files as they come in: what is too large is turned away before it has arrived."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from customers.rules.files import MOST_BYTES

# What a form needs beside its file.
SLACK = 65_536


class Limit(FileUploadHandler):
    """Stops the upload at the first byte too many; ``request.is_too_large`` tells."""

    size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.size += len(raw_data)
        if self.size > MOST_BYTES:
            self.request.is_too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""


def limited_upload(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Read the form of ``view`` with the limit, its token checked as ever.

    What says beforehand that it is too large is not read at all; the view, which may do nothing then but say so, finds
    ``request.is_too_large``.
    """
    guarded = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        told = request.headers.get("Content-Length", "0")
        request.is_too_large = told.isdecimal() and int(told) > MOST_BYTES + SLACK  # type: ignore[attr-defined]
        request.upload_handlers.insert(0, Limit(request))
        return view(request, *args, **kwargs) if request.is_too_large else guarded(request, *args, **kwargs)  # type: ignore[attr-defined]

    return limited


def is_too_large(request: HttpRequest) -> bool:
    """Whether the upload was, or will be, turned away."""
    return bool(getattr(request, "is_too_large", False))
