"""How long one page takes to be parsed and normalised, beside bare lxml on the same bytes.

    ./run python -m bench.reading

The pages are the model city's: the longest meeting's, its rows repeated until it has 60 kB, and a
calendar of 40 meetings.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from statistics import median
from typing import Final

from lxml import html

from modelcity.addresses import CALENDAR, HOST
from modelcity.render import FORMS, Site
from modelcity.truth import build
from records.model import ZONE
from records.state import PageState, Seen
from scraper import document, meetings, normalise
from scraper.cities import City, load
from scraper.page import Page

NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
MEETING_BYTES: Final = 60_000
ITEMS: Final = 40
ROUNDS: Final = 5
TIMES: Final = 40


def main() -> None:
    """Print a table: CPU in milliseconds, and the ratio to lxml alone."""
    city, truth = load("boras"), build(NOW.date())
    few = replace(truth, meetings=truth.coming[:ITEMS])
    print(f"{'form':8} {'page':8} {'kB':>5} {'read, ms':>9} {'lxml, ms':>9} {'ratio':>6}")
    for form in FORMS:
        site = Site(truth, form)
        longest = max(truth.paged[:120], key=lambda meeting: len(site.page(meeting.path) or b""))
        meeting = _grown(site.page(longest.path) or b"", MEETING_BYTES)
        listed = Site(few, form).page(CALENDAR) or b""
        for kind, path, body in (
            ("meeting", longest.path, meeting),
            ("calendar", CALENDAR, listed),
        ):
            page = Page(url=f"{HOST}{path}", body=body, fetched=NOW, charset="utf-8")
            ours = _cpu(lambda page=page, kind=kind: read(city, page, kind))  # type: ignore[misc]  # bound now
            bare = _cpu(lambda body=body: html.document_fromstring(body))  # type: ignore[misc]  # bound now
            size = len(body) / 1000
            print(f"{form:8} {kind:8} {size:5.0f} {ours:9.2f} {bare:9.2f} {ours / bare:6.1f}")


def read(city: City, page: Page, kind: str) -> int:
    """Parse a page and normalise what it says; give how many meetings that were."""
    reading = city.read(document.read(page), kind)
    reading.kept.dump()
    state = PageState(
        key="page", url=page.url, kind=kind, source="start", status=200, checked=NOW, fetched=NOW
    )
    buckets: dict[str, list[Seen]] = defaultdict(list)
    for position, raw in enumerate(reading.raws):
        sighting = normalise.sighting(city, raw)
        buckets[sighting.bucket].append(Seen(page=state, position=position, sighting=sighting))
    count = 0
    for bucket, seen in buckets.items():
        body = normalise.committee(city, bucket.partition("/")[2], seen)
        count += len(meetings.meetings(city, body, seen, {})[0]) if body else 0
    return count


def _cpu(work: Callable[[], object]) -> float:
    """Give the median of a few rounds, in milliseconds of CPU for one call."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(TIMES):
            work()
        rounds.append((time.process_time() - begun) / TIMES * 1000)
    return median(rounds)


def _grown(body: bytes, size: int) -> bytes:
    """Give a page whose rows of files and agenda are repeated until it has so many bytes."""
    root = html.document_fromstring(body)
    rows = root.xpath("//main//tbody/tr | //main//li")
    while len(grown := html.tostring(root, encoding="utf-8")) < size and rows:
        for row in rows:
            row.addnext(deepcopy(row))
    return bytes(grown)


if __name__ == "__main__":
    main()
