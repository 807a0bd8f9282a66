"""A normalised record with the keys it is known by, and where its words came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeAlias, TypeVar

from records.codec import from_json
from records.model import Meeting, NewsItem, Notice, Provenance, R
from records.state import PageState, Seen
from scraper.raw import RawMeeting, RawNews, RawNotice

W = TypeVar("W", RawMeeting, RawNews, RawNotice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(Generic[R]):
    """A record, the keys that lead to its id, its provenance, and the sightings it is made of."""

    record: R
    keys: tuple[str, ...]
    provenance: Provenance
    seen: tuple[Seen, ...] = ()


AnyKnown: TypeAlias = Known[Meeting] | Known[NewsItem] | Known[Notice]


def raw_of(kind: type[W], seen: Seen) -> W:
    """Read a sighting back; what a page says of itself stands at the address where it is now."""
    raw = from_json(kind, seen.sighting.data)
    return replace(raw, url=seen.page.url) if raw.where == "page" else raw


def provenance_of(page: PageState, signals: Mapping[str, str]) -> Provenance:
    """Say which page gave a record; `signals` names the signal behind each field."""
    return Provenance(
        url=page.url,
        fetched=page.fetched or page.checked,
        content_hash=page.region_hash or "",
        parser=page.parser,
        signals=signals,
    )
