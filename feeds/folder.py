"""The published folder on disk: files replaced in one step, readable by the web server."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Final

from records.errors import PublishError

FILE_MODE: Final = 0o644
FOLDER_MODE: Final = 0o755
_HALF: Final = ".kallelse-"  # begins the name of a file that is not whole yet


def prepare(out: Path) -> None:
    """Make the published folder where it is missing; PublishError where it cannot be written."""
    if out.is_symlink():
        raise PublishError(f"{out} is a symbolic link: give --out the folder that it points to")
    try:
        _make(out)
    except OSError as error:
        raise PublishError(
            f"{out} cannot be made ({error.strerror}): give --out another folder"
        ) from error
    if not os.access(out, os.R_OK | os.W_OK | os.X_OK):
        raise PublishError(f"{out} is not writable: give this user the right, or --out another")


def write(path: Path, body: bytes) -> bool:
    """Put `body` at `path` in one step; False, and the file untouched, where it stands there.

    Readers meet the old bytes or the new, also after a power cut. A symbolic link is replaced and
    not followed. Its date rises by at least a second: HTTP dates have no parts of one.
    """
    if last(path) == body:
        return False
    with half(path, body, after=dated(path)) as ready:
        ready.replace(path)
    sync(path.parent)
    return True


def put(path: Path, body: bytes) -> None:
    """Write one file that no gate guards; PublishError where it cannot be written."""
    try:
        write(path, body)
    except OSError as error:
        raise PublishError(
            f"{path} could not be written ({error.strerror}): make room or give the right"
        ) from error


@contextmanager
def half(
    path: Path, body: bytes, *, after: int | None = None, at: int | None = None
) -> Iterator[Path]:
    """Give a file beside `path` that is whole and on the disk, to be put in its place.

    It is dated `at`; else now, but later than `after`: both are whole seconds since 1970.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=_HALF, suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # what is not locked is a dead run's
            file.write(body)
            file.flush()
            os.fchmod(file.fileno(), FILE_MODE)
            if at is None and after is not None and os.fstat(file.fileno()).st_mtime < after + 1:
                at = after + 1
            if at is not None:
                os.utime(file.fileno(), (at, at))
            os.fsync(file.fileno())
            yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def dated(path: Path) -> int | None:
    """Give the date of what is at `path`, in whole seconds since 1970; None for nothing."""
    return int(path.lstat().st_mtime) if path.exists() else None


def last(path: Path) -> bytes | None:
    """Give what is published at `path`; None for nothing, and for what a link leads to."""
    return path.read_bytes() if stands(path) else None


def stands(path: Path) -> bool:
    """Whether a file of ours is published at `path`; a link to another is none."""
    return path.is_file() and not path.is_symlink()


def place(out: Path, relative: str) -> Path:
    """Give the path below `out`, its folders made; OSError where one is a link to elsewhere."""
    folder = out
    for part in PurePosixPath(relative).parts[:-1]:
        folder /= part
        if folder.is_symlink():
            raise NotADirectoryError(0, f"{folder} is a symbolic link")
        _make(folder)
    return out / relative


def _make(folder: Path) -> None:
    """Make a folder and those above it, readable for the web server whatever the umask."""
    if folder.is_dir():
        return
    _make(folder.parent)
    folder.mkdir()
    folder.chmod(FOLDER_MODE)


def sweep(out: Path, *, deep: bool = True) -> None:
    """Clear half-written files of runs that were killed; those being written are locked.

    Not `deep` looks into no folder: a city's folders are thousands, and who was killed while they
    were written publishes once more.
    """
    for path in (out.rglob if deep else out.glob)(f"{_HALF}*.tmp"):
        with suppress(OSError), path.open("rb") as half:  # one that will not go harms no reader
            fcntl.flock(half, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)


def sync(folder: Path) -> None:
    """Make new names last over a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
