"""The rules for one event of a calendar file; see `feeds.lint_ics`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from feeds.contentlines import Component, Line
from feeds.findings import Finding

_TEXTS: Final = ("SUMMARY", "DESCRIPTION", "LOCATION")
_ONCE: Final = frozenset(
    {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS"}
    | {"SEQUENCE", "LAST-MODIFIED", "TRANSP", "CLASS", "URL", "GEO", "COLOR"}
)
_RAW: Final = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_DAY: Final = re.compile(r"\d{8}")
_MOMENT: Final = re.compile(r"\d{8}T\d{6}Z?")
_TAG: Final = re.compile(
    r"</?(?:a|b|br|div|em|h\d|i|li|ol|p|span|strong|table|ul)\b[^<>]*>", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"\w{1,20}://")
_GEO: Final = re.compile(r"-?\d{1,2}(?:\.\d+)?;-?\d{1,3}(?:\.\d+)?")
_STATUSES: Final = frozenset({"CONFIRMED", "TENTATIVE", "CANCELLED"})
_OFF: Final = "INSTÄLLT: "
_UNKNOWN: Final = "tid ej fastställd"


def check_event(path: str, event: Component) -> list[Finding]:
    """Give what is wrong with one VEVENT of the file at `path`."""
    where = f"VEVENT {event.text('UID')}" if event.one("UID") else f"VEVENT, line {event.number}"
    broken = (
        *_form(event),
        *_dates(event),
        *_times(event),
        *_state(path, event),
        *_alarms(path, event),
        *_manners(event),
        *_links(event),
    )
    return [Finding(rule=rule, where=where, says=says) for rule, says in broken]


def _form(event: Component) -> Iterator[tuple[str, str]]:
    counted = Counter(line.name for line in event.lines)
    for name in sorted(_ONCE):
        if counted[name] > 1:
            yield "C31", f"write {name} once"
    for line in event.all(*_TEXTS):
        if not _RAW.fullmatch(line.value):
            yield "C31", f"escape \\ ; , and line breaks in {line.name}"


def _dates(event: Component) -> Iterator[tuple[str, str]]:
    stamp, changed = event.text("DTSTAMP"), event.text("LAST-MODIFIED")
    if not stamp or stamp != changed:
        yield "C3", "write DTSTAMP and LAST-MODIFIED alike: when the record last changed"
    if not event.text("SEQUENCE").isdigit():
        yield "C5", "write SEQUENCE"


def _times(event: Component) -> Iterator[tuple[str, str]]:
    start, end = event.one("DTSTART"), event.one("DTEND")
    if start is None:
        yield "C10", "write DTSTART"
        return
    for line in filter(None, (start, end)):
        if (says := _moment(line)) is not None:
            yield says
    if end is None:
        yield "C15", "write DTEND: without it an event has no length"
    elif _is_day(start) != _is_day(end):
        yield "C16", "write DTSTART and DTEND both as days or both as times"
    elif _comparable(start, end) and end.value <= start.value:
        yield ("C16" if _is_day(start) else "C15"), "write a DTEND that comes after DTSTART"


def _comparable(start: Line, end: Line) -> bool:
    """Tell whether two values are of one zone: an hour that comes twice is written in UTC."""
    return start.params == end.params and start.value.endswith("Z") == end.value.endswith("Z")


def _moment(line: Line) -> tuple[str, str] | None:
    if _is_day(line):
        return None if _DAY.fullmatch(line.value) else ("C16", f"write {line.name} as a day")
    if not _MOMENT.fullmatch(line.value):
        return "C10", f"write {line.name} as a moment, or as VALUE=DATE"
    if "TZID" not in line.params and not line.value.endswith("Z"):
        return "C13", f"give {line.name} its zone: apps take it for UTC"
    return None


def _is_day(line: Line) -> bool:
    return line.params.get("VALUE") == "DATE"


def _state(path: str, event: Component) -> Iterator[tuple[str, str]]:
    status, summary = event.text("STATUS"), event.text("SUMMARY")
    if not summary:
        yield "C6", "write a SUMMARY"
    if status not in _STATUSES:
        yield "C6", "write STATUS as CONFIRMED, TENTATIVE or CANCELLED"
    if status == "CANCELLED" and path.endswith(".google.ics"):
        yield "C7", f"write CONFIRMED and {_OFF!r}: Google hides what is cancelled"
    if status == "CANCELLED" and not summary.startswith(_OFF):
        yield "C6", f"begin its SUMMARY with {_OFF!r}: not every app shows the status"
    start = event.one("DTSTART")
    unknown = start is not None and _is_day(start) and _UNKNOWN in summary
    if unknown and status == "CONFIRMED" and not summary.startswith(_OFF):
        yield "C16", "write TENTATIVE where the hour is not known"


def _alarms(path: str, event: Component) -> Iterator[tuple[str, str]]:
    alarms = list(event.every("VALARM"))
    if alarms and not path.endswith(".paminnelse.ics"):
        yield "C19", "take VALARM out: only the file with reminders has them"
    if any(not alarm.text(name) for alarm in alarms for name in ("ACTION", "TRIGGER")):
        yield "C19", "write ACTION and TRIGGER in each VALARM"
    if any(not alarm.text("DESCRIPTION") for alarm in alarms):
        yield "C19", "write what a VALARM shows as its DESCRIPTION"


def _manners(event: Component) -> Iterator[tuple[str, str]]:
    if event.text("TRANSP") != "TRANSPARENT":
        yield "C18", "write TRANSP:TRANSPARENT: nobody who follows is busy"
    if event.all("ORGANIZER", "ATTENDEE"):
        yield "C21", "take ORGANIZER and ATTENDEE out: nobody is invited"
    if event.all("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"):
        yield "C34", "write each meeting as an event of its own"
    if event.text("CLASS") not in {"", "PUBLIC"}:
        yield "C36", "write CLASS:PUBLIC or leave it out"
    if not event.all("CATEGORIES"):
        yield "C37", "write CATEGORIES"
    if _TAG.search(event.text("DESCRIPTION")):
        yield "C23", "write DESCRIPTION as plain text: most apps show the tags"
    if _ADDRESS.search(event.text("LOCATION")):
        yield "C24", "take the address of a page out of LOCATION: maps look it up"
    if (line := event.one("GEO")) and not _GEO.fullmatch(line.value):
        yield "C25", "write GEO as latitude;longitude"
    if event.all("X-APPLE-STRUCTURED-LOCATION"):
        yield "C25", "leave X-APPLE-STRUCTURED-LOCATION out where no address was verified"


def _links(event: Component) -> Iterator[tuple[str, str]]:
    told = event.text("DESCRIPTION")
    for line in event.all("URL", "ATTACH", "CONFERENCE"):
        if line.value not in told:
            yield "C22", f"write the address of {line.name} in DESCRIPTION too"
    for line in event.all("CONFERENCE"):
        if line.params.get("VALUE") != "URI" or "LABEL" not in line.params:
            yield "C38", "write CONFERENCE with VALUE=URI and a LABEL"
