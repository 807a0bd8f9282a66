"""From what a page said to the group it is normalised with, and to the committee it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from records.codec import from_json, to_json
from records.model import Committee
from records.state import Seen, Sighting
from scraper import bodies, notices
from scraper.cities import City
from scraper.raw import Raw, RawBoard, RawCommittee, RawMeeting, RawNews, RawNotice

UNPLACED: Final = "meeting/"
"""The bucket of meetings that name no committee: counted, and in nobody's calendar."""


def sighting(city: City, raw: Raw) -> Sighting:
    """Put what a page said into the bucket that it is normalised with."""
    data = to_json(raw)
    match raw:
        case RawNews(node=node, url=url):
            return Sighting(bucket=f"news/{node or urlsplit(url).path.rstrip('/')}", data=data)
        case RawNotice():
            return Sighting(bucket=f"notice/{notices.name(city, raw) or ''}", data=data)
        case RawBoard():
            return Sighting(bucket="board/", data=data)
        case RawCommittee(name=name):
            body = bodies.committee(city, name, None)
            return Sighting(bucket=f"committee/{body.slug if body else ''}", data=data)
        case _:
            body = bodies.committee(city, raw.committee, raw.url)
            return Sighting(bucket=f"{UNPLACED}{body.slug if body else ''}", data=data)


def committee(city: City, slug: str, seen: Sequence[Seen]) -> Committee | None:
    """Give a committee by the city's file, or by the name that its sightings print."""
    own = next((body for body in city.committees if body.slug == slug), None)
    if own:
        page = next(
            (s.sighting.data["url"] for s in seen if "heading" not in s.sighting.data), None
        )
        return own if own.url else replace(own, url=page)
    for one in seen:
        raw = from_json(RawMeeting, one.sighting.data)
        found = bodies.committee(city, raw.committee, raw.url)
        if found and found.slug == slug:
            return found
    return None
