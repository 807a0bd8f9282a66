"""The computed last days for laglighetsprövning: our sum, told with care, not the city's word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from feeds import phrases
from feeds.allday import AllDay
from feeds.calendar import first_day
from feeds.colours import colour
from feeds.edition import Edition, named
from feeds.text import line, web
from feeds.vcalendar import Head, head
from records.model import Committee, Notice, Revision
from records.terms import ChangeKind

FILE: Final = "overklagande"
NAME: Final = "Beräknade överklagandetider (inofficiellt)"

_SPAN: Final = timedelta(weeks=3)
_LAW: Final = (
    "Gäller bara laglighetsprövning (13 kap. kommunallagen): överklagandet ska ha kommit in till"
    " domstolen senast den dagen, och den som överklagar ska vara medlem av kommunen. Bygglov,"
    " planer och beslut om en enskild person har andra regler."
)


def contents(edition: Edition) -> tuple[Head, tuple[AllDay, ...]]:
    """Give the head and the days of the city's calendar; the window is that of the meetings."""
    city = line(edition.city.name)
    names, start = named(edition), first_day(edition.today)
    days = [
        _day(edition, revision, deadline, names)
        for revision in edition.notices
        if (deadline := revision.record.appeal_deadline) and deadline >= start
    ]
    top = head(
        edition,
        FILE,
        name=NAME,
        said=f"Beräknat av Kallelse, inte av {city}, från kommunens anslagstavla. {_LAW}",
        shade=colour(FILE),
    )
    return top, tuple(sorted(days, key=lambda day: day.uid))


def summary(notice: Notice, names: Mapping[str, Committee]) -> str:
    """Give the one line that names the body and the day on which it met."""
    return f"Beräknat: sista dag för laglighetsprövning – {_sitting(notice, names)}"


def words(edition: Edition, revision: Revision[Notice], deadline: date) -> str:
    """Give who computed it and how, what it is about, and where the city's own word stands."""
    notice, city = revision.record, edition.city
    told = (
        f"Beräknat av Kallelse, inte av {line(city.name)}{_sum(notice, deadline)}",
        _gone(edition, revision, deadline),
        _LAW,
        "Gäller det som justerades omedelbart." if notice.immediate else "",
        _link("Anslaget", notice.url or notice.document_url),
        _link("Kommunen om att överklaga", city.appeals or city.url),
        phrases.DELAY.replace("Kontrollera samma dag:", "Kontrollera hos kommunen."),
    )
    return "\n\n".join(part for part in told if part)


def _day(
    edition: Edition, revision: Revision[Notice], deadline: date, names: Mapping[str, Committee]
) -> AllDay:
    notice, city = revision.record, edition.city
    body = names.get(notice.committee or "")
    local = notice.id.partition(":")[2]
    return AllDay(
        uid=f"overklagande-{local}@{city.slug}.kallelse",
        day=deadline,
        summary=summary(notice, names),
        description=words(edition, revision, deadline),
        words=("Överklagandetid", *([body.name] if body else [])),
        changed=revision.last_changed,
        link=notice.url or city.appeals,
        sequence=revision.sequence,
        status="TENTATIVE",
    )


def _sitting(notice: Notice, names: Mapping[str, Committee]) -> str:
    body = names.get(notice.committee or "")
    name = line(body.name if body else notice.title)
    return f"{name} {phrases.day(notice.held)}" if notice.held else f"{name}, mötesdag ej angiven"


def _sum(notice: Notice, deadline: date) -> str:
    if notice.posted is None:
        return "."
    day = notice.posted + _SPAN
    told = f": anslaget {phrases.weekday(notice.posted)} + tre veckor = {phrases.weekday(day)}."
    if day == deadline:
        return told
    return f"{told} Det är helg eller helgdag, så sista dagen blir {phrases.weekday(deadline)}."


def _gone(edition: Edition, revision: Revision[Notice], deadline: date) -> str:
    """Say that the notice went down before its time; afterwards that is as it should be."""
    if not revision.withdrawn:
        return ""
    seen = (
        change.at
        for change in edition.changes
        if change.record == revision.record.id and change.kind is ChangeKind.NOTICE_REMOVED
    )
    gone = phrases.day_of(next(seen, revision.last_changed))
    if gone > deadline:
        return ""
    return f"Obs: anslaget syns inte längre hos kommunen sedan {phrases.day(gone)}."


def _link(label: str, address: str | None) -> str:
    url = web(address)
    return f"{label}: {url}" if url else ""
