"""What must start nothing, and what a home that cannot be written says."""

import os
import subprocess
import sys

import pytest

from config.stack import test
from config.stack.__main__ import main
from config.stack.home import LONGEST_SOCKET_DIRECTORY, may_enter, open_home, service_user
from tests.stack.conftest import CODE, House

pytestmark = pytest.mark.stack


@pytest.fixture
def no_home(tmp_path):
    return House(tmp_path / "never-made", 1)


@pytest.mark.parametrize("command", [["help"], ["check"], ["--version"], ["migrate", "--help"], []])
def test_starts_nothing(no_home, command):
    done = no_home.do("manage.py", *command)
    assert done.returncode == 0, done.stderr
    assert not no_home.home.exists()


def test_an_unwritable_home_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    said = House(tmp_path / "file" / "home", 1).refused("-m", "config.stack", "run", "--port", "1")
    assert "cannot write in" in said
    assert "RAPPORT_HOME=" in said


def test_a_command_in_an_unwritable_home_says_the_same(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert "cannot write in" in House(tmp_path / "file" / "home", 1).refused("manage.py", "migrate")


def test_a_deep_home_gets_short_socket_paths(tmp_path):
    tmp_path.chmod(0o711)
    home = open_home(tmp_path / ("deep" * 20) / ("deeper" * 20))
    assert len(os.fsencode(home.sockets)) <= LONGEST_SOCKET_DIRECTORY
    assert home.sockets.stat().st_mode & 0o777 == 0o700
    home.sockets.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts services as somebody else")
def test_roots_closed_home_keeps_its_services_where_they_can_live(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    home = open_home(closed / "home")
    assert not home.private.is_relative_to(closed)
    assert may_enter(home.private, service_user())
    home.sockets.rmdir()
    home.private.rmdir()


def test_make_lists_the_commands():
    said = subprocess.run(["make"], cwd=CODE, capture_output=True, text=True, check=True).stdout
    for command in ("run", "test", "check", "bench", "demo", "backup", "restore"):
        assert f"make {command}" in said


def test_production_needs_its_keys(tmp_path):
    env = {"PATH": os.environ["PATH"], "RAPPORT_PRODUCTION": "1", "DATABASE_URL": "postgres://x@localhost/x"}
    env["RAPPORT_HOME"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=CODE, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["-n0", "-s", "tests/firm"], ["tests/firm", "-k", "outbox"], ["--help"], ["-h"], []]
)
def test_everything_behind_test_is_pytests(arguments, monkeypatch):
    """``make storm`` begins with an option."""
    asked = []
    monkeypatch.setattr(test, "run_tests", lambda given: asked.append(given) or 0)
    assert main(["test", *arguments]) == 0
    assert asked == [arguments]


def test_what_no_other_command_knows_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["run", "--prot", "8001"])
    assert "unrecognized arguments: --prot 8001" in capsys.readouterr().err
