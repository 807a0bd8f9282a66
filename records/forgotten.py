"""What was taken down for good: remembered without saying what it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Final

NOTE: Final = "forgotten"
"""The note that holds the digests of all that a city's store shall never hold again."""


def digest(name: str) -> str:
    """Give what is remembered of a record by its id, or of a page by its key."""
    return hashlib.sha256(name.encode()).hexdigest()


def read(note: str | None) -> frozenset[str]:
    """Read the note: the digests."""
    return frozenset(json.loads(note or "[]"))


def written(digests: Iterable[str]) -> str:
    """Give the note for these digests."""
    return json.dumps(sorted(digests))
