"""What a published file was made of, in few letters: while that stands, it is not made again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeAlias

from feeds import twin
from feeds.folder import stands

Mark: TypeAlias = tuple[str, tuple[int, ...]]
"""The digest of a file's inputs, and how the file and its packed twin stood when it was made."""

_NOTHING: Final = (0, 0)


class Inputs:
    """Digests of what files are made of; what goes into many of them is read once."""

    def __init__(self) -> None:
        self._known: dict[
            int, tuple[object, str]
        ] = {}  # holds the value, lest its number is reused

    def digest(self, inputs: tuple[object, ...]) -> str:
        """Give one digest of all; equal values of the same order give the same."""
        return _hashed("\n".join(self._one(value) for value in inputs))

    def _one(self, value: object) -> str:
        if isinstance(value, tuple):
            return self.digest(value)
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = (value, _hashed(repr(value)))
        return known[1]


def stood(path: Path) -> tuple[int, ...]:
    """Give the sizes and dates of a published file and of its twin; zeros for what is not there."""
    return (*_stood(path), *_stood(twin.beside(path)))


def _stood(path: Path) -> tuple[int, int]:
    if not stands(path):
        return _NOTHING
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def as_noted(marks: Mapping[str, Mark]) -> dict[str, list[str | int]]:
    """Give marks as JSON values."""
    return {path: [digest, *stood] for path, (digest, stood) in sorted(marks.items())}


def from_note(noted: Mapping[str, list[str | int]]) -> dict[str, Mark]:
    """Read marks back."""
    return {path: (str(digest), tuple(map(int, stood))) for path, (digest, *stood) in noted.items()}


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
