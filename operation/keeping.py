"""The store of one update: opened, and set aside for a new one where it is broken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from operation.settings import Settings
from records.aside import Standing
from records.errors import StoreError
from records.store import Store
from records.trouble import Damaged

log = structlog.get_logger(__name__)


@contextmanager
def opened(settings: Settings, city: str) -> Iterator[tuple[Store, tuple[str, ...]]]:
    """Open the store for an update of a city; with it goes what is to be said of it.

    Damage that shows itself only later ends the update with a StoreError: the store is set aside
    all the same, and the next update makes a new one. A dry run leaves a damaged store where it is.
    """
    standing = Standing(settings.store)
    said = None
    try:
        store = Store.open(settings.store)
    except Damaged as damage:
        said = _set_aside(damage, standing, settings, city)
        store = Store.open(settings.store)
        standing = Standing(settings.store)
    try:
        with store:
            yield store, () if said is None else (said,)
    except Damaged as damage:
        said = _set_aside(damage, standing, settings, city)
        if said is None:
            raise
        raise StoreError(f"{said} by the next update") from damage


def _set_aside(damage: Damaged, standing: Standing, settings: Settings, city: str) -> str | None:
    """Set a damaged store aside and say so; None where another run was faster."""
    if settings.dry_run:
        raise damage
    name = standing.set_aside(city, settings.moment)
    if name is None:
        return None
    log.warning("store set aside", store=damage.where, reason=damage.reason, name=str(name))
    return (
        f"{damage.where} was damaged ({damage.reason}) and is now {name.name}:"
        " a new one is made of the site and of what is published"
    )
