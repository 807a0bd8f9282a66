"""A packed twin beside each published text file, for servers that send it: `a.ics.gz`.

A twin that stands beside a file holds that file's bytes: the old one goes before the file is
replaced, and the new one comes after. Whoever finds none sends the file as it is.
"""

from __future__ import annotations

import gzip
import zlib
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from feeds.folder import dated, half, last, sync

GZIP: Final = 31
"""How zlib is told of a gzip head and tail."""


def beside(path: Path) -> Path:
    """Give the path of a file's twin."""
    return path.with_name(f"{path.name}.gz")


def pack(body: bytes) -> bytes | None:
    """Give the bytes of a twin, which name no hour and no file; None where they save nothing."""
    packed = gzip.compress(body, mtime=0)
    return packed if len(packed) < len(body) else None


def fits(packed: bytes, body: bytes) -> bool:
    """Whether a twin holds these bytes, however another release of zlib has packed them."""
    unpacking = zlib.decompressobj(GZIP)
    try:
        found = unpacking.decompress(packed, len(body) + 1)
    except zlib.error:
        return False
    return found == body and unpacking.eof and not unpacking.unused_data


def write(path: Path, body: bytes) -> bool:
    """Put `body` at `path` in one step, and its twin beside it; False where the file is as before.

    Both are whole on the disk before either is put in its place, and have the same date. Who calls
    makes the new names last, for all of a folder at once (`folder.sync`).
    """
    same = last(path) == body
    if same and _stands(path, body):
        return False
    with ExitStack() as halves:
        new = path if same else halves.enter_context(half(path, body, after=dated(path)))
        packed = pack(body)
        twin = packed and halves.enter_context(half(beside(path), packed, at=dated(new)))
        drop_twin(path)
        if not same:
            new.replace(path)
        if twin:
            twin.replace(beside(path))
    return not same


def _stands(path: Path, body: bytes) -> bool:
    """Whether a twin of these bytes stands beside the file, or none is due."""
    packed = last(beside(path))
    return pack(body) is None if packed is None else fits(packed, body)


def drop(path: Path) -> None:
    """Take a published file away, its twin first."""
    drop_twin(path)
    path.unlink(missing_ok=True)
    sync(path.parent)


def drop_twin(path: Path) -> None:
    """Take a file's twin away."""
    beside(path).unlink(missing_ok=True)
