"""Telling programs: an address that expects a call after each good run, a command for trouble."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import structlog

log = structlog.get_logger(__name__)

PATIENCE: Final = 10.0
"""How many seconds the address may take to connect, and for each thing that it says."""

LASTING: Final = 60.0
"""How many seconds a command may take."""


def ping(url: str, agent: str) -> bool:
    """Call an http address and say whether it was well; a warning where it was not.

    Its path may be a secret, so only its host is told.
    """
    asked = Request(url, headers={"User-Agent": agent})  # noqa: S310 - settings take http(s) alone
    try:
        with urlopen(asked, timeout=PATIENCE):  # noqa: S310 - as above
            return True
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        log.warning("no ping", host=urlsplit(url).hostname, reason=str(reason))
        return False


def command(words: Sequence[str], facts: Mapping[str, str]) -> bool:
    """Start a program with these facts in its environment; a warning where it does not end well.

    No shell reads the words, and what the program prints goes to stderr: stdout is for our data.
    """
    environment = {name: value.replace("\0", "") for name, value in facts.items()}
    try:
        ended = subprocess.run(  # noqa: S603 - the operator's own words
            list(words),
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr.fileno(),
            timeout=LASTING,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        log.warning("the command could not be run", command=words[0], reason=str(error))
        return False
    if ended.returncode:
        log.warning("the command failed", command=words[0], code=ended.returncode)
    return not ended.returncode
