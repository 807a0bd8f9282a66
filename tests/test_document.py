"""A page becomes lines and states in the right letters; what is kept names no editor."""

from __future__ import annotations

import json

import pytest

from reading import lines, page, read
from records.errors import PageChanged
from scraper import document
from scraper.document import decode, load

SWEDISH = "<html><head>{}</head><body><p>Överförmyndarnämnden – inställt</p></body></html>"
PORTLET = "12.3f4a"


def app(state: object, portlet: str = PORTLET, mark: str = "'") -> str:
    """Give the script that a page's app starts from."""
    words = json.dumps(state, ensure_ascii=False)
    return f"<script>AppRegistry.registerInitialState({mark}{portlet}{mark}, {words});</script>"


@pytest.mark.parametrize(
    "script",
    [
        app({"files": [{"name": "a });"}]}),
        app({"files": [{"name": "a });"}]}, mark='"'),
        app({"files": [{"name": "a });"}]}, portlet="12.0af3bce"),
        '<script>window.__INITIAL_STATE__ = {"files": [{"name": "a });"}]};</script>',
        '<script>var x = 1; window["state"] = {"files": [{"name": "a });"}]}; f();</script>',
        '<script type="application/json">{"files": [{"name": "a });"}]}</script>',
        '<script type="application/ld+json"> {"files": [{"name": "a });"}]}</script>',
    ],
)
def test_the_state_of_a_script_is_read_whatever_it_is_called(script: str) -> None:
    """Where an app draws the list, its state is the only place that has the files."""
    assert read(f"<body><p>x</p>{script}</body>").states == ({"files": [{"name": "a });"}]},)


@pytest.mark.parametrize(
    "script",
    [
        "<script>window.state = {files: [1]};</script>",
        "<script>const files = {};</script>",
        '<script type="application/json">{"files": </script>',
        "<script>AppRegistry.registerInitialState('12.3f', {\"a\": );</script>",
    ],
)
def test_a_script_that_holds_no_json_has_no_state(script: str) -> None:
    """Code is not guessed at."""
    assert read(f"<body><p>x</p>{script}</body>").states == ()


@pytest.mark.parametrize(
    ("encoding", "charset", "meta"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", None, "<meta charset='utf-8'>"),
        ("utf-8", None, ""),
        ("utf-8-sig", "iso-8859-1", ""),
        ("utf-8", "ISO-8859-1", ""),
        ("utf-8", None, "<meta charset='windows-1252'>"),
        ("windows-1252", "iso-8859-1", ""),
        ("windows-1252", "utf-8", "<meta charset='windows-1252'>"),
        ("windows-1252", None, "<meta charset='latin1'>"),
        ("utf-8", "no-such-encoding", ""),
        ("utf-8", "idna", ""),
        ("utf-8", "a\x00b", ""),
        ("windows-1252", None, ""),
        ("utf-16", None, ""),
    ],
)
def test_swedish_letters_survive_a_wrong_name(
    encoding: str, charset: str | None, meta: str
) -> None:
    """«Inställt» read as «InstÃ¤llt» would leave a cancelled meeting standing."""
    body = SWEDISH.format(meta).encode(encoding)
    assert "Överförmyndarnämnden – inställt" in decode(page(body, charset=charset))


@pytest.mark.parametrize("name", ["punycode", "unicode_escape", "raw_unicode_escape", "utf-7"])
def test_an_encoding_that_no_browser_reads_is_none(name: str) -> None:
    """Python has some that read a page as another, or for hours."""
    body = f"<meta charset={name}><p>+AGE-\\x41</p>-a".encode()
    assert document.decoded(page(body, charset=name)) == (body.decode(), "utf-8")


@pytest.mark.parametrize("name", ["utf-16", "koi8-r", "big5", "macintosh", "shift_jis", "latin2"])
def test_an_encoding_of_the_web_is_read(name: str) -> None:
    """Those that browsers know by name."""
    body = "<p>Nej</p>".encode(name)
    assert document.decoded(page(body, charset=name))[0] == "<p>Nej</p>"


def test_bytes_that_no_encoding_fits_are_no_page() -> None:
    """Nothing is read with letters replaced."""
    with pytest.raises(PageChanged, match="an encoding"):
        decode(page(b"<p>\xff\xe5\x81</p>", charset="ascii"))


@pytest.mark.parametrize("body", [b"", b"  ", b"<!-- -->"])
def test_a_body_without_any_element_is_no_page(body: bytes) -> None:
    """An empty answer claims nothing about the city."""
    with pytest.raises(PageChanged, match="any text"):
        document.read(page(body))


