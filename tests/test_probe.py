"""What a person at the real site sees: every value, its signal, what disagrees, what is missing."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from modelcity.addresses import CALENDAR
from modelcity.faults import Robots
from modelcity.server import Fault, ModelCity
from operation import firstday, looking
from operation.columns import aligned, rows, said
from operation.looking import Looked, Passing
from operation.probing import Probe, probe
from reading import KS, MEETING, NOW, meeting_url, page
from records.errors import ConfigError, FetchError, Forbidden
from records.state import HostState, Link
from records.store import Store
from runs import settings
from scraper.cities import City, load
from scraper.crawl import key
from scraper.findings import missing
from scraper.page import Page
from scraper.rota import OLDER

BORAS: Final = load("boras")
MEETING_LINK: Final = BORAS.link(MEETING)
LISTING: Final = BORAS.start[2]


def probed(body: str, url: str = MEETING, link: Link | None = MEETING_LINK) -> Probe:
    """Probe a small page."""
    return probe(Looked(city=BORAS, page=page(body, url), link=link))


def test_every_value_is_shown_with_its_signal() -> None:
    """The page's own words, and the record that they make."""
    found = probed(
        "<h1>Kommunstyrelsen, sammanträde</h1><p>Tid: 2026-11-30 14.00</p><p>Plats: Stadshuset</p>"
    )
    assert found.exit == 0
    assert "kind  meeting" in found.text
    assert "  time       2026-11-30 14.00\n" in found.text
    assert "  start            2026-11-30T14:00:00+01:00  [slug]\n" in found.text
    assert "  slug: 2026-11-30 14.00\n  time: 2026-11-30 14.00\n" in found.text
    content = json.loads(json.dumps(found.content))
    assert content["sightings"][0]["place"] == "Stadshuset"
    assert content["records"][0]["signals"]["start"] == "slug"


def test_what_disagrees_is_shown() -> None:
    """The slug says fourteen, the page fifteen: both are there to see."""
    found = probed("<h1>Kommunstyrelsen, sammanträde</h1><p>Tid: 2026-11-30 15.00</p>")
    assert found.content["disagrees"][0]["code"] == "start-disagrees"
    assert "time: 2026-11-30 15.00" in found.text.partition("disagrees")[2]


def test_what_was_looked_for_and_not_found_is_said_in_words() -> None:
    """A person can act on «no visible label»."""
    found = probed("<h1>Kommunstyrelsen, sammanträde</h1>")
    assert set(found.content["missing"]) >= {
        "no visible label «Tid»",
        "no visible label «Plats»",
        "no machine-readable time, such as <time datetime>",
        "no list of files: there are none, or a script draws them",
    }
    assert not [text for text in found.content["missing"] if "row" in text]


def test_a_list_says_in_how_many_of_its_rows_something_is_missing() -> None:
    """And nothing of what no row has."""
    near = "".join(
        f'<p><a href="{meeting_url(node=f"1f2b506{day}")}">Kommunstyrelsen</a></p>'
        f"<p>Tid: {day} november 2026 kl. 14.00</p>"
        for day in (27, 30)
    )
    body = f"<h1>Sammanträdeskalender</h1>{near}<p>Tid: 1 december 2026</p><p>Plats: Borgen</p>"
    link = Link(url=f"{KS}/k", kind="calendar", source="calendar")
    found = probed(body, link.url, link)
    assert "no visible label «Plats» (2 of 3)" in found.content["missing"]
    assert not [text for text in found.content["missing"] if "agenda" in text or "year" in text]


def test_what_would_be_in_no_calendar_is_told() -> None:
    """A row without a day is no meeting yet."""
    body = "<h1>Sammanträdeskalender</h1><p>Kulturnämnden</p><p>Tid:</p><p>Plats: Borgen</p>"
    link = Link(url=f"{KS}/k", kind="calendar", source="calendar")
    found = probed(body, link.url, link)
    assert [it["code"] for it in found.content["disagrees"]] == ["unmade"]
    assert "1 sightings name no day, or no committee" in found.text


