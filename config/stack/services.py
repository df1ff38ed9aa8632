"""PostgreSQL and Valkey of a home: the running ones, or our own for as long as they are needed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg2

from config.stack import postgres, valkey
from config.stack.home import CODE, Home, Problem, keys, locked, read_json, write_private
from config.stack.processes import Child, stop


@dataclass
class Services:
    """``env`` leads to the services; ``children`` are those we started, ``None`` when another process did."""

    env: dict[str, str]
    children: list[Child] | None = field(default=None)


def given() -> dict[str, str]:
    """What the environment already says about services."""
    return {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}


@contextlib.contextmanager
def own_services(home: Home, *, for_tests: bool = False) -> Iterator[Services]:
    """Start what the environment does not name, and tell others of this home. The caller holds its lock."""
    children: list[Child] = []
    env = given()
    try:
        if "DATABASE_URL" not in env:
            children.append(postgres.start_postgres(home, for_tests=for_tests))
            env["DATABASE_URL"] = postgres.url(home)
        if "REDIS_URL" not in env:
            children.append(valkey.start_valkey(home))
            env["REDIS_URL"] = valkey.url(home)
        env |= keys(home.root, make=True)
        write_private(home.state_file, {"pid": os.getpid(), "env": env})
        yield Services(env, children)
    finally:
        home.state_file.unlink(missing_ok=True)
        # SIGINT is PostgreSQL's fast shutdown: it ends sessions, and writes a checkpoint.
        stop(children, how=signal.SIGINT, seconds=5)


@contextlib.contextmanager
def ready_services(home: Home, *, migrate: bool) -> Iterator[Services]:
    """``services`` with the tables of this version in a database that had none."""
    with services(home) as found:
        if migrate and found.children and not _has_tables(found.env["DATABASE_URL"]):
            migrate_now(found.env)
        yield found


@contextlib.contextmanager
def services(home: Home) -> Iterator[Services]:
    """Use the running services of the home, or start them until the end of the block."""
    for _ in range(600):
        with locked(home, "stack") as ours, contextlib.ExitStack() as stack:
            if ours is not None:
                yield stack.enter_context(own_services(home))
                _wait_for_other_users(home)
                return
        with locked(home, "users", shared=True, wait=True):
            state = read_json(home.state_file)
            if state:
                yield Services(state["env"])
                return
        time.sleep(0.1)
    raise Problem(f"Another Rapport is starting or stopping in {home.root} and does not finish. Try again.")


def migrate_now(env: dict[str, str]) -> None:
    """Run ``manage.py migrate``, whose complaint stands on the terminal when it fails."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--no-input"]
    if subprocess.run(command, cwd=CODE, env={**os.environ, **env}, check=False).returncode != 0:
        raise Problem("The tables could not be made; the lines above say why.")


def _has_tables(url: str) -> bool:
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        return bool(cursor.fetchone() == (True,))


def _wait_for_other_users(home: Home) -> None:
    """Commands that joined our services finish first; whoever comes now finds no state and starts its own."""
    home.state_file.unlink(missing_ok=True)
    with locked(home, "users") as free:
        if free is not None:
            return
    print("Another command still uses this home's database; waiting for it to end.", file=sys.stderr)
    with locked(home, "users", wait=True):
        pass