def test_controls_in_text_do_not_stop_a_page() -> None:
    """Editors paste what they paste."""
    found = document.read(page(b"<p>a\x00b\x0bc</p>"))
    assert "a" in found.lines[0].text


def test_a_page_that_calls_itself_xml_is_read() -> None:
    """Old templates begin so, and name an encoding that the server has changed since."""
    said = '<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE html><p>Förskolenämnden</p>'
    assert [line.text for line in lines(said)] == ["Förskolenämnden"]


def test_menus_and_foot_are_no_content_but_a_header_with_the_heading_is() -> None:
    """The frame is the same on every page; some templates put the main heading in a header."""
    found = lines(
        "<header>Logotyp</header><nav>Meny</nav><header><h1>Nämnd</h1>ingress</header>"
        "<main>text</main><footer>Kontakt</footer>"
    )
    assert [line.text for line in found] == ["Nämnd", "ingress", "text"]


@pytest.mark.parametrize("mark", ["'", '"'])
def test_state_is_read_to_its_last_brace(mark: str) -> None:
    """Strings may hold braces, quotes and the very end of the call."""
    state = {"files": [{"name": "a});b{[\"'.pdf"}]}
    found = read(f"<p>x</p>{app(state, mark=mark)}")
    assert found.states == (state,)
    assert found.stated(found.lines[-1]) == state
    assert found.stated(found.lines[0]) is None


def test_a_state_that_is_no_json_is_left_out() -> None:
    """One broken app hides nothing of the rest."""
    broken = "<script>AppRegistry.registerInitialState('12.a', {files: 1});</script>"
    assert read(f"<p>x</p>{broken}<script></script>{app([1])}").states == ([1],)


def test_an_app_stands_where_its_portlet_is() -> None:
    """Scripts are gathered at the foot, yet the list is drawn under its heading."""
    place = f'<div id="svid{PORTLET.replace(".", "_")}"></div>'
    first = read(f"<h2>Protokoll</h2>{place}<h2>Bilagor</h2>{app({'n': 1})}{app({'n': 2})}")
    assert [line.kind for line in first.lines] == ["h2", "app", "app", "h2"]
    homeless = read(f"<h2>Protokoll</h2>{app({'n': 1})}<h2>Bilagor</h2>")
    assert [line.kind for line in homeless.lines] == ["h2", "app", "h2"]


def test_a_place_that_stands_twice_shows_its_app_once() -> None:
    """Two elements of one id are the page's mistake, not two lists of files."""
    place = f'<div id="svid{PORTLET.replace(".", "_")}"></div>'
    assert [line.kind for line in lines(f"{place}<p>a</p>{place}{app({'n': 1})}")] == ["app", "p"]


def test_many_homeless_apps_stand_each_where_its_script_is() -> None:
    """One page has as many lists as it has headings."""
    found = read("".join(f"<h2>{n}</h2>{app({'n': n})}" for n in range(50)))
    assert [found.stated(line) for line in found.lines[1::2]] == [{"n": n} for n in range(50)]


def test_who_edited_a_file_is_kept_nowhere() -> None:
    """However deep it stands in a state."""
    state = {"files": [{"name": "a", "lastModifiedBy": "anv42"}], "creator": "anv42"}
    found = read(f"<p>x</p>{app(state)}")
    assert found.states == ({"files": [{"name": "a"}]},)
    assert b"anv42" not in found.dump()


def test_half_a_letter_in_a_state_is_no_letter() -> None:
    """A text that was cut in the middle of an emoji could not be stored."""
    state = '{"\\ud83d": ["Fest \\ud83d"]}'
    script = f"AppRegistry.registerInitialState('12.a', {state});"
    found = read(f"<p>x</p><script>{script}</script>")
    assert found.states == ({"?": ["Fest ?"]},)
    assert load(found.dump()) == found


def test_a_cut_page_keeps_the_states_of_its_lines_alone() -> None:
    """What another part of the page starts from says nothing of this one."""
    found = read(f"{app({'n': 0})}<p>a</p>{app({'n': 1})}")
    cut = found.only(found.lines[1:])
    assert [line.kind for line in cut.lines] == ["p", "app"]
    assert cut.stated(cut.lines[1]) == {"n": 1}


