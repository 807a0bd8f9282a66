"""The rules for a calendar file (C1-C39 of docs/clients.md) that can be seen in the file alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import PurePosixPath
from typing import Final

from feeds.colours import VALUES
from feeds.contentlines import EVENT, Component, parse, sketch
from feeds.findings import Finding
from feeds.lint_event import check_event

LARGEST: Final = 1_000_000
"""How many octets a file has at most."""

FOLDED: Final = 75
"""How many octets a line has at most (RFC 5545, 3.1)."""

_ENDINGS: Final = (".google.ics", ".paminnelse.ics")  # whose events have rules of their own
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WRONG: Final = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|^[ \t]*[\x80-\xbf]|\A\xef\xbb\xbf", re.MULTILINE
)
_ZONE: Final = {
    "STANDARD": ("19701025T030000", {"FREQ=YEARLY", "BYDAY=-1SU", "BYMONTH=10"}),
    "DAYLIGHT": ("19700329T020000", {"FREQ=YEARLY", "BYDAY=-1SU", "BYMONTH=3"}),
}
_HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_HINT: Final = re.compile(r"PT[1-9]\d*[HM]")
_VERSIONED: Final = re.compile(r"\d\.\d")


def check(path: str, body: bytes) -> list[Finding]:
    """Give what is wrong with the calendar that is, or shall be, at `path`."""
    return [] if sound(path, body) else findings(path, body)


def sound(path: str, body: bytes, proved: Collection[bytes] = frozenset()) -> bool:
    """Tell at less cost that nothing is wrong: an event is read once for all files that it is in.

    One that is `proved` to be right, byte for byte, is not read whole. False says nothing.
    """
    if len(body) >= LARGEST or not _is_whole(body):
        return False
    ending = next((known for known in _ENDINGS if path.endswith(known)), "")
    events = [
        _sketched(found) if found in proved else _event(found, ending)
        for found in EVENT.findall(body)
    ]
    try:
        frame = parse(EVENT.sub(b"", body).decode())
    except UnicodeDecodeError:
        return False
    if frame.torn or [root.kind for root in frame.roots] != ["VCALENDAR"]:
        return False
    calendar = frame.roots[0]
    if any(chain(_head(path, calendar), _zone(calendar), calendar.every("VEVENT"))):
        return False
    known = {zone.text("TZID") for zone in calendar.every("VTIMEZONE")}
    names = {event.uid for event in events if event and event.zones <= known}
    return len(names) == len(events)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """An event in which nothing is wrong: its UID, and the zones that it names."""

    uid: str
    zones: frozenset[str]


def _sketched(body: bytes) -> _Event | None:
    try:
        found = sketch(body)
    except ValueError:
        return None
    return _Event(uid=found.uid, zones=found.zones)


@lru_cache(maxsize=8192)
def _event(body: bytes, ending: str) -> _Event | None:
    """Read an event of a file with this ending; None where something is wrong."""
    try:
        parsed = parse(body.decode())
    except UnicodeDecodeError:
        return None
    if parsed.torn or len(parsed.roots) != 1 or check_event(ending, parsed.roots[0]):
        return None
    event = parsed.roots[0]
    uid, zones = event.text("UID"), {line.params.get("TZID", "").strip('"') for line in event.lines}
    nested = any(event.every("VEVENT"))
    return _Event(uid=uid, zones=frozenset(zones - {""})) if "@" in uid and not nested else None


def let_go() -> None:
    """Forget the events that were read: they are many, and the next publication has others."""
    _event.cache_clear()


def findings(path: str, body: bytes) -> list[Finding]:
    """Give the same, by reading all of the file."""
    found = list(_octets(body))
    if len(body) >= LARGEST:
        says = f"keep it under {LARGEST} octets, not {len(body)}: some apps refuse more"
        found.append(Finding(rule="C35", where="file", says=says))
    try:
        parsed = parse(body.removeprefix(b"\xef\xbb\xbf").decode())
    except UnicodeDecodeError:
        return [*found, Finding(rule="C30", where="file", says="write UTF-8")]
    says = "write NAME:VALUE, with line breaks in a value as \\n, and end what begins"
    found += [Finding(rule="C31", where=f"line {number}", says=says) for number in parsed.torn]
    if [root.kind for root in parsed.roots] != ["VCALENDAR"]:
        return [*found, Finding(rule="C30", where="file", says="write exactly one VCALENDAR")]
    calendar = parsed.roots[0]
    found += [*_head(path, calendar), *_zone(calendar), *_uids(calendar)]
    for event in calendar.every("VEVENT"):
        found += check_event(path, event)
    return found


def _octets(body: bytes) -> Iterator[Finding]:
    """Check what stands in the file before it is text (C30)."""
    if _is_whole(body):
        return
    if body.startswith(b"\xef\xbb\xbf"):
        yield Finding(rule="C30", where="line 1", says="write no byte order mark")
    rows = body.split(b"\n")
    if rows[-1] or any(not row.endswith(b"\r") for row in rows[:-1]):
        at = next((n for n, row in enumerate(rows, 1) if not row.endswith(b"\r")), len(rows))
        yield Finding(rule="C30", where=f"line {at}", says="end every line with CR LF")
    for number, row in enumerate(rows, 1):
        where, own = f"line {number}", row.removesuffix(b"\r")
        if len(own) > FOLDED:
            says = f"fold it: it has {len(own)} octets, and {FOLDED} are allowed"
            yield Finding(rule="C30", where=where, says=says)
        if b"\r" in own or _CONTROLS.search(own):
            yield Finding(rule="C31", where=where, says="take the control characters out")
        if own and 0x80 <= own.lstrip(b" \t")[:1].ljust(1)[0] < 0xC0:  # noqa: PLR2004 - the middle of a character
            yield Finding(rule="C30", where=where, says="fold between characters, not within one")


def _is_whole(body: bytes) -> bool:
    """Tell at less cost that every line is as it should be; False says nothing."""
    return (
        body.endswith(b"\n")
        and body.count(b"\n") == body.count(b"\r") == body.count(b"\r\n")
        and max(map(len, body.split(b"\r\n"))) <= FOLDED
        and not _WRONG.search(body)
    )


def _head(path: str, calendar: Component) -> Iterator[Finding]:
    def finding(rule: str, says: str) -> Finding:
        return Finding(rule=rule, where="VCALENDAR", says=says)

    if calendar.text("VERSION") != "2.0":
        yield finding("C30", "write VERSION:2.0")
    made_by = calendar.text("PRODID")
    if not made_by or _VERSIONED.search(made_by):
        yield finding("C39", "write a PRODID, without a version")
    if calendar.one("METHOD"):
        yield finding("C20", "take METHOD out: a feed is no invitation")
    if not calendar.parts:
        yield finding("C32", "keep the VTIMEZONE where there is no event")
    yield from (finding("C26", says) for says in _names(path, calendar))
    if PurePosixPath(path).parent.name == "moten" and calendar.all("NAME", "X-WR-CALNAME"):
        yield finding("C27", "take the calendar's name out of a file for one event")
    hint, ttl = calendar.one("REFRESH-INTERVAL"), calendar.text("X-PUBLISHED-TTL")
    exact = hint is not None and hint.params == {"VALUE": "DURATION"} and hint.value == ttl
    if not exact or not _HINT.fullmatch(ttl):
        says = "write REFRESH-INTERVAL;VALUE=DURATION:PT4H and X-PUBLISHED-TTL:PT4H, both alike"
        yield finding("C28", says)
    if calendar.text("COLOR") not in VALUES:
        yield finding("C29", "write COLOR as a CSS3 name in small letters")
    if not _HEX.fullmatch(calendar.text("X-APPLE-CALENDAR-COLOR")):
        yield finding("C29", "write X-APPLE-CALENDAR-COLOR as #RRGGBB")


def _names(path: str, calendar: Component) -> Iterator[str]:
    """Check that names and descriptions stand twice and alike, but in a file for one event."""
    single = PurePosixPath(path).parent.name == "moten"
    for new, old in (("NAME", "X-WR-CALNAME"), ("DESCRIPTION", "X-WR-CALDESC")):
        first, second = calendar.text(new), calendar.text(old)
        if first != second or (not first and not single):
            yield f"write {new} and {old}, both alike"


def _zone(calendar: Component) -> Iterator[Finding]:
    zones = list(calendar.every("VTIMEZONE"))
    if len(zones) != 1:
        yield Finding(rule="C10", where="VCALENDAR", says=f"write one VTIMEZONE, not {len(zones)}")
    declared = {zone.text("TZID") for zone in zones}
    for event in calendar.every("VEVENT"):
        for line in event.lines:
            if line.params.get("TZID", "").strip('"') not in {"", *declared}:
                says = f"declare the zone of {line.name} in a VTIMEZONE"
                yield Finding(rule="C10", where=f"line {line.number}", says=says)
    if calendar.one("X-WR-TIMEZONE"):
        says = "leave X-WR-TIMEZONE out: each time has its zone"
        yield Finding(rule="C13", where="VCALENDAR", says=says)
    for zone in zones:
        where = f"VTIMEZONE {zone.text('TZID')}"
        if any(part.all("RDATE") for part in zone.parts):
            says = "write the rule as RRULE: some apps read no list of dates"
            yield Finding(rule="C12", where=where, says=says)
        if zone.text("TZID") == "Europe/Stockholm" and not _plain(zone):
            says = "write STANDARD from 19701025T030000 and DAYLIGHT from 19700329T020000, yearly"
            yield Finding(rule="C11", where=where, says=says)


def _plain(zone: Component) -> bool:
    """Tell the plain form, which every app reads right."""
    found = {
        part.kind: (part.text("DTSTART"), set(part.text("RRULE").split(";"))) for part in zone.parts
    }
    return found == _ZONE and len(zone.parts) == len(_ZONE)


def _uids(calendar: Component) -> Iterator[Finding]:
    seen = set[str]()
    for event in calendar.every("VEVENT"):
        uid = event.text("UID")
        if "@" not in uid:
            where = f"VEVENT, line {event.number}"
            yield Finding(rule="C1", where=where, says="give it a lasting UID with an @")
        elif uid in seen:
            says = "give each event a UID of its own: apps show only one of these"
            yield Finding(rule="C2", where=f"VEVENT {uid}", says=says)
        seen.add(uid)
