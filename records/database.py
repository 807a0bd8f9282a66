"""From a store's address to a database that is there, ours, whole and of today's schema."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Final

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    column,
    create_engine,
    inspect,
    make_url,
    select,
    table,
)
from sqlalchemy.exc import ArgumentError

from records import sqlitefile
from records.errors import StoreError
from records.tables import SCHEMA, VERSION_TABLE
from records.trouble import explained

PATIENCE: Final = 30.0
"""Seconds that a writer waits for another; `?timeout=` in an SQLite address says otherwise."""


def connect(address: str) -> Engine:
    """Open the store at an address such as `sqlite:///kallelse.db`; make or migrate it if need be.

    Everything that can be wrong with it is a StoreError that says what to do.
    """
    url = url_of(address)
    where = name_of(url)
    try:
        with explained(where):
            return _opened(url)
    except OSError as error:
        raise StoreError(
            f"{where} cannot be used ({error.strerror}): see to its folder, or name another file"
        ) from error


def usable(address: str) -> None:
    """Raise StoreError where no store can be kept at an address; nothing is opened or made."""
    url = url_of(address)
    _engine(url, file_of(url)).dispose()


def stands(address: str) -> bool:
    """Say whether the file of a store is there; of a server's store nothing is asked."""
    path = file_of(url_of(address))
    return path is None or path.is_file()


def file_of(url: URL) -> Path | None:
    """The file of an SQLite store; None for a server's."""
    is_file = url.get_backend_name() == "sqlite"
    return Path(url.database) if is_file and url.database else None


def name_of(url: URL) -> str:
    """What messages call a store: its file, or its address without the password."""
    return str(file_of(url) or url.render_as_string(hide_password=True))


def url_of(address: str) -> URL:
    """Read a store's address, else StoreError; in memory SQLite would remember nothing."""
    advice = "give one such as sqlite:///kallelse.db or postgresql+psycopg://user@host/name"
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:  # a port that is no number is a ValueError
        raise StoreError(f"The store's address cannot be read: {advice}") from error
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreError(f"A store cannot be kept in {url.get_backend_name()}: {advice}")
    if url.get_backend_name() == "sqlite" and (
        url.database in {None, "", ":memory:"} or str(url.database).startswith("file:")
    ):
        raise StoreError(f"The store's address names no file: {advice}")
    return url


def compact(connection: Connection) -> None:
    """Write a store anew without what was deleted from it; a server does so by itself."""
    if connection.dialect.name == "sqlite":  # pragma: no branch - else it asks for a server
        driver = connection.connection.driver_connection
        sqlitefile.compact(driver)


def _opened(url: URL) -> Engine:
    path = file_of(url)
    if path is not None:
        sqlitefile.prepare(path)
    engine = _engine(url, path)
    with ExitStack() as undo:
        undo.callback(engine.dispose)
        _migrate(engine, path)
        undo.pop_all()
    return engine


def _engine(url: URL, path: Path | None) -> Engine:
    patience = {} if path is None or "timeout" in url.query else {"timeout": PATIENCE}
    try:
        engine = create_engine(url, connect_args=patience)
    except ModuleNotFoundError as error:
        raise StoreError(
            f"The driver for {name_of(url)} is not there: install the package {error.name}"
        ) from error
    if path is not None:  # pragma: no branch - else it asks for a server
        sqlitefile.tune(engine)
    return engine


def _migrate(engine: Engine, path: Path | None) -> None:
    with engine.connect() as connection:
        if _schema(connection) == SCHEMA:
            return
    with engine.execution_options(writing=True).begin() as connection:
        _upgrade(connection, path)


def _schema(connection: Connection) -> str | None:
    """The schema that a store says it has; None before it has any."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE)))
    return None if found is None else str(found)


def _upgrade(connection: Connection, path: Path | None) -> None:
    """Bring a store to today's schema, all or nothing; an older one is copied beside it first."""
    from alembic import command  # noqa: PLC0415 - takes longer than opening a store, seldom needed
    from alembic.config import Config  # noqa: PLC0415 - as above
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "records:migrations")
    steps = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    found = _schema(connection)
    if found is not None and found not in steps:
        raise StoreError(
            f"{name_of(connection.engine.url)} is of a newer schema ({found}): install the Kallelse"
            " that made it, or name another store"
        )
    if path is not None:  # pragma: no branch - else it asks for a server
        if found != SCHEMA and sqlitefile.is_ours(connection):
            sqlitefile.copy(path, path.with_name(f"{path.name}.before-{SCHEMA}"))
        sqlitefile.sign(connection)
    command.upgrade(config, "head")
