"""From all sightings of one bucket to its records, whatever kind of record they are of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from records.model import Committee, When
from records.state import Seen
from scraper import articles, meetings, normalise, notices
from scraper.cities import City
from scraper.known import AnyKnown


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The records of one bucket.

    `body` is the committee that the bucket's meetings belong to; `unmade` counts the sightings of
    which no record could be made, as they named no day or no committee.
    """

    known: tuple[AnyKnown, ...] = ()
    body: Committee | None = None
    unmade: int = 0


def make(  # noqa: PLR0913 - what was said, and what was known before
    city: City,
    bucket: str,
    seen: Sequence[Seen],
    known: Mapping[str, str],
    named: Mapping[str, str] = MappingProxyType({}),
    *,
    starts: Mapping[str, When] = MappingProxyType({}),
    elsewhere: Collection[str] = (),
) -> Made:
    """Make the records of a bucket; `known` maps keys to the ids that were given before.

    `named` has by node the meetings that were named before they had a page: news may report them.
    `starts` has when meetings last began, by local id; `elsewhere` has the ids of this bucket
    whose meetings are another committee's now.
    """
    kind, _, name = bucket.partition("/")
    match kind:
        case "meeting":
            return _meetings(city, name, seen, known, starts, elsewhere)
        case "news":
            return _one(articles.news(city, seen, named), seen)
        case "notice":
            return _one(notices.notice(city, seen), seen)
        case _:
            return Made()  # a committee is made from the city's file


def _meetings(  # noqa: PLR0913, PLR0917 - as above
    city: City,
    slug: str,
    seen: Sequence[Seen],
    known: Mapping[str, str],
    starts: Mapping[str, When],
    elsewhere: Collection[str],
) -> Made:
    body = normalise.committee(city, slug, seen) if slug else None
    if body is None:  # they name no committee: told, and in nobody's calendar
        return Made(unmade=len(seen))
    records, undated = meetings.meetings(city, body, seen, known, starts, elsewhere)
    return Made(known=tuple(records), body=body, unmade=undated)


def _one(known: AnyKnown | None, seen: Sequence[Seen]) -> Made:
    """Give the only record of a bucket, made of all that is in it."""
    return Made(known=(replace(known, seen=tuple(seen)),) if known else ())
