"""A damaged store is set aside, never deleted, so that the next one can be made in its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Final

from records.database import file_of, url_of
from records.errors import StoreError
from records.locks import all_locks

_BESIDE: Final = ("-wal", "-shm")


class Standing:
    """The file that a store's address names when a run begins, to be known again by."""

    def __init__(self, address: str) -> None:
        self._path = file_of(url_of(address))
        self._mark = self._seen()

    def set_aside(self, city: str, now: datetime) -> Path | None:
        """Move the file, with what SQLite keeps beside it, to `<file>.corrupt-<time>`.

        None where it is a server's, or where another run was faster: then it is another file by
        now. Busy while any run is at work in it; StoreError where it cannot be moved.
        """
        if self._path is None:  # pragma: no cover - asks for a server
            return None
        with all_locks(self._path, city):
            if self._mark is None or self._seen() != self._mark:
                return None
            try:
                return _moved(self._path, now)
            except OSError as error:
                raise StoreError(
                    f"{self._path} is damaged, and cannot be set aside ({error.strerror}):"
                    " move it away and run again"
                ) from error

    def _seen(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat() if self._path else None
        except OSError:
            return None
        return (found.st_dev, found.st_ino) if found else None


def _moved(path: Path, now: datetime) -> Path:
    """Copy what lies beside, then move the file: killed between, all of it still stands.

    What lies beside stays until SQLite clears it, which it does before a new file is written.
    """
    target = next(name for name in _names(path, now) if not _taken(name))
    for end in _BESIDE:
        beside = path.with_name(path.name + end)
        if beside.exists():
            shutil.copyfile(beside, target.with_name(target.name + end))
    path.rename(target)
    return target


def _names(path: Path, now: datetime) -> Iterator[Path]:
    first = path.with_name(f"{path.name}.corrupt-{now:%Y%m%dT%H%M%S}")
    return chain((first,), (first.with_name(f"{first.name}-{number}") for number in count(2)))


def _taken(name: Path) -> bool:
    return any(name.with_name(name.name + end).exists() for end in ("", *_BESIDE))
