"""A store as one SQLite file: made for its owner alone, checked before use, copied, tuned."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

from records.errors import StoreError
from records.tables import APPLICATION_ID
from records.trouble import Damaged

_OWNER: Final = 0o600
_SIGNATURE: Final = slice(68, 72)  # application_id in the file format's header


def prepare(path: Path) -> None:
    """Make the file, or see that the one that stands there is ours and whole; else StoreError."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, _OWNER))
    with closing(_plain(path)) as connection:
        _check(path, connection)


def is_ours(connection: Connection) -> bool:
    """Say whether a database bears our signature; an empty file does not yet."""
    return bool(connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID)


def sign(connection: Connection) -> None:
    """Mark a database as ours, in the transaction that makes its tables."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def copy(path: Path, target: Path) -> None:
    """Copy what is committed, WAL included, to a file for its owner alone; whole or not at all."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL, _OWNER))
    with closing(_plain(path)) as ours, closing(_plain(part)) as other:
        ours.backup(other)
    part.replace(target)


def compact(connection: Any) -> None:  # noqa: ANN401 - what SQLAlchemy hands over
    """Write the file anew, and empty the log beside it: deleted rows stand in both."""
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def tune(engine: Engine) -> None:
    """Let readers read while one process writes, and let our own BEGIN be the only one."""
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)


def _plain(path: Path) -> sqlite3.Connection:
    """Open a file that exists without changing a thing about it: it may not be ours."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)


def _check(path: Path, connection: sqlite3.Connection) -> None:
    try:
        signature = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except UnicodeDecodeError as error:  # a word of the schema that SQLite tripped over, and quotes
        raise Damaged(str(path), "its tables cannot be read") from error
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB and not _signed(path):
            raise StoreError(
                f"{path} is no database, or not one any more: move it away or name another file"
            ) from error
        raise
    if signature == APPLICATION_ID:
        verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if verdict != "ok":
            raise Damaged(str(path), verdict)
    elif signature or tables:
        raise StoreError(f"{path} belongs to another program: name a file of our own")
    else:
        path.chmod(_OWNER)  # an empty file, made by us or by a hand


def _signed(path: Path) -> bool:
    """Look for our signature in a file that SQLite cannot read."""
    with path.open("rb") as file:
        return file.read(_SIGNATURE.stop)[_SIGNATURE] == APPLICATION_ID.to_bytes(4, "big")


def _connected(connection: Any, _: object) -> None:  # noqa: ANN401 - what SQLAlchemy hands over
    connection.isolation_level = None  # the driver's own BEGIN comes late, and never before DDL
    connection.text_factory = _decoded
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _decoded(text: bytes) -> str:
    """Read also what is no text any more: its seal tells; the driver would quote all of it."""
    return text.decode(errors="replace")


def _begun(connection: Connection) -> None:
    """Take the writer's place at once: one that only reads at first may lose it, past waiting."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
