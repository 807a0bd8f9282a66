"""Whole updates for tests: from a model city into a folder, as an operator would have them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from feeds.kinds import Kind
from modelcity.model import Meeting
from modelcity.server import ModelCity
from modelcity.truth import Truth
from operation.exporting import export
from operation.report import Report
from operation.settings import Settings
from operation.update import update
from records.state import Link
from scraper import document
from scraper.cities import City, load
from scraper.page import Page

TODAY: Final = date(2026, 11, 23)
MORNING: Final = "2026-11-23T09:00"
LATER: Final = "2026-11-23T15:00"
SITE: Final = "https://example.org/kallelse"


BODIES: Final = ("Kulturnämnden", "Kommunstyrelsen", "Kommunfullmäktige", "Tekniska nämnden")
"""Bodies enough for every page that a run begins with to be there."""


PAGELESS: Final = {"KALLELSE_PAGES": "false"}
"""The environment in which the program publishes what `run` does."""


def small(truth: Truth) -> Truth:
    """Give a city of four bodies and a short past, so that a run is a matter of moments."""
    recent = _since(truth, date(2026, 10, 1))
    return replace(
        truth,
        bodies=tuple(body for body in truth.bodies if body.name in BODIES),
        meetings=tuple(meeting for meeting in recent if meeting.body.name in BODIES),
        articles=truth.articles[:2],
        notices=truth.notices[:3],
        announcements=(),
    )


def autumn(truth: Truth) -> Truth:
    """Give a city with all its bodies, what is to come, and of its past what its news tell of."""
    return replace(truth, meetings=_since(truth, date(2026, 8, 1)))


def _since(truth: Truth, day: date) -> tuple[Meeting, ...]:
    return tuple(meeting for meeting in truth.meetings if meeting.start.date() >= day)


def settings(folder: Path, origin: str, *, now: str = MORNING, **more: Any) -> Settings:  # noqa: ANN401 - any setting
    """Give the settings of a run into `folder` that asks at `origin` and never waits.

    Without pages, which are many, but where a test asks for them.
    """
    given: dict[str, Any] = {
        "store": f"sqlite:///{folder / 'kallelse.db'}",
        "out": folder / "public",
        "site": SITE,
        "origin": {"boras": origin},
        "delay": 0,
        "now": now,
        "pages": False,
    }
    return Settings(**(given | more))


def run(folder: Path, city: ModelCity, *, now: str = MORNING, **more: Any) -> Report:  # noqa: ANN401 - any setting
    """Update Borås from a model city."""
    return update(load("boras"), settings(folder, city.origin, now=now, **more))


def seeing_only(*paths: str, kind: str = "start") -> City:
    """Give Borås with no other place to begin than these, and no links to follow."""
    city = load("boras")
    start = tuple(
        Link(url=f"https://www.boras.se{path}", kind=kind, source="start") for path in paths
    )
    return replace(city, start=start, rules=())


def exported(folder: Path, kind: Kind) -> list[dict[str, Any]]:
    """Read what `kallelse export` gives."""
    lines = export(settings(folder, "http://127.0.0.1:1"), "boras", kind, as_csv=False)
    return [json.loads(line) for line in lines.splitlines()]


def stamps(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Give when each published file was written, and what stands in it, unpacked."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, _unpacked(path)) for path in files
    }


def _unpacked(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


def files(tree: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the files of a tree that are no packed twins."""
    return {path: body for path, body in tree.items() if not path.endswith(".gz")}


def twins_fit(tree: Mapping[str, bytes]) -> None:
    """Check that no packed twin in a tree holds other bytes than its file."""
    for path in tree.keys() - files(tree).keys():
        assert gzip.decompress(tree[path]) == tree[path.removesuffix(".gz")], path


BOARD: Final = next(link for link in load("boras").start if link.source == "kommunstyrelsen")


def one_listing(**more: Any) -> City:  # noqa: ANN401 - any field of City
    """Give Borås with nothing but the executive board's listing and the meetings it leads to."""
    city = load("boras")
    rules = tuple(rule for rule in city.rules if rule.kind == "meeting")
    return replace(city, **({"start": (BOARD,), "rules": rules} | more))


def renamed(city: ModelCity, old: str, new: str, most: int = 10**6) -> list[str]:
    """Show the board's meeting pages with other words, at most so many; give their addresses."""
    listing = one_listing().read(document.read(_page(city, BOARD.url)), "listing")
    shown = [link.url for link in listing.links if old in _page(city, link.url).body.decode()]
    for url in shown[:most]:
        body = _page(city, url).body.decode().replace(old, new)
        city.pages[urlsplit(url).path] = body.encode()
    return shown[:most]


def _page(city: ModelCity, url: str) -> Page:
    body = city.answer(urlsplit(url).path, {}).body
    return Page(url=url, body=body, fetched=settings(Path(), "http://127.0.0.1").moment)
