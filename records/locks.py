"""One run at a time for one city: a lock that the system takes back from a killed process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, func, select

from records.database import file_of, name_of
from records.errors import Busy


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
        with FileLock(file, blocking=False, mode=0o600):
            yield
    except Timeout as error:
        raise _busy(str(path), city) from error


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
