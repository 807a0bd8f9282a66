"""What a database says went wrong, as an error that says who does what next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DatabaseError, OperationalError

from records.errors import Busy, StoreError
from records.tables import SealBroken

_LONGEST: Final = 120  # letters of a reason


class Damaged(StoreError):
    """A store of ours that is broken: set it aside, and the next update makes a new one."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"{where} is damaged ({reason}): move it aside and run an update, which makes a new one"
        )
        self.where = where
        self.reason = reason


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn the trouble of the store at `where` into a StoreError; bugs stay what they are."""
    try:
        yield
    except SealBroken as error:
        raise Damaged(where, "a value is not as it was written") from error
    except sqlite3.DatabaseError as error:
        raise _reason(where, error) from error
    except DatabaseError as error:
        if type(error) not in {DatabaseError, OperationalError}:
            raise  # a broken constraint, a wrong statement: ours to mend, so it shows its traceback
        raise _reason(where, error.orig) from error


def _reason(where: str, error: BaseException | None) -> StoreError:
    reason = _first_line(str(error))
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the low byte is the plain result code
        case sqlite3.SQLITE_BUSY:
            return Busy(f"Another run is writing to {where}: try again when it has ended")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged(where, reason)
        case _:
            return StoreError(f"{where} cannot be used ({reason}): mend that and run again")


def _first_line(text: str) -> str:
    """Cut what a server advises in lines of its own, and the table that SQLite quotes."""
    line = text.partition("\n")[0]
    return f"{line[:100]} …" if len(line) > _LONGEST else line
