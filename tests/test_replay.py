"""Stored pages are read again as they were read whole; `replay` tells what would change."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.kinds import Kind
from modelcity import feed
from modelcity.render import FORMS, Site
from modelcity.server import ModelCity
from modelcity.truth import build
from operation import replaying
from operation.update import update
from reading import NOW, page
from records.errors import ConfigError, PageChanged
from records.state import PageState
from records.store import Store
from runs import TODAY, exported, one_listing
from runs import settings as settings_of
from scraper import document
from scraper.cities import City, Parsed, load
from scraper.crawl import FEED, bring
from scraper.document import Document
from scraper.pages.lists import parse_listing
from scraper.pages.meeting import parse_meeting
from scraper.raw import RawMeeting

BORAS: Final = load("boras")
EXAMPLES: Final = max(settings().max_examples // 5, 1)  # of each kind; `City.read` sees to it too
EXTRA: Final = {link.url: link.kind for link in BORAS.start}


@cache
def site(form: Any) -> Site:  # noqa: ANN401 - one of FORMS
    """Give the model city in one form."""
    return Site(build(TODAY), form)


@cache
def addresses() -> Mapping[str, list[str]]:
    """Give the model city's pages by the kind that the rules of Borås say they are."""
    found: dict[str, list[str]] = {kind: [] for kind in BORAS.parsers}
    for address in site(FORMS[0]).addresses:
        url = f"https://www.boras.se{address}"
        link = BORAS.link(url)
        kind = EXTRA.get(url) or (link.kind if link else None)
        if kind in found:
            found[kind].append(address)
    found[FEED].append(feed.ADDRESS)
    return found


@cache
def whole(form: Any, address: str) -> Document:  # noqa: ANN401 - one of FORMS
    """Read one page of the model city."""
    body = site(form).page(address) or site(form).feed(address)
    assert body is not None
    kind = FEED if address == feed.ADDRESS else ""
    return bring(page(body, f"https://www.boras.se{address}"), kind)


def again(read: Document, kind: str) -> None:
    """Hold a page to it: what is kept of it says the same, and leads to the same, for ever."""
    reading = BORAS.read(read, kind)
    stored = document.load(reading.kept.dump())
    second = BORAS.read(stored, kind)
    assert (second.raws, second.links) == (reading.raws, reading.links)
    assert second.kept.dump() == reading.kept.dump()


@pytest.mark.slow
@pytest.mark.parametrize("kind", BORAS.parsers)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_what_is_kept_of_a_page_says_what_the_page_said(kind: str, data: st.DataObject) -> None:
    """Else a mended parser would correct what was never wrong; in every form of markup."""
    form, address = data.draw(st.tuples(st.sampled_from(FORMS), _address(kind)))
    with suppress(*([PageChanged] if kind == "notice" else [])):  # some are of no meeting
        again(whole(form, address), kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", BORAS.parsers)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_what_is_kept_of_a_broken_page_says_what_that_page_said(
    kind: str, data: st.DataObject
) -> None:
    """Some lines are gone, some stand twice: the page may be refused, not stored as another."""
    read = whole(data.draw(st.sampled_from(FORMS)), data.draw(_address(kind)))
    lines = list(read.lines)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(lines)))
        end = data.draw(st.integers(start, min(start + 20, len(lines))))
        moved = [line for line in lines[start:end] if line.kind != "app"]
        rest = lines[:start] + [line for line in lines[start:end] if line.kind == "app"]
        lines = rest + lines[end:]
        if data.draw(st.booleans()):
            at = data.draw(st.integers(0, len(lines)))
            lines[at:at] = moved * 2
    with suppress(PageChanged):
        again(document.load(replace(read, lines=tuple(lines)).dump()), kind)


def _address(kind: str) -> st.SearchStrategy[str]:
    found = addresses()[kind]
    assert found, f"the model city has no page of the kind {kind}"
    return st.sampled_from(found)


def misread(**wrong: Any) -> City:  # noqa: ANN401 - any field of a sighting
    """Give a city that reads some fields of a meeting's page otherwise."""

    def parse(city: City, page: Document) -> Parsed:
        (raw,), kept = parse_meeting(city, page)
        assert isinstance(raw, RawMeeting)
        return (replace(raw, **wrong),), kept

    return one_listing(parsers={**BORAS.parsers, "meeting": parse})


