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


def test_a_cut_page_keeps_the_states_of_its_lines_alone() -> None:
    """What another part of the page starts from says nothing of this one."""
    found = read(f"{app({'n': 0})}<p>a</p>{app({'n': 1})}")
    cut = found.only(found.lines[1:])
    assert [line.kind for line in cut.lines] == ["p", "app"]
    assert cut.stated(cut.lines[1]) == {"n": 1}


def test_what_is_kept_reads_back_the_same() -> None:
    """Stored pages are parsed again by every later version."""
    found = read(
        "<title>Nämnd \u00a0 | Borås</title><p>Tid: <time datetime='2026-11-30'>x</time></p>"
        f"<table><tr><th>Tid<td><a href='/a'>b</a></table>{app({'files': [None, 1.5]})}"
    )
    assert found.title == "Nämnd | Borås"
    assert load(found.dump()) == found
    assert load(found.dump()).dump() == found.dump()


def test_a_line_means_the_same_app_in_the_page_and_in_its_cut() -> None:
    """An app of the menu, which is not kept, may not shift the list of files behind another."""
    found = read(f"{app({'n': 0})}<h1>a</h1>{app({'n': 1})}")
    cut = found.only(found.lines[1:])
    assert cut.stated(found.lines[-1]) == {"n": 1}
    assert cut.only(found.lines[2:]).stated(found.lines[-1]) == {"n": 1}
    assert load(cut.dump()).states == ({"n": 1},)
