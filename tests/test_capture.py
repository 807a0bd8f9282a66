"""Saved pages name nobody, and are read as the page was."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelcity.render import FORMS, Site
from modelcity.server import ModelCity
from modelcity.shell import PRIVATE
from modelcity.truth import Truth
from operation import looking
from operation.capturing import save
from operation.looking import Looked
from reading import MEETING, page
from records.errors import ConfigError, PageChanged, PublishError
from records.state import Link
from runs import settings
from scraper import document
from scraper.capture import capture
from scraper.cities import load
from scraper.crawl import bring
from scraper.markup import tokens
from scraper.page import Page
from scraper.personal import redacted

BORAS: Final = load("boras")
LINK: Final = Link(url=MEETING, kind="meeting", source="kommunstyrelsen")
MAIN: Final = "<h1>Kommunstyrelsen, sammanträde</h1><p>Tid: 2026-11-30 14.00</p>"
OFFICE: Final = "om anslagstavlan: Modellkontoret, "  # on the notice board: no person
NAME: Final = "Hemlig Hemligsson"


def cut(body: str | bytes, **more: Any) -> tuple[str, dict[str, int]]:  # noqa: ANN401 - any field of Page
    """Give a page as it is saved, and what was cut out of it."""
    captured = capture(page(body, **more))
    return captured.page.body.decode(captured.page.charset or ""), dict(captured.cut)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_no_page_of_the_city_names_anyone_and_each_is_read_as_it_was(
    form: Any,  # noqa: ANN401 - one of FORMS
    truth: Truth,
) -> None:
    """Every fifth page in every form: contact box and editor are gone, sightings and links stay."""
    site = Site(truth, form)
    for address in site.addresses[::5]:
        body = site.page(address) or b""
        whole = page(body, f"https://www.boras.se{address}")
        kept = capture(whole)
        text = kept.page.body.decode().replace(OFFICE, "")
        assert not [word for word in PRIVATE if word in text], address
        assert kept.cut["contact box"] == 1
        link = looking.kind_of(BORAS, whole.url)
        if link and link.kind in BORAS.parsers:
            assert _said(kept.page, link.kind) == _said(whole, link.kind), address


def _said(whole: Page, kind: str) -> object:
    """Give what a page says and where it leads, or what it lacks."""
    try:
        reading = BORAS.read(bring(whole, kind), kind)
    except PageChanged as error:
        return error.missing
    return reading.raws, reading.links


@given(st.text() | st.text(alphabet="<>&;/='\"! abh1-åscriptp"))
def test_pieces_joined_are_the_page(text: str) -> None:
    """Whatever was sent: what is not cut is kept to the letter."""
    assert "".join(token.raw for token in tokens(text)) == text


def test_what_is_no_tag_is_kept_too() -> None:
    """Declarations, instructions, sections, an end of nothing."""
    text = '</><?xml version="1.0"?><!DOCTYPE html><![CDATA[x]]><!-- y --><p/>&aring;</ p>'
    assert "".join(token.raw for token in tokens(text)) == text
    assert [token.kind for token in tokens("<p>&aring;b&#64;<br/>")] == ["open", "text", "open"]
    assert "".join(token.raw for token in tokens("</>")) == "</>"
    assert tokens("") == ()


@given(st.text(alphabet="<>&;/='\"! abh1-åscriptp0123456789@.+"))
def test_cutting_twice_is_cutting_once(text: str) -> None:
    """What stands in a cut's place is nothing to cut."""
    once = redacted(text)
    assert redacted(once) == once


CONTACTS: Final = {
    "a heading": f"<h2>Om du har frågor kontakta:</h2><p>{NAME}</p><p>E-post: x@example.org</p>",
    "a name behind the phrase": f"<p>Vid frågor, ring {NAME}</p><p>{NAME}</p>",
    "an image": f'<div><img alt="Ikon: pratbubblor"></div><p>{NAME}</p><img alt="{NAME}">',
    "a phrase in pieces": f"<p>Kontakta <b>oss</b></p><ul><li title='{NAME}'>{NAME}</li></ul>",
    "an entity": f"<p>Vid fr&aring;gor</p><div>{NAME}<br>{NAME}</div>",
    "a table": f"<h2>Kontakt</h2><table><tr><td>{NAME}</td></tr></table>",
}


@pytest.mark.parametrize("box", CONTACTS.values(), ids=CONTACTS)
def test_a_contact_box_is_emptied_in_every_form(box: str) -> None:
    """From the phrase that opens it to the foot, whatever the markup."""
    foot = "<p>Senast ändrad: 2026-11-01</p><p>Dela sidan: [2026-01-02] Namn, sammanträde</p>"
    text, counts = cut(MAIN + box + foot)
    assert NAME not in text
    assert counts["contact box"] == 1
    assert MAIN in text
    assert foot in text
    tags = re.compile(r"<[^>\s]*")
    assert tags.findall(text) == tags.findall(MAIN + box + foot)


