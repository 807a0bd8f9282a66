"""From all sightings of one committee's meetings to their records, disagreements kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from records.errors import BadValue
from records.model import (
    ZONE,
    Committee,
    Decision,
    Document,
    Meeting,
    Place,
    Problem,
    Provenance,
    When,
)
from records.state import Seen
from records.terms import Access, Status
from scraper import agenda, bodies, identity, naming, statuses, swedish, wording
from scraper.cities import City
from scraper.documents import document, stamp
from scraper.identity import Group, day_of
from scraper.known import Known, provenance_of, raw_of
from scraper.raw import RawMeeting
from scraper.signals import Start

_DATED: Final = re.compile(r"(?<![\s,])[\s,]*\d{4}-\d\d-\d\d(?:\s+\d\d[.:]\d\d)?")
_EXTRA: Final = re.compile(r"\bextra(?:insatt|ordinarie)?\b", re.IGNORECASE)
_SPAN: Final = re.compile(r"\d{4}-\d\d-\d\d\s?[-–]\s?\d\d(?!\d)")


def meetings(  # noqa: PLR0913, PLR0917 - what was said, and what was known before
    city: City,
    body: Committee,
    seen: Sequence[Seen],
    known: Mapping[str, str],
    starts: Mapping[str, When] = MappingProxyType({}),
    elsewhere: Collection[str] = (),
) -> tuple[list[Known[Meeting]], int]:
    """Give a committee's meetings, and how many sightings named no day at all.

    `known` maps keys to the ids that records already have: an id once given stays; `starts` has
    when those began, by id.
    """
    entries = [(raw_of(RawMeeting, one), one) for one in seen]
    found, undated = identity.groups(entries)
    named = naming.names(body, found, known, starts, elsewhere)
    return [
        Known(
            record=_meeting(city, body, _Said.of(group), name),
            keys=keys,
            provenance=_provenance(_Said.of(group)),
            seen=tuple(one for _, one in group.entries),
        )
        for group, name, keys in named
    ], undated


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """All that was said of one meeting, its own page first; `notices` are sentences about it."""

    group: Group
    start: Start
    raws: tuple[RawMeeting, ...]
    own: RawMeeting | None
    where: wording.Where | None
    placed: RawMeeting | None
    notices: tuple[str, ...]

    @classmethod
    def of(cls, group: Group) -> _Said:
        """Sort what was said: the page's own words count before those of any list."""
        ordered = sorted(group.entries, key=lambda it: (it[0].where != "page", it[1].page.key))
        raws = tuple(raw for raw, _ in ordered)
        own = raws[0] if raws[0].where == "page" else None
        placed = next((raw for raw in raws if raw.place), None)
        where = wording.place(placed.place or "") if placed else None
        torn = [where.notice] if where and where.notice else []
        intro = [text for text in (own.intro if own else ()) if wording.is_notice(text)]
        notes = [text for text in (own.notes if own else ()) if not wording.is_clocked(text)]
        notices = tuple(dict.fromkeys((*intro, *torn, *notes)))
        return cls(
            group=group,
            start=group.start,
            raws=raws,
            own=own,
            where=where,
            placed=placed,
            notices=notices,
        )

    @property
    def labels(self) -> list[str]:
        """Give what names the meeting: heading, rows, times, remarks."""
        found = ((raw.heading, raw.row, raw.time, raw.remark) for raw in self.raws)
        return [text for texts in found for text in texts if text]


def _meeting(city: City, body: Committee, said: _Said, name: str) -> Meeting:
    own, start, where = said.own, said.start, said.where
    access, webcast = wording.access(said.notices), wording.webcast(said.notices)
    documents = _documents(said)
    return Meeting(
        id=f"{city.slug}:{name}",
        uid=f"{name}@{city.slug}.kallelse",
        committee=body.slug,
        title=_title(said, body),
        start=start.start,
        end=start.end or _last_day(said, documents),
        times=wording.times(own.notes) if own else (),
        status=_status(said),
        location=_location(said, where),
        access=access.value if access else Access.UNKNOWN,
        public_from=_public_from(said),
        webcast=webcast.value if webcast else None,
        url=next((raw.url for raw in said.raws if raw.url), None),
        documents=documents,
        documents_known=own is not None and own.files is not None and not own.drawn,
        agenda=agenda.items(own.agenda) if own else (),
        decisions=tuple(Decision(title=t, text=x) for t, x in (own.decisions if own else ())),
        notices=said.notices,
        problems=(*start.problems, *_disagreements(city, body, said)),
    )


def _title(said: _Said, body: Committee) -> str:
    """Give the page's heading without its date, or what the body and its row tell."""
    heading = _DATED.sub("", said.own.heading or "") if said.own else ""
    found = re.sub(r"\s+,", ",", heading).strip(" ,")
    if found:
        return found
    extra = any(_EXTRA.search(raw.row or "") for raw in said.raws)
    return f"{body.name}, {'extra ' if extra else ''}sammanträde"


