"""From all sightings of one committee's meetings to their records, disagreements kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from records.codec import from_json
from records.model import AgendaItem, Committee, Decision, Meeting, Place, Provenance, Status
from records.state import Seen
from scraper import identity, wording
from scraper.cities import City
from scraper.documents import document
from scraper.identity import Group
from scraper.known import Known, provenance_of
from scraper.raw import RawMeeting
from scraper.signals import Start

_DATED: Final = re.compile(r"[\s,]*\d{4}-\d\d-\d\d(?:\s+\d\d[.:]\d\d)?")
_NUMBER: Final = re.compile(r"^(?P<number>\d{1,3})\.\s*(?P<rest>.+)$")
_REFERENCE: Final = re.compile(r"\s*\bDnr\.?:?\s*(?P<reference>.+)$", re.IGNORECASE)


def meetings(
    city: City, body: Committee, seen: Sequence[Seen], known: Mapping[str, str]
) -> tuple[list[Known[Meeting]], int]:
    """Give a committee's meetings, and how many sightings named no day at all.

    `known` maps keys to the ids that records already have: an id once given stays.
    """
    entries = [(from_json(RawMeeting, one.sighting.data), one) for one in seen]
    found, undated = identity.groups(entries)
    named = identity.names(body, found, known)
    return [
        Known(
            record=_meeting(city, body, group, name),
            keys=keys,
            provenance=_provenance(group),
            seen=tuple(one for _, one in group.entries),
        )
        for group, name, keys in named
    ], undated


def _meeting(city: City, body: Committee, group: Group, name: str) -> Meeting:
    start = group.start
    own = next((raw for raw, _ in group.entries if raw.where == "page"), None)
    raws = [raw for raw, _ in group.entries]
    place, online, torn = _place(raws)
    notices = _notices(own, torn)
    texts = [text for raw in raws for text in (raw.heading, raw.row, raw.time) if text]
    files = own.files if own else None
    url = next((raw.url for raw in (*filter(None, [own]), *raws) if raw.url), None)
    return Meeting(
        id=f"{city.slug}:{name}",
        uid=f"{name}@{city.slug}.kallelse",
        committee=body.slug,
        title=_title(own, body),
        start=start.start,
        end=start.end,
        status=_status([*texts, *notices], start),
        location=Place(name=place, online=online) if place else None,
        access=wording.access(notices),
        webcast=wording.webcast(notices),
        url=url,
        documents=tuple(document(raw, url or "") for raw in files or ()),
        documents_known=files is not None,
        agenda=tuple(_agenda(own.agenda if own else ())),
        decisions=tuple(Decision(title=t, text=x) for t, x in (own.decisions if own else ())),
        notices=notices,
        problems=start.problems,
    )


def _title(own: RawMeeting | None, body: Committee) -> str:
    heading = _DATED.sub("", own.heading or "") if own else ""
    return re.sub(r"\s+,", ",", heading).strip(" ,") or f"{body.name}, sammanträde"


def _status(texts: Iterable[str], start: Start) -> Status:
    """Give the city's word; moved to a day that is told is no longer postponed."""
    said = wording.status(texts)
    if said is Status.POSTPONED and start.moved_from:
        return Status.CONFIRMED
    return said or Status.CONFIRMED


def _place(raws: Sequence[RawMeeting]) -> tuple[str | None, bool, tuple[str, ...]]:
    """Give the place by the meeting's own page, or else by the first list that has one."""
    for raw in sorted(raws, key=lambda raw: raw.where != "page"):
        if raw.place:
            return wording.place(raw.place)
    return None, False, ()


def _notices(own: RawMeeting | None, torn: Sequence[str]) -> tuple[str, ...]:
    if own is None:
        return tuple(torn)
    intro = [text for text in own.intro if wording.is_notice(text)]
    return tuple(dict.fromkeys((*intro, *torn, *own.notes)))


def _agenda(lines: Sequence[str]) -> Iterator[AgendaItem]:
    for line in lines:
        numbered = _NUMBER.match(line)
        text = numbered["rest"] if numbered else line
        reference = _REFERENCE.search(text)
        title = text[: reference.start()].strip() if reference else text
        yield AgendaItem(
            number=numbered["number"] if numbered else None,
            title=title or text,
            reference=reference["reference"] if reference else None,
        )


def _provenance(group: Group) -> Provenance:
    ordered = sorted(group.entries, key=lambda entry: (entry[0].where != "page", entry[1].page.key))
    raw, one = ordered[0]
    place = next((r.where for r, _ in ordered if r.place), None)
    signals = {"start": group.start.signal, "committee": raw.where}
    return provenance_of(one.page, signals | ({"location": place} if place else {}))
