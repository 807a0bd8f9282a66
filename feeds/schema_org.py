"""A meeting as schema.org's Event in JSON-LD, for search engines that read our pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from feeds.description import webcast
from feeds.edition import Edition
from feeds.entry import tag
from feeds.event import summary
from feeds.phrases import ACCESS
from feeds.place import location
from feeds.script import in_a_page
from feeds.story import Story
from feeds.text import line, web
from records.model import ZONE, Committee, Meeting, Place, Revision, When
from records.moves import left
from records.terms import ChangeKind, Classification, Status

_BASE: Final = "https://schema.org/"
_STATUS: Final = {
    Status.CONFIRMED: "EventScheduled",
    Status.TENTATIVE: "EventScheduled",
    Status.CANCELLED: "EventCancelled",
    Status.POSTPONED: "EventPostponed",
}
"""A missing meeting has none: nobody has said that it is held, or that it is not."""

_OF_NO_CITY: Final = {Classification.COMPANY, Classification.AUTHORITY}


def event(edition: Edition, revision: Revision[Meeting], committee: Committee) -> str:
    """Give JSON that may stand in a page's script; what the city does not say is left out."""
    told = tuple(change for change in edition.changes if change.record == revision.record.id)
    story = Story(revision=revision, committee=committee, city=edition.city, changes=told)
    meeting = story.meeting
    before = _before(story)
    places = list(_places(story))
    made = {
        "@context": _BASE.rstrip("/"),
        "@type": "Event",
        "@id": tag(edition, meeting.id),
        "name": summary(replace(meeting, status=Status.CONFIRMED), committee),
        "description": ACCESS[meeting.access],
        "startDate": _iso(meeting.start),
        "endDate": _iso(meeting.end),
        "previousStartDate": _iso(before),
        "eventStatus": _status(meeting, before),
        "eventAttendanceMode": _mode(places),
        "location": places[0] if len(places) == 1 else places,
        "organizer": _organizer(edition, committee),
        "url": web(meeting.url),
        "inLanguage": "sv",
    }
    return in_a_page({name: value for name, value in made.items() if value})


def _before(story: Story) -> When | None:
    """Give from when it was moved to where it now stands."""
    moves = (change for change in story.changes if change.kind is ChangeKind.MOVED)
    found = (left(change.text, story.meeting.start) for change in moves)
    return next(filter(None, found), None)


def _status(meeting: Meeting, before: When | None) -> str | None:
    if meeting.status is Status.CONFIRMED and before:
        return f"{_BASE}EventRescheduled"
    word = _STATUS.get(meeting.status)
    return f"{_BASE}{word}" if word else None


def _places(story: Story) -> Iterator[dict[str, Any]]:
    """Give where one can be: in the room, and where it is sent."""
    place = story.meeting.location
    if place and place.online:
        yield _virtual(web(place.url) or web(story.meeting.url), place)
    elif words := location(place, story.city):
        name = line(place.name) if place else ""
        yield {"@type": "Place", "name": name or words, "address": words}
    if address := webcast(story):
        yield _virtual(address, None)


def _virtual(url: str | None, place: Place | None) -> dict[str, Any]:
    made = {
        "@type": "VirtualLocation",
        "name": line(place.name) if place else None,
        "url": url,
    }
    return {name: value for name, value in made.items() if value}


def _mode(places: list[dict[str, Any]]) -> str | None:
    kinds = {place["@type"] for place in places}
    if not kinds:
        return None
    if len(kinds) > 1:
        return f"{_BASE}MixedEventAttendanceMode"
    return f"{_BASE}{'Offline' if 'Place' in kinds else 'Online'}EventAttendanceMode"


def _organizer(edition: Edition, committee: Committee) -> dict[str, Any]:
    """Give the body, and the city whose body it is."""
    other = committee.classification in _OF_NO_CITY
    made: dict[str, Any] = {
        "@type": "Organization" if other else "GovernmentOrganization",
        "name": line(committee.name) or committee.slug,
        "url": web(committee.url),
    }
    if committee.classification is not Classification.AUTHORITY:
        city = {"name": line(edition.city.name), "url": web(edition.city.url)}
        made["parentOrganization"] = {"@type": "GovernmentOrganization"} | city
    return {name: value for name, value in made.items() if value}


def _iso(moment: When | None) -> str | None:
    """Give a moment in the city's own time, or a plain date."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).astimezone(ZONE).isoformat()
    return moment.isoformat() if moment else None
