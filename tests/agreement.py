"""What must hold of what is exported and published, whatever the city has done before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from icalendar import Calendar, Event

from tiny import Row, Tiny

BODIES: Final = ("Kommunstyrelsen", "Kulturnämnden")
SLUGS: Final = {"Kommunstyrelsen": "kommunstyrelsen", "Kulturnämnden": "kulturnamnden"}


@dataclass(slots=True)
class Told:
    """What was ever exported of one meeting: its id and UID, and its highest sequence."""

    id: str
    uid: str
    sequence: int


def agrees(row: Row, found: Mapping[str, Any]) -> None:
    """Check that an exported meeting is as the city shows it."""
    assert found["start"][:16] == f"{row.day}T{row.clock.replace('.', ':')}"
    assert found["location"]["name"] == row.place
    assert found["status"] == ("cancelled" if row.note else "confirmed")
    assert found["committee"] == SLUGS[row.body]


def stands(told: Told, row: Row, exported: Sequence[Mapping[str, Any]]) -> None:
    """Check that what the city took away is not lost, and cancelled only where it had said so."""
    (found,) = [it for it in exported if it["id"] == told.id]
    assert found["status"] in {"confirmed", "missing", "cancelled"}
    assert found["status"] != "cancelled" or row.note
    assert not found.get("withdrawn")


def shown(tiny: Tiny, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Give what is exported of the meetings that are on the lists."""
    days = {row.day for row in rows}
    fields = ("committee", "start", "status", "location", "documents", "agenda", "title")
    found = [row for row in tiny.meetings() if row["start"][:10] in days]
    return [{name: row[name] for name in fields} for row in found]


def published(public: Path, exported: Sequence[Mapping[str, Any]]) -> None:
    """Check that the calendars hold each meeting, under the UID and sequence of its record."""
    status = json.loads((public / "status.json").read_text())
    held = {slug for slug in SLUGS.values() if f"boras/{slug}.ics" in _paths(status["held"])}
    events: dict[str, Event] = {}
    for slug in SLUGS.values():
        path = public / f"boras/{slug}.ics"
        if not path.exists() and not exported:
            return  # every run so far has failed
        if slug not in held:
            own = {it.uid: it for it in Calendar.from_ical(path.read_bytes()).events}
            assert not events.keys() & own.keys()
            events |= own
    due = [row for row in exported if row["committee"] not in held]
    for row in due:
        event = events[row["uid"]]
        assert event["sequence"] == row["sequence"]
        assert (str(event["status"]) == "CANCELLED") == (row["status"] == "cancelled")
    assert len(events) == len(due)


def _paths(held: Iterable[Mapping[str, str]]) -> set[str]:
    return {it["path"] for it in held}
