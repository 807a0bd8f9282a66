"""Goldens: files that say, byte for byte, what our code must give."""

from __future__ import annotations

import difflib
from itertools import islice
from pathlib import Path
from typing import Final

import pytest

SHOWN: Final = 60
"""How many lines of a difference are printed."""


def assert_golden(path: Path, got: str | bytes, request: pytest.FixtureRequest) -> None:
    """Fail unless `got` is what stands in `path`, byte for byte; text counts as UTF-8.

    With `--update-golden` a golden that differs or is missing is written, and the test fails this
    once, so that someone reads what was written before it is committed.
    """
    __tracebackhide__ = True
    body = got.encode() if isinstance(got, str) else got
    known = path.read_bytes() if path.exists() else None
    if body == known:
        return
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        pytest.fail(f"{path.name} is rewritten: read the diff, then run again without the option")
    if known is None:
        pytest.fail(f"{path.name} is missing: write it with --update-golden and read what it says")
    pytest.fail(
        f"{path.name} is not what we give; where we are right, --update-golden rewrites it\n"
        + _difference(known, body)
    )


def _difference(known: bytes, body: bytes) -> str:
    lines = difflib.unified_diff(_lines(known), _lines(body), "golden", "now", n=1, lineterm="")
    return "\n".join(islice(lines, SHOWN))


def _lines(body: bytes) -> list[str]:
    """Split at LF alone, and show a CR: half of our formats end their lines with it."""
    text = body.decode(errors="backslashreplace").replace("\r", "␍")
    return text.split("\n")
