"""Middleware of the whole site."""

import re
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")


def request_id(get_response: GetResponse) -> GetResponse:
    """Bind the proxy's X-Request-ID, or a new one, to every log line and return it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        identifier = given if SAFE_ID.match(given) else uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=identifier):
            response = get_response(request)
        response["X-Request-ID"] = identifier
        return response

    return middleware
