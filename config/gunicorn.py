"""How gunicorn serves: two processes of four threads; RAPPORT_WEB_WORKERS and RAPPORT_WEB_THREADS change that."""

import os
import signal
from typing import Any

from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from config.logs import without_tokens
from config.stack.processes import die_with_parent


class TokenlessLogger(Logger):  # type: ignore[misc]
    """Should somebody switch the access log on, it holds no customer's link either; off, it costs nothing."""

    def access(self, *args: Any) -> None:
        if self.access_log.handlers:
            super().access(*args)

    def atoms(self, *args: Any) -> dict[str, Any]:
        return {name: without_tokens(value) for name, value in super().atoms(*args).items()}


logger_class = TokenlessLogger
worker_class = "gthread"
workers = int(os.environ.get("RAPPORT_WEB_WORKERS", "2"))
threads = int(os.environ.get("RAPPORT_WEB_THREADS", "4"))
preload_app = True
timeout = 30
graceful_timeout = 4
keepalive = 5
control_socket_disable = True
# Every record goes to the root logger, which writes it as JSON (config/logs.py).
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
}


def post_fork(_arbiter: Arbiter, worker: Worker) -> None:
    die_with_parent(signal.SIGKILL, worker.ppid)
