"""Lists tell of meetings as blocks, links, rows or script state: each gives the same sightings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

import pytest

from reading import MEETING, ROOT, meeting_url, read
from scraper.document import Document
from scraper.lines import Line
from scraper.raw import RawMeeting
from scraper.vendors import rows

OTHER = meeting_url("202612141430", "2a2f506b1969f6e96e7e187")


def of(page: Document, body: str | None = None) -> rows.List:
    """Give a list on a page; every address with «sammantrade» in it is wanted."""
    return rows.List(page=page, where="calendar", body=body, wanted=lambda url: "trade2" in url)


def given(
    reader: Callable[[rows.List, Sequence[Line]], Iterator[RawMeeting]],
    body: str,
    whose: str | None = None,
) -> list[RawMeeting]:
    """Give what one reading of a page gives."""
    page = read(body, f"{ROOT}/sammantradeskalender")
    return list(reader(of(page, whose), page.lines))


def test_blocks_take_their_name_from_what_stands_above() -> None:
    """A heading, a line, or the words before the label itself; an image's text is no name."""
    found = given(
        rows.labelled,
        f"<img alt='Klubba'><h3><a href='{MEETING}'>Kommunstyrelsen</a></h3>"
        "<p>Tid: 2026-11-30 kl. 14.00</p><p>Plats: Huset</p>"
        "<img alt='Ateljé'><p>Kulturnämnden</p><p>Tid: 2026-12-07 kl. 17.00</p><p>Plats:</p>"
        "<p>Valnämnden Tid: <time datetime='2026-12-08T13:00'>8 december</time></p>"
        "<p>Tid: 2026-12-09</p>",
    )
    assert [(raw.committee, raw.time, raw.place) for raw in found] == [
        ("Kommunstyrelsen", "2026-11-30 kl. 14.00", "Huset"),
        ("Kulturnämnden", "2026-12-07 kl. 17.00", None),
        ("Valnämnden", "8 december", None),
        (None, "2026-12-09", None),
    ]
    assert [raw.stamps for raw in found] == [(), (), ("2026-12-08T13:00",), ()]
    assert (found[0].url, found[0].node) == (MEETING, "1f2b506b1969f6e96e7e186")
    assert {raw.where for raw in found} == {"calendar"}


def test_a_block_without_any_name_is_the_lists_own() -> None:
    """A committee's page does not repeat its name over each meeting."""
    (raw,) = given(rows.labelled, "<p>Tid: 2026-11-30</p>", "Kulturnämnden")
    assert (raw.committee, raw.url, raw.node) == ("Kulturnämnden", None, None)


def test_links_and_lines_take_the_year_from_the_heading_above() -> None:
    """«Sammanträdet den 30 november» below «2026»."""
    found = given(
        rows.in_text,
        f"<h2>2026</h2><ul><li><a href='{MEETING}'>Sammanträdet den 30 november</a> inställt</li>"
        "<li>Sammanträdet den 14 december</li><li>Extra sammanträde 15/12</li></ul>"
        f"<h2>Äldre</h2><p><a href='{OTHER}'>14 december</a> <a href='{MEETING}'>30 nov</a></p>"
        "<h3>Sammanträde 1 maj</h3><p>Sammanträdesplan</p><p>Se 1 maj</p><p><a href='/x'>x</a></p>",
        "Kommunstyrelsen",
    )
    assert [(raw.row, raw.year, raw.url) for raw in found] == [
        ("Sammanträdet den 30 november inställt", "2026", MEETING),
        ("Sammanträdet den 14 december", "2026", None),
        ("Extra sammanträde 15/12", "2026", None),
        ("14 december", "2026", OTHER),
        ("30 nov", "2026", MEETING),
    ]
    assert {raw.committee for raw in found} == {"Kommunstyrelsen"}


def test_a_times_value_belongs_to_a_link_that_stands_alone() -> None:
    """With two links on one line nobody knows whose it is."""
    stamp = "<time datetime='2026-11-30'>30 november</time>"
    alone, first, second = given(
        rows.in_text,
        f"<p><a href='{MEETING}'>{stamp}</a></p>"
        f"<p><a href='{MEETING}'>{stamp}</a> <a href='{OTHER}'>14</a></p>",
    )
    assert (alone.stamps, first.stamps, second.stamps) == (("2026-11-30",), (), ())


