"""SiteVision pages are taken apart by their words: labels, parts, files, share names, states."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import MEETING, lines, read
from scraper.lines import clean
from scraper.raw import RawFile
from scraper.vendors.files import files, is_download
from scraper.vendors.sitevision import (
    arrays,
    badges,
    labelled,
    modified,
    node_id,
    objects,
    parts,
    share,
    stated_links,
)

FILE = "/download/18.1f2b506b1969f6e9/1714900000000/Protokoll.pdf"


@pytest.mark.parametrize(
    ("url", "node"),
    [
        (MEETING, "1f2b506b1969f6e96e7e186"),
        ("https://www.boras.se/a/b.4.3043d72a150d717d8abcf6ed.html?sv.url=12.a#x", None),
        ("/namn.5.abc.html", None),
        ("/namn.5.1FEF6289.html", None),
        ("/namn.106.1fef6289.html", "1fef6289"),
        ("/namn.n329.html", "n329"),
        ("http://[::1/namn.5.1fef6289.html", None),
        ("/anslagstavla", None),
        ("", None),
    ],
)
def test_a_page_is_known_by_its_node(url: str, node: str | None) -> None:
    """Folder and name change when a meeting is archived; the id stays."""
    assert node_id(url) == (node or ("3043d72a150d717d8abcf6ed" if "sv.url" in url else None))


def fields(body: str, *labels: str) -> list[tuple[str, str, str]]:
    """Give label, value and what stood before, of each labelled field."""
    found = labelled(lines(body), labels or ("tid", "plats"))
    return [(field.label, field.value.text, field.before) for field in found]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Tid: 14.00</p><p>Plats: Huset</p>",
        "<p>Tid: 14.00<br>Plats: Huset</p>",
        "<p>Tid: 14.00 Plats: Huset</p>",
        "<p><strong>Tid:</strong> 14.00</p><p><strong>Plats</strong>: Huset</p>",
        "<p><span>Tid:</span><span>14.00</span></p><p><b>Plats:</b><i>Huset</i></p>",
        "<div><div>Tid:</div><div>14.00</div></div><div><div>Plats:</div><div>Huset</div></div>",
        "<dl><dt>Tid</dt><dd>14.00</dd><dt>Plats:</dt><dd>Huset</dd></dl>",
        "<table><tr><th>Tid</th><td>14.00</td></tr><tr><td>Plats:</td><td>Huset</td></tr></table>",
        "<ul><li>Tid: 14.00</li><li>Plats: Huset</li></ul>",
        "<p>TID: 14.00</p><p>plats: Huset</p>",
        "<p>Tid : 14.00</p><p>Plats  :Huset</p>",
        "<p>Tid:&nbsp;14.00</p><p>Plats&nbsp;: Huset</p>",
        "<p>Tid: 14.00</p><p>Pl\u00adats: Huset</p>",
        "<p>Tid:<br>14.00</p><p>Plats:<br>Huset</p>",
        "<h2>Tid: 14.00</h2><h3>Plats: Huset</h3>",
        "<h3>Tid</h3><p>14.00</p><h3>Plats</h3><p>Huset</p>",
        "<div>Tid</div><div>14.00</div><div>Plats</div><div>Huset</div>",
        "<p><strong>Tid</strong>: 14.00</p><p><strong>Plats:</strong> Huset</p>",
    ],
)
def test_a_labelled_field_in_every_form(markup: str) -> None:
    """The words are the mark: redesigns change everything else."""
    assert fields(markup) == [("tid", "14.00", ""), ("plats", "Huset", "")]


def test_two_labels_without_a_break_between_them_are_two() -> None:
    """The notice board runs them together."""
    glued = "<p>Sammanträdet hölls: 2021-06-15Protokollet justerades : 2021-06-16</p>"
    assert fields(glued, "sammanträdet hölls", "protokollet justerades") == [
        ("sammanträdet hölls", "2021-06-15", ""),
        ("protokollet justerades", "2021-06-16", ""),
    ]


def test_a_label_of_two_words_is_one_whatever_blank_is_between() -> None:
    """Editors' no-break blanks are blanks."""
    assert fields("<p>Protokollet\u00a0finns  hos: Huset</p>", "protokollet finns hos") == [
        ("protokollet finns hos", "Huset", "")
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Tid:</p><h2>Protokoll</h2>", [("tid", "", "")]),
        ("<p>Tid:</p><p>Plats: Huset</p>", [("tid", "", ""), ("plats", "Huset", "")]),
        ("<p>Tid:</p><table><tr><td>a<td>b</table>", [("tid", "", "")]),
        ("<p>Tid:</p>", [("tid", "", "")]),
        (
            "<p>Plats:</p><p>Valnämnden Tid: 14.00</p>",
            [("plats", "", ""), ("tid", "14.00", "Valnämnden")],
        ),
        ("<dl><dt>Tid<dt>Datum<dd>a</dl>", [("tid", "", "")]),
        ("<dl><dt>Tid</dt></dl>", [("tid", "", "")]),
        ("<p>Kulturnämnden Tid: 14.00</p>", [("tid", "14.00", "Kulturnämnden")]),
        ("<p>Mötestid: 14.00</p>", []),
        ("<p>Tiden är kort</p><dl><dt>Datum<dd>a</dl>", []),
        ("<table><tr><td>Tid</td></tr><tr><td>Datum<td>a</table>", []),
    ],
)
def test_a_missing_value_is_not_taken_from_elsewhere(
    markup: str, expected: list[tuple[str, str, str]]
) -> None:
    """Nothing is better than the next heading read as an hour."""
    assert fields(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<div>05</div><div>okt</div><div>Huset</div>", ["05 okt", "Huset"]),
        ("<li>5.<br>Oktober<br>2026</li>", ["5. Oktober 2026"]),
        ("<p>05</p><p>okt 2026</p>", ["05 okt 2026"]),
        ("<h2>05</h2><p>okt</p>", ["05", "okt"]),
        ("<p>05</p><p>Plats: Huset</p>", ["05", "Plats: Huset"]),
        ("<p>maj</p><p>05</p>", ["maj", "05"]),
        ("<p>105</p><p>okt</p>", ["105", "okt"]),
    ],
)
def test_a_badge_of_day_above_month_is_one_date(markup: str, expected: list[str]) -> None:
    """Calendars are drawn as leaves of paper; a day alone would be no date."""
    assert [line.text for line in badges(lines(markup))] == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Senast ändrad: 2020-09-30 12.55</p>", "2020-09-30 12.55"),
        (
            "<p>Senast uppdaterad <time datetime='2026-11-20T08:00'>i går</time></p>",
            "2026-11-20T08:00",
        ),
        ("<p>Senast ändrad:</p>", None),
        ("<p>Ändrad av: N N</p>", None),
    ],
)
def test_when_a_page_was_changed_is_read_from_its_foot(markup: str, expected: str | None) -> None:
    """The city's own stamp is told beside the hour at which we saw the change."""
    assert modified(lines(markup)) == expected


