"""One meeting as a VEVENT; the same story always gives the same bytes."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from icalendar import Event, Parameters, vCategory, vText, vUri

from feeds import phrases
from feeds.colours import colour
from feeds.description import description, webcast
from feeds.folded import written
from feeds.hours import hours, last_day
from feeds.place import location
from feeds.story import Story
from feeds.text import line, media_type, web
from records.model import Committee, Document, Meeting
from records.terms import Status

_EXTRA: Final = re.compile(r"\bextra(?:insatt|insatta)?\b", re.IGNORECASE)


class Text(vText):
    r"""A TEXT value that keeps a `\N` of the city's, which icalendar 7 takes for a line break."""

    def to_ical(self) -> bytes:
        """Give the value escaped (RFC 5545, 3.3.11)."""
        return rb"\\N".join(vText(part).to_ical() for part in self.split(r"\N"))


def event(story: Story, *, google: bool = False, brief: bool = False) -> bytes:
    """Give the lines from BEGIN:VEVENT to END:VEVENT.

    With `google` a cancelled meeting stays CONFIRMED: Google hides what is CANCELLED, and the word
    before its title would never be seen. A `brief` one has no agenda, documents or decisions.
    """
    meeting, committee = story.meeting, story.committee
    shown = hours(meeting)
    made = Event()
    made.add("uid", Text(line(meeting.uid)), encode=False)
    made.add("sequence", story.revision.sequence)
    made.add("dtstamp", story.changed)  # without METHOD: last revised (3.8.7.2)
    made.add("last-modified", story.changed)
    made.add("dtstart", shown.start)
    made.add("dtend", shown.end)
    made.add("summary", Text(summary(meeting, committee)), encode=False)
    made.add("description", Text(description(story, brief=brief)), encode=False)
    made.add("status", _status(meeting, google=google))
    made.add("class", "PUBLIC")
    made.add("transp", "TRANSPARENT")  # a public meeting does not make its subscriber busy
    made.add("categories", categories("Sammanträde", committee.name), encode=False)
    made.add("color", colour(committee.slug, committee.colour)[0])
    _placed(made, story)
    if url := web(meeting.url):
        made.add("url", url)
    if address := webcast(story):
        told = Parameters(VALUE="URI", FEATURE=["AUDIO", "VIDEO"], LABEL="Webbsändning")
        made.add("conference", vUri(address), parameters=told)
    for document in () if brief else meeting.documents:
        _attach(made, document)
    return written(made)


def summary(meeting: Meeting, committee: Committee) -> str:
    """Give «INSTÄLLT: Kommunstyrelsen, sammanträde» as one line."""
    title, name = line(meeting.title), line(committee.name) or committee.slug
    extra = phrases.EXTRA if _EXTRA.search(title) else ""
    if name.casefold() not in title.casefold():
        title = f"{name}, {_lowered(title) or 'sammanträde'}"
    if last := last_day(meeting):
        title = f"{title} {phrases.span(phrases.day_of(meeting.start), phrases.day_of(last))}"
    if not isinstance(meeting.start, datetime):
        title = f"{title} ({phrases.UNKNOWN_HOUR})"
    return f"{phrases.PREFIX[meeting.status]}{extra}{title}"


def categories(*words: str) -> vCategory:
    """Give words that apps filter and colour by."""
    made = vCategory([])
    made.cats = [Text(line(word)) for word in words]  # the constructor unmakes Text
    return made


def _placed(made: Event, story: Story) -> None:
    """Add the postal line, and where it lies if that was verified."""
    if place := location(story.meeting.location, story.city):
        made.add("location", Text(place), encode=False)
        if place in story.city.coordinates:
            made.add("geo", story.city.coordinates[place])


def _status(meeting: Meeting, *, google: bool) -> str:
    if meeting.status is Status.CANCELLED:
        return "CONFIRMED" if google else "CANCELLED"
    if meeting.status is Status.CONFIRMED and isinstance(meeting.start, datetime):
        return "CONFIRMED"
    return "TENTATIVE"


def _attach(made: Event, document: Document) -> None:
    """Add a document by its address, with what an app can tell of it (RFC 7986, RFC 8607)."""
    url = web(document.url)
    if not url:
        return
    told = {
        "FMTTYPE": media_type(document.media_type),
        "SIZE": str(document.size) if document.size else None,
        # readers that do not know RFC 6868 would show its signs for these two
        "LABEL": line(document.name).replace('"', "'").replace("^", " "),
    }
    made.add("attach", url, parameters={name: value for name, value in told.items() if value})


def _lowered(title: str) -> str:
    """Give «Extra sammanträde» as it stands within a line; «KS möte» stays."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