def test_tables_are_read_by_their_head() -> None:
    """Columns in any order, rows that are short, a table that holds no meetings."""
    found = given(
        rows.in_tables,
        "<h2>Sammanträden 2026</h2><table><tr><th>Plats<th>Dag:<th>Tid<th>Nämnd<th>Notering</tr>"
        f"<tr><td>Huset<td><time datetime='2026-11-30'>30 nov</time><td>14.00"
        f"<td><a href='{MEETING}'>Kommunstyrelsen</a><td>inställt</tr>"
        "<tr><td><td>7 dec</tr></table><p>mellan</p>"
        "<h2>Filer</h2><table><tr><th>Filnamn<th>Storlek</tr><tr><td>a<td>7 dec</tr></table>",
        "Valnämnden",
    )
    assert [(r.committee, r.time, r.place, r.year, r.stamps) for r in found] == [
        ("Kommunstyrelsen", "30 nov 14.00", "Huset", "2026", ("2026-11-30",)),
        ("Valnämnden", "7 dec", None, "2026", ()),
    ]
    assert found[0].row == "Huset | 30 nov | 14.00 | Kommunstyrelsen | inställt"
    assert (found[0].url, found[1].url) == (MEETING, None)


def test_a_table_of_day_and_hour_alone_belongs_to_the_lists_body() -> None:
    """No column for body or place, no heading with a year."""
    (raw,) = given(
        rows.in_tables, "<table><tr><th>Datum<th>x</tr><tr><td>7 dec<td>y</tr></table>", "KS"
    )
    assert (raw.committee, raw.place, raw.year) == ("KS", None, None)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            {"title": "KS", "uri": MEETING, "start": "2026-11-30T14:00:00+01:00"},
            ("KS", MEETING, None, ("2026-11-30T14:00:00+01:00",), None),
        ),
        (
            {"name": "KS", "date": "30 november", "time": "14.00", "place": "Huset"},
            ("KS", None, "30 november 14.00", (), "Huset"),
        ),
        ({"uri": MEETING, "title": 5}, (None, MEETING, None, (), None)),
        ({"name": "KS", "date": "30 november"}, None),
        ({"title": "En nyhet", "uri": "/nyheter/a", "date": "2026-11-30"}, None),
    ],
)
def test_state_tells_of_meetings_that_lead_to_a_page_or_name_all_three(
    entry: dict[str, object], expected: tuple[object, ...] | None
) -> None:
    """Other apps of a page hold news, files and settings."""
    script = f"AppRegistry.registerInitialState('12.a', {json.dumps({'events': [entry]})});"
    page = read(f"<p>x</p><script>{script}</script>")
    found = [
        (raw.committee, raw.url, raw.time, raw.stamps, raw.place)
        for raw in rows.in_states(of(page))
    ]
    assert found == ([expected] if expected else [])


def test_a_remark_below_a_block_is_said_of_it_and_names_nobody() -> None:
    """«Inställt» below one meeting must not cancel, or be, the next."""
    found = given(
        rows.labelled,
        "<p>Kulturnämnden</p><p>Tid: 2026-12-07 kl. 17.00</p><p>Plats: Huset</p><p>Inställt</p>"
        "<p>Valnämnden</p><p>Tid: 2026-12-08 kl. 13.00</p><p>Preliminärt</p>"
        "<h3>INSTÄLLT: Servicenämnden</h3><p>Tid: 2026-12-09</p><p>Flyttat</p><h2>Nyheter</h2>",
    )
    assert [(raw.committee, raw.row) for raw in found] == [
        ("Kulturnämnden", "Inställt"),
        ("Valnämnden", "Preliminärt"),
        ("INSTÄLLT: Servicenämnden", "INSTÄLLT: Servicenämnden | Flyttat"),
    ]


def test_a_remark_above_or_between_the_fields_is_said_of_the_block() -> None:
    """«Inställt» below the name, or between time and place: nobody should go there."""
    found = given(
        rows.labelled,
        "<h3>Kulturnämnden</h3><p>Inställt</p><p>Tid: 2026-12-07 kl. 17.00</p><p>Plats: Huset</p>"
        "<h3>Valnämnden</h3><p>Tid: 2026-12-08 kl. 13.00</p><p>Preliminärt</p><p>Plats: X</p>"
        "<h3>Servicenämnden</h3><p>Tid: 2026-12-09</p><p>Plats: Y</p>",
    )
    assert [(raw.committee, raw.row) for raw in found] == [
        ("Kulturnämnden", "Inställt"),
        ("Valnämnden", "Preliminärt"),
        ("Servicenämnden", None),
    ]


def test_a_link_below_a_block_leads_to_its_own_meeting() -> None:
    """«Läs mer» stands at the end of what it is about."""
    other = MEETING.replace("20261130", "20261207")
    found = given(
        rows.labelled,
        f"<p>Kulturnämnden</p><p>Tid: 2026-11-30</p><p><a href='{MEETING}'>Läs mer</a></p>"
        f"<h3>Valnämnden</h3><p>Tid: 2026-12-07</p><p><a href='{other}'>Läs mer</a></p>",
    )
    assert [(raw.committee, raw.url) for raw in found] == [
        ("Kulturnämnden", MEETING),
        ("Valnämnden", other),
    ]


