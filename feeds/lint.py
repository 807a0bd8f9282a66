"""What calendar apps and feed readers need of a published file, checked on the file itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import PurePosixPath
from typing import Final

from feeds import lint_feed, lint_ics
from feeds.findings import Finding

Check = Callable[[str, bytes], list[Finding]]

_ICS: Final = ".ics"
_CHECKS: Final[Mapping[str, Check]] = {
    _ICS: lint_ics.check,
    ".rss": lint_feed.check_rss,
    ".atom": lint_feed.check_atom,
    ".json": lint_feed.check_json,
}

ENDINGS: Final = tuple(_CHECKS)
"""The endings of the files that there are rules for."""

DATA: Final = "data"
"""The folder of records as data."""

_WORDS: Final = frozenset({"C23", "C24", "F6", "F24"})
"""Rules that the city's own words can break: they are told, and hold no file back."""


def lint(path: str, body: bytes) -> list[Finding]:
    """Give what is wrong with the file that is, or shall be, at `path`; nothing for other kinds.

    What lies in `data` is no feed, whatever its ending.
    """
    here = PurePosixPath(path)
    check = None if here.parent.name == DATA else _CHECKS.get(here.suffix)
    return check(path, body) if check else []


def fault(path: str, body: bytes, proved: Collection[bytes] = frozenset()) -> str | None:
    """Give the first thing that keeps a file from being published, None where there is none.

    Events of a calendar that are `proved`, byte for byte, are not looked at once more.
    """
    if path.endswith(_ICS) and lint_ics.sound(path, body, proved):
        return None
    held = (found for found in lint(path, body) if found.rule not in _WORDS)
    return next((str(found) for found in held), None)
