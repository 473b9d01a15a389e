"""One format of log line for every process: a JSON object with the moment, the level, the logger and the event.

The site's own lines are named `site.requests`, `site.tasks` and `site.commands`. What people search for stands in no
line that holds an address, and a view of which no line may tell when somebody was there is marked with
`left_out_of_the_log`.
"""

import logging
from collections.abc import Callable
from typing import Any

import structlog

_CHAIN: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.format_exc_info,
]
_AT_INFO = {"handlers": ["console"], "level": "INFO", "propagate": False}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": _CHAIN,
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "site": dict(_AT_INFO),
        "django_tasks_db": dict(_AT_INFO),
        "gunicorn.error": dict(_AT_INFO),
        "uvicorn": dict(_AT_INFO),
    },
}


def only_problems(level: str = "WARNING") -> dict[str, Any]:
    """The same configuration, without lines about successes."""
    loggers = {name: {**logger, "level": level} for name, logger in LOGGING["loggers"].items()}
    return {**LOGGING, "root": {**LOGGING["root"], "level": level}, "loggers": loggers}


def left_out_of_the_log(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose requests get no line: when somebody was there would tell what nobody should know."""
    view.is_left_out_of_the_log = True  # type: ignore[attr-defined]  # read below
    return view


def is_left_out(request: Any) -> bool:
    """Whether a request gets no line, however it was answered."""
    view = request.resolver_match.func if request.resolver_match else None
    return getattr(view, "is_left_out_of_the_log", False)


def configure_structlog() -> None:
    """Send structlog's lines, and Python's warnings, through Python's logging."""
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_CHAIN,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
