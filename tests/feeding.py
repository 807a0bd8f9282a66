"""Feeds of an edition as tests want them: the file, and what readers find in it."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any, Final

import feedparser
import pytest

from feeds.edition import Edition
from feeds.formats import render
from feeds.syndication import feeds
from ical_peers import PEERS

FORMATS: Final = ("rss", "atom", "json")
"""What the files of a feed end in."""


def body(made: Edition, slug: str = "kulturnamnden", ending: str = "rss") -> bytes:
    """Give the file of one feed."""
    (feed,) = (feed for feed in feeds(made) if feed.slug == slug)
    return render(made, feed, ending)


def read(made: Edition, slug: str = "kulturnamnden", ending: str = "rss") -> Any:  # noqa: ANN401 - feedparser has no types
    """Give a feed as feedparser reads it, which must find no fault."""
    found = feedparser.parse(body(made, slug, ending))
    assert not found.bozo
    return found


def node(package: str, script: str, *arguments: object) -> Any:  # noqa: ANN401 - what the script prints
    """Run a script of `tests/peers`; skip the test where Node or the package is not installed."""
    program = shutil.which("node")
    if program is None or not (PEERS / "node_modules" / package).is_dir():
        pytest.skip(f"{package} is not installed: npm install --prefix tests/peers")
    command = [program, str(PEERS / script), *map(str, arguments)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