@pytest.mark.parametrize(
    ("link", "feeds"),
    [
        ("rel='alternate' type='application/rss+xml' href='/4.a/12.b.portlet?state=rss&amp;x=1'",
         ("/4.a/12.b.portlet?state=rss&x=1",)),
        ("rel='Alternate home' type='application/atom+xml; charset=utf-8' href='/a'", ("/a",)),
        ("rel='alternate' hreflang='en' href='/en'", ()),
        ("rel='stylesheet' type='application/rss+xml' href='/a'", ()),
        ("rel='alternate' type='application/rss+xml'", ()),
        ("type='application/rss+xml' href='/a'", ()),
    ],
)  # fmt: skip
def test_the_feeds_that_a_page_offers(link: str, feeds: tuple[str, ...]) -> None:
    """They stand in its head, and only some pages are read for them."""
    found = read(f"<html><head><link {link}></head><body><p>x</p></body></html>")
    assert found.feeds == feeds
    assert found.only(found.lines).feeds == ()


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a b", "https://www.boras.se/a b"),
        (" ../x ", "https://www.boras.se/nyheter/x"),
        ("//example.org/x", "https://example.org/x"),
        ("http://[bad", None),
        ("mailto:x@example.org", None),
        ("javascript:alert(1)", None),
        ("https://", "https://www.boras.se/nyheter/nyheter/a.html"),
        ("http://", None),
    ],
)
def test_an_address_is_made_whole_or_is_none(href: str, url: str | None) -> None:
    """Whatever an editor pasted."""
    found = document.absolute("https://www.boras.se/nyheter/nyheter/a.html", href)
    assert found == url


def test_what_is_kept_reads_back_the_same() -> None:
    """Stored pages are parsed again by every later version."""
    found = read(
        "<title>Nämnd \u00a0 | Borås</title><p>Tid: <time datetime='2026-11-30'>x</time></p>"
        f"<table><tr><th>Tid<td><a href='/a'>b</a></table>{app({'files': [None, 1.5]})}"
        "<link rel=alternate type='application/rss+xml' href='/rss'><img alt='Hus' src='/h.jpg'>"
    )
    assert found.title == "Nämnd | Borås"
    assert load(found.dump()) == found
    assert load(found.dump()).dump() == found.dump()


@pytest.mark.parametrize("begun", ["<html><body>", "<BODY class='x'>", "<html lang='sv'>"])
def test_a_page_that_was_cut_short_is_no_page(begun: str) -> None:
    """The last meetings of a list would read as gone."""
    with pytest.raises(PageChanged, match="an end"):
        document.read(page(f"{begun}<main><ul><li>Sammanträdet den 30 november</li>"))
    assert read(f"{begun}<p>Sammanträdet</p></body>").lines


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("named", [True, False])
def test_a_page_of_wide_letters_that_was_cut_short_is_no_page(
    encoding: str, *, named: bool
) -> None:
    """Wherever it is cut, in the middle of a letter too; its bytes hold no «</html»."""
    whole = "<html><body><ul><li>Sammanträde</li><li>2026-11-30</li></ul></body></html>"
    body = whole.encode(encoding)
    charset = encoding if named else None
    for cut in range(len("<html>".encode(encoding)) + 1, len(body) * 3 // 4):
        with pytest.raises(PageChanged):
            document.read(page(body[:cut], charset=charset))
    if named:
        assert document.read(page(body, charset=charset)).lines


def test_a_line_means_the_same_app_in_the_page_and_in_its_cut() -> None:
    """An app of the menu, which is not kept, may not shift the list of files behind another."""
    found = read(f"{app({'n': 0})}<h1>a</h1>{app({'n': 1})}")
    cut = found.only(found.lines[1:])
    assert cut.stated(found.lines[-1]) == {"n": 1}
    assert cut.only(found.lines[2:]).stated(found.lines[-1]) == {"n": 1}
    assert load(cut.dump()).states == ({"n": 1},)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>Sammanträdet <!-- --> är inställt.</p>", ["Sammanträdet är inställt."]),
        ("<p><!-- x -->Inställt</p>", ["Inställt"]),
        ("<p><?php x ?>Inställt</p>", ["Inställt"]),
        ("<div>" * 400 + "<p>a</p>" + "</div>" * 400 + "<p>b</p>", ["a", "b"]),
        ("<div><p>a</p>" * 400, ["a"] * 400),
    ],
)
def test_no_text_is_lost_behind_a_comment_or_in_the_depth(body: str, words: list[str]) -> None:
    """A list whose last rows are gone would count as read whole."""
    assert [line.text for line in lines(body)] == words


@pytest.mark.parametrize("state", ["[" * 700 + "]" * 700, "[" * 2000 + "]" * 2000, "9" * 5000])
def test_a_state_that_no_app_has_is_left_out(state: str) -> None:
    """It would end the run of the whole city."""
    script = f"<script>AppRegistry.registerInitialState('12.a', {{\"a\": {state}}});</script>"
    assert read(f"<p>x</p>{script}{app([1])}").states[-1] == [1]
