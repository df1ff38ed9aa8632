"""JSON logs with a request id; no local variables and no tokens ever reach a line."""

import logging
import logging.config
import re

import structlog
from structlog.typing import EventDict, WrappedLogger

# Paths that carry a customer's or an invited person's token are cut before they are written.
TOKEN_IN_PATH = re.compile(r"(/r/|/f/|/join/)[A-Za-z0-9_-]{20,}")


def without_tokens(value: object) -> object:
    """A text, or texts in lists and dictionaries, with every token replaced by “…”."""
    match value:
        case str():
            return TOKEN_IN_PATH.sub(r"\1…", value)
        case dict():
            return {key: without_tokens(part) for key, part in value.items()}
        case list() | tuple():
            return [without_tokens(part) for part in value]
    return value


def hide_tokens(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Replace a rating token in any text of the event, however deep: a traceback names paths, too."""
    for key, value in event.items():
        event[key] = without_tokens(value)
    return event


def configure(*, json: bool) -> None:
    """Send every log record, ours and the libraries', through one structlog formatter to stderr."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))
        if json
        else structlog.processors.format_exc_info,
    ]
    renderer = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[*shared, hide_tokens, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "one": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        hide_tokens,
                        renderer,
                    ],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "one"}},
            "root": {"handlers": ["stderr"], "level": "INFO"},
            "loggers": {"celery.worker.strategy": {"level": "WARNING"}, "celery.app.trace": {"level": "WARNING"}},
        }
    )
