"""Prints, as JSON, what vobject or libical reads in an iCalendar file: one object for each VEVENT.

python3 read.py vobject|libical FILE.ics

Both are the system's own packages (on Debian python3-vobject, gir1.2-ical-3.0 with python3-gi), so
it is the system's Python that runs this. Moments are given in UTC, plain dates as such; both go by
the zone in the file. Exit code 3 where the reader is not installed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any


def vobject(text: str) -> Iterator[dict[str, str | None]]:
    """Read by vobject, which many servers and address books use."""
    import vobject as reader  # noqa: PLC0415 - one of the two may be missing

    for event in getattr(reader.readOne(text), "vevent_list", []):
        yield {
            "start": _when(event.dtstart.value),
            "end": _when(event.dtend.value) if hasattr(event, "dtend") else None,
            **{name: _value(event, name) for name in ("uid", "status", "summary", "location")},
        }


def _value(event: Any, name: str) -> str | None:  # noqa: ANN401 - it ships no types
    return str(getattr(event, name).value) if hasattr(event, name) else None


def _when(value: date) -> str:
    return (
        f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else f"{value}"
    )


def libical(text: str) -> Iterator[dict[str, str | None]]:
    """Read by libical, which GNOME and KDE use; it also checks what belongs to what (RFC 5546)."""
    import gi  # noqa: PLC0415 - one of the two may be missing

    gi.require_version("ICalGLib", "3.0")
    from gi.repository import ICalGLib as reader  # noqa: N813, PLC0415 - a module; as above

    calendar = reader.Parser.parse_string(text)
    if calendar is None or calendar.count_errors():
        sys.exit(1)
    kind = reader.ComponentKind.VEVENT_COMPONENT
    event = calendar.get_first_component(kind)
    while event is not None:
        status = event.get_first_property(reader.PropertyKind.STATUS_PROPERTY)
        yield {
            "start": _moment(event.get_dtstart(), reader),
            "end": _moment(event.get_dtend(), reader),
            "uid": event.get_uid(),
            "status": status.get_value_as_string() if status else None,
            "summary": event.get_summary(),
            "location": event.get_location(),
        }
        event = calendar.get_next_component(kind)


def _moment(value: Any, reader: Any) -> str | None:  # noqa: ANN401 - it ships no types
    if value is None or value.is_null_time():
        return None
    if not value.is_date() and value.get_timezone():
        value = value.convert_to_zone(reader.Timezone.get_utc_timezone())
    day, _, clock = value.as_ical_string().partition("T")
    written = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return f"{written}T{clock[:2]}:{clock[2:4]}:{clock[4:]}" if clock else written


if __name__ == "__main__":
    content = Path(sys.argv[2]).read_bytes().decode()
    try:
        found = list({"vobject": vobject, "libical": libical}[sys.argv[1]](content))
    except (ImportError, ValueError) as missing:
        sys.stderr.write(f"{missing}\n")
        sys.exit(3 if isinstance(missing, ImportError) else 1)
    sys.stdout.write(json.dumps(found))
