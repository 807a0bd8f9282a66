"""Which program this is: its version for people, its build for what it has made."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

VERSION = version("kallelse")

_ROOMS: Final = ("feeds", "operation", "records")
_LIBRARIES: Final = (
    "babel",
    "feedgenerator",
    "icalendar",
    "jinja2",
    "lxml",
    "nh3",
    "segno",
    "tzdata",
)
"""What published files are made with, beside our own rooms."""


@cache
def build() -> str:
    """Give what tells one program from another that may make other files of the same records.

    A version will not do: whoever pulls a mended program on the same day is to see what it mends.
    Asked once: a daemon is the program that it was started as.
    """
    found = hashlib.sha256(" ".join(version(name) for name in _LIBRARIES).encode())
    for room in _ROOMS:
        _read(files(room), found)
    return found.hexdigest()


def _read(folder: Traversable, found: hashlib._Hash) -> None:
    for one in sorted(folder.iterdir(), key=lambda it: it.name):
        if one.is_dir() and one.name != "__pycache__":
            _read(one, found)
        elif one.is_file():
            found.update(f"{one.name}\n".encode() + one.read_bytes())
