"""A real Celery worker on the test's database, and what it weighs."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from celery import Celery
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[2]
QUEUE = f"imports-{os.getpid()}"


def worker(level="ERROR", **streams):
    """A worker in a process group of its own, on this test's database and a queue of its own."""
    db = connection.settings_dict
    host = f"{db['HOST']}:{db['PORT']}" if not str(db["HOST"]).startswith("/") else ""
    address = f"postgres://{db['USER']}:{db['PASSWORD']}@{host}/{db['NAME']}"
    environment = {
        **os.environ,
        "DATABASE_URL": address if host else f"{address}?host={db['HOST']}&port={db['PORT']}",
        "CELERY_QUEUE": QUEUE,
    }
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-c", "2", "-Q", QUEUE, "-l", level]
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **streams)


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def memory_of(process):
    """Resident megabytes of the fattest process of the worker."""
    pids = [process.pid, *_children(process.pid)]
    return max(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 // 1024**2 for pid in pids)


def _children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def ring(task="customers.run_imports"):
    with Celery(broker=settings.CELERY["broker_url"], set_as_current=False) as app:
        app.send_task(task, queue=QUEUE)


def wait_until(is_so, seconds=480):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)
