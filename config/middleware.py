"""Middleware of the whole site."""

import re
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from firm import views as firm_views

log = structlog.get_logger("rapport.request")
GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")


def request_id(get_response: GetResponse) -> GetResponse:
    """Bind the proxy's X-Request-ID, or a new one, to every log line, return it, and log the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        identifier = given if SAFE_ID.match(given) else uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=identifier):
            began = time.perf_counter()
            response = get_response(request)
            spent = round((time.perf_counter() - began) * 1000, 1)
            log.info("request", method=request.method, path=request.path, status=response.status_code, ms=spent)
        response["X-Request-ID"] = identifier
        return response

    return middleware


def health(get_response: GetResponse) -> GetResponse:
    """Answer /healthz before anything that needs a database, a session or a known host."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return firm_views.healthz(request) if request.path == "/healthz" else get_response(request)

    return middleware


def without_nul(get_response: GetResponse) -> GetResponse:
    """Leave NUL out of what an address asks for: PostgreSQL keeps none, and nobody means one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "%00" in (query := request.META.get("QUERY_STRING", "")):
            request.META["QUERY_STRING"] = query.replace("%00", "")
        return get_response(request)

    return middleware


def first_run(get_response: GetResponse) -> GetResponse:
    """Before there is a firm, the front door leads to the setup page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path in {"/", "/accounts/login/"} and getattr(request, "firm", None) is None:
            return redirect("setup")
        return get_response(request)

    return middleware


def no_page(get_response: GetResponse) -> GetResponse:
    """Tell staff who open the address of a button what it is; browsers show their own error for an empty answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_opened = request.method == "GET" and response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        if is_opened and not response.content and request.user.is_authenticated:
            shown = render(request, "405.html", status=response.status_code)
            shown["Allow"] = response["Allow"]
            return shown
        return response

    return middleware
