"""What happened to a committee's meetings as all-day events on the day it was first seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from feeds import phrases
from feeds.allday import AllDay
from feeds.colours import colour
from feeds.edition import Edition
from feeds.entries import entries
from feeds.entry import Entry, tag
from feeds.folding import document_of
from feeds.text import line
from feeds.vcalendar import Head, head
from records.model import Change, Committee, Meeting, Revision
from records.terms import ChangeKind, Role

ENDING: Final = "nytt"
"""What stands behind the committee's slug in the file's name."""

_KINDS: Final = {
    ChangeKind.DECISIONS_PUBLISHED: "Beslut publicerade",
    ChangeKind.CANCELLED: "Inställt",
    ChangeKind.MOVED: "Flyttat",
    ChangeKind.POSTPONED: "Uppskjutet",  # moved, to no day that is told
}
_ROLES: Final = {
    Role.AGENDA: "Kallelse publicerad",
    Role.MINUTES: "Protokoll publicerat",
    Role.IMMEDIATE_MINUTES: "Omedelbart justerat protokoll publicerat",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One entry of the feeds that is worth a day in a calendar, and the word for it."""

    entry: Entry
    change: Change
    revision: Revision[Meeting]
    word: str


def happened(edition: Edition) -> tuple[Happened, ...]:
    """Give what of the feeds' entries is a notice, minutes, decisions, a cancellation or a move."""
    return tuple(_found(edition))


def contents(
    edition: Edition, committee: Committee, told: Sequence[Happened]
) -> tuple[Head, tuple[AllDay, ...]]:
    """Give the head and the days of a committee's calendar; `told` is what `happened` gave."""
    name = line(committee.name) or committee.slug
    own = [one for one in told if committee.slug in one.entry.committees]
    made = [_day(edition, committee, one) for one in own]
    said = (
        f"Kallelser, protokoll, beslut, inställda och flyttade möten: {name}."
        " Varje händelse står på den dag då Kallelse först såg den."
    )
    top = head(
        edition,
        f"{committee.slug}.{ENDING}",
        name=f"{name}: nytt",
        said=said,
        shade=colour(committee.slug, committee.colour),
    )
    return top, tuple(sorted(made, key=_by_uid))


def _found(edition: Edition) -> Iterator[Happened]:
    meetings = {revision.record.id: revision for revision in edition.meetings}
    changes = {tag(edition, change.id): change for change in edition.changes}
    for entry in entries(edition):
        change = changes.get(entry.id)
        revision = meetings.get(change.record) if change else None
        if change and revision and (word := _word(change, revision.record)):
            yield Happened(entry=entry, change=change, revision=revision, word=word)


def _word(change: Change, meeting: Meeting) -> str | None:
    if change.kind is not ChangeKind.DOCUMENT_ADDED:
        return _KINDS.get(change.kind)
    named = document_of(change)
    role = next((document.role for document in meeting.documents if document.id == named), None)
    return _ROLES.get(role) if role else None


def _day(edition: Edition, committee: Committee, told: Happened) -> AllDay:
    local = told.change.id.partition(":")[2].replace("/", "-")
    meeting = told.revision.record
    return AllDay(
        uid=f"nytt-{local}@{edition.city.slug}.kallelse",
        day=phrases.day_of(told.entry.at),
        summary=f"{told.word}: {line(committee.name)} {phrases.day(meeting.start)}",
        description=f"{told.entry.body}\n{told.entry.link}",
        words=("Nytt", committee.name),
        changed=max(told.entry.at, told.revision.last_changed),  # the text tells of both
        link=told.entry.link,
    )


def _by_uid(told: AllDay) -> str:
    return told.uid
