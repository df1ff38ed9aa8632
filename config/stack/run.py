"""The supervisor behind ``make run``: starts everything, restarts what dies, stops everything."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from config.stack.home import CODE, Home, Problem, locked, read_json, write_private
from config.stack.processes import Child, die_with_parent, start, stop, tail
from config.stack.services import Services, own_services

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# More deaths of one process within a minute than this, and we give up.
MANY_DEATHS = 5


class Stopped(Exception):
    """Somebody pressed Ctrl-C, or ended us otherwise."""


@dataclass
class Part:
    """A process of the stack, its way to start, and when it last died."""

    name: str
    begin: Callable[[], Child]
    child: Child
    deaths: list[float] = field(default_factory=list)


def run(home: Home, *, port: int, demo: bool, host: str = "127.0.0.1") -> int:
    """Run everything until a signal comes."""
    began = time.monotonic()
    if os.environ.get("RAPPORT_STARTED_BY_MAKE"):
        die_with_parent(signal.SIGTERM)
    with stoppable(), the_only_one(home):
        check_port(host, port)
        smtp_port = free_port()
        with own_services(home) as services:
            env = environment(home, services, port=port, smtp_port=smtp_port, demo=demo)
            prepare(env)
            with parts(home, env, host=host, port=port) as all_parts:
                state = {"pid": os.getpid(), "port": port, "smtp_port": smtp_port, "env": handed_on(env)}
                write_private(home.state_file, state)
                welcome(home, host, port, time.monotonic() - began)
                watch(all_parts)
    return 0


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """The first signal ends the block; those after it cannot disturb the tidying up."""

    def end(_signal: int, _frame: object) -> None:
        for name in STOP_SIGNALS:
            signal.signal(name, signal.SIG_IGN)
        raise Stopped

    for name in STOP_SIGNALS:
        signal.signal(name, end)
    try:
        yield
    except Stopped:
        print("\nRapport has stopped.", flush=True)


@contextlib.contextmanager
def the_only_one(home: Home) -> Iterator[None]:
    """Hold the home's lock; a command that borrowed the home gets half a minute to finish."""
    for attempt in range(300):
        with locked(home, "stack") as ours:
            if ours is not None:
                yield
                return
        state = read_json(home.state_file)
        if "port" in state:
            raise Problem(
                f"Rapport is already running in {home.root}, process {state['pid']}: http://localhost:{state['port']}/ "
                "Stop it there with Ctrl-C, or start another one with PORT=… and RAPPORT_HOME=…."
            )
        if attempt == 10:
            print("Another Rapport is starting here, or a command uses this home; waiting for it ...", flush=True)
        time.sleep(0.1)
    raise Problem(f"Another Rapport holds {home.root}. Wait until it ends, or choose another RAPPORT_HOME.")


def check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise Problem(f"Port {port} is taken or not allowed. Choose another: make run PORT={port + 1}") from error


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Home, services: Services, *, port: int, smtp_port: int, demo: bool) -> dict[str, str]:
    """What every process of the stack is told; what the person set themselves wins."""
    ours = {
        **services.env,
        "RAPPORT_HOME": str(home.root),
        "RAPPORT_ORIGIN": f"http://localhost:{port}",
        "RAPPORT_HASHED_STATIC": "1",
        "STATIC_ROOT": str(home.root / "static"),
        "DEMO": str(int(demo)),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(smtp_port),
        "CATCH_PORT": str(smtp_port),
        "REMAP_SIGTERM": "SIGQUIT",
        "PYTHONUNBUFFERED": "1",
    }
    return {**ours, **{name: value for name, value in os.environ.items() if value}, "DEMO": ours["DEMO"]}


def handed_on(env: dict[str, str]) -> dict[str, str]:
    """What a manage.py command beside the stack needs to know."""
    names = (
        "DATABASE_URL",
        "REDIS_URL",
        "SECRET_KEY",
        "SECRETS_KEYS",
        "VAPID_PRIVATE_KEY",
        "SMTP_HOST",
        "SMTP_PORT",
        "RAPPORT_ORIGIN",
    )
    return {name: env[name] for name in names if name in env}


