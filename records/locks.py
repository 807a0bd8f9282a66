"""One run at a time for one city: a lock that the system takes back from a killed process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, func, select

from records.database import file_of, name_of
from records.errors import Busy, StoreError


@contextmanager
def lock(engine: Engine, city: str) -> Iterator[None]:
    """Hold the city's lock of this store; Busy at once while another run holds it."""
    path = file_of(engine.url)
    held = _on_server(engine, city) if path is None else _beside(path, city)
    with held:
        yield


@contextmanager
def _beside(path: Path, city: str) -> Iterator[None]:
    """Lock a file beside the store; the file stays, as only the lock means something."""
    file = path.with_name(f"{path.name}.{city}.lock")
    try:
        taken = FileLock(file, blocking=False, mode=0o600).acquire()
    except Timeout as error:
        raise _busy(str(path), city) from error
    except OSError as error:
        raise StoreError(
            f"{file} cannot be locked ({error.strerror}): see to its folder, and run again"
        ) from error
    with taken:
        yield


@contextmanager
def all_locks(path: Path, city: str) -> Iterator[None]:
    """Hold the locks of every city that was ever in the store at `path`, and of this one."""
    known = (file.name for file in path.parent.glob(f"{path.name}.*.lock"))
    names = {name.removeprefix(f"{path.name}.").removesuffix(".lock") for name in known}
    with ExitStack() as held:
        for name in sorted(names | {city}):
            held.enter_context(_beside(path, name))
        yield


@contextmanager
def _on_server(engine: Engine, city: str) -> Iterator[None]:  # pragma: no cover - asks for a server
    """Lock a number that stands for the city, for as long as one connection lives."""
    number = int.from_bytes(hashlib.sha256(city.encode()).digest()[:8], signed=True)
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()  # else the pool would keep it, and the lock with it
    with closing(connection):
        if not connection.scalar(select(func.pg_try_advisory_lock(number))):
            raise _busy(name_of(engine.url), city)
        yield


def _busy(where: str, city: str) -> Busy:
    return Busy(f"Another run of {city} has {where} locked: wait until it ends, or stop it")
