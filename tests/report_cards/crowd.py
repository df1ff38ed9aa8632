"""Many waiting invitations, and real workers, a beat and a Valkey that a test may kill."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import redis
from celery import Celery
from django.db import connection
from django.utils import timezone

from config.stack import valkey
from report_cards.models import Invitation, Policy, Round

from .conftest import OCTOBER, customers_of

ROOT = Path(__file__).parents[2]


def invite(card, owner, count, *, at="example.org"):
    """``count`` waiting invitations of a round that is open by the real clock, which the workers read."""
    now = timezone.now()
    # Whatever the time of day is where the test runs.
    Policy.objects.update_or_create(pk=1, defaults={"send_from": "00:00", "send_until": "23:59:59.999999"})
    round_ = Round.objects.create(month=OCTOBER, card=card, drawn_at=now, closes_at=now + timedelta(days=5))
    names = {"firm": "Fairwater Supply", "salesperson": "Mark Carver", "contact": "Contact"}
    Invitation.objects.bulk_create(
        [
            Invitation(
                round=round_,
                customer=one,
                salesperson=owner,
                address=f"{number}@{at}",
                wording={**names, "customer": one.name},
                due_at=now,
            )
            for number, one in enumerate(customers_of(owner, count))
        ],
        batch_size=2000,
    )


def states():
    return Counter(Invitation.objects.values_list("state", flat=True))


def wait_until(is_so, seconds):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"waited {seconds} seconds in vain: {states()}"
        time.sleep(0.1)


class Crew:
    """Workers and a beat in process groups of their own, on this test's database, queue, broker and mail server."""

    def __init__(self, *, port, broker, place):
        db = connection.settings_dict
        host = f"{db['HOST']}:{db['PORT']}" if not str(db["HOST"]).startswith("/") else ""
        address = f"postgres://{db['USER']}:{db['PASSWORD']}@{host}/{db['NAME']}"
        self.queue, self.broker, self.place = f"crew-{os.getpid()}", broker, place
        self.log = place / "crew.log"
        self.environment = {
            **os.environ,
            "DATABASE_URL": address if host else f"{address}?host={db['HOST']}&port={db['PORT']}",
            "REDIS_URL": broker,
            "RAPPORT_HOME": str(place),
            "CELERY_QUEUE": self.queue,
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(port),
        }
        self.running = []

    def start(self, *command):
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "config.celery", *command],
                cwd=ROOT,
                env=self.environment,
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        self.running.append(process)
        return process

    def worker(self):
        return self.start("worker", "-c", "2", "-Q", self.queue, "-l", "INFO", "--without-mingle", "--without-gossip")

    def beat(self):
        schedule = str(self.place / "schedule")
        return self.start("beat", "--scheduler", "config.beat:Scheduler", "--schedule", schedule, "--pidfile", "")

    def ring(self):
        """As the beat does, only more often."""
        with Celery(broker=self.broker, set_as_current=False) as app:
            app.send_task("report_cards.send_due", queue=self.queue, expires=5, retry=False)

    def kill(self, process):
        """Kill -9 a worker with all its processes."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.running.remove(process)

    def kill_one_sender(self, process):
        """Kill -9 one process of a worker's pool; whether there was one."""
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        for child in children[:1]:
            os.kill(int(child), signal.SIGKILL)
        return bool(children)

    def end(self):
        for process in list(self.running):
            self.kill(process)


class Broker:
    """A Valkey of one's own, on a port, that keeps nothing."""

    def __init__(self, port, place):
        self.port, self.place, self.process = port, place, None
        self.url = f"redis://127.0.0.1:{port}/0"

    def start(self):
        command = [valkey.binary(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([*command, "--dir", self.place, "--logfile", self.place / "valkey.log"])
        client = redis.Redis(port=self.port)
        for _ in range(100):
            with suppress(redis.ConnectionError):
                return client.ping()
            time.sleep(0.1)
        raise AssertionError("Valkey did not start")

    def flush(self):
        redis.Redis(port=self.port).flushall()

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
