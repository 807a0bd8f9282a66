"""Published paths that vanish by a take-down: they answer 410 until they are published again."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Final

from feeds import folder, gone
from records.store import Store
from records.writer import Writer

NOTE: Final = "vanished"
"""The note of the paths that a take-down has listed as gone, or may: no person has."""


def listed(out: Path) -> frozenset[str]:
    """Give the files that the server answers with 410."""
    return gone.names(folder.last(out / gone.FILE) or b"")


def put(out: Path, names: Collection[str]) -> None:
    """List these files as gone, and no others."""
    folder.put(out / gone.FILE, gone.listed(frozenset(names)))


def vanished(store: Store, city: str) -> frozenset[str]:
    """Give the paths that have vanished, or may have."""
    return _read(store.note(city, NOTE))


def expect(writer: Writer, out: Path, paths: Collection[str]) -> None:
    """Note, before a take-down, the paths that stand: those that it leaves out vanish by it.

    What a person has listed stays listed whatever is published.
    """
    _note(writer, _read(writer.note(NOTE)) | (frozenset(paths) - listed(out)))


def returned(writer: Writer, out: Path, paths: Collection[str]) -> None:
    """Serve what stands published at paths that had vanished."""
    known = _read(writer.note(NOTE))
    back = known & frozenset(paths)
    if back:
        names = listed(out)
        if names & back:
            put(out, names - back)
        _note(writer, known - back)


def _read(note: str | None) -> frozenset[str]:
    return frozenset(json.loads(note or "[]"))


def _note(writer: Writer, paths: Collection[str]) -> None:
    writer.put_note(NOTE, json.dumps(sorted(paths)))
