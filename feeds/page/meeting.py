"""One meeting's page: when, where, for whom, what about, what came of it and how it changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from urllib.parse import quote

from feeds import appeal, phrases
from feeds.calendar import single_name
from feeds.description import page as city_page
from feeds.description import webcast
from feeds.hours import hours, last_day
from feeds.page.documents import Paper, papers
from feeds.page.language import Language
from feeds.page.site import Row, Site
from feeds.place import location
from feeds.story import Story
from feeds.text import line, lines, web
from records.model import ZONE, Meeting, Notice, Revision
from records.terms import Access, Status

MAP: Final = "https://www.openstreetmap.org"

_OFF: Final = {Status.CANCELLED, Status.POSTPONED}
_FIELDS: Final = {
    "start": "Tid",
    "location": "Plats",
    "status": "Status",
    "access": "Öppenhet",
    "public_from": "Öppet från",
    "webcast": "Webbsändning",
    "agenda": "Ärenden",
    "documents": "Handlingar",
    "decisions": "Beslut",
}
"""What is told of where it came from, by the field's name in the data."""

_SIGNALS: Final = {
    "page": "mötets egen sida hos kommunen",
    "slug": "adressen till mötets sida hos kommunen",
    "calendar": "kommunens sammanträdeskalender",
    "listing": "kommunens lista över nämndens möten",
    "committee": "nämndens sida hos kommunen",
    "widget": "rutan med kommande möten på kommunens sidor",
    "heading": "rubriken på mötets sida hos kommunen",
    "share name": "namnet på mötets sida hos kommunen",
    "notice": "kommunens meddelande om flytt",
    "summons": "kallelsen på mötets sida hos kommunen",
}
"""The signals that a value is read from, as residents would call them."""

_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One change in words: when we saw it, and when the city says that it happened."""

    iso: str
    day: str
    text: str
    stated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Adjusted minutes on the notice board, with the computed last day to appeal."""

    text: str
    appeal: str
    law: tuple[str, ...]
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """All that a meeting's page shows."""

    row: Row
    title: str
    committee: str | None
    day: str
    until: str
    place: str
    map: str | None
    online: bool
    access: str
    open: bool
    notes: tuple[str, ...]
    clocks: tuple[tuple[str, str], ...]
    sent: bool
    webcast: str | None
    agenda: tuple[tuple[str, str, str], ...]
    numbered: bool
    papers: tuple[Paper, ...]
    documents_known: bool
    decisions: tuple[tuple[str, str], ...]
    posted: tuple[Posted, ...]
    changes: tuple[Happening, ...]
    sources: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    ours: str
    url: str | None
    file: str | None
    first_seen: str
    before: Row | None
    after: Row | None
    event: str


def view(site: Site, story: Story) -> MeetingView:
    """Give what the page of a meeting shows."""
    meeting, speech = story.meeting, site.language
    before, after = _neighbours(site, meeting)
    place = location(meeting.location, site.edition.city)
    address = webcast(story)
    return MeetingView(
        row=site.row(meeting),
        title=_title(site, meeting),
        committee=site.body_page(meeting.committee),
        day=_days(speech, meeting),
        until=_until(speech, meeting),
        place=place,
        map=_map(site.edition.city.coordinates, place),
        online=bool(meeting.location and meeting.location.online),
        access=_access(speech, meeting),
        open=meeting.access in {Access.OPEN, Access.PARTLY},
        notes=tuple(_notes(speech, story)),
        clocks=tuple((speech.clock(_at(meeting, c)), line(w)) for c, w in meeting.times),
        sent=bool(meeting.webcast),
        webcast=address,
        agenda=tuple(
            (line(item.number or ""), line(item.title), line(item.reference or ""))
            for item in meeting.agenda
        ),
        numbered=any(item.number for item in meeting.agenda),
        papers=papers(speech, meeting.documents),
        documents_known=meeting.documents_known,
        decisions=tuple((line(one.title), lines(one.text)) for one in meeting.decisions),
        posted=tuple(_posted(site, one) for one in story.notices),
        changes=tuple(_changes(speech, story)),
        sources=tuple(_sources(speech, story)),
        problems=tuple(line(one.text) for one in meeting.problems),
        ours=speech.say(hours(meeting).ours),
        url=city_page(story),
        file=site.file(f"{single_name(meeting)}.ics"),
        first_seen=speech.when(story.revision.first_seen),
        before=before,
        after=after,
        event=site.event(meeting),
    )


