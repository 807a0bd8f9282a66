"""An article's text leaves in few tags with whole links, whatever its page held."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import ROOT, lines
from scraper.article_body import SCHEMES, TAGS, clean, content_html
from scraper.lines import Line

BASE: Final = f"{ROOT}/nyheter/nyheter/beslut.5.1f2b506b.html"


class Seen(HTMLParser):
    """What a reader's parser meets: tags, attributes, and text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.words = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag with its attributes."""
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        """Words."""
        self.words += data

    def handle_comment(self, data: str) -> None:
        """None may be left."""
        self.tags.add(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        """None either."""
        self.tags.add(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        """Nor any of these."""
        self.tags.add(f"instruction {data}")


def sound(markup: str) -> None:
    """Hold a body to what it may have."""
    found = Seen(markup)
    assert found.tags <= TAGS
    assert {(tag, name) for tag, name, _ in found.attributes} <= {("a", "href")}
    for _, _, href in found.attributes:
        assert urlsplit(href).scheme in SCHEMES
        assert href.startswith("mailto:") or urlsplit(href).netloc


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("<p>Text</p>", "<p>Text</p>"),
        ('<p>a &lt;b&gt; &amp; "c"</p>', '<p>a &lt;b&gt; &amp; "c"</p>'),
        ("<h2>A</h2><h3>B</h3><h4>C</h4><h5>D</h5>", "<h2>A</h2><h3>B</h3><h4>C</h4><h4>D</h4>"),
        ("<p>Läs <a href='/x'>mer</a> och <a href='https://example.org/?a=1&amp;b=2'>mest</a>.</p>",
         (f'<p>Läs <a href="{ROOT}/x">mer</a> och'
          ' <a href="https://example.org/?a=1&amp;b=2">mest</a>.</p>')),
        ("<p><a href='javascript:alert(1)'>a</a> <a href='http://[x'>b</a></p>", "<p>a b</p>"),
        ("<p>mer <a href='/x'>mer</a></p>", f'<p><a href="{ROOT}/x">mer</a> mer</p>'),
        ("<p><a href='/x'>a</a> b <a href='/x'>c</a> <a href='/y'>d</a></p>",
         f'<p>a b c <a href="{ROOT}/y">d</a></p>'),
        ("<p><a href='/x'></a>Text</p>", "<p>Text</p>"),
        ("<ul><li>a</li><li><a href='/x'>b</a></li></ul>",
         f'<ul><li>a</li><li><a href="{ROOT}/x">b</a></li></ul>'),
        ("<ol><li>a</li><li>b<p>mer</p></li></ol>", "<ol><li>a</li><li>b<br>mer</li></ol>"),
        ("<ol><li>a</li></ol><ol><li>b</li></ol>", "<ol><li>a</li></ol><ol><li>b</li></ol>"),
        ("<ol start='3'><li>a</li><li>b</li></ol>", "<p>3. a</p><p>4. b</p>"),
        ("<ol><li>a</li></ol><ul><li>b</li></ul>", "<ol><li>a</li></ol><ul><li>b</li></ul>"),
        ("<table><tr><td>a<td><td><a href='/x'>b</a></table>",
         f'<p>a | <a href="{ROOT}/x">b</a></p>'),
        ("<dl><dt>a<dd>b</dl>", "<p>a</p><p>b</p>"),
        ("<p>a<br>b</p>", "<p>a</p><p>b</p>"),
        ("<script>alert(1)</script><p onclick='x()' class='y' style='z'>a</p>", "<p>a</p>"),
    ],
)  # fmt: skip
def test_lines_become_markup(body: str, html: str) -> None:
    """Headings, paragraphs, lists and links; a link whose place is unclear leaves its words."""
    assert content_html(lines(body), BASE) == html


def test_no_words_are_no_body() -> None:
    """Missing is missing."""
    assert content_html((), BASE) is None


MARKUP: Final = st.text(
    st.sampled_from("<>\"'&/=!-?; \n\x00") | st.characters(), max_size=40
) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<a href='javascript:x'>a</a>",
        "<a href='JAVA\tSCRIPT:x'>a</a>",
        "<a href='data:text/html,x'>b</a>",
        "<a href='//[x'>c</a>",
        "<a href='x' target='_blank' onclick='y'>d</a>",
        "<img src=x onerror=alert(1) alt=e>",
        "<svg><a xlink:href='javascript:x'>f</a></svg>",
        "<ol start='1'><li>1. g<ul><li>h",
        "<h1>i<h6>j",
        "<table><tr><td><a href='vbscript:x'>k</a><td>l</table>",
        "<a href='http:///x'>m</a>",
        "<a href='&#106;avascript:x'>n</a>",
        "<a href='mailto:x@example.org'>o</a>",
        "<!-- p --><style>q</style>",
    ]
)


@given(st.lists(MARKUP, max_size=8))
def test_no_page_gives_another_tag_attribute_or_scheme(parts: list[str]) -> None:
    """Whatever stands on the page, and every link that is left is whole."""
    sound(
        content_html(lines(f"<p>x</p>{''.join(parts)}".encode(errors="replace").decode()), BASE)
        or ""
    )


WORDS: Final = st.text(st.sampled_from("ab .<>&\"'1") | st.characters(), max_size=12)
LINES: Final = st.builds(
    Line,
    kind=st.sampled_from(["p", "li", "ol", "h1", "h2", "h6", "dt", "dd", "caption", "td"]),
    text=WORDS,
    links=st.lists(st.tuples(MARKUP, WORDS), max_size=3).map(tuple),
)


@given(st.lists(LINES, max_size=6), st.sampled_from([BASE, "", "x", "ftp://example.org/"]))
def test_no_line_gives_another_either(made: list[Line], base: str) -> None:
    """Nor any that no page would give."""
    sound(content_html(made, base) or "")


@given(MARKUP)
def test_the_last_door_lets_nothing_else_through(markup: str) -> None:
    """Even what was not made by us."""
    found = Seen(clean(markup))
    assert found.tags <= TAGS
    assert {(tag, name) for tag, name, _ in found.attributes} <= {("a", "href")}


@given(st.lists(LINES.filter(lambda line: line.kind in {"p", "li", "h2"}), max_size=6))
def test_the_words_are_the_lines_words(made: list[Line]) -> None:
    """A link adds none and loses none."""
    found = Seen(content_html(made, BASE) or "").words
    assert plain(found) == plain("".join(line.text for line in made))


def plain(text: str) -> str:
    """Give a text without what a parser of HTML may not keep as it is."""
    return "".join(char for char in text if char.isalnum())
