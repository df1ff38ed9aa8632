"""Backups: the whole database in one file, and back. The keys stay where they are."""

import os
from pathlib import Path

from config.stack import postgres
from config.stack.home import Home, Problem, locked, read_json
from config.stack.services import migrate_now, services


def back_up(home: Home, file: Path) -> int:
    """Write a snapshot of the database, running or not, to ``file``, whole or not at all."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    with services(home) as found:
        try:
            fresh.touch(mode=0o600)
        except OSError as error:
            raise Problem(f"Cannot write {file}: {error.strerror}. Choose another FILE.") from error
        try:
            postgres.run_program("pg_dump", "-Fc", "--no-owner", "-f", str(fresh), "-d", found.env["DATABASE_URL"])
            fresh.rename(file)
        finally:
            fresh.unlink(missing_ok=True)
    print(f"Wrote {file} ({file.stat().st_size:,} bytes).")
    print(f"Confidential texts in it are encrypted: keep a copy of {home.root / 'keys.json'} too, in another place.")
    return 0


def restore(home: Home, file: Path) -> int:
    """Replace the database by a backup, all in one transaction; the stack must not run."""
    if not file.is_file():
        raise Problem(f"There is no {file}. Say which backup to restore: make restore FILE=…")
    with locked(home, "stack") as ours:
        if ours is None and "port" in read_json(home.state_file):
            raise Problem(f"Rapport is running in {home.root}. Stop it first, then restore.")
    with services(home) as found:
        url = found.env["DATABASE_URL"]
        postgres.run_program("psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", EMPTY)
        postgres.run_program(
            "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "-d", url, str(file)
        )
        migrate_now(found.env)
    print(f"Restored {file} into {home.root}.")
    return 0


EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
