"""A home of its own, and the stack's own commands run in it as a person would."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from config.stack.run import free_port

CODE = Path(__file__).resolve().parent.parent.parent
NOT_INHERITED = {"DATABASE_URL", "REDIS_URL", "RAPPORT_HOME", "SECRET_KEY", "SECRETS_KEYS", "DJANGO_ALLOW_ASYNC_UNSAFE"}


@dataclass
class House:
    """One RAPPORT_HOME on one port."""

    home: Path
    port: int
    running: list[subprocess.Popen] = field(default_factory=list)

    @property
    def env(self):
        rest = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        return {**rest, "RAPPORT_HOME": str(self.home), "RAPPORT_STARTED_BY_MAKE": ""}

    def do(self, *command, seconds=240):
        """Run ``python <command>`` to its end."""
        return subprocess.run(
            [sys.executable, *command],
            cwd=CODE,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def refused(self, *command):
        """What a command that must fail says, and that it says it without a traceback."""
        done = self.do(*command)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr
        return done.stderr

    @property
    def run_command(self):
        return ("-m", "config.stack", "run", "--no-demo", "--port", str(self.port))

    def start(self):
        """Start the stack and wait until it greets; the lines it said."""
        process = subprocess.Popen(
            [sys.executable, *self.run_command], cwd=CODE, env=self.env, stdout=subprocess.PIPE, text=True
        )
        self.running.append(process)
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Ctrl-C"):
                return process, "".join(said)
        pytest.fail(f"The stack ended with {process.wait()}: {''.join(said)}")

    def processes(self):
        """Pids of every process that carries this home in its environment or command line."""
        mine = os.fsencode(self.home)
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if mine in (place / "cmdline").read_bytes() + (place / "environ").read_bytes():
                    state = (place / "stat").read_text().rsplit(")", 1)[1].split()[0]
                    found += [int(place.name)] * (state != "Z")
        return found

    def gone(self, seconds=10):
        """Whether all of them end within some seconds."""
        return until(lambda: not self.processes(), seconds)

    def state(self):
        return json.loads((self.home / "state.json").read_text())

    def get(self, path):
        """Status and body of a page."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def end(self):
        for process in self.running:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(12)
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def until(true, seconds):
    """Wait for something to become true; whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return bool(true())


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    place = tmp_path_factory.mktemp("house")
    for parent in (place, *place.parents):
        if parent.owner() == place.owner() and parent != Path("/tmp"):
            parent.chmod(parent.stat().st_mode | 0o011)
    house = House(place / "home", free_port())
    yield house
    house.end()