@pytest.fixture
def stored(city: ModelCity, tmp_path: Path) -> Path:
    """A folder in which one listing and its meetings were read."""
    update(one_listing(), settings_of(tmp_path, city.origin))
    return tmp_path


def replay(folder: Path, city: City) -> replaying.Replayed:
    """Replay a folder's store by a city's parsers."""
    (result,) = replaying.replay(settings_of(folder, "http://127.0.0.1:1"), lambda _: city)
    return result


@pytest.mark.slow
def test_the_same_parsers_change_nothing(folder: Path, city: ModelCity) -> None:
    """A whole city's store, read again: every record is as it was."""
    result = replaying.replay(settings_of(folder, city.origin))
    assert result[0].pages > 150
    assert (result[0].unread, result[0].records) == ({}, {})
    assert replaying.text(result).endswith("stored pages read again, nothing would change")
    assert city.requests == []


def test_what_a_parser_would_change_is_told_field_by_field(stored: Path) -> None:
    """Old value and new, for every record, and nothing is written."""
    records = exported(stored, Kind.MEETING)
    result = replay(stored, misread(place="Källaren"))
    assert set(result.records) == {row["id"] for row in records}
    kind, fields = result.records[records[0]["id"]]
    assert (kind, list(fields)) == ("meeting", ["location"])
    assert fields["location"][1]["name"] == "Källaren"
    assert exported(stored, Kind.MEETING) == records
    text = replaying.text([result])
    assert f"{len(records)} records would differ" in text
    assert re.search(r"^    location  name: .+ -> +name: Källaren", text, re.MULTILINE)
    (content,) = json.loads(json.dumps(replaying.data([result])))
    assert (content["city"], content["unread"]) == ("boras", {})
    assert content["records"][0]["fields"]["location"]["read"]["name"] == "Källaren"


def test_lost_records_are_told(stored: Path) -> None:
    """What no page gives any more, though what was read before gave it."""

    def blind(_: City, page: Document) -> Parsed:
        return (), page

    listing = {**BORAS.parsers, "listing": blind, "meeting": blind}
    lost = replay(stored, one_listing(parsers=listing))
    assert {kind for kind, _ in lost.records.values()} == {"meeting"}
    assert all(fields["start"][1] is None for _, fields in lost.records.values())


def test_new_records_are_told(stored: Path) -> None:
    """A row that no parser saw before is a meeting that nobody knew of."""

    def sharper(city: City, page: Document) -> Parsed:
        raws, kept = parse_listing(city, page)
        assert isinstance(raws[0], RawMeeting)
        row = "Sammanträdet den 23 december 2026"
        return (*raws, replace(raws[0], url=None, node=None, row=row)), kept

    result = replay(stored, one_listing(parsers={**BORAS.parsers, "listing": sharper}))
    ((kind, fields),) = result.records.values()
    assert (kind, fields["start"]) == ("meeting", (None, "2026-12-23"))


def test_pages_that_cannot_be_read_again_are_told(stored: Path) -> None:
    """Their records stand, and their addresses say what to mend."""

    def refuse(_: City, page: Document) -> Parsed:
        raise PageChanged(page.url, "a heading in runes")

    result = replay(stored, one_listing(parsers={**BORAS.parsers, "meeting": refuse}))
    assert set(result.unread.values()) == {"a heading in runes"}
    assert result.records == {}
    text = replaying.text([result])
    assert f"  {next(iter(result.unread))} no longer has a heading in runes" in text


def test_a_page_of_which_nothing_is_kept_is_passed_over(stored: Path) -> None:
    """It was asked for and never read."""
    before = replay(stored, one_listing()).pages
    state = PageState(
        key="/x", url="https://www.boras.se/x", kind="news", source="news", status=404, checked=NOW
    )
    with (
        Store.open(settings_of(stored, "http://127.0.0.1:1").store) as store,
        store.writing("boras", NOW) as writer,
    ):
        writer.asked(state)
    assert replay(stored, one_listing()).pages == before


def test_without_a_store_there_is_nothing_to_replay(tmp_path: Path) -> None:
    """It says what to do, and makes no store."""
    with pytest.raises(ConfigError, match="run kallelse update first"):
        replaying.replay(settings_of(tmp_path, "http://127.0.0.1:1"))
    assert list(tmp_path.iterdir()) == []
