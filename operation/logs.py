"""How the program speaks to its operator: lines on stderr, for people or for machines."""

from __future__ import annotations

import logging
import sys

import structlog


def configure(verbosity: int) -> None:
    """Log to stderr: for people on a terminal, else as JSON; -1 is quiet, 1 tells each page."""
    level = {-1: logging.WARNING, 0: logging.INFO}.get(verbosity, logging.DEBUG)
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # it warns of odd headers with tracebacks
    people = sys.stderr.isatty()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=False),
            structlog.dev.ConsoleRenderer() if people else structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
