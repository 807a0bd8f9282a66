"""One record explained: where each value comes from, what it was before, and who says what."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from feeds.kinds import Kind
from modelcity.server import ModelCity
from operation import explaining
from operation.explaining import Explained
from operation.update import update
from reading import NOW
from records.errors import ConfigError
from records.model import Committee, NewsItem, Notice, Provenance
from records.state import PageState, Sighting
from records.store import Store
from records.terms import Cause
from runs import LATER, MORNING, exported, run, seeing_only, settings

Explain = Callable[[str], Explained]


@pytest.fixture
def explain(folder: Path) -> Explain:
    """Explain a record of yesterday's store."""
    return lambda name: explaining.explain(settings(folder, "http://127.0.0.1:1"), name)


@pytest.fixture
def coming(folder: Path) -> dict[str, Any]:
    """A meeting to come that has a page."""
    found = exported(folder, Kind.MEETING)
    return next(row for row in found if row["start"][:10] > MORNING[:10] and row["url"])


def test_a_record_shows_its_values_with_their_signals(
    explain: Explain, coming: dict[str, Any]
) -> None:
    """By its id, every field that holds something."""
    text = explaining.text(explain(coming["id"]))
    assert text.startswith(f"meeting {coming['id']}\n")
    assert f"  start            {coming['start']}  [slug]\n" in text
    assert f"  url           {coming['url']}\n" in text.partition("provenance")[2]
    assert "first seen" in text.partition("history")[2]


def test_every_page_that_speaks_of_it_is_shown_with_its_own_words(
    explain: Explain, coming: dict[str, Any]
) -> None:
    """The meeting's page, and each list that has a row for it; no row of another."""
    found = explain(coming["id"])
    assert {one.page.kind for one in found.seen} > {"meeting", "calendar"}
    text = explaining.text(found).partition("what the pages say")[2]
    assert text.count("    tells  slug: ") == len(found.seen)
    data = json.loads(json.dumps(explaining.data(found)))
    assert {one["words"]["node"] for one in data["sightings"]} == {coming["id"].partition(":")[2]}
    assert data["history"][0]["words"] == "first seen"
    assert (data["record"]["id"], data["sequence"]) == (coming["id"], 0)


def test_a_record_is_found_by_its_pages_address(explain: Explain, coming: dict[str, Any]) -> None:
    """Also by the one it had before it was archived: what counts is the node."""
    assert explain(coming["url"]).newest.record.id == coming["id"]
    parts = urlsplit(coming["url"])
    archived = f"https://www.boras.se/arkiv/{parts.path.rpartition('/')[2]}"
    assert explain(archived).newest.record.id == coming["id"]


def test_news_and_committees_are_explained_too(explain: Explain, folder: Path) -> None:
    """A committee by its slug or its page; an article by its id."""
    article = exported(folder, Kind.NEWS)[0]
    found = explain(article["id"])
    assert isinstance(found.newest.record, NewsItem)
    assert {one.page.kind for one in found.seen} >= {"news"}
    body = explain("kulturnamnden")
    assert isinstance(body.newest.record, Committee)
    assert [one.page.kind for one in body.seen] == ["committee"]
    assert explain(body.newest.record.url or "").newest == body.newest
    assert explaining.text(explain("valnamnden")).startswith("committee valnamnden\n")


@pytest.mark.slow
def test_its_history_is_told_in_words(
    explain: Explain, coming: dict[str, Any], folder: Path, city: ModelCity
) -> None:
    """What changed, when we read it, why, and what it made of sequence and last change."""
    path = urlsplit(coming["url"]).path
    body = city.answer(path, {}).body.decode()
    place = coming["location"]["name"]
    city.pages[path] = body.replace(place, "Borgen").encode()
    run(folder, city, now=LATER)
    found = explain(coming["id"])
    text = explaining.text(found)
    row = next(line for line in text.splitlines() if "New place: Borgen" in line)
    assert row.split()[:6] == ["2026-11-23", "15:00", "2026-11-23", "15:00", "city", "1"]
    first, second = explaining.data(found)["history"]
    assert (first["last_seen"], second["last_seen"]) == ("2026-11-23 09:00", "2026-11-23 15:00")
    assert second["cause"] == "city"


def provenance(url: str) -> Provenance:
    """Give where a record of a test comes from."""
    return Provenance(url=url, fetched=NOW, content_hash="x", parser=1)


def test_what_no_reader_sees_is_named_by_its_fields(explain: Explain, folder: Path) -> None:
    """A correction of an address, and a notice that was taken down and put up again."""
    url = "https://www.boras.se/anslag.5.abcdef.html"
    notice = Notice(id="boras:abcdef", title="Bygglov", url=url)
    seen = Sighting(bucket="leaflet/other", data={"title": "Bygglov"})
    page = PageState(key="abcdef", url=url, kind="notice", source="board", status=200, checked=NOW)
    with (
        Store.open(settings(folder, "http://127.0.0.1:1").store) as store,
        store.writing("boras", NOW) as writer,
    ):
        writer.saw(page, [seen], None)
        for gone in (False, True, False):
            writer.save(notice, provenance(url), withdrawn=gone)
        moved = Notice(id=notice.id, title=notice.title, url=f"{url}?x")
        writer.save(moved, provenance(url), cause=Cause.CORRECTION)
    told = [row["words"] for row in explaining.data(explain(notice.id))["history"]]
    assert told == [
        "first seen",
        "The notice was taken down",
        "Notice: Bygglov",
        "nothing that is told: url",
    ]
    assert "nothing is stored" in explaining.text(explain(notice.id))
    assert explain(f"{url}?x").newest.record == moved


@pytest.mark.slow
def test_problems_have_a_place_of_their_own(city: ModelCity, tmp_path: Path) -> None:
    """A day that the page's signals tell differently, with the sentence that says so."""
    path = (
        "/kommunochpolitik/kommunensorganisation/kommunstyrelsen/kommunstyrelsen/"
        "kommunstyrelsensammantrade202611301400.5.1f2b506b1969.html"
    )
    city.pages[path] = b"<h1>Kommunstyrelsen, sammantr&auml;de</h1><p>Tid: 2026-11-30 15.00</p>"
    chosen = settings(tmp_path, city.origin)
    update(seeing_only(path, kind="meeting"), chosen)
    text = explaining.text(explaining.explain(chosen, "boras:1f2b506b1969"))
    assert "  start-disagrees  slug: 2026-11-30 14.00" in text.partition("problems")[2]


UNKNOWN: Final = ("boras:nothing", "nothing", "https://www.boras.se/nothing")


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_there_is_one_sentence(name: str, explain: Explain) -> None:
    """It says what an id looks like."""
    with pytest.raises(ConfigError, match=r"There is no record .* give an id as"):
        explain(name)


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """To ask is not to begin."""
    with pytest.raises(ConfigError):
        explaining.explain(settings(tmp_path, "http://127.0.0.1:1"), "kulturnamnden")
    assert list(tmp_path.iterdir()) == []