def test_machine_readable_times_go_to_their_own_label() -> None:
    """Two labels on one line have each their own; an empty element still tells."""
    one, two = labelled(
        lines(
            "<p>Start: <time datetime='a'>14.00</time> Slut: <time datetime='b'>16.00</time></p>"
        ),
        ("start", "slut"),
    )
    assert (one.value.times, two.value.times) == ((("a", "14.00"),), (("b", "16.00"),))
    (alone,) = labelled(lines("<p>Tid: <time datetime='2026-11-30'></time></p><p>x"), ("tid",))
    assert (alone.value.text, alone.value.times) == ("", (("2026-11-30", ""),))


@given(st.text(), st.sampled_from(["{}", "<b>{}</b>", "<br>{}"]))
def test_whatever_value_stands_beside_a_label_is_read(value: str, form: str) -> None:
    """Places have commas, colons, brackets and dashes in them."""
    told = clean(value.replace("\x00", ""))
    words = "Hus " + "".join(char for char in told if char not in "<>&:" and char.isprintable())
    ((_, found, _),) = fields(f"<p>Plats: {form.format(words)}</p>")
    assert found == clean(words)


PAGE = """
<p>Särskilda råd gäller i staden</p><h1>Kulturnämnden, sammanträde</h1><p>Om nämnden.</p>
<h2>Protokoll</h2><p>Ikon: pratbubblor</p><h2>Kontakt</h2><p>E-post: n@example.org</p>
<p>Senast ändrad: 2026-11-01</p><p>Ändrad av: N N</p>
<p>Dela sidan: [2023-01-25] Kulturnämnden , sammanträde 2026-11-30 14.00</p><p>Facebook</p>
<h2>Nyheter</h2><p>En nyhet</p><h2>Sammanträdeskalender</h2><p>Tid: 14.00</p>
"""


def test_a_page_comes_apart_by_its_phrases() -> None:
    """What it is about, its foot and its widgets; banner, contact box and editor are in none."""
    found = parts(read(PAGE))
    assert found.heading is not None
    assert [line.text for line in found.content] == ["Om nämnden.", "Protokoll"]
    assert [line.text[:14] for line in found.foot] == ["Senast ändrad:", "Dela sidan: [2"]
    assert [line.text for line in found.news] == ["Nyheter", "En nyhet"]
    assert [line.text for line in found.calendar] == ["Sammanträdeskalender", "Tid: 14.00"]
    assert len(found.kept(widgets=True)) == len(found.kept(widgets=False)) + 4
    assert share(found.foot) == ("2023-01-25", "Kulturnämnden, sammanträde 2026-11-30 14.00")


def test_a_page_without_main_heading_has_its_widgets_alone() -> None:
    """A start page is pictures and lists."""
    found = parts(read("<p>Välkommen</p><h2>Nyheter</h2><p>En</p>"))
    assert (found.heading, found.content) == (None, ())
    assert [line.text for line in found.kept(widgets=True)] == ["Nyheter", "En"]