def test_many_rows_are_a_line_each() -> None:
    """A calendar of 150 meetings can be read in one screenful of each."""
    links = "".join(
        f'<li><a href="{meeting_url(f"202611{day}1400", f"1f2b506{day}")}">'
        f"Sammanträdet den {day} november 2026</a></li>"
        for day in range(10, 15)
    )
    found = probed(f"<h1>Kommunstyrelsen</h1><h2>2026</h2><ul>{links}</ul>", LISTING.url, LISTING)
    assert "\n  committee: Kommunstyrelsen; node: 1f2b50610; row: Sammanträdet den 10" in found.text
    assert found.content["links"] == {"meeting": 5}


def test_a_page_that_changed_says_what_is_missing_and_one() -> None:
    """As the run would say it."""
    found = probed("<h1>Vi uppdaterar</h1>")
    assert (found.exit, found.content["error"]) == (1, "PageChanged")
    assert "missing  a heading with the word «sammanträde»" in found.text
    assert "save the page and mend its parser" in found.text
    nothing = probed("", link=None)
    assert (nothing.exit, nothing.content["missing"]) == (1, "any text")
    assert "kind     unknown" in nothing.text


def test_an_address_without_a_rule_is_tried_by_every_parser() -> None:
    """It says which would read the page, and what to do."""
    found = probed("<h1>Valnämnden, sammanträde</h1>", f"{KS}/other.html", None)
    assert found.exit == 1
    assert "no rule of the city's file fits its address" in found.text
    assert found.content["would"]["meeting"] == {"sightings": 1, "links": 0}
    assert "  meeting    1 sightings, 0 links\n" in found.text
    assert "parsers that would read it\n  none" in probed("<p>x</p>", f"{KS}/other.html", None).text


@dataclass(frozen=True, kw_only=True)
class RawLeaflet:
    """A kind of sighting that nobody has thought of yet."""

    where: str
    paper_size: str | None
    folds: tuple[str, ...] = ()


def test_a_new_kind_of_sighting_is_told_by_its_fields() -> None:
    """Nobody has to remember to add it here."""
    assert list(missing([RawLeaflet(where="page", paper_size=None)])) == [
        "no paper size",
        "no folds",
    ]


def test_values_are_told_as_people_write_them() -> None:
    """Lists line by line, objects on a line, nothing as none."""
    assert said({"a": [1, {"b": None, "c": True}], "d": False}) == ["a: 1 · c: yes, d: no"]
    assert (said(None), said([]), said("x")) == (["none"], ["none"], ["x"])
    assert rows({"a": ["x", "y"]}, {"a": "slug"}) == [["a", "x  [slug]"], ["", "y"]]
    assert aligned([]) == []


def test_a_saved_page_is_read_without_network_and_without_store(
    tmp_path: Path, city: ModelCity
) -> None:
    """By what stands beside it, or by an address that is given."""
    file = tmp_path / "meeting-2026-11-23.html"
    file.write_text("<h1>Valnämnden, sammanträde</h1>", encoding="utf-8")
    chosen = settings(tmp_path, city.origin)
    with pytest.raises(ConfigError, match="give its address as --url"):
        looking.saved(file, None, chosen)
    assert looking.saved(file, MEETING, chosen).page.fetched == chosen.moment
    beside = file.with_suffix(".meta.json")
    beside.write_text(json.dumps({"url": f"{KS}/k", "kind": "calendar"}), encoding="utf-8")
    told = looking.saved(file, None, chosen)
    assert (told.link.kind if told.link else None, told.state.kind) == ("calendar", "calendar")
    beside.write_text("{", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"meta\.json cannot be read"):
        looking.saved(file, None, chosen)
    with pytest.raises(ConfigError, match="is no address, no file and no city"):
        looking.saved(tmp_path / "nothing", None, chosen)
    assert city.requests == []
    assert set(tmp_path.iterdir()) == {beside, file}


