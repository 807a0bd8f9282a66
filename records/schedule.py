"""When, where and whether a meeting is held: what people plan by, and what moved, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from records.model import Meeting, Place, When
from records.terms import ChangeKind, Status
from records.wording import Happening, Wording, clock, day, instant, say, when

_STATUS: Final = {
    Status.CANCELLED: (ChangeKind.CANCELLED, Wording(sv="Inställt", en="Cancelled")),
    Status.POSTPONED: (ChangeKind.POSTPONED, Wording(sv="Uppskjutet", en="Postponed")),
    Status.MISSING: (
        ChangeKind.MISSING,
        Wording(sv="Visas inte längre av kommunen", en="No longer shown by the city"),
    ),
    Status.TENTATIVE: (ChangeKind.TEXT, Wording(sv="Nu preliminärt", en="Now tentative")),
    Status.CONFIRMED: (ChangeKind.TEXT, Wording(sv="Nu bestämt", en="Now confirmed")),
}
_BACK: Final = {
    Status.CANCELLED: Wording(sv="Inte längre inställt", en="No longer cancelled"),
    Status.POSTPONED: Wording(sv="Inte längre uppskjutet", en="No longer postponed"),
    Status.MISSING: Wording(sv="Visas åter av kommunen", en="Shown by the city again"),
}


def between(old: Meeting, new: Meeting) -> Iterator[Happening]:
    """Tell of a new time, place or status; at least one of them where `differs`."""
    for kind, words in (*_moved(old, new), *_relocated(old, new), *_status(old, new)):
        yield Happening(kind=kind, words=words)


def differs(old: Meeting, new: Meeting) -> bool:
    """Say whether someone who goes there must know."""
    return _plan(old) != _plan(new)


def state(meeting: Meeting) -> Wording:
    """«, inställt» and the like behind a meeting that is not simply held; else nothing."""
    if meeting.status is Status.TENTATIVE:
        return Wording(sv=", preliminärt", en=", tentative")
    if meeting.status is Status.CONFIRMED:
        return Wording(sv="", en="")
    words = _STATUS[meeting.status][1]
    return Wording(sv=f", {words.sv.lower()}", en=f", {words.en.lower()}")


def _plan(meeting: Meeting) -> tuple[object, ...]:
    return instant(meeting.start), instant(meeting.end), meeting.location, meeting.status


def _moved(old: Meeting, new: Meeting) -> Iterator[tuple[ChangeKind, Wording]]:
    """One move is one happening: an end that goes along with its start is not told apart."""
    if instant(old.start) != instant(new.start):
        yield ChangeKind.MOVED, new_start(old.start, new.start)
    elif instant(old.end) != instant(new.end):
        yield ChangeKind.MOVED, _new_end(new)


def new_start(old: When, new: When) -> Wording:
    """Tell that a meeting starts at another time; `records.moves` reads it back."""
    if _same_day(old, new):
        return _new_clock(old, new)
    year = old.year != new.year
    return say(
        "Flyttat från {old} till {new}",
        "Moved from {old} to {new}",
        old=when(old, year=year),
        new=when(new, year=year),
    )


def _new_clock(old: When, new: When) -> Wording:
    if not isinstance(new, datetime):
        return Wording(sv="Klockslag inte längre angivet", en="Time of day no longer given")
    if not isinstance(old, datetime):
        return say("Börjar kl. {new}", "Starts at {new}", new=clock(new.time()))
    return say(
        "Flyttat från {old} till {new}",
        "Moved from {old} to {new}",
        old=clock(old.time()),
        new=clock(new.time()),
    )


def _new_end(new: Meeting) -> Wording:
    if new.end is None:
        return Wording(sv="Sluttid inte längre angiven", en="End no longer given")
    if not isinstance(new.end, datetime):
        return say("Pågår till och med {day}", "Lasts until {day}", day=day(new.end, year=False))
    end = clock(new.end.time()) if _same_day(new.start, new.end) else when(new.end, year=False)
    return say("Ny sluttid: {end}", "New end: {end}", end=end)


def _same_day(one: When, other: When) -> bool:
    return one.timetuple()[:3] == other.timetuple()[:3]


def _relocated(old: Meeting, new: Meeting) -> Iterator[tuple[ChangeKind, Wording]]:
    if old.location != new.location:
        yield ChangeKind.RELOCATED, _new_place(old.location, new.location)


def _new_place(old: Place | None, new: Place | None) -> Wording:
    if new is None:
        return Wording(sv="Plats inte längre angiven", en="Place no longer given")
    if old is None:
        return say("Plats: {place}", "Place: {place}", place=_place(new))
    if _place(old) != _place(new):
        return say("Ny plats: {place}", "New place: {place}", place=_place(new))
    if new.url is None:
        return Wording(sv="Länk till platsen borttagen", en="Link to the place removed")
    return say("Ny länk till platsen: {url}", "New link to the place: {url}", url=new.url)


def _place(place: Place) -> Wording:
    told = place.address is None or place.address in place.name
    named = place.name if told else f"{place.name}, {place.address}"
    if not place.online:
        return Wording(sv=named, en=named)
    return say("{it} (digitalt)", "{it} (online)", it=named)


def _status(old: Meeting, new: Meeting) -> Iterator[tuple[ChangeKind, Wording]]:
    if old.status is new.status:
        return
    if new.status not in (Status.CONFIRMED, Status.TENTATIVE) or old.status not in _BACK:
        yield _STATUS[new.status]
    elif old.status is Status.POSTPONED and instant(old.start) != instant(new.start):
        return  # the new day that was waited for is told as a move
    else:
        words = say("{back}{state}", "{back}{state}", back=_BACK[old.status], state=state(new))
        yield ChangeKind.RESTORED, words
