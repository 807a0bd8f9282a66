"""One meeting as a VEVENT; the same revision always gives the same bytes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final

from icalendar import Event, vCategory, vText

from feeds import phrases
from feeds.text import line, lines, media_type, web
from records.model import ZONE, Committee, Jurisdiction, Meeting, Place, Revision, Status, When

LENGTH: Final = timedelta(hours=3)
"""How long a meeting is shown where the city gives no end."""

LAST_HOUR: Final = time(17)
"""When a meeting over several days is shown to end where the city gives only the last day."""

_ADDRESS: Final = re.compile(r"\w+://\S*")


class Text(vText):
    r"""A TEXT value that keeps a `\N` of the city's, which icalendar 7 takes for a line break."""

    def to_ical(self) -> bytes:
        """Give the value escaped (RFC 5545, 3.3.11)."""
        return rb"\\N".join(vText(part).to_ical() for part in self.split(r"\N"))


def event(
    revision: Revision[Meeting], committee: Committee, city: Jurisdiction, *, google: bool = False
) -> bytes:
    """Give the lines from BEGIN:VEVENT to END:VEVENT.

    With `google` a cancelled meeting stays CONFIRMED: Google hides what is CANCELLED, and the word
    before its title would never be seen.
    """
    meeting = revision.record
    start, end, _ = _hours(meeting)
    made = Event()
    made.add("uid", Text(line(meeting.uid)), encode=False)
    made.add("sequence", revision.sequence)
    made.add("dtstamp", revision.last_changed)  # without METHOD: last revised (3.8.7.2)
    made.add("last-modified", revision.last_changed)
    made.add("dtstart", start)
    made.add("dtend", end)
    made.add("summary", Text(summary(meeting, committee)), encode=False)
    made.add("description", Text(description(meeting, committee, city)), encode=False)
    made.add("status", _status(meeting, google=google))
    made.add("class", "PUBLIC")
    made.add("transp", "TRANSPARENT")  # a public meeting does not make its subscriber busy
    made.add("categories", _categories(committee), encode=False)
    if place := location(meeting.location, city):
        made.add("location", Text(place), encode=False)
    if url := web(meeting.url):
        made.add("url", url)
    _attach(made, meeting)
    return bytes(made.to_ical())


def summary(meeting: Meeting, committee: Committee) -> str:
    """Give «INSTÄLLT: Kommunstyrelsen, sammanträde» as one line."""
    title, name = line(meeting.title), line(committee.name)
    if name.casefold() not in title.casefold():
        title = f"{name}, {_lowered(title) or 'sammanträde'}"
    first, last = phrases.day_of(meeting.start), phrases.day_of(meeting.end or meeting.start)
    if not isinstance(meeting.end, datetime) and last > first:
        title = f"{title} {phrases.span(first, last)}"
    if not isinstance(meeting.start, datetime):
        title = f"{title} ({phrases.UNKNOWN_HOUR})"
    return f"{phrases.PREFIX[meeting.status]}{title}"


def description(meeting: Meeting, committee: Committee, city: Jurisdiction) -> str:
    """Give what many apps show nowhere else: access, notes, and every link as plain text."""
    page = web(meeting.url) or web(committee.url) or web(city.url)
    parts = [
        _access(meeting),
        phrases.STATUS_NOTE.get(meeting.status, ""),
        _hours(meeting)[2],
        *(_hour(clock, words) for clock, words in meeting.times),
        *(lines(notice) for notice in meeting.notices),
        "Sammanträdet sänds på webben." if meeting.webcast else "",
        *_documents(meeting),
        f"{phrases.DELAY} {page or line(city.name)}",
    ]
    return "\n".join(part for part in parts if part)


def location(place: Place | None, city: Jurisdiction) -> str:
    """Give the postal line that the city's file has for the page's words, else those words."""
    if place is None:
        return ""
    known = {line(name).casefold(): address for name, address in city.places.items()}
    words = line(place.name)
    if words.casefold() in known:
        return line(known[words.casefold()])
    address = line(place.address or "")
    if address and address.casefold() not in words.casefold():
        words = f"{words}, {address}"
    return line(_ADDRESS.sub("", words))  # a link here sends map apps astray


def _hours(meeting: Meeting) -> tuple[When, When, str]:
    """Give start, end, and what must be said of them; the end of whole days is exclusive."""
    start, end = meeting.start, meeting.end
    if not isinstance(start, datetime):
        last = max(start, phrases.day_of(end or start))
        return start, last + timedelta(days=1), f"{phrases.UNKNOWN_HOUR.capitalize()}."
    if isinstance(end, datetime):
        if end > start:
            return _spoken(start), _spoken(end), ""
    elif end and end > phrases.day_of(start):
        note = f"Sluttid ej angiven; kalendern visar till kl. {LAST_HOUR:%H.%M} sista dagen."
        return _spoken(start), _spoken(datetime.combine(end, LAST_HOUR, ZONE)), note
    note = "Sluttid ej angiven; kalendern visar tre timmar."
    return _spoken(start), _spoken(start.astimezone(UTC) + LENGTH), note


def _spoken(moment: datetime) -> datetime:
    """Give the moment in the city's zone, or in UTC where the city's clock tells it twice.

    Of the hour that October repeats a local form means the first (3.3.5), but ical.js, which reads
    for Thunderbird, takes it for the second.
    """
    local = moment.astimezone(UTC).astimezone(ZONE)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return local.astimezone(UTC) if twice else local


def _status(meeting: Meeting, *, google: bool) -> str:
    if meeting.status is Status.CANCELLED:
        return "CONFIRMED" if google else "CANCELLED"
    if meeting.status is Status.CONFIRMED and isinstance(meeting.start, datetime):
        return "CONFIRMED"
    return "TENTATIVE"


def _access(meeting: Meeting) -> str:
    words = phrases.ACCESS[meeting.access]
    if meeting.public_from is None:
        return words
    return f"{words} från {phrases.clock(meeting.public_from)}"


def _hour(clock: time, words: str) -> str:
    said = line(words)
    told = any(f"{clock:{form}}" in said for form in ("%H.%M", "%H:%M"))
    return said if told else f"{clock:%H.%M} {said}"


def _documents(meeting: Meeting) -> list[str]:
    if not meeting.documents and not meeting.documents_known:
        return ["Handlingar: se kommunens sida."]
    return [
        f"{phrases.ROLE[document.role]}: {line(document.name)}\n{url}"
        for document in meeting.documents
        if (url := web(document.url))
    ]


def _attach(made: Event, meeting: Meeting) -> None:
    for document in meeting.documents:
        if url := web(document.url):
            kind = media_type(document.media_type)
            made.add("attach", url, parameters={"FMTTYPE": kind} if kind else {})


def _categories(committee: Committee) -> vCategory:
    made = vCategory([])
    made.cats = [Text("Sammanträde"), Text(line(committee.name))]  # the constructor unmakes Text
    return made


def _lowered(title: str) -> str:
    """Give «Extra sammanträde» as it stands within a line; «KS möte» stays."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
