"""What feeds told that hangs on no record, kept as it was told: entries, and data to adopt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urldefrag

from feeds.edition import Edition
from feeds.entry import Entry, first_day, tag
from feeds.phrases import day_of
from feeds.script import on_a_line
from feeds.text import web
from feeds.topics import Topic
from records.codec import to_json
from records.model import Meeting, Told

FILE: Final = "told"
"""The name of its file among the data."""

AUTHOR: Final = "Kallelse"
"""Whose words these are."""


def entries(edition: Edition) -> Iterator[Entry]:
    """Give each as an entry; it stands in the feed that its id begins with."""
    committees = {revision.record.slug for revision in edition.committees}
    for one in edition.told:
        slug = one.id.partition("/")[0]
        yield Entry(
            id=tag(edition, one.id),
            at=one.at,
            title=one.title,
            link=one.link,
            body=one.body,
            author=AUTHOR,
            committees=(slug,) if slug in committees else (),
            topics=tuple(topic for topic in Topic if topic == slug),
            only=slug,
        )


def kept(edition: Edition, more: Iterable[Told]) -> tuple[Told, ...]:
    """Give what is remembered with more to tell: what no feed shows any longer is forgotten.

    The newest of each source stays: it says whether an outage goes on.
    """
    every = sorted((*edition.told, *more), key=lambda one: (one.at, one.id))
    newest = {one.source: one.id for one in every if one.source}
    start = first_day(edition.today)
    return tuple(
        one for one in every if day_of(one.at) >= start or newest.get(one.source or "") == one.id
    )


def without(told: Iterable[Told], record: Meeting) -> tuple[Told, ...]:
    """Give what was told without what it says of a meeting: lines, each with its address below."""
    local = record.id.partition(":")[2]
    page = web(record.url)

    def about(words: str) -> bool:
        return (page is not None and urldefrag(words).url == page) or f"#{local}-" in words

    return tuple(replace(one, body=_without(one.body.split("\n"), about)) for one in told)


def _without(body: Sequence[str], about: Callable[[str], bool]) -> str:
    below = (*body[1:], "")
    kept = (one for one, two in zip(body, below, strict=True) if not (about(one) or about(two)))
    return "\n".join(kept)


def jsonl(told: Iterable[Told]) -> bytes:
    """Give one object a line, sorted by id: what a new store adopts."""
    made = sorted(told, key=lambda one: one.id)
    return "".join(f"{on_a_line(to_json(one))}\n" for one in made).encode()
