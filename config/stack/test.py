"""``make test``: pytest on PostgreSQL and Valkey of its own, and a browser."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from config.stack.home import CODE, Problem, open_home
from config.stack.processes import die_with_parent
from config.stack.run import stoppable
from config.stack.services import own_services

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def run_tests(arguments: list[str]) -> int:
    """Run pytest with the arguments, in parallel unless they say otherwise; its exit code."""
    code = 130
    with stoppable(), tempfile.TemporaryDirectory(prefix="rapport-test-") as place:
        Path(place).chmod(0o711)
        ensure_browser()
        home = open_home(Path(place) / "home")
        with own_services(home, for_tests=True) as services:
            env = {**os.environ, **services.env, "RAPPORT_HOME": str(home.root), "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
            # Tests know the development keys.
            env.pop("SECRET_KEY"), env.pop("SECRETS_KEYS")
            code = pytest(arguments, env) if arguments else everything(env)
    return code


def everything(env: dict[str, str]) -> int:
    """All tests in parallel; then, one after another, those that start the whole stack and time it."""
    return pytest(["-m", "not stack"], env) or pytest(["-n0", "-m", "stack"], env)


def pytest(arguments: list[str], env: dict[str, str]) -> int:
    parent = os.getpid()
    parallel = [] if any(part.startswith("-n") for part in arguments) else ["-n", "auto"]
    command = [sys.executable, "-m", "pytest", *parallel, *arguments]
    with subprocess.Popen(
        command, cwd=CODE, env=env, preexec_fn=lambda: die_with_parent(signal.SIGTERM, parent)
    ) as child:
        try:
            return child.wait()
        finally:
            if child.poll() is None:
                child.terminate()


def ensure_browser() -> None:
    """Install Chromium when there is none: Debian's as root, else Playwright's own."""
    if os.environ.get("CHROMIUM") or any(shutil.which(name) for name in BROWSERS) or _playwrights_own():
        return
    print("Installing Chromium for the browser tests ...", flush=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], env=env, check=False)
        install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"]
        if subprocess.run(install, env=env, check=False).returncode == 0:
            return
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode != 0:
        raise Problem("No Chromium could be installed. Install the package chromium, or set CHROMIUM to one.")


def _playwrights_own() -> bool:
    place = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    return any(Path(place).glob("chromium*"))
