"""How the program speaks to its operator: lines on stderr, for people or for machines."""

from __future__ import annotations

import logging
import os
import sys

import structlog


def configure(verbosity: int, form: str = "auto") -> None:
    """Log to stderr, -1 is quiet, 1 tells each page; `console` is for people, `json` for programs.

    `auto` is for people on a terminal, else for programs.
    """
    level = {-1: logging.WARNING, 0: logging.INFO}.get(verbosity, logging.DEBUG)
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # it warns of odd headers with tracebacks
    terminal = sys.stderr.isatty()
    people = form == "console" or (form == "auto" and terminal)
    colours = terminal and "NO_COLOR" not in os.environ
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%S%z", utc=False),
            structlog.dev.ConsoleRenderer(colors=colours)
            if people
            else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
