"""Which version of the program this is, and which programs give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

VERSION: Final = version("kallelse")

_MAKING: Final = ("records", "feeds", "operation")
"""The packages by which records become published bytes."""


@cache
def maker() -> str:
    """Give what tells the programs apart that may publish other bytes of the same records.

    The version alone does not: whoever runs a checkout has many programs of one version. Asked
    once: a daemon is the program that it was started as.
    """
    told = hashlib.sha256(VERSION.encode())
    for package in _MAKING:
        for file in _sources(files(package)):
            told.update(hashlib.sha256(file.read_bytes()).digest())
    return told.hexdigest()[:16]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda it: it.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry)
        elif entry.is_file():
            yield entry
