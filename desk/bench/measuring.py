"""Recording an operation's SQL, and timing it and its floor over HTTP."""

import contextlib
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from desk.bench.floor import FLOORS

TOKEN = "b" * 32
# The most a page may take, in floors; less for a part of a page.
AIM, AIM_OF_PART = 4, 2.5
# As often at least is an operation timed, however slow it is.
LEAST = 5
# Statements the floor view causes by itself, or that only frame a transaction.
OWN = ("django_session", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def _device() -> str:
    """Another browser each time: many answers from one would be set aside, and that is not what is timed."""
    return f"bench {uuid.uuid4()}"


@dataclass
class Operation:
    """One thing a person does: who, which request, with what data.

    ``path`` is recorded for the floor; what can be done only once is timed on ``others``, each sent once.
    """

    name: str
    path: str
    user: User | None = None
    data: dict[str, str] = field(default_factory=dict)
    htmx: bool = False
    others: list[str] = field(default_factory=list)
    sql: list[str] = field(default_factory=list)
    cookies: str = f"csrftoken={TOKEN}"

    @property
    def method(self) -> str:
        return "POST" if self.data else "GET"

    def record(self) -> None:
        """Run the request once inside a transaction that is undone, and keep the SQL it ran."""
        client = Client(headers={"User-Agent": _device(), **({"HX-Request": "true"} if self.htmx else {})})
        if self.user:
            client.force_login(self.user)
            self.cookies += f"; sessionid={client.cookies['sessionid'].value}"
        if not self.data:
            # What the first reader of all finds to count is no part of the page.
            client.get(self.path)
        kept: list[str] = []

        def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if not sql.startswith(OWN) and "django_session" not in sql:
                kept.append(context["cursor"].mogrify(sql, params).decode())
            return execute(sql, params, many, context)

        with transaction.atomic(), connection.execute_wrapper(keep):
            response = client.post(self.path, self.data) if self.data else client.get(self.path)
            transaction.set_rollback(True)
        if response.status_code not in ((302, 303) if self.data else (200,)):
            raise RuntimeError(f"{self.name}: {self.path} answered {response.status_code}")
        self.sql = _without_user(kept)

    def next_path(self) -> str:
        """Where the next timed request goes."""
        return self.others.pop() if self.others else self.path

    def send(self, server: http.client.HTTPConnection, path: str) -> float:
        """Milliseconds of one request on a kept-alive connection.

        Raises ``RuntimeError`` when the server answers with an error.
        """
        headers = {"Cookie": self.cookies, "X-CSRFToken": TOKEN, "Accept-Encoding": "gzip", "User-Agent": _device()}
        if self.htmx:
            headers["HX-Request"] = "true"
        body = urllib.parse.urlencode(self.data) if self.data else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        server.request(self.method, path, body, headers)
        response = server.getresponse()
        response.read()
        if response.status >= 400:
            raise RuntimeError(f"{self.name}: {path} answered {response.status}")
        return (time.perf_counter() - began) * 1000


def _without_user(kept: list[str]) -> list[str]:
    """Drop the first load of the firm and of the user: the floor view pays for those itself."""
    rest = list(kept)
    for table in ('FROM "firm_firm"', 'FROM "accounts_user"'):
        for statement in rest:
            if table in statement:
                rest.remove(statement)
                break
    return rest


def warm_up(rounds: int) -> int:
    """How often an operation is sent before it is timed."""
    return max(5, rounds // 10)


def measure(operations: list[Operation], *, rounds: int, seconds: float) -> Iterator[dict[str, Any]]:
    """Time every operation and its floor in turn, ``rounds`` times each or for ``seconds``, against one gunicorn."""
    with _server(operations) as port:
        server = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for number, operation in enumerate(operations):
            floor_path = f"/bench/floor/{number}/"
            times: list[float] = []
            floors: list[float] = []
            until = time.perf_counter() + seconds
            for turn in range(warm_up(rounds) + rounds):
                times.append(operation.send(server, operation.next_path()))
                floors.append(operation.send(server, floor_path))
                if turn >= 2 * LEAST and time.perf_counter() > until:
                    break
            cold = min(warm_up(rounds), len(times) - LEAST)
            yield _row(operation, times[cold:], floors[cold:])


def _row(operation: Operation, times: list[float], floors: list[float]) -> dict[str, Any]:
    p50, floor = statistics.median(times), statistics.median(floors)
    return {
        "operation": operation.name,
        "p50_ms": round(p50, 2),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 2),
        "queries": len(operation.sql),
        "floor": "session, user and the same SQL, empty body",
        "floor_p50_ms": round(floor, 2),
        "ratio": round(p50 / floor, 2),
        "aim": AIM_OF_PART if operation.htmx else AIM,
    }


@contextlib.contextmanager
def _server(operations: list[Operation]) -> Iterator[int]:
    floors = Path(settings.RAPPORT_HOME) / "bench-floors.json"
    floors.write_text(json.dumps([operation.sql for operation in operations]))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.bench_wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--threads", "2", "--worker-class", "gthread"]
    command += ["--log-level", "error", "--keep-alive", "60"]
    environment = {**os.environ, FLOORS: str(floors)}
    log = Path(settings.RAPPORT_HOME) / "bench-server.log"
    with log.open("w") as lines:
        process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stderr=lines)  # noqa: S603
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)
        Session.objects.filter(pk__in=[_session(o) for o in operations if o.user]).delete()


def _session(operation: Operation) -> str:
    return operation.cookies.rpartition("=")[2]


def _wait(port: int) -> None:
    for _ in range(150):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)
    raise RuntimeError("gunicorn did not come up within 30 s.")