def test_a_block_that_lost_its_time_gives_its_name_to_no_other() -> None:
    """The council would be called to the day of another body."""
    found = given(
        rows.labelled,
        "<h3>Kommunfullmäktige</h3><p>Plats: Huset</p><p>Tid: 2026-12-09</p>"
        "<h3>Valnämnden</h3><p>Plats: Huset</p>"
        "<p>Plats: Annat hus</p><p>Tid: 2026-12-10</p>",
    )
    assert [(raw.committee, raw.time, raw.place) for raw in found] == [
        ("Kommunfullmäktige", "2026-12-09", "Huset"),
        (None, "2026-12-10", "Annat hus"),
    ]


def test_a_day_and_an_hour_under_labels_of_their_own_are_one_time() -> None:
    """«Datum» and «Tid» are two fields on some pages, and either may stand alone."""
    found = given(
        rows.labelled,
        "<h3>Kulturnämnden</h3><p>Datum: 7 december 2026</p><p>Tid: 17.00</p><p>Lokal: Huset</p>"
        "<h3>Valnämnden</h3><p>Datum: 8 december 2026 kl. 13.00</p><p>Lokal: Huset</p>",
    )
    assert [(raw.committee, raw.time, raw.place) for raw in found] == [
        ("Kulturnämnden", "7 december 2026 17.00", "Huset"),
        ("Valnämnden", "8 december 2026 kl. 13.00", "Huset"),
    ]


def test_a_date_beside_words_that_name_a_day_is_not_the_meetings() -> None:
    """A list of pages has in its state when each was made; that is no day of a meeting."""
    row = {"title": "Sammanträdet den 30 november 2026", "date": "2025-11-29", "uri": MEETING}
    script = f"AppRegistry.registerInitialState('12.a', {json.dumps({'articles': [row]})});"
    found = rows.in_states(of(read(f"<h1>a</h1><script>{script}</script>")))
    assert [(raw.row, raw.time, raw.stamps) for raw in found] == [
        ("Sammanträdet den 30 november 2026", None, ())
    ]


@pytest.mark.parametrize(
    "remark",
    ["Inställt på grund av sjukdom", "OBS! Sammanträdet är inställt.", "Öppet för allmänheten"],
)
def test_a_remark_between_blocks_without_headings_is_nobodys_name(remark: str) -> None:
    """The next meeting would be that of a committee called «Inställt»."""
    found = given(
        rows.labelled,
        f"<p>Kommunstyrelsen</p><p>Tid: 2026-11-30 14.00</p><p>Plats: Huset</p><p>{remark}</p>"
        "<p>Kulturnämnden</p><p>Tid: 2026-12-07 17.00</p><p>Plats: Huset</p>",
    )
    assert [raw.committee for raw in found] == ["Kommunstyrelsen", "Kulturnämnden"]


@pytest.mark.parametrize(
    "line",
    [
        f"<a href='{ROOT}/download/18.ab12cd/1/p.pdf'>Sammanträdesprotokoll 2026-10-05</a>",
        "Sammanträdeshandlingar publiceras den 23 november",
        "Nästa sammanträde den 30 november",
        "Sammanträdet den 30 november är inställt.",
        "Sammanträdet den 30 november är flyttat till Röda rummet.",
    ],
)
def test_a_sentence_about_a_meeting_is_no_row_of_a_list(line: str) -> None:
    """A twin without a page would be published beside the real one."""
    assert given(rows.in_text, f"<p>{line}</p>") == []


def test_a_block_that_lost_its_time_does_not_take_the_next_ones() -> None:
    """The next meeting would stand on the day that the first one's address names."""
    found = given(
        rows.labelled,
        f"<h3><a href='{MEETING}'>Tekniska nämnden</a></h3><p>Plats: Huset</p>"
        f"<h3><a href='{OTHER}'>Kommunfullmäktige</a></h3><p>Tid: 2026-12-10 18.00</p>"
        "<p>Plats: Salen</p><h3>Kulturnämnden</h3><p>Tid: 2026-12-11 17.00</p>",
    )
    assert [(raw.committee, raw.url, raw.time, raw.place) for raw in found] == [
        ("Kommunfullmäktige", OTHER, "2026-12-10 18.00", "Salen"),
        ("Kulturnämnden", None, "2026-12-11 17.00", None),
    ]
