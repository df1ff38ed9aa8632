"""How gunicorn serves: two processes of four threads; RAPPORT_WEB_WORKERS and RAPPORT_WEB_THREADS change that."""

import os
import signal

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from config.stack.processes import die_with_parent

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
