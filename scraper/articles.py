"""From the sightings of one article to its record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from records.codec import from_json
from records.model import NewsItem, When
from records.state import Seen
from scraper import bodies
from scraper.cities import City
from scraper.known import Known, provenance_of
from scraper.raw import RawMeeting, RawNews
from scraper.signals import choose, told
from scraper.vendors.sitevision import node_id


def news(city: City, seen: Sequence[Seen]) -> Known[NewsItem] | None:
    """Give one article from its own page and the rows that lists have for it."""
    raws = [(from_json(RawNews, one.sighting.data), one) for one in seen]
    if not raws:
        return None
    ordered = sorted(raws, key=lambda entry: (entry[0].where != "page", entry[1].page.key))
    raw, one = ordered[0]
    listed = next((other for other, _ in ordered if other.where == "list"), None)
    published, signal = _published([other for other, _ in ordered], one)
    name = raw.node or bodies.slugify(urlsplit(raw.url).path)
    record = NewsItem(
        id=f"{city.slug}:{name}",
        title=raw.title,
        summary=(listed.summary if listed else None) or raw.summary,
        published=published,
        url=raw.url,
        committees=tuple(sorted(_named_by_links(city, raw))),
        meeting=next(
            (f"{city.slug}:{node_id(u)}" for u in raw.links if _is_meeting(city, u)), None
        ),
    )
    provenance = provenance_of(one.page, {"published": signal} if signal else {})
    return Known(record=record, keys=(f"node:{name}",), provenance=provenance)


def _is_meeting(city: City, url: str) -> bool:
    link = city.link(url)
    return link is not None and link.kind == "meeting"


def _named_by_links(city: City, raw: RawNews) -> Iterator[str]:
    """Give the committees to whose page or meeting an article links; never by the words alone."""
    slugs = {body.slug for body in city.committees}
    for url in raw.links:
        link = city.link(url)
        if link and link.source in slugs:
            yield link.source


def _published(raws: Sequence[RawNews], one: Seen) -> tuple[When | None, str | None]:
    """Give when an article was published, by its own page, its row, then the page's name."""
    for raw in raws:
        if raw.published or raw.stamps:
            as_row = RawMeeting(where="time", committee=None, time=raw.published, stamps=raw.stamps)
            tells, _ = told(as_row, one)
            if tells:
                start = choose(tells, ())
                return (start.start, raw.where) if start else (None, None)
    day = next((raw.share_date for raw in raws if raw.share_date), None)
    try:
        return (date.fromisoformat(day), "share name") if day else (None, None)
    except ValueError:
        return None, None
