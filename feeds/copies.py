"""Files of the published folder as they are sent: held in memory, read anew when they change."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from feeds import twin

KEPT: Final = 64 * 2**20
"""How many octets of files are held in memory at most."""

Key: TypeAlias = tuple[int, ...]
"""What tells one version of a file from the next: each is a new file, put there in one step."""

_ABSENT: Final = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG}
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Form:
    """The bytes of a file as they are or packed, with their own tag."""

    body: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class Copy:
    """One file as it was read, and its twin where that holds the same; `modified` is its date."""

    keys: tuple[Key, Key]
    plain: Form
    packed: Form | None
    modified: int

    @property
    def size(self) -> int:
        """How much memory it takes, about."""
        return len(self.plain.body) + (len(self.packed.body) if self.packed else 0)


class Copies:
    """The files below a folder, by name; no link is followed, neither of a file nor on the way."""

    def __init__(self, out: Path) -> None:
        self._root = os.path.realpath(out)
        self._copies: dict[str, Copy] = {}
        self._size = 0

    def get(self, name: str) -> Copy | None:
        """Give the file of that name as it is now; None where none of ours is there.

        Raises OSError where it cannot be said: the folder is away, or the system is out of room.
        """
        file = os.path.join(self._root, name)  # noqa: PTH118 - pathlib takes a tenth of a request
        keys = _key_at(file), _key_at(f"{file}.gz")
        copy = self._copies.get(name)
        if copy and copy.keys == keys:
            return copy
        if not keys[0]:
            os.stat(self._root)  # noqa: PTH116 - as above; a folder that is away says nothing
            return None
        return self._read(file, name)

    def _read(self, file: str, name: str) -> Copy | None:
        if os.path.realpath(file) != file:
            return None
        plain, packed = _opened(file), _opened(f"{file}.gz")
        if plain is None:
            return None
        fits = packed is not None and twin.fits(packed[1], plain[1])
        copy = Copy(
            keys=(_key(plain[0]), _key(packed[0]) if packed else ()),
            plain=_form(plain[1]),
            packed=_form(packed[1]) if packed and fits else None,
            modified=int(plain[0].st_mtime),
        )
        self._keep(name, copy)
        return copy

    def _keep(self, name: str, copy: Copy) -> None:
        """Hold the copy in memory; what would be too much begins again with nothing."""
        if self._size + copy.size > KEPT:
            self._copies.clear()
            self._size = 0
        replaced = self._copies.pop(name, None)
        self._size += copy.size - (replaced.size if replaced else 0)
        self._copies[name] = copy


def _form(body: bytes) -> Form:
    return Form(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _opened(file: str) -> tuple[os.stat_result, bytes] | None:
    """Read a whole file: what is open stays so while it is replaced. None for what is no file."""
    try:
        descriptor = os.open(file, _FLAGS)
    except OSError as error:
        if error.errno in _ABSENT:
            return None
        raise
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        return None
    with os.fdopen(descriptor, "rb") as opened:
        return status, opened.read()


def _key_at(file: str) -> Key:
    """Give the key of the file that is there; empty for nothing, a link or a folder."""
    try:
        status = os.lstat(file)
    except OSError as error:
        if error.errno in _ABSENT:
            return ()
        raise
    return _key(status) if stat.S_ISREG(status.st_mode) else ()


def _key(status: os.stat_result) -> Key:
    return (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)
