"""RAPPORT_HOME: where one installation keeps its data, its keys and its logs."""

import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

CODE = Path(__file__).resolve().parent.parent.parent
# A Unix socket's path has at most 107 characters; PostgreSQL adds its file's name.
LONGEST_SOCKET_DIRECTORY = 80


class Problem(Exception):
    """Something the person at the terminal can put right. The message says what to do."""


@dataclass(frozen=True)
class Home:
    """``root`` is RAPPORT_HOME; ``private`` and ``sockets`` belong to the user the services run as."""

    root: Path
    private: Path
    sockets: Path

    @property
    def state_file(self) -> Path:
        return self.root / "state.json"

    def log(self, name: str) -> Path:
        return self.root / "logs" / f"{name}.log"


def service_user() -> pwd.struct_passwd | None:
    """Whom PostgreSQL and Valkey run as: nobody when we are root (PostgreSQL refuses root), else ourselves."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def open_home(path: str | os.PathLike[str]) -> Home:
    """The home at ``path``, made when it is missing.

    Raises ``Problem`` when it cannot be written.
    """
    root = Path(path).expanduser().absolute()
    try:
        root.mkdir(parents=True, exist_ok=True)
        (root / "logs").mkdir(exist_ok=True)
        probe = root / f".write-test-{os.getpid()}"
        probe.write_text("x")
        probe.unlink()
        private = _private(root)
        return Home(root, private, _sockets(private))
    except OSError as error:
        raise Problem(
            f"Rapport cannot write in {root} ({error.strerror}). "
            "Make room or change its owner, or choose another place with RAPPORT_HOME=…."
        ) from error


def may_enter(path: Path, user: pwd.struct_passwd) -> bool:
    """Whether a user may walk into ``path`` by its own permissions and those of every directory above it."""
    for place in (path, *path.parents):
        status = place.stat()
        if not status.st_mode & 0o001 and not (status.st_uid == user.pw_uid and status.st_mode & 0o100):
            return False
    return True


def own(path: Path, mode: int = 0o700) -> Path:
    """Make a directory that only the service user can enter."""
    path.mkdir(parents=True, exist_ok=True, mode=mode)
    user = service_user()
    if user is not None and path.stat().st_uid != user.pw_uid:
        os.chown(path, user.pw_uid, user.pw_gid)
    path.chmod(mode)
    return path


def key_of(root: Path) -> str:
    return hashlib.sha256(os.fsencode(root)).hexdigest()[:12]


def _private(root: Path) -> Path:
    """Below the home, or in /var/lib when root's home is closed to the service user."""
    user = service_user()
    if user is None or may_enter(root, user):
        return own(root / "services")
    return own(Path("/var/lib/rapport") / key_of(root))


def _sockets(private: Path) -> Path:
    """Below the private directory, or a short path of our own in /tmp."""
    near = private / "run"
    if len(os.fsencode(near)) <= LONGEST_SOCKET_DIRECTORY:
        return own(near)
    short = Path("/tmp") / f"rapport-{os.geteuid()}-{key_of(private)}"  # noqa: S108  # nosec B108
    user = service_user()
    if short.is_symlink() or (short.exists() and short.stat().st_uid != (user.pw_uid if user else os.geteuid())):
        raise Problem(f"{short} belongs to somebody else. Remove it, or choose a shorter RAPPORT_HOME.")
    return own(short)


@contextlib.contextmanager
def locked(home: Home, name: str, *, shared: bool = False, wait: bool = False) -> Iterator[IO[str] | None]:
    """Hold a lock of the home; None when another process holds it and ``wait`` is off."""
    with (home.root / f"{name}.lock").open("a") as file:
        how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(file, how)
        except BlockingIOError:
            yield None
        else:
            yield file


def write_private(path: Path, value: dict[str, Any]) -> None:
    """Write JSON that only we can read, at once or not at all."""
    fresh = path.with_suffix(f".{os.getpid()}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(value, file)
    fresh.rename(path)


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in a file; empty when there is none."""
    try:
        content = json.loads(path.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return content if isinstance(content, dict) else {}


NEW_KEYS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "SECRETS_KEYS": lambda: urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    # A private key of P-256, for web push: any 32 bytes but for one chance in four thousand million.
    "VAPID_PRIVATE_KEY": lambda: urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("="),
}


def keys(root: Path, *, make: bool) -> dict[str, str]:
    """The keys of a home as an environment; those that are missing are made at its start."""
    file = root / "keys.json"
    kept = read_json(file)
    if make and (missing := {name: key() for name, key in NEW_KEYS.items() if name not in kept}):
        kept = {**kept, **missing}
        write_private(file, kept)
    return {name: str(value) for name, value in kept.items()}
