"""A customer's link is in no log line: not the site's, not Django's, not gunicorn's access and error logs."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings

from config.logs import hide_tokens

TOKEN = "Zk3_" + "s3cret-" * 5 + "Zk3_"
PATHS = [f"/r/{TOKEN}/", f"/r/{TOKEN}/unsubscribe/?language=fr", f"/r/{TOKEN}/opened/", f"/r/{TOKEN}", f"//r/{TOKEN}/"]


@pytest.mark.parametrize("path", PATHS)
def test_any_value_of_an_event_is_cut(path):
    event = {
        "event": f"GET {path} HTTP/1.1",
        "exception": [{"exc_value": f"no page at {path}", "frames": [{"line": path}]}],
        "more": {"referer": f"https://example.org{path}", "count": 3},
        "pair": (path, 1),
    }
    cut = hide_tokens(None, "info", event)
    assert TOKEN not in json.dumps(cut)
    assert cut["more"]["count"] == 3


def test_gunicorn_writes_no_token(tmp_path):
    """A real server: every request in the access log, a broken one in the error log, none with the link."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--access-logfile", "-", "config.wsgi"]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=settings.BASE_DIR, stdout=log, stderr=log, env={**os.environ, "DEBUG": ""}
        )
    try:
        wait_for(port)
        for path in PATHS:
            fetch(port, path)
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.sendall(f"GET /r/{TOKEN}/ NONSENSE\r\nReferer: /r/{TOKEN}/\r\n\r\n".encode())
            raw.recv(1000)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    written = (tmp_path / "log").read_text()
    assert TOKEN not in written
    assert not re.search("s3cret-s3cret", written)
    assert written.count("/r/…") >= len(PATHS)


def wait_for(port):
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("gunicorn did not start")


def fetch(port, path):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Referer": f"http://127.0.0.1:{port}/r/{TOKEN}/"}
    )
    try:
        urllib.request.urlopen(request, timeout=20).close()
    except urllib.error.HTTPError as answer:
        answer.close()