def _title(site: Site, meeting: Meeting) -> str:
    """Give the page's own words for the meeting where they say more than its committee's name."""
    title, name = line(meeting.title), site.name(meeting.committee)
    plain = re.sub(r"\W+", " ", title.replace(name, "")).strip().casefold()
    return "" if plain in {"", "sammanträde", "ordinarie sammanträde"} else title


def _days(speech: Language, meeting: Meeting) -> str:
    last = last_day(meeting)
    day = speech.weekday(meeting.start)
    return f"{day} – {speech.weekday(last)}" if last else day


def _until(speech: Language, meeting: Meeting) -> str:
    end = meeting.end
    timed = isinstance(end, datetime) and isinstance(meeting.start, datetime)
    return speech.clock(end) if timed and isinstance(end, datetime) else ""


def _at(meeting: Meeting, clock: time) -> datetime:
    """Give a clock time on the meeting's day."""
    return datetime.combine(phrases.day_of(meeting.start), clock, ZONE)


def _access(speech: Language, meeting: Meeting) -> str:
    words = speech.say(phrases.ACCESS[meeting.access])
    since = meeting.public_from
    if since is None or meeting.status in _OFF:
        return words
    return speech.say("{access} från {clock}", access=words, clock=speech.clock(since))


def _notes(speech: Language, story: Story) -> Iterator[str]:
    """Tell what is out of the ordinary, in our words; then what the page says in its own."""
    meeting = story.meeting
    if meeting.status is Status.MISSING:
        yield speech.say(
            "{gone} {day}; kommunen har inte sagt varför.",
            gone=speech.say(phrases.GONE),
            day=speech.day(story.gone),
        )
    if note := phrases.STATUS_NOTE.get(meeting.status):
        yield speech.say(note)
    yield from dict.fromkeys(lines(notice) for notice in meeting.notices)


def _map(known: Mapping[str, tuple[float, float]], place: str) -> str | None:
    """Give where a map shows the place: at its verified spot, or by a search for its words."""
    if not place:
        return None
    if place in known:
        north, east = known[place]
        return f"{MAP}/?mlat={north}&mlon={east}#map=18/{north}/{east}"
    return f"{MAP}/search?query={quote(place)}" if _NUMBER.search(place) else None


def _posted(site: Site, revision: Revision[Notice]) -> Posted:
    notice, speech = revision.record, site.language
    deadline = notice.appeal_deadline
    said = [
        speech.say(words, day=speech.day(day))
        for words, day in (
            ("justerat {day}", notice.adjusted),
            ("anslaget {day}", notice.posted),
        )
        if day
    ]
    what = "Omedelbart justerat protokoll" if notice.immediate else "Protokoll"
    return Posted(
        text=", ".join([speech.say(what), *said]),
        appeal=speech.weekday(deadline) if deadline else "",
        law=tuple(appeal.words(site.edition, revision, deadline).split("\n\n")) if deadline else (),
        url=web(notice.url) or web(notice.document_url),
    )


def _changes(speech: Language, story: Story) -> Iterator[Happening]:
    for change in story.changes:
        text = change.text_en if speech.code == "en" and change.text_en else change.text
        yield Happening(
            iso=change.at.isoformat(),
            day=speech.when(change.at),
            text=lines(text),
            stated=speech.when(change.stated) if change.stated else "",
        )


def _sources(speech: Language, story: Story) -> Iterator[tuple[str, str]]:
    """Tell by which signal each value was read."""
    signals = story.revision.provenance.signals
    for field, label in _FIELDS.items():
        if signal := signals.get(field):
            yield speech.say(label), speech.say(_SIGNALS.get(signal, "")) or line(signal)


def _neighbours(site: Site, meeting: Meeting) -> tuple[Row | None, Row | None]:
    """Give the committee's meetings before and after this one."""
    own = site.of.get(meeting.committee, [])
    ids = site.places[meeting.committee]
    index = ids.get(meeting.id)
    if index is None:
        return None, None
    before = site.row(own[index - 1]) if index else None
    after = site.row(own[index + 1]) if index + 1 < len(own) else None
    return before, after