def _status(said: _Said) -> Status:
    """Give the city's word; what is moved to a day that is told takes place on that day."""
    day = day_of(said.start.start)
    found = statuses.status(said.labels, said.notices, day)
    if found is None:
        return Status.CONFIRMED
    new = statuses.new_time(said.labels)  # «inställt, nytt datum 7 december»
    redated = said.start.renewed or (new is not None and swedish.has_date(new.value))
    if found.value is Status.POSTPONED and (
        redated or said.start.moved_from or _has_left(said, day)
    ):
        return Status.CONFIRMED
    told = statuses.new_time(said.notices)
    dated = any(one is not None and swedish.has_date(one.value) for one in (new, told))
    return (
        Status.CONFIRMED if found.value is Status.CANCELLED and redated and dated else found.value
    )


def _has_left(said: _Said, day: date) -> bool:
    """Tell whether a notice says that the meeting was moved here, from another day."""
    told = (text for text in statuses.sentences(said.notices) if statuses.status([], [text], day))
    return any(left not in {None, day} for left in (swedish.left_day(text, day) for text in told))


def _last_day(said: _Said, documents: Sequence[Document]) -> When | None:
    """Give the second day where only file names tell it: «2017-11-22-23 protokoll»."""
    first = day_of(said.start.start)
    for file in documents:
        match = _SPAN.search(file.name)
        with suppress(BadValue):  # a slip in a file's name is none of the meeting's
            moment = swedish.parse_moment(match[0], near=first) if match else None
            if moment and moment.day == first:
                return moment.last
    return None


def _location(said: _Said, where: wording.Where | None) -> Place | None:
    if where is None or said.placed is None or not where.name:
        return None
    return Place(
        name=where.name, address=where.address, online=where.online, url=said.placed.place_url
    )


def _public_from(said: _Said) -> datetime | None:
    """Give the moment from which it is open, where that is not its very start."""
    clock, start = wording.public_from(said.notices), said.start.start
    if clock is None:
        return None
    moment = datetime.combine(day_of(start), clock.value, ZONE)
    return None if moment == start else moment


def _documents(said: _Said) -> tuple[Document, ...]:
    """Give the files of the meeting's own page, each once: some pages list one twice."""
    if said.own is None:
        return ()
    made = [document(raw, said.own.url or "") for raw in said.own.files or ()]
    return tuple({(file.id, file.name): file for file in reversed(made)}.values())[::-1]


def _disagreements(city: City, body: Committee, said: _Said) -> Iterator[Problem]:
    """Tell where lists and the page differ on place or committee; the page is believed.

    One that the city has no longer is told as well: what it said stands.
    """
    gone = next(
        (it.page for raw, it in said.group.entries if raw is said.own and it.page.gone), None
    )
    if gone:
        yield Problem(code="page-gone", text=f"{gone.url} svarar {gone.status}")
    shown = said.where.name if said.where else None
    for raw in said.raws:
        other = wording.place(raw.place).name if raw.place else None
        if shown and other and not _alike(shown, other):
            yield Problem(code="place-disagrees", text=f"{shown} är valt; {raw.where}: {other}")
            break
    for raw in said.raws:
        named = bodies.committee(city, raw.committee, raw.url)
        if named and named.slug != body.slug:
            text = f"{body.name} är valt; {raw.where}: {named.name}"
            yield Problem(code="committee-disagrees", text=text)
            break
    folder = bodies.committee(city, None, said.own.url) if said.own else None
    if folder and folder.slug != body.slug:
        text = f"{body.name} enligt sidan; dess adress hör till {folder.name}"
        yield Problem(code="committee-disagrees", text=text)


def _alike(one: str, other: str) -> bool:
    """Tell whether two wordings of a place may mean one: the words of one are in the other."""
    few, many = sorted((set(re.findall(r"\w+", it.casefold())) for it in (one, other)), key=len)
    return few <= many


def _provenance(said: _Said) -> Provenance:
    """Say which page gave the record, and for each field which signal or which words."""
    one = min(said.group.entries, key=lambda it: (it[0].where != "page", it[1].page.key))
    where = said.raws[0].where
    found: dict[str, str | None] = {
        "committee": where,
        "start": said.start.signal,
        "location": said.placed.where if said.placed else None,
        **dict.fromkeys(_filled(said), where),
    }
    for field, told in _words(said):
        found[field] = f"«{told}»"
    signals = {field: signal for field, signal in found.items() if signal}
    made = provenance_of(one[1].page, signals)
    return replace(made, modified=stamp(said.own.modified) if said.own else None)


def _filled(said: _Said) -> Iterator[str]:
    own = said.own
    if own is not None:
        yield from ("title", *(["documents"] if own.files is not None else []))
        yield from (name for name in ("agenda", "decisions") if getattr(own, name))
        yield from ["notices"] if said.notices else []
        yield from ["times"] if wording.times(own.notes) else []


def _words(said: _Said) -> Iterator[tuple[str, str]]:
    """Give the sentence behind each value that was understood from one."""
    status = statuses.status(said.labels, said.notices, day_of(said.start.start))
    understood = {
        "status": status,
        "access": wording.access(said.notices),
        "public_from": wording.public_from(said.notices),
        "webcast": wording.webcast(said.notices),
    }
    yield from ((field, told.words) for field, told in understood.items() if told)