def test_a_page_is_asked_for_politely_and_no_record_is_stored(
    city: ModelCity, tmp_path: Path
) -> None:
    """robots.txt first; the kind by the place where a run begins, or by the rules."""
    looked = looking.fetched(LISTING.url, settings(tmp_path, city.origin))
    assert looked.link == LISTING
    assert city.requests[0].path == "/robots.txt"
    assert list(tmp_path.iterdir()) == []
    city.robots = Robots(text="User-agent: *\nDisallow: /\n")
    with pytest.raises(Forbidden):
        looking.fetched(LISTING.url, settings(tmp_path, city.origin))


def test_a_rest_that_the_city_asked_for_is_kept(city: ModelCity, tmp_path: Path) -> None:
    """What the store remembers of a host binds whoever looks, and is not changed by it."""
    chosen = settings(tmp_path, city.origin)
    later = chosen.moment.replace(hour=23)
    with Store.open(chosen.store) as store, store.writing("boras", NOW) as writer:
        writer.put_host(HostState(host="www.boras.se", not_before=later))
    with pytest.raises(FetchError):
        looking.fetched(LISTING.url, chosen)
    assert city.requests == []
    memory = Passing(chosen.store)
    assert memory.host("www.boras.se")
    assert memory.host("www.example.org") is None


@pytest.fixture
def folder_of_pages(tmp_path: Path) -> Path:
    """Where the check saves its pages."""
    return tmp_path / "pages"


def checked(city: ModelCity, folder: Path, of: City = BORAS) -> list[firstday.Row]:
    """Run the first-day check on a model city."""
    return firstday.check(of, settings(folder.parent, city.origin), folder, lambda _: None)


@pytest.mark.slow
def test_the_first_day_check_reads_one_page_of_each_kind(
    city: ModelCity, folder_of_pages: Path
) -> None:
    """A row for each, of meetings two; each is saved, named in the table, and read again whole."""
    rows = checked(city, folder_of_pages)
    names = [row.name for row in rows]
    kinds = [kind for kind in BORAS.parsers if kind not in {"meeting", OLDER}]
    assert set(names) == {"robots.txt", *kinds, "meeting to come", "past meeting"}
    assert (len(names), firstday.well(rows)) == (len(set(names)), 0)
    text = firstday.text(BORAS, rows, folder_of_pages)
    assert text.endswith("A page of every kind was read.")
    for row in rows[1:]:
        assert row.saved
        assert row.saved.file.name in text
        assert row.saved.cut["contact box"] == (row.name != "feed")
        looked = looking.saved(row.saved.file, None, settings(folder_of_pages, city.origin))
        assert probe(looked).content["kind"] == (looked.link.kind if looked.link else None)
    assert len(city.requests) == len(rows)
    content = json.loads(json.dumps(firstday.data(rows, folder_of_pages)))
    assert (content["exit"], content["pages"][0]["name"]) == (0, "robots.txt")
    assert content["pages"][1]["found"]["links"]


@pytest.mark.slow
def test_the_meetings_are_one_to_come_and_one_whose_minutes_are_due(
    city: ModelCity, folder_of_pages: Path
) -> None:
    """The next one, and one a month old."""
    rows = {row.name: row for row in checked(city, folder_of_pages)}
    days = [rows[name].url or "" for name in ("meeting to come", "past meeting")]
    assert "sammantrade202611" in days[0]
    assert "sammantrade202610" in days[1]


@pytest.mark.slow
def test_a_kind_that_no_page_leads_to_is_said(city: ModelCity, folder_of_pages: Path) -> None:
    """The calendar's address is not known: this is how one learns of it."""
    rules = tuple(rule for rule in BORAS.rules if rule.kind != "calendar")
    rows = checked(city, folder_of_pages, replace(BORAS, rules=rules))
    assert firstday.well(rows) == 1
    text = firstday.text(BORAS, rows, folder_of_pages)
    assert "calendar: not found\n  because  no page leads to one" in text
    assert text.endswith("Not all was read: calendar.")


