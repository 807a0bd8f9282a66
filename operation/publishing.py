"""What is published of a city, and what was: the store remembers of what each file was made."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from os.path import isfile
from typing import Any, Final

from feeds.edition import Edition
from feeds.marks import as_noted, from_note
from feeds.publication import Publication
from operation import vanishing
from operation.settings import Settings
from operation.version import build
from records.codec import to_json
from records.model import Jurisdiction
from records.state import Held
from records.store import Store
from records.writer import Writer
from scraper.cities import City

PUBLISHED: Final = "published"
"""The note of what the folder was last made from, and of the files that stood in it then."""

_SHOWN: Final = {"news_body", "watch", "publisher", "pages", "timetable"}
"""The settings on which what is published hangs; pages warn when a check is overdue."""

_MARKS: Final = "marks"
"""The note of which program made the files, and of what each was made."""


def outdate(writer: Writer) -> None:
    """Note that what is published is no longer all there is, whatever happens to this run."""
    writer.put_note(PUBLISHED, "[]")


def was_model(store: Store, city: str) -> bool:
    """Say whether what was published last was a demonstration."""
    made_of = json.loads(store.note(city, _MARKS) or "{}").get("made of")
    return bool(made_of and made_of[-1])


def stands(city: City, store: Store, settings: Settings, now: datetime, *, model: bool) -> bool:
    """Say whether what stands published was made of all that would be published now."""
    last = json.loads(store.note(city.slug, PUBLISHED) or "[]")
    same: bool = last[:1] == [_made_of(city.jurisdiction, settings, now, model=model)]
    out = str(settings.out)
    return same and all(isfile(f"{out}/{path}") for path in last[1])  # noqa: PTH113 - they are thousands, and a Path of each takes longer than to look


def release(  # noqa: PLR0913 - what is published, by which rules, and where that is noted
    edition: Edition,
    store: Store,
    settings: Settings,
    now: datetime,
    *,
    held: Sequence[Held],
    force: Collection[str],
    complete: bool,
) -> Publication:
    """Publish an edition and note of what it was made."""
    from feeds.publish import publish  # noqa: PLC0415 - as heavy as all else; most hours need none

    slug = edition.city.slug
    made_of = _made_of(edition.city, settings, now, model=edition.model)
    last: dict[str, Any] = json.loads(store.note(slug, _MARKS) or "{}")
    ours = last.get("build") == build()
    published = publish(
        edition,
        settings.out,
        now=now,
        held=held,
        force=force,
        complete=complete,
        marks=from_note(last["marks"]) if ours else None,
    )
    noted = {"build": build(), "made of": made_of, "marks": as_noted(published.marks)}
    with store.writing(slug, now) as writer:
        vanishing.returned(writer, settings.out, published.paths)
        writer.put_note(PUBLISHED, json.dumps([made_of, published.paths]))
        writer.put_note(_MARKS, json.dumps(noted, sort_keys=True))
    return published


def _made_of(
    city: Jurisdiction, settings: Settings, now: datetime, *, model: bool
) -> list[Any]:  # JSON values
    chosen = settings.model_dump(mode="json", include=_SHOWN)
    return [build(), to_json(city), settings.site, now.date().isoformat(), chosen, model]
