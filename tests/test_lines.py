"""A page's lines are what a person sees of it, in reading order, whatever markup is around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from reading import lines
from scraper.lines import Line, clean
from scraper.lines import lines as lines_of


def texts(body: str) -> list[tuple[str, str]]:
    """Give kind and text of each line."""
    return [(line.kind, line.text) for line in lines(body)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<h1>Nämnd</h1><p>Om <b>den</b>.</p>", [("h1", "Nämnd"), ("p", "Om den.")]),
        ("<p>Tid: 14.00<br>Plats: Huset</p>", [("p", "Tid: 14.00"), ("p", "Plats: Huset")]),
        ("<div>a<div>b</div>c</div>", [("p", "a"), ("p", "b"), ("p", "c")]),
        ("<h2><span>Plats</span></h2>", [("h2", "Plats")]),
        ("<ul><li>Upprop<li>Val</ul>", [("li", "Upprop"), ("li", "Val")]),
        ("<li>Utan lista</li>", [("li", "Utan lista")]),
        ("<ol><li>Upprop<li>Val</ol>", [("ol", "1. Upprop"), ("ol", "2. Val")]),
        ("<ol start='7'><li>Fråga</ol>", [("ol", "7. Fråga")]),
        ("<ol start='sju'><li>Fråga</ol>", [("ol", "1. Fråga")]),
        (
            "<ol><li><p>Upprop</p><p>Dnr 1</p></li><li>Val</li></ol>",
            [("ol", "1. Upprop"), ("ol", "Dnr 1"), ("ol", "2. Val")],
        ),
        ("<ol><li></li><li>Val</li></ol>", [("ol", "2. Val")]),
        (
            "<ol><li>A<ul><li>a</ul><li>B</ol>",
            [("ol", "1. A"), ("li", "a"), ("ol", "2. B")],
        ),
        ("<dl><dt>Tid<dd>14.00</dl>", [("dt", "Tid"), ("dd", "14.00")]),
        ("<p><span>05</span><span>okt</span></p>", [("p", "05 okt")]),
        ("<p><b>Kl</b>ockan</p>", [("p", "Klockan")]),
        ("<p>a<!-- b --><b>c</b></p>", [("p", "ac")]),
        ("<p>Ses\u00adsions\u200bsal\u00a0&#8203; 2</p>", [("p", "Sessionssal 2")]),
        ("<p>a</p><script>b</script>c<noscript>d</noscript>", [("p", "a"), ("p", "c")]),
        ("<p>Dela <svg><text>ikon</text></svg>sidan</p>", [("p", "Dela sidan")]),
        ("<p></p><p> &nbsp;</p><h2></h2>", []),
    ],
)
def test_lines_are_what_a_browser_breaks(markup: str, expected: list[tuple[str, str]]) -> None:
    """Blocks and breaks end a line; all else runs within it, and lists keep their numbers."""
    assert texts(markup) == expected


def test_a_line_keeps_its_links_and_machine_readable_times() -> None:
    """An address and a `datetime` say more than the words around them."""
    (line,) = lines(
        "<p>Tid: <a href='/a'><time datetime='2026-11-30T14:00'>30 november</time></a>"
        " <a name='x'>kl.</a> <time>14.00</time> <a href='/b'>mer</a></p>"
    )
    assert line.links == (("/a", "30 november"), ("/b", "mer"))
    assert line.times == (("2026-11-30T14:00", "30 november"), ("", "14.00"))


def test_a_link_over_many_lines_belongs_to_each() -> None:
    """Some lists make the whole item one link."""
    first, second = lines("<a href='/a'><h3>Nämnd</h3><p>Plats: Huset</p></a>")
    assert (first.links, second.links) == ((("/a", "Nämnd"),), (("/a", "Plats: Huset"),))


def test_a_time_without_words_is_a_line() -> None:
    """The page says when, if only to machines."""
    (line,) = lines("<p><time datetime='2026-11-30'></time></p>")
    assert (line.text, line.times) == ("", (("2026-11-30", ""),))
    assert lines("<p><time></time></p>") == ()


def test_an_image_is_its_text() -> None:
    """Decoration says nothing; an image that is a link leads somewhere."""
    assert lines("<p>a<img alt='Klubba'>b</p><img alt=''><img>") == (
        Line(kind="img", text="Klubba"),
        Line(kind="p", text="ab"),
    )
    (image,) = lines("<a href='/m'><img alt='Möte' src=' /i.jpg '></a>")
    assert (image.links, image.src) == ((("/m", "Möte"),), "/i.jpg")
    assert [(line.kind, line.src) for line in lines("<img alt='Möte'>")] == [("img", "")]
    (caption,) = lines("<figure><figcaption>Ett hus</figcaption></figure>")
    assert (caption.kind, caption.text) == ("figcaption", "Ett hus")


def test_a_table_of_data_is_rows_of_cells() -> None:
    """Its caption stands before, a cell is one text, and rows without anything are none."""
    caption, head, row = lines(
        "<table><caption>Filer</caption><tr><th></th><th>Filnamn</th></tr><tr><td></td></tr>"
        "<tr><td><img alt='Pdf'></td><td><p><a href='/f'>Protokoll</a></p>"
        "<p><time datetime='2026-11-30'>30 november</time></p></td></tr></table>"
    )
    assert (caption.kind, caption.text) == ("caption", "Filer")
    assert [(cell.kind, cell.text) for cell in head.cells] == [("th", ""), ("th", "Filnamn")]
    assert row.kind == "row"
    assert row.cells[0].text == ""
    assert row.cells[1] == Line(
        kind="td",
        text="Protokoll 30 november",
        links=(("/f", "Protokoll"),),
        times=(("2026-11-30", "30 november"),),
    )


def test_a_table_that_lays_out_the_page_is_no_data() -> None:
    """Old pages are built of tables: what is in them is read as if they were not there."""
    inner = "<table><tr><td>Tid</td><td>14.00</td></tr></table>"
    assert texts("<table><tr><td><h2>Rubrik</h2>text</td></tr></table>") == [
        ("h2", "Rubrik"),
        ("p", "text"),
    ]
    assert [line.kind for line in lines(f"<table><tr><td>{inner}</td></tr></table>")] == ["row"]


def test_what_is_skipped_leaves_its_tail_and_marks_stand_in_order() -> None:
    """Taking a part out of the page takes nothing that stands after it."""
    tree = html.document_fromstring("<body><i>a</i>b<u>c</u>d</body>")
    found = lines_of(
        tree,
        skip=lambda node: node.tag == "i",
        mark=lambda node: ("0",) if node.tag == "u" else (),
    )
    assert [(line.kind, line.text) for line in found] == [("p", "b"), ("app", "0"), ("p", "cd")]


def test_only_a_heading_has_a_level() -> None:
    """Parsers ask every line."""
    assert [line.heading for line in lines("<h1>a</h1><h6>b</h6><p>c</p>")] == [1, 6, 0]


def test_nesting_has_no_depth_that_breaks() -> None:
    """A page that nests without end is read, not fallen over."""
    tree = inner = etree.Element("div")
    for _ in range(5000):
        inner = etree.SubElement(inner, "div")
    inner.text = "djupt"
    assert [line.text for line in lines_of(tree)] == ["djupt"]


@given(st.text())
def test_clean_text_stays_as_it_is(text: str) -> None:
    """What is compared between runs must not depend on how often it was cleaned."""
    once = clean(text)
    assert clean(once) == once
    assert "  " not in once


@given(st.text("<>/abdhilopt1= '&;"))
def test_any_markup_gives_lines(body: str) -> None:
    """Broken markup is the city's right; every line has something to say."""
    for line in lines(f"<p>x</p>{body}"):
        assert line.text or line.cells or line.times
