"""The floor: session, user and the page's own SQL, with an empty body."""

import functools
import json
import os
from pathlib import Path

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

FLOORS = "RAPPORT_BENCH_FLOORS"


@functools.cache
def statements(number: int) -> list[str]:
    """The SQL of operation ``number``, as ``manage.py bench`` recorded it."""
    recorded: list[list[str]] = json.loads(Path(os.environ[FLOORS]).read_text())
    return recorded[number]


@csrf_exempt
def floor(request: HttpRequest, number: int) -> HttpResponse:
    """Load session and user, run the recorded SQL, undo what it wrote, answer nothing."""
    request.user.is_authenticated  # noqa: B018  loads session and user
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in statements(number):
            cursor.execute(sql)
            if cursor.description:
                cursor.fetchall()
        transaction.set_rollback(True)
    return HttpResponse()
