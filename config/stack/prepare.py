"""Bring a database and the static files to this version; ``python -m config.stack.prepare``, started by ``run``."""

import hashlib
import os
import sys

import django
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import RedisError

from config.stack.home import Home, Problem, open_home, write_private


def main() -> int:
    django.setup()
    home = open_home(os.environ["RAPPORT_HOME"])
    try:
        migrate()
        cache.get("prepared")
        if os.environ.get("DEMO") != "0":
            load_demo()
        collect_static(home)
        write_private(home.root / "people.json", {"people": people(), "firm": firm_state()})
    except Problem as problem:
        return complain(str(problem))
    except OperationalError as error:
        return complain(f"The database does not answer. Look at DATABASE_URL.\n{error}".strip())
    except RedisError as error:
        return complain(f"Valkey does not answer. Look at REDIS_URL.\n{error}".strip())
    return 0


def complain(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


def migrate() -> None:
    """Run the migrations that wait.

    Raises ``Problem`` when the database has some that this version does not know, or only part of those it folded.
    """
    executor = MigrationExecutor(connection)
    loader = executor.loader
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    unknown = [
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in loader.migrated_apps and (app, name) not in loader.disk_migrations and (app, name) not in replaced
    ]
    if unknown:
        raise Problem(
            f"This database was written by a newer Rapport (it has {', '.join(sorted(unknown))}). "
            "Update the code, or restore an older backup into a new RAPPORT_HOME."
        )
    halfway = [
        f"{app}.{name}"
        for (app, name), migration in loader.disk_migrations.items()
        if loader.applied_migrations.keys() & {*migration.replaces}
        and {*migration.replaces} - loader.applied_migrations.keys() - loader.disk_migrations.keys()
    ]
    if halfway:
        raise Problem(
            f"This database is too old for this Rapport (it has a part of {', '.join(sorted(halfway))}). "
            "Start it once with the Rapport named in docs/decisions/0018-migrations-folded.md, then with this one."
        )
    if executor.migration_plan(loader.graph.leaf_nodes()):
        say("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)


def load_demo() -> None:
    """Make the demo firm, whole or not at all, in a database that has no firm yet."""
    if firm_state() == "none":
        say("Making the demo firm ...")
        with transaction.atomic():
            call_command("demo")


def firm_state() -> str:
    """``none``, ``demo`` or ``real``. Raw SQL, because this module must not import an app before set-up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT is_demo FROM firm_firm WHERE id = 1")
        row = cursor.fetchone()
    return "none" if row is None else "demo" if row[0] else "real"


def people() -> list[list[str]]:
    """A role, a name and an address for each role of a demo, as a welcome."""
    if firm_state() != "demo":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (role) role, name, email FROM accounts_user, unnest(roles) AS role"
            " WHERE is_active ORDER BY role, id"
        )
        return [list(row) for row in cursor.fetchall()]


def collect_static(home: Home) -> None:
    """Collect, hash and compress the static files when any source changed since the last time."""
    mark, now = home.root / "static.mark", fingerprint()
    if mark.exists() and mark.read_text() == now:
        return
    say("Collecting the static files ...")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=["*.map"])
    mark.write_text(now)


def fingerprint() -> str:
    """Changes when a static file comes, goes or changes."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