def test_a_contact_box_without_a_foot_ends_with_the_page() -> None:
    """Rather too much is cut than too little; menus are no part of the box."""
    text, _ = cut(f"{MAIN}<h2>Kontakta oss</h2><nav>Meny</nav><p>{NAME}</p>")
    assert NAME not in text
    assert "<h2>Kontakta oss</h2>" in text


EDITORS: Final = {
    "on its line": (f"<p>Ändrad av: {NAME}</p>", "<p>Ändrad av:</p>"),
    "below its label": (f"<p>Ändrad av:</p><p>{NAME}</p>", "<p>Ändrad av:</p><p></p>"),
    "in a list": (f"<dl><dt>Ändrad av</dt><dd>{NAME}</dd></dl>", "<dt>Ändrad av</dt><dd></dd>"),
    "in pieces": (f"<p><b>Ändrad av: </b>{NAME}</p>", "<p><b>Ändrad av:</b></p>"),
}


@pytest.mark.parametrize(("body", "kept"), EDITORS.values(), ids=EDITORS)
def test_an_editors_name_is_cut_and_its_label_stays(body: str, kept: str) -> None:
    """The label ends the page's content, so it must be there."""
    text, counts = cut(MAIN + body)
    assert NAME not in text
    assert kept in text
    assert counts["editor's name"] == 1


