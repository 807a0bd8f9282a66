"""Calendars as other hands read them: what five more parsers find in a file of ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from icalendar import Event

PEERS: Final = Path(__file__).parent / "peers"
MISSING: Final = 3
"""The exit code of a script in `PEERS` whose reader is not installed."""

_KHAL: Final = """\
[calendars]
[[peer]]
path = {folder}
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M:%S
dateformat = %m-%d
longdateformat = %Y-%m-%d
datetimeformat = %m-%d %H:%M:%S
longdatetimeformat = %Y-%m-%dT%H:%M:%SZ
[sqlite]
path = {folder}/cache.db
"""
_FIELDS: Final = {  # ours, and what khal calls them
    "uid": "{uid}",
    "start": "{start-long-full}",
    "end": "{end-long-full}",
    "all-day": "{all-day}",
    "status": "{status}",
    "summary": "{title}",
    "location": "{location}",
}


def ical_js(path: Path) -> list[dict[str, Any]]:
    """Give each VEVENT's uid, start, end, status, summary and location, in the file's order.

    Moments are text in UTC, plain dates plain, missing None. Skips the test where Node or the
    package is not installed; raises CalledProcessError for a file that ical.js cannot parse.
    """
    if not (PEERS / "node_modules/ical.js").is_dir():
        pytest.skip("ical.js is not installed: npm install --prefix tests/peers")
    return _read("node", PEERS / "read.mjs", path)


def libical(path: Path) -> list[dict[str, Any]]:
    """Give the same as libical finds it, the reader in GNOME and KDE."""
    return _read("/usr/bin/python3", PEERS / "read.py", "libical", path)


def vobject(path: Path) -> list[dict[str, Any]]:
    """Give the same as vobject finds it."""
    return _read("/usr/bin/python3", PEERS / "read.py", "vobject", path)


def sabre(path: Path) -> list[dict[str, Any]]:
    """Give the same as sabre/vobject finds it, the reader in Nextcloud."""
    return _read("php", PEERS / "read.php", path)


def khal(path: Path) -> list[dict[str, Any]]:
    """Give the same as khal prints it; of whole days it knows the last, not the day after."""
    if shutil.which("khal") is None:
        pytest.skip("khal is not installed")
    folder = path.parent / "khal"
    folder.mkdir(exist_ok=True)
    config = folder / "config"
    config.write_text(_KHAL.format(folder=folder))
    shown = subprocess.run(
        ["khal", "-c", config, "printics", "-f", "\x1f".join(_FIELDS.values()), path],  # noqa: S607 - khal is where PATH says
        capture_output=True,
        check=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    ).stdout.decode()
    rows = [row.split("\x1f") for row in shown.split("\n")[1:] if row]
    return [_of_khal(dict(zip(_FIELDS, row, strict=True))) for row in rows]


READERS: Final[Mapping[str, Callable[[Path], list[dict[str, Any]]]]] = {
    "ical.js": ical_js,
    "libical": libical,
    "sabre": sabre,
    "vobject": vobject,
    "khal": khal,
}
"""Every reader beside icalendar, by name."""


def facts(events: Iterable[Event]) -> list[dict[str, str | None]]:
    """Give what every reader must agree on, as icalendar reads it."""
    return [
        {
            **{name: _text(event, name) for name in ("uid", "status", "summary", "location")},
            "start": instant(event.decoded("DTSTART")),
            "end": instant(event.decoded("DTEND", None)),
        }
        for event in events
    ]


def instant(moment: object) -> str | None:
    """Write a moment or a plain date as all readers here give it."""
    if isinstance(moment, datetime):
        return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return moment.isoformat() if isinstance(moment, date) else None


def _text(event: Event, name: str) -> str | None:
    value = event.get(name)
    return None if value is None else str(value)


def _read(program: str, *arguments: object) -> list[dict[str, Any]]:
    """Run a reader; skip the test where it is not installed."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    command = [found, *map(str, arguments)]
    read = subprocess.run(command, capture_output=True, check=False)
    if read.returncode == MISSING:
        pytest.skip(f"{' '.join(command[1:3])} finds no reader: {read.stderr.decode().strip()}")
    read.check_returncode()
    events: list[dict[str, Any]] = json.loads(read.stdout)
    return events


def _of_khal(row: dict[str, str]) -> dict[str, str | None]:
    whole = row.pop("all-day") == "True"
    if whole:
        row["start"] = row["start"][:10]
        row["end"] = (date.fromisoformat(row["end"][:10]) + timedelta(days=1)).isoformat()
    return {name: value.strip() or None for name, value in row.items()}