def prepare(env: dict[str, str]) -> None:
    """Migrate, load the demo once, collect the static files."""
    parent = os.getpid()
    done = subprocess.Popen(
        [sys.executable, "-m", "config.stack.prepare"],
        cwd=CODE,
        env=env,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: die_with_parent(signal.SIGKILL, parent),
    )
    try:
        code = done.wait()
    finally:
        stop([done], seconds=1)
    if code != 0:
        raise Problem("")


@contextlib.contextmanager
def parts(home: Home, env: dict[str, str], *, host: str, port: int) -> Iterator[list[Part]]:
    """Web first, and once it serves the rest."""
    all_parts: list[Part] = []
    try:
        for name, command in commands(home, env, host=host, port=port).items():
            begin = beginning(command, home.log(name), env)
            all_parts.append(Part(name, begin, begin()))
            if name == "web":
                wait_for_page(all_parts[0].child, home.log("web"), port)
        yield all_parts
    finally:
        stop([part.child for part in reversed(all_parts)], seconds=4.5)


def beginning(command: list[str], log: Path, env: dict[str, str]) -> Callable[[], Child]:
    return lambda: start([sys.executable, *command], log=log, env=env)


def commands(home: Home, env: dict[str, str], *, host: str, port: int) -> dict[str, list[str]]:
    alone = ["--concurrency", "2", "--loglevel", "INFO", "--without-mingle", "--without-gossip"]
    beat_file = str(home.root / "celerybeat-schedule")
    beat = ["--scheduler", "config.beat:Scheduler", "--schedule", beat_file, "--pidfile", "", "--loglevel", "INFO"]
    return {
        "web": ["-m", "gunicorn", "--config", "config/gunicorn.py", "--bind", f"{host}:{port}", "config.wsgi"],
        "worker": ["-m", "celery", "--app", "config", "worker", *alone],
        "beat": ["-m", "celery", "--app", "config", "beat", *beat],
        "mail": ["manage.py", "catch_mail", "--port", env["CATCH_PORT"]],
    }


def wait_for_page(web: Child, log: Path, port: int) -> None:
    for _ in range(600):
        if web.poll() is not None:
            raise Problem(f"The web server did not start. Its last words, from {log}:\n{tail(log)}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/accounts/login/")
            if connection.getresponse().status < 500:
                return
            raise Problem(f"The web server answers with an error. Look into {log}.")
        time.sleep(0.05)
    raise Problem(f"The web server did not answer within 30 seconds; see {log}.")


def welcome(home: Home, host: str, port: int, seconds: float) -> None:
    """Where it is, and who one can be. By name: browsers make passkeys for a name only, not for a number."""
    known = read_json(home.root / "people.json")
    address = f"http://{'localhost' if host in {'0.0.0.0', '127.0.0.1'} else host}:{port}"  # noqa: S104  # nosec B104
    lines = [f"\nRapport is at {address}/  (started in {seconds:.1f} s; data and logs in {home.root})"]
    if known.get("people"):
        lines.append("You can be, one click each at the top of every page:")
        lines += [f"  {role.replace('_', ' '):<16}{name} <{email}>" for role, name, email in known["people"]]
        lines.append(f"Every mail it sends is at {address}/mailbox/.")
    elif known.get("firm") == "none":
        lines.append(f"No firm yet: open {address}/setup/ to name it and its first administrator.")
    if not known.get("people") and not os.environ.get("SMTP_HOST"):
        lines.append("Mail waits, for up to 48 hours, until you start it with SMTP_HOST=… naming a mail server.")
    print("\n".join([*lines, "Ctrl-C stops everything."]), flush=True)


def watch(all_parts: list[Part]) -> None:
    """Start again what dies, until a signal raises ``Stopped``."""
    while True:
        for part in all_parts:
            if part.child.poll() is not None:
                revive(part)
        time.sleep(0.5)


def revive(part: Part) -> None:
    now = time.monotonic()
    part.deaths = [moment for moment in part.deaths if now - moment < 60] + [now]
    if len(part.deaths) > MANY_DEATHS:
        raise Problem(f"The {part.name} process keeps dying. Look into its log in RAPPORT_HOME/logs.")
    print(f"The {part.name} process ended ({part.child.returncode}); starting it again.", flush=True)
    stop([part.child], seconds=0)
    part.child = part.begin()
