"""A page gives exactly what is written beside it, and a page that is none says what is missing.

Each page has its address and hour in `.meta.json`. Those with `model` there were made by the model
city, or by hand: the real markup has not been seen.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

from golden import assert_golden
from records.codec import to_json
from records.errors import KallelseError
from records.model import ZONE
from records.state import PageState, Seen
from scraper.cities import load
from scraper.crawl import bring
from scraper.making import make
from scraper.normalise import sighting
from scraper.page import Page
from scraper.shipped import names

PAGES: Final = Path(__file__).parent / "pages"
SAVED: Final = sorted(PAGES.glob("*/*.html"))


def read(path: Path) -> dict[str, Any]:
    """Give the records that a saved page makes by itself, or its error."""
    meta = json.loads(path.with_suffix(".meta.json").read_text())
    fetched = datetime.fromisoformat(meta["fetched"]).astimezone(ZONE)
    page = Page(url=meta["url"], body=path.read_bytes(), fetched=fetched, charset=meta["charset"])
    city = load(path.parent.name)
    kind = meta["kind"]
    try:
        reading = city.read(bring(page, kind), kind)
    except KallelseError as error:
        return {"error": type(error).__name__, "says": str(error)}
    state = PageState(
        key="page",
        url=page.url,
        kind=kind,
        source="",
        status=200,
        checked=fetched,
        fetched=fetched,
        parser=city.parser_version,
    )
    buckets: dict[str, list[Seen]] = defaultdict(list)
    for position, raw in enumerate(reading.raws):
        said = sighting(city, raw)
        buckets[said.bucket].append(Seen(page=state, position=position, sighting=said))
    made = [make(city, bucket, seen, {}) for bucket, seen in sorted(buckets.items())]
    known = [one for each in made for one in each.known]
    return {
        "records": [to_json(one.record) for one in sorted(known, key=lambda one: one.record.id)],
        "signals": {one.record.id: dict(one.provenance.signals) for one in known},
        "unmade": sum(each.unmade for each in made),
        "leads": len(reading.links),
    }


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.stem)
def test_a_saved_page_gives_what_is_written_beside_it(
    path: Path, request: pytest.FixtureRequest
) -> None:
    """Every value and every signal, in the words that an export has for them."""
    got = json.dumps(read(path), ensure_ascii=False, indent=2, sort_keys=True)
    assert_golden(path.with_suffix(".json"), got + "\n", request)


@pytest.mark.parametrize("name", names())
def test_every_parser_has_a_saved_page(name: str) -> None:
    """No parser ships without a page to prove it."""
    kinds = {
        json.loads(path.with_suffix(".meta.json").read_text())["kind"]
        for path in (PAGES / name).glob("*.html")
    }
    assert kinds >= set(load(name).parsers)


def test_every_page_says_whence_it_is() -> None:
    """A page without its address and hour cannot be read again; a model must not pass for real."""
    for path in SAVED:
        meta = json.loads(path.with_suffix(".meta.json").read_text())
        assert {"url", "fetched", "kind", "charset"} <= meta.keys()
        assert "model" in meta or b"Modell" not in path.read_bytes()
