"""Chromium for tests: the published pages as a resident's own browser shows them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from editions import NOW, whole
from feeds.publish import publish
from feeds.serve import Server

PHONE: Final = {"width": 360, "height": 740}
DESK: Final = {"width": 1280, "height": 900}
AXE: Final = Path(__file__).parent / "peers/node_modules/axe-core/axe.min.js"

AGENTS: Final = {
    "iphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15",
    "android": "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/156.0 Mobile",
    "pc": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0",
}
"""What browsers call themselves, by the device."""


@dataclass(slots=True)
class Visit:
    """One open page, and what went wrong on it."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def go(self, path: str, *, still: bool = False) -> Page:
        """Open a page of ours; `still` waits until nothing is asked for any more."""
        self.page.goto(f"{self.url}/{path}", wait_until="networkidle" if still else "load")
        return self.page

    @property
    def path(self) -> str:
        """Where the browser stands, with the query."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")


Visiting = Callable[..., Visit]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, without a window.

    It ends with the module: while it is there its event loop is running, and no other one may.
    """
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    options = ["--disable-background-networking", "--disable-gpu"]
    if os.getuid() == 0:
        options.append("--no-sandbox")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=program, args=options)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A whole published city, served; the last check was a moment ago."""
    folder = tmp_path_factory.mktemp("pages") / "public"
    publish(whole(), folder, now=NOW)
    checked(folder, NOW.isoformat())
    with Server(folder) as running:
        yield running.url


def checked(folder: Path, generated: str) -> None:
    """Write what a run leaves behind of itself."""
    source = {
        "name": "kulturnamnden",
        "url": "https://www.example.se",
        "ok": False,
        "last_good": (NOW - timedelta(days=1)).isoformat(),
        "failing_since": NOW.isoformat(),
        "reason": "<img src=x onerror=alert(1)>",
    }
    held = {"path": "boras/alla.ics", "since": generated, "reason": "loses 9 of 9 entries"}
    old = source | {"name": "aldrenamnden"}
    told = {"generated": generated, "sources": [old, source], "held": [held]}
    (folder / "status.json").write_text(json.dumps(told), "utf-8")


@pytest.fixture
def visit(chromium: Browser, pages_url: str) -> Iterator[Visiting]:
    """Open a page on some device; afterwards nothing was wrong, and nobody else was asked."""
    opened: list[tuple[Visit, Any]] = []

    def opening(device: str = "pc", *, clock: str = NOW.isoformat(), **more: Any) -> Visit:  # noqa: ANN401 - any option of the browser
        size = PHONE if device in {"iphone", "android"} else DESK
        given = {"viewport": size, "user_agent": AGENTS[device], "locale": "sv-SE"} | more
        context = chromium.new_context(**given)
        page = context.new_page()
        page.clock.set_fixed_time(clock)
        made = Visit(page, pages_url)
        page.on("console", lambda said: _note(made, said.type, said.text))
        page.on("pageerror", lambda error: made.faults.append(str(error)))
        page.on("request", lambda asked: made.asked.add(asked.url))
        opened.append((made, context))
        return made

    yield opening
    for made, context in opened:
        context.close()
        assert made.faults == []
        assert {urlsplit(url).netloc for url in made.asked if "://" in url} <= {
            urlsplit(pages_url).netloc
        }


def _note(visit: Visit, kind: str, text: str) -> None:
    if kind in {"error", "warning"}:
        visit.faults.append(text)
