"""What every page is made from: an edition whose records are found at once, in one language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from feeds import phrases, schema_org
from feeds.calendar import single_name
from feeds.edition import Edition, named
from feeds.entry import by_day
from feeds.page.language import CODES, Language, spoken
from feeds.place import location
from feeds.story import Story, stories
from feeds.text import line
from records.model import Committee, Meeting
from records.terms import Status

_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")  # what a folder may be called
_OFF: Final = {Status.CANCELLED, Status.POSTPONED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One meeting in a list; `word` is its status where that is not the ordinary one.

    `href` is a place on our own pages, from the top of the published folder, as everywhere here.
    """

    id: str
    href: str
    slug: str
    name: str
    iso: str
    day: str
    number: str
    month: str
    weekday: str
    hour: str
    place: str
    word: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is the same in every language: each meeting's story, and what search engines read."""

    stories: Mapping[str, Story]
    events: dict[str, str]


class Site:
    """One edition in one language."""

    def __init__(
        self,
        edition: Edition,
        published: Container[str],
        speech: Language,
        told: Told,
    ) -> None:
        self.edition = edition
        self.published = published
        self.language = speech
        self.stories = told.stories
        self._events = told.events
        self._rows: dict[str, Row] = {}

    @cached_property
    def names(self) -> dict[str, Committee]:
        """The committees by slug."""
        return named(self.edition)

    @cached_property
    def meetings(self) -> list[Meeting]:
        """What the city shows, soonest first."""
        shown = (s.meeting for s in self.stories.values() if not s.revision.withdrawn)
        return sorted(shown, key=by_day)

    @cached_property
    def coming(self) -> list[Meeting]:
        """The meetings whose last day is not over, soonest first."""
        return [one for one in self.meetings if last_day(one) >= self.edition.today]

    @cached_property
    def of(self) -> Mapping[str, list[Meeting]]:
        """The meetings of each committee by its slug, soonest first."""
        found: dict[str, list[Meeting]] = defaultdict(list)
        for one in self.meetings:
            found[one.committee].append(one)
        return found

    @cached_property
    def places(self) -> Mapping[str, dict[str, int]]:
        """Where in its committee's list a meeting stands, by slug and id."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for slug, own in self.of.items():
            found[slug] = {one.id: number for number, one in enumerate(own)}
        return found

    def next_of(self, slugs: Container[str]) -> Meeting | None:
        """Give the next meeting of these committees that is held."""
        own = (m for m in self.coming if m.committee in slugs and m.status not in _OFF)
        return next(own, None)

    def row(self, meeting: Meeting) -> Row:
        """Give a meeting as lists show it."""
        if meeting.id not in self._rows:
            self._rows[meeting.id] = self._row(meeting)
        return self._rows[meeting.id]

    def event(self, meeting: Meeting) -> str:
        """Give a meeting in JSON-LD, safe within a page's script."""
        if meeting.id not in self._events:
            revision = self.stories[meeting.id].revision
            body = self.names[meeting.committee]
            own = replace(self.edition, changes=self.stories[meeting.id].changes)
            self._events[meeting.id] = schema_org.event(own, revision, body)
        return self._events[meeting.id]

    def rows(self, meetings: Sequence[Meeting]) -> tuple[Row, ...]:
        """Give meetings as lists show them."""
        return tuple(self.row(one) for one in meetings)

    def name(self, slug: str) -> str:
        """Give the name of a committee as one line."""
        return line(self.names[slug].name) or slug

    def page(self, tail: str = "") -> str:
        """Give the place of a page of the city, in this language."""
        return f"{self.language.prefix}{self.edition.path(tail)}"

    def body_page(self, slug: str) -> str | None:
        """Give the place of a committee's page; None for one that is known from meetings alone."""
        known = any(one.record.slug == slug for one in self.edition.committees)
        return self.page(f"{slug}/") if known else None

    def meeting_page(self, meeting: Meeting) -> str:
        """Give the place of a meeting's page."""
        return self.page(f"{single_name(meeting)}/")

    def file(self, name: str) -> str | None:
        """Give the place of a file of the city; None where it is not published."""
        path = self.edition.path(name)
        return path if path in self.published else None

    def address(self, name: str) -> str | None:
        """Give the whole address of a file of the city; None where it is not published."""
        path = self.file(name)
        return self.edition.address(path) if path else None

    def status(self, meeting: Meeting) -> str:
        """Give the word for a status that is not the ordinary one."""
        word = phrases.PREFIX[meeting.status].rstrip(": ").capitalize()
        return self.language.say(word) if word else ""

    def _row(self, meeting: Meeting) -> Row:
        speech, start = self.language, meeting.start
        day = phrases.day_of(start)
        return Row(
            id=meeting.id,
            href=self.meeting_page(meeting),
            slug=meeting.committee,
            name=self.name(meeting.committee),
            iso=start.isoformat(),
            day=speech.weekday(start),
            number=str(day.day),
            month=speech.short_month(day),
            weekday=speech.short_weekday(day),
            hour=speech.hour(start),
            place=location(meeting.location, self.edition.city),
            word=self.status(meeting),
        )


def sites(edition: Edition, published: Container[str]) -> Iterator[Site]:
    """Give the edition in each language."""
    named_well = (one for one in edition.committees if _SLUG.fullmatch(one.record.slug))
    safe = replace(edition, committees=tuple(named_well))
    told = Told({story.revision.record.id: story for story in stories(safe)}, {})
    for code in CODES:
        yield Site(safe, published, spoken(code), told)


def last_day(meeting: Meeting) -> date:
    """Give the last day of a meeting."""
    return phrases.day_of(meeting.end or meeting.start)
