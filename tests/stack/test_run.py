"""``make run`` in a home of its own, from the first start to a killed supervisor. In this order, in one process."""

import json
import os
import re
import signal
import socket
import subprocess
import time

import psycopg2
import pytest

from tests.stack.conftest import until

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def stack(house):
    """The running stack of the house, started once."""
    if not house.running:
        house.start()
    return house


def healthy(stack):
    return stack.get("/healthz")[0] == 200


def test_serves_an_empty_firm_and_becomes_healthy(stack):
    assert "Whose firm is this?" in stack.get("/")[1]
    assert until(lambda: healthy(stack), 90), stack.get("/healthz")


def test_static_files_are_hashed_and_served(stack):
    address = re.search(r"/static/css/dossier\.[0-9a-f]{12}\.css", stack.get("/setup/")[1])
    assert stack.get(address.group())[0] == 200


def test_a_second_one_says_that_one_is_running(stack):
    said = stack.refused(*stack.run_command)
    assert "already running" in said
    assert f":{stack.port}/" in said


def test_a_command_uses_the_running_services(stack):
    before = stack.state()
    program = "from firm.models import Heartbeat; print(Heartbeat.objects.count() >= 0)"
    done = stack.do("manage.py", "shell", "-v0", "-c", program)
    assert done.stdout.strip() == "True", done.stderr
    assert stack.state() == before


def test_secrets_of_the_home_are_its_own_and_private(stack):
    keys = stack.home / "keys.json"
    assert keys.stat().st_mode & 0o077 == 0
    assert (stack.home / "state.json").stat().st_mode & 0o077 == 0
    assert len(json.loads(keys.read_text())["SECRET_KEY"]) > 50


def test_mail_waits_outside_a_demo(stack):
    program = "from firm.actions import post_mail; post_mail(to='a@a.example', subject='S', text='T')"
    assert stack.do("manage.py", "shell", "-v0", "-c", program).returncode == 0

    def first():
        with psycopg2.connect(stack.state()["env"]["DATABASE_URL"]) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT state, attempts, error FROM firm_outboxmail")
            return cursor.fetchone()

    assert until(lambda: first()[1] == 1 and first()[0] == "waiting", 60), first()
    assert "451" in first()[2]


def test_a_killed_worker_comes_back(stack):
    def workers():
        return {int(pid) for pid in subprocess.run(
            ["pgrep", "-P", str(stack.running[0].pid), "-f", "celery --app config worker"],
            capture_output=True, text=True, check=False,
        ).stdout.split()}  # fmt: skip

    (old,) = workers()
    pool = {
        int(pid)
        for pid in subprocess.run(["pgrep", "-P", str(old)], capture_output=True, text=True, check=False).stdout.split()
    }
    os.kill(old, signal.SIGKILL)
    assert until(lambda: workers() and old not in workers(), 30)
    assert until(lambda: not pool & set(stack.processes()), 5)


def test_backup_and_restore(stack):
    file = stack.home / "rapport.backup"
    save = "from firm.models import Firm; Firm(name='Kept & Safe').save()"
    done = stack.do("manage.py", "shell", "-v0", "-c", save)
    assert done.returncode == 0, done.stderr
    done = stack.do("-m", "config.stack", "backup", str(file))
    assert done.returncode == 0, done.stderr
    assert file.stat().st_mode & 0o077 == 0
    assert "Stop it first" in stack.refused("-m", "config.stack", "restore", str(file))


def test_ctrl_c_stops_everything_within_ten_seconds(stack):
    began = time.monotonic()
    stack.running[0].send_signal(signal.SIGINT)
    assert stack.running[0].wait(10) == 0
    assert stack.gone(10 - (time.monotonic() - began))


def test_restores_into_a_stopped_home_and_a_command_brings_its_own_services(house):
    change = "from firm.models import Firm; Firm.objects.update(name='Changed'); print(Firm.objects.get())"
    done = house.do("manage.py", "shell", "-v0", "-c", change)
    assert done.stdout.strip() == "Changed", done.stderr
    assert house.gone(5)
    done = house.do("-m", "config.stack", "restore", str(house.home / "rapport.backup"))
    assert done.returncode == 0, done.stderr
    done = house.do("manage.py", "shell", "-v0", "-c", "from firm.models import Firm; print(Firm.objects.get())")
    assert done.stdout.strip() == "Kept & Safe", done.stderr


def test_a_restore_needs_a_file(house):
    assert "There is no" in house.refused("-m", "config.stack", "restore", "/nowhere/at.all")


def test_a_taken_port_is_said_in_a_sentence(house):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", house.port))
        other.listen()
        said = house.refused(*house.run_command)
    assert f"Port {house.port} is taken" in said
    assert f"PORT={house.port + 1}" in said


def test_a_database_of_a_newer_version_is_said_in_a_sentence(house):
    row = "'firm', '0999_from_the_future'"
    write = 'from django.db import connection; connection.cursor().execute("{}")'
    add = f"INSERT INTO django_migrations (app, name, applied) VALUES ({row}, now())"
    house.do("manage.py", "shell", "-v0", "-c", write.format(add))
    said = house.refused(*house.run_command)
    assert "written by a newer Rapport" in said
    done = house.do(
        "manage.py", "shell", "-v0", "-c", write.format("DELETE FROM django_migrations WHERE name LIKE '0999%'")
    )
    assert done.returncode == 0, done.stderr


def test_a_database_with_a_part_of_the_folded_migrations_is_said_in_a_sentence(house):
    write = 'from django.db import connection; connection.cursor().execute("{}")'
    lost = "('0002_squashed', '0005_opt_out_is_theirs')"
    take = f"UPDATE django_migrations SET app = 'away' WHERE app = 'firm' AND name IN {lost}"
    done = house.do("manage.py", "shell", "-v0", "-c", write.format(take))
    assert done.returncode == 0, done.stderr
    assert "too old for this Rapport (it has a part of firm.0002_squashed)" in house.refused(*house.run_command)
    done = house.do(
        "manage.py", "shell", "-v0", "-c", write.format("UPDATE django_migrations SET app = 'firm' WHERE app = 'away'")
    )
    assert done.returncode == 0, done.stderr


def test_starts_again_warm_and_a_killed_supervisor_leaves_nothing(house):
    process, said = house.start()
    assert "Preparing" not in said, said
    seconds = float(re.search(r"started in ([\d.]+) s", said).group(1))
    # Eight seconds on a machine that does nothing else; the tests around this one share the processors.
    assert seconds < 8 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert "No firm yet" not in said
    assert "Mail waits" in said
    assert len(house.processes()) > 8
    process.kill()
    process.wait()
    assert house.gone(10), house.processes()


def test_starts_after_a_kill_and_ends_at_sigterm(house):
    process, _ = house.start()
    assert house.get("/accounts/login/")[0] == 200
    began = time.monotonic()
    process.terminate()
    assert process.wait(10) == 0
    assert house.gone(10 - (time.monotonic() - began))