STATES: Final = {
    "a text": '{"lastModifiedBy": "Hemlig Hemligsson", "name": "a"}',
    "two keys": '{"lastModifiedByName":"Hemlig \\"H\\" Hemligsson","creator":"Hemlig"}',
    "an object": '{"createdBy": {"name": "Hemlig"}, "n": 1}',
    "a bare word": '{"creator": Hemlig}',
    "another quote": "{creator: 'Hemlig'}",
    "a state in a state": '{"json": "{\\"lastModifiedBy\\":\\"Hemlig\\"}"}',
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_who_edited_what_is_cut_out_of_scripts(state: str) -> None:
    """In any form in which a script writes it; what is JSON stays JSON."""
    script = f"<script>AppRegistry.registerInitialState('12.ab', {state});</script>"
    text, _ = cut(MAIN + script)
    assert "Hemlig" not in text
    before = document.read(page(MAIN + script)).states
    assert len(document.read(page(text)).states) >= len(before)


def test_an_app_of_a_contact_box_starts_from_nothing() -> None:
    """Its state may stand anywhere in the page, and names those who answer."""
    state = f'registerInitialState(\'12.ab\', {{"who": "{NAME}"}});'
    other = "registerInitialState('12.cd', {\"files\": []});"
    box = '<p>Vid frågor</p><div id="svid12_ab"></div><p>Senast ändrad: 2026</p>'
    text, _ = cut(f"{MAIN}{box}<script>{other}{state}</script>")
    assert NAME not in text
    assert other in text
    inside = f"{MAIN}<p>Vid frågor</p><script>{state}broken.registerInitialState('1', {{x</script>"
    assert NAME not in cut(inside)[0]


PERSONAL: Final = {
    "mail to kansli@example.org, or call": "mail to [e-post], or call",
    "tel 031-390 06 00 or 0701-74 06 05.": "tel [telefon] or [telefon].",
    "0980 31 92 00, 08-465 004 00": "[telefon], [telefon]",
    "+46 31 390 06 00; +46 (0)980-319200; 0046980319200": "[telefon]; [telefon]; [telefon]",
    "0701740605": "[telefon]",
    "mailto:a@example.org?subject=x tel:+46980319200": "mailto:[e-post] tel:[telefon]",
    "mailto:[e-post]": "mailto:[e-post]",
}
OURS: Final = (
    *("2026-11-30 14.00", "kl. 08.30-10.00", "0830-1000", "30/11", "Dnr 2020-00123", "KS190930"),
    *("1021.4 kB", "2.12.2026", "16.00 workshop 18.00", "§ 28", "/download/18.1f/1714900000000/x"),
    *("2026/12/02", "240326", "01 02 2026", "212000-1561", "budget 2026-2028", "0 5 1"),
)


@pytest.mark.parametrize(("text", "kept"), PERSONAL.items(), ids=range(len(PERSONAL)))
def test_addresses_and_numbers_are_cut(text: str, kept: str) -> None:
    """As Swedish offices write them."""
    assert redacted(text) == kept


@pytest.mark.parametrize("text", OURS)
def test_dates_clocks_and_references_are_no_telephone_numbers(text: str) -> None:
    """Else a fixture would lose the very values that it is for."""
    assert redacted(text) == text


def test_addresses_are_cut_wherever_they_stand() -> None:
    """In words and entities, in links and other attributes, in scripts and comments."""
    text, counts = cut(
        f"{MAIN}<p>skriv till a&#64;example.org &amp; ring 031-390 06 00</p><p>a &lt; b</p>"
        '<a href="mailto:x@example.org">Mejla</a><a HREF=tel:0980319200 class=k>Ring</a>'
        '<!-- c@example.org --><script>var m = "e@example.org";</script>'
        f'<meta name="author" content="{NAME}"><meta name=DC.creator content="{NAME}">'
    )
    assert not re.search(r"@|390.?06|0980|Hemlig", text)
    assert '<a href="mailto:[e-post]">' in text
    assert "class=k>Ring</a>" in text
    assert "[e-post] &amp; ring [telefon]" in text
    assert "<p>a &lt; b</p>" in text
    assert counts == {"e-mail address": 4, "telephone number": 2, "author's name": 2}


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_a_page_stays_in_its_encoding(charset: str) -> None:
    """It is saved as it was sent, and says how it is to be read."""
    body = f"{MAIN}<p>å ä ö é</p><p>Ändrad av: {NAME}</p>".encode(charset)
    captured = capture(page(body, charset=None if charset == "utf-16" else charset))
    assert "å ä ö é" in document.decode(captured.page)
    assert len(captured.page.body) < len(body)


def looked(body: str) -> Looked:
    """Give a meeting's page as it was looked at."""
    return Looked(city=BORAS, page=page(body), link=LINK)


def test_a_page_is_saved_with_whence_and_when(tmp_path: Path) -> None:
    """`<kind>-<date>.html` and `.meta.json`; a second one does not replace the first."""
    saved = [save(looked(MAIN), tmp_path / "new") for _ in range(2)]
    assert [one.file.name for one in saved] == [
        "meeting-2026-11-23.html",
        "meeting-2026-11-23-2.html",
    ]
    assert saved[0].sentence.endswith("meeting-2026-11-23.html: cut out nothing")
    assert json.loads(looking.meta_of(saved[0].file).read_text("utf-8")) == {
        "url": MEETING,
        "fetched": "2026-11-23T09:00:00+01:00",
        "kind": "meeting",
        "content_type": None,
        "charset": "utf-8",
    }
    again = looking.saved(saved[0].file, None, settings(tmp_path, "http://127.0.0.1:1"))
    assert (again.link, again.page) == (BORAS.link(MEETING), looked(MAIN).page)


def test_a_page_that_cannot_be_read_is_saved_all_the_same(tmp_path: Path) -> None:
    """That is what one is saved for."""
    assert save(looked("<h1>Vi uppdaterar</h1>"), tmp_path).file.is_file()
    other = Looked(city=BORAS, page=page("<p>x</p>"), link=None)
    assert save(other, tmp_path).file.name == "page-2026-11-23.html"


def test_words_of_the_page_that_look_personal_are_cut_there_too(tmp_path: Path) -> None:
    """A number in a notice is no reason to save nothing."""
    body = f"{MAIN}<p>Plats: Stadshuset</p><p>Anmälan till namn@example.org, 031-390 06 00.</p>"
    saved = save(looked(body), tmp_path)
    assert "Anmälan till [e-post], [telefon]." in saved.file.read_text("utf-8")
    assert saved.sentence.endswith("cut out 1 × e-mail address, 1 × telephone number")


def test_a_page_that_would_be_read_otherwise_is_not_saved(tmp_path: Path) -> None:
    """A phrase that the reader knows in a table only: a fixture that says less would be a lie."""
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in ("Kontakta oss", "x"))
    files = '<a href="/download/18.1f2b506b1969f6e9/1714900000000/P.pdf">P.pdf</a>'
    with pytest.raises(PublishError, match="save it by hand"):
        save(looked(f"{MAIN}<table>{rows}</table><p>{files}</p>"), tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    """There is nothing to cut."""
    raw = Page(url=MEETING, body=b"\x81\xff", fetched=looked(MAIN).page.fetched)
    with pytest.raises(PageChanged, match="an encoding that can be read"):
        save(Looked(city=BORAS, page=raw, link=LINK), tmp_path)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """By its name, with what to do."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(PublishError, match="name another folder with --to"):
        save(looked(MAIN), tmp_path / "file")


def test_a_strangers_page_is_not_asked_for(city: ModelCity, tmp_path: Path) -> None:
    """Only the hosts of the cities that are known."""
    with pytest.raises(ConfigError, match=r"on no host that is known: .* www\.boras\.se"):
        looking.fetched("https://example.org/x", settings(tmp_path, city.origin))
    assert city.requests == []
