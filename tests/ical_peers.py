"""Calendars as other hands read them: what ical.js, the reader in Thunderbird, finds in a file."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

PEERS: Final = Path(__file__).parent / "peers"


def ical_js(path: Path) -> list[dict[str, Any]]:
    """Give each VEVENT's uid, start, end, status, summary and location, in the file's order.

    Moments are text in UTC, plain dates plain, missing None. Skips the test where Node or the
    package is not installed; raises CalledProcessError for a file that ical.js cannot parse.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    if not (PEERS / "node_modules/ical.js").is_dir():
        pytest.skip("ical.js is not installed: npm install --prefix tests/peers")
    read = subprocess.run([node, PEERS / "read.mjs", path], capture_output=True, check=True)
    events: list[dict[str, Any]] = json.loads(read.stdout)
    return events
