"""Pages and sightings for tests: small HTML as the city might send it, read as a run reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from records.codec import to_json
from records.model import ZONE, Meeting
from records.state import PageState, Seen, Sighting
from scraper import document, meetings, normalise
from scraper.cities import City
from scraper.document import Document
from scraper.lines import Line
from scraper.page import Page
from scraper.raw import Raw, RawMeeting

NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
ROOT: Final = "https://www.boras.se"
KS: Final = f"{ROOT}/kommunochpolitik/kommunensorganisation/kommunstyrelsen/kommunstyrelsen"


def meeting_url(stamp: str = "202611301400", node: str = "1f2b506b1969f6e96e7e186") -> str:
    """Give the address of a meeting's page; `stamp` is day and hour as the slug has them."""
    return f"{KS}/kommunstyrelsensammantrade{stamp}.5.{node}.html"


MEETING: Final = meeting_url()


def page(body: str | bytes, url: str = MEETING, charset: str | None = "utf-8") -> Page:
    """Give a page as it was fetched."""
    raw = body if isinstance(body, bytes) else body.encode()
    return Page(url=url, body=raw, fetched=NOW, charset=charset)


def read(body: str, url: str = MEETING) -> Document:
    """Read a page."""
    return document.read(page(body, url))


def lines(body: str) -> tuple[Line, ...]:
    """Give the lines of a page."""
    return read(body).lines


def seen(raw: Raw, *, key: str | None = None, position: int = 0, **state: Any) -> Seen:  # noqa: ANN401 - any field of a page's state
    """Give a sighting as a store holds it; `key` names the page that it stands on."""
    where = str(raw.where if isinstance(raw, RawMeeting) else "page")
    url = getattr(raw, "url", None) or f"{ROOT}/{where}"
    known: dict[str, Any] = {
        "status": 200,
        "checked": NOW,
        "fetched": NOW,
        "source": "start",
        "kind": where,
    }
    return Seen(
        page=PageState(key=key or where, url=url, **(known | state)),
        position=position,
        sighting=Sighting(bucket="meeting/kommunstyrelsen", data=to_json(raw)),
    )


def meetings_of(city: City, raws: Iterable[object]) -> Iterator[Meeting]:
    """Give the meetings that the sightings of one page make by themselves."""
    buckets: dict[str, list[RawMeeting]] = {}
    for raw in raws:
        if isinstance(raw, RawMeeting):
            buckets.setdefault(normalise.sighting(city, raw).bucket, []).append(raw)
    for bucket, found in buckets.items():
        sightings = [seen(raw, position=n) for n, raw in enumerate(found)]
        body = normalise.committee(city, bucket.partition("/")[2], sightings)
        if body is not None:
            for known in meetings.meetings(city, body, sightings, {})[0]:
                yield known.record