@pytest.mark.slow
def test_pages_that_fail_are_rows_and_others_are_tried(
    city: ModelCity, folder_of_pages: Path
) -> None:
    """A list that is down is told; another of its kind is read instead, and the check goes on."""
    city.faults[LISTING.url.removeprefix("https://www.boras.se")] = Fault(status=404)
    rows = [row for row in checked(city, folder_of_pages) if row.name == "listing"]
    assert [row.outcome for row in rows] == ["failed", "read"]
    assert rows[0].saved is None
    assert "404" in (rows[0].reason or "")


@pytest.mark.slow
def test_a_page_that_no_parser_reads_is_saved_and_three_are_enough(
    city: ModelCity, folder_of_pages: Path
) -> None:
    """That is the page to mend a parser by; a site that changed is not asked for all its pages."""
    city.faults["*handlingarochprotokoll*"] = Fault(body=b"<h1>Ny sida</h1>")
    rows = [row for row in checked(city, folder_of_pages) if row.name == "listing"]
    assert {row.outcome for row in rows} == {"not read"}
    assert 1 < len(rows) <= 3
    assert all(row.saved and row.saved.file.is_file() for row in rows)
    text = firstday.text(BORAS, rows, folder_of_pages)
    assert "missing  meetings, years, or the words that there are none" in text


@pytest.mark.slow
def test_what_robots_txt_forbids_is_said(city: ModelCity, folder_of_pages: Path) -> None:
    """It is left alone; the check is not all well, as nothing was read of it."""
    city.robots = Robots(text=f"User-agent: *\nDisallow: {CALENDAR}\nDisallow: /nyheter\n")
    rows = checked(city, folder_of_pages)
    outcomes = {row.name: row.outcome for row in rows}
    assert outcomes["calendar"] == outcomes["news-list"] == "forbidden"
    assert firstday.well(rows) == 1
    assert not [one for one in city.requests if one.path == CALENDAR]


@pytest.mark.slow
def test_without_robots_txt_nothing_is_asked(city: ModelCity, folder_of_pages: Path) -> None:
    """A server in distress is left alone, and the table says why."""
    city.robots = Robots(text="", status=503)
    rows = checked(city, folder_of_pages)
    assert (rows[0].name, rows[0].outcome) == ("robots.txt", "failed")
    assert {row.outcome for row in rows} <= {"failed", "not looked for"}
    assert {one.path for one in city.requests} == {"/robots.txt"}


@pytest.mark.slow
def test_a_city_that_cannot_be_reached_has_no_robots_txt(tmp_path: Path) -> None:
    """No network: every row says so."""
    chosen = settings(tmp_path, "http://127.0.0.1:1")
    rows = firstday.check(BORAS, chosen, tmp_path / "pages", lambda _: None)
    assert (rows[0].outcome, firstday.well(rows)) == ("failed", 1)


def test_what_is_wanted_is_what_there_are_parsers_for() -> None:
    """A kind that is added later is looked for without a word here."""
    of: dict[str, Any] = {"leaflet": BORAS.parsers["start"]}
    (one,) = firstday.wanted(replace(BORAS, parsers=of), date(2026, 11, 23))
    assert one.fits(Link(url="https://www.boras.se/l", kind="leaflet", source="start"))


def test_an_address_is_known_by_where_a_run_begins_or_by_the_rules() -> None:
    """A page's key is what counts, not its spelling."""
    assert looking.kind_of(BORAS, f"{LISTING.url}#2026") == LISTING
    assert looking.kind_of(BORAS, "https://www.boras.se/skola") is None
    nameless = Looked(city=BORAS, page=Page(url=MEETING, body=b"", fetched=NOW), link=None)
    assert (nameless.state.key, nameless.state.kind) == (key(MEETING), "")
