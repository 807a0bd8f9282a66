"""Telling programs: an address that expects a call after each good run, a command for trouble."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from threading import Thread
from typing import Final
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import structlog

log = structlog.get_logger(__name__)

PATIENCE: Final = 10.0
"""How many seconds the address may take for all that it says."""

LASTING: Final = 60.0
"""How many seconds a command may take."""


def ping(url: str, agent: str) -> bool:
    """Call an http address and say whether it was well; a warning where it was not.

    Its path may be a secret, so only its host is told. The call has a thread of its own, for the
    library's patience is for one read at a time, and a drop at a time would hold up the next run.
    """
    reasons = ["no answer came in time"]

    def call() -> None:
        asked = Request(url, headers={"User-Agent": agent})  # noqa: S310 - settings take http(s) alone
        try:
            with urlopen(asked, timeout=PATIENCE):  # noqa: S310 - as above
                reasons.clear()
        except (HTTPException, OSError, ValueError) as error:
            reasons[:] = [str(getattr(error, "reason", error))]

    calling = Thread(target=call, name="ping", daemon=True)
    calling.start()
    calling.join(PATIENCE)
    for reason in reasons[:1]:
        log.warning("no ping", host=urlsplit(url).hostname, reason=reason)
        return False
    return True


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
