"""Child processes that never outlive their parent."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from config.stack.home import CODE, service_user

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

Child = subprocess.Popen[bytes]


def die_with_parent(death: int = signal.SIGKILL, parent: int | None = None) -> None:
    """Ask the kernel to signal this process when its parent dies."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(death))
    if parent is not None and os.getppid() != parent:
        os.kill(os.getpid(), death)


def start(
    command: Sequence[str | os.PathLike[str]],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    death: int = signal.SIGKILL,
    as_service: bool = False,
) -> Child:
    """Start a child in a session of its own, its output in ``log``; it gets ``death`` when we die."""
    user = service_user() if as_service else None
    with log.open("ab") as output:
        return subprocess.Popen(
            [os.fspath(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/" if as_service else CODE,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"} if as_service else env,
            start_new_session=True,
            preexec_fn=_follow(os.getpid(), death),
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )


def _follow(parent: int, death: int) -> Callable[[], None]:
    return lambda: die_with_parent(death, parent)


def stop(children: Sequence[Child], *, how: int = signal.SIGTERM, seconds: float) -> None:
    """Ask all children to end, wait, then kill what is left of their sessions."""
    for child in children:
        if child.poll() is None:
            child.send_signal(how)
    deadline = _now() + seconds
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, deadline - _now()))
    for child in children:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _now() -> float:
    return os.times().elapsed


def tail(log: Path, lines: int = 5) -> str:
    """The last lines of a log, for the sentence that says what went wrong."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""