@pytest.mark.parametrize(
    "words",
    ["Om du har frågor kontakta:", "Vid frågor kontakta", "Kontakt", "Kontakta oss", "Kontakt:"],
)
def test_a_contact_box_begins_with_one_of_its_phrases(words: str) -> None:
    """Names and numbers of officials are nothing that a feed tells."""
    found = parts(read(f"<h1>a</h1><p>b</p><p>{words}</p><p>E-post: x</p>"))
    assert [line.text for line in found.content] == ["b"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Dela sidan: [2024-03-20] Titel", ("2024-03-20", "Titel")),
        ("Dela sidan Titel", (None, "Titel")),
        ("Dela sidan:", (None, None)),
        ("Senast ändrad: 2024-03-20", (None, None)),
    ],
)
def test_the_share_line(words: str, expected: tuple[str | None, str | None]) -> None:
    """A second source of name, day and hour."""
    assert share(lines(f"<p>{words}</p>")) == expected


def listed(body: str) -> tuple[RawFile, ...] | None:
    """Give the files of a page."""
    found = read(body)
    return files(found, found.lines)


def test_files_in_a_table() -> None:
    """Name, size and stamp stand in columns, whatever their order."""
    table = (
        "<h2>Protokoll </h2><table><caption>Filer tillgängliga för nedladdning</caption>"
        "<tr><th>Ikon<th>Filnamn<th>Filstorlek<th>Datum fil laddades upp</tr>"
        f"<tr><td><td><a href='{FILE}'>P.pdf Pdf, 367.9 kB.</a>"
        "<td>367.9 kB<td>2025-02-20 10.25</tr></table>"
    )
    assert listed(table) == (
        RawFile(
            name="P.pdf Pdf, 367.9 kB.",
            url=FILE,
            section="Protokoll",
            size="367.9 kB",
            modified="2025-02-20 10.25",
        ),
    )


def test_files_as_a_list_and_as_links_in_one_line() -> None:
    """Several links to files in one line are several files."""
    second = FILE.replace("Protokoll", "Kallelse")
    found = listed(
        f"<h2>A</h2><ul><li><a href='{FILE}'>P.pdfPdf, 2 MB.</a></li></ul>"
        f"<h2>B</h2><p><a href='{FILE}'>P</a><a href='{second}'>K</a> <a href='/x'>x</a></p>"
    )
    assert found is not None
    assert [(file.section, file.name) for file in found] == [
        ("A", "P.pdfPdf, 2 MB."),
        ("B", "P"),
        ("B", "K"),
    ]


def test_files_in_script_state() -> None:
    """Recent pages have none of their files in the markup."""
    state = {
        "a": {
            "files": [
                {"name": "P.pdf", "url": FILE, "fileSize": 1024, "lastModified": 1714900000000},
                {"uri": "/download/18.1f2b506b/1/K%C3%A4.pdf", "size": "2 MB"},
                {"id": "18.a"},
                "text",
            ]
        }
    }
    script = f"AppRegistry.registerInitialState('12.a', {json.dumps(state)});"
    assert listed(f"<h2>Protokoll</h2><script>{script}</script>") == (
        RawFile(name="P.pdf", url=FILE, section="Protokoll", size="1024", modified="1714900000000"),
        RawFile(
            name="Kä.pdf",
            url="/download/18.1f2b506b/1/K%C3%A4.pdf",
            section="Protokoll",
            size="2 MB",
        ),
    )


def test_an_empty_list_claims_and_no_list_does_not() -> None:
    """«No minutes» is told to residents only where the city says so."""
    script = "AppRegistry.registerInitialState('12.a', {\"files\": []});"
    assert listed("<h2>Protokoll</h2><p>Publiceras efter justering.</p>") is None
    assert listed("<table><tr><th>Filnamn<th>Filstorlek</tr></table>") == ()
    assert listed(f"<p>x</p><script>{script}</script>") == ()


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ({"loading": True}, None),
        ({"meta": {"isLoading": True}}, None),
        ({"loaded": False}, None),
        ({"loading": False, "loaded": True}, ()),
        ({"loadingText": "Hämtar"}, ()),
    ],
)
def test_an_empty_list_that_is_still_to_be_filled_claims_nothing(
    flags: dict[str, object], expected: tuple[RawFile, ...] | None
) -> None:
    """The app asks for its files later, where no reader of the page sees them."""
    script = f"AppRegistry.registerInitialState('12.a', {json.dumps({'files': [], **flags})});"
    assert listed(f"<p>x</p><script>{script}</script>") == expected


@pytest.mark.parametrize(
    ("url", "expected"), [(FILE, True), ("/download/18.x/1/a", False), ("/a.pdf", False)]
)
def test_a_file_is_known_by_its_address(url: str, *, expected: bool) -> None:
    """Other links in a section lead elsewhere."""
    assert is_download(url) is expected


def test_states_are_searched_however_deep_they_nest() -> None:
    """Each app has its own wrapping."""
    state = [{"a": [{"files": [{"n": 1}]}]}, 5, {"files": None}, "x"]
    assert list(arrays(state, "files")) == [[{"n": 1}]]
    assert {"n": 1} in list(objects(state))
    links = [{"uri": "/a", "title": "A"}, {"href": "/b"}, {"url": 5}, {"title": "C"}]
    assert list(stated_links([{"pages": links}])) == [("/a", "A"), ("/b", "")]
