"""The notice board is read by its words in any form; what is no board, or broken, is refused."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelcity.evidence import Saved, saved
from modelcity.render import FORMS, LATER_FORMS, Form
from reading import ROOT, read
from records.errors import PageChanged
from scraper.cities import Reading, load
from scraper.document import load as load_page
from scraper.normalise import sighting
from scraper.raw import RawBoard, RawDay, RawNotice

BORAS = load("boras")
BOARD: Final = f"{ROOT}/anslagstavla"
FOLDER: Final = "/funktioner/anslagstavla"
ITEM: Final = f"{FOLDER}/justering/kulturnamnden.5.1f2b506b.html"
PERMIT: Final = f"{FOLDER}/kungorelsebygglov/modellen1.5.2f2b506b.html"
MEETING: Final = (
    "/kommunochpolitik/kommunensorganisation/kommunstyrelsen/kommunstyrelsen/"
    "kommunstyrelsensammantrade202612071400.5.3f2b506b.html"
)
FILE: Final = "/download/18.4f2b506b1969f6e9/1714900000000/Protokoll.pdf"
LINK: Final = f"<p><a href='{FILE}'>Protokoll för nedladdningPDF</a></p>"
DATES: Final = (
    "Anslaget den: 2026-11-20<br>Sammanträdet hölls: 2026-11-09<br>"
    "Protokollet justerades: 2026-11-19<br>Protokollet finns hos: Kulturhuset, Borås"
)
TITLE: Final = "<h1>Anslagstavla</h1>"
COMING: Final = "<h2>Kommunfullmäktige och nämndsammanträden</h2>"
NO_MEETINGS: Final = "<p>Just nu finns inga anslagna nämndsammanträden.</p>"
ADJUSTED: Final = "<h2>Justering av protokoll från nämnder och kommunalförbund</h2>"
KULTUR: Final = RawNotice(
    where="board",
    about="minutes",
    title="Kulturnämnden",
    posted=RawDay(text="2026-11-20"),
    held=RawDay(text="2026-11-09"),
    adjusted=RawDay(text="2026-11-19"),
    kept_at="Kulturhuset, Borås",
    document=ROOT + FILE,
    document_name="Protokoll för nedladdningPDF",
)


def board(body: str) -> Reading:
    """Read a board, and see that what is kept of it is read as the same."""
    found = BORAS.read(read(body, BOARD), "board")
    again = BORAS.read(load_page(found.kept.dump()), "board")
    assert (again.raws, again.links) == (found.raws, found.links)
    assert again.kept.dump() == found.kept.dump()
    return found


def items(body: str) -> list[RawNotice]:
    """Give the items of a board."""
    return [raw for raw in board(body).raws if isinstance(raw, RawNotice)]


def own(body: str) -> RawNotice:
    """Read the own page of an item, and see that what is kept of it is read as the same."""
    found = BORAS.read(read(body, ROOT + ITEM), "notice")
    assert BORAS.read(load_page(found.kept.dump()), "notice") == found
    (raw,) = found.raws
    assert isinstance(raw, RawNotice)
    return raw


def stated(**state: object) -> str:
    """Give a script app that starts from this state."""
    return f"<script>AppRegistry.registerInitialState('12.3f', {json.dumps(state)});</script>"


PAGES: Final = [page for page in saved().values() if page.kind == "board"]


@pytest.mark.parametrize("form", [*FORMS, *LATER_FORMS])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_boards_that_have_been_seen_are_read_whole(page: Saved, form: Form) -> None:
    """Every item in its order, with the city's own words for each of its days, in every form.

    When a page was published is not when the city posted an item: where only that is told, the
    posting day is missing.
    """
    whole = page.render(form)
    found = items(whole)
    assert [raw.title for raw in found] == [one["title"] for one in page.expected]
    assert {raw.about for raw in found} == {"minutes"}
    for raw, one in zip(found, page.expected, strict=True):
        assert raw.held == RawDay(text=one["held"])
        assert raw.adjusted
        assert [raw.adjusted.text] == (one["broken"] or [one["adjusted"]])
        assert bool(raw.posted and raw.posted.text) is ("Anslaget" in whole or "fromDate" in whole)
        assert (raw.kept_at, raw.document) == (one["kept_at"], one["document"])
        assert (raw.url, raw.immediate) == (one["url"], None)


LABELS: Final = DATES.replace("<br>", "|")
HEAD: Final = "<tr><th>Nämnd<th>Anslaget<th>Sammanträdesdatum<th>Justerat<th>Förvaras hos<th>Länk"
CELLS: Final = (
    "<tr><td>Kulturnämnden<td>2026-11-20<td>2026-11-09<td>2026-11-19<td>Kulturhuset, Borås"
    f"<td><a href='{FILE}'>Protokoll för nedladdningPDF</a>"
)
STATE: Final = {
    "title": "Kulturnämnden",
    "published": "2026-11-21",
    "organization": "Kulturnämnden",
    "preamble": "<p>Sammanträdet hölls: 2026-11-09<br/>Protokollet justerades: 2026-11-19</p>"
    "<p>Protokollet finns hos: Kulturhuset, Bor&aring;s</p>",
    "fromDate": "2026-11-20",
    "link": {"uri": FILE, "text": "Protokoll för nedladdningPDF"},
}


@pytest.mark.parametrize(
    "item",
    [
        f"<h3>Kulturnämnden</h3><p>{DATES}</p>{LINK}",
        f"<h2>Kulturnämnden</h2><p>{DATES}</p>{LINK}",
        f"<ul><li>Kulturnämnden<br>{DATES}{LINK}</li></ul>",
        f"<ol><li>Kulturnämnden<p>{DATES}</p>{LINK}</li></ol>",
        f"<details><summary>Kulturnämnden</summary><p>{DATES}</p>{LINK}</details>",
        f"<dl><dt>Kulturnämnden</dt><dd>{DATES}</dd></dl>{LINK}",
        f"<p><b>Kulturnämnden</b></p><p>{DATES}</p>{LINK}",
        f"<p>Kulturnämnden {DATES}</p>{LINK}",
        f"<h3>Nämnd: Kulturnämnden</h3><p>{DATES}</p>{LINK}",
        f"<p>Kulturnämnden</p><p>{DATES.replace('<br>', ' ')}</p>{LINK}",
        f"<p>Kulturnämnden</p><p>{DATES.replace('<br>', '')}</p>{LINK}",
        f"<h3>KULTURNÄMNDEN</h3><p>{DATES.upper().replace(':', ' :')}</p>{LINK}",
        "<h3>Kulturnämnden</h3><dl>"
        + "".join(f"<dt>{x.replace(': ', '</dt><dd>')}</dd>" for x in LABELS.split("|"))
        + f"</dl>{LINK}",
        "<h3>Kulturnämnden</h3><table>"
        + "".join(f"<tr><td>{x.replace(': ', ':</td><td>')}</td></tr>" for x in LABELS.split("|"))
        + f"</table>{LINK}",
        "<h3>Kulturnämnden</h3>"
        + "".join(f"<p>{x.replace(': ', ':</p><p>')}</p>" for x in LABELS.split("|"))
        + LINK,
        f"<table>{HEAD}{CELLS}</table>",
        f"<table><tr><td>Kulturnämnden<td>{LABELS.replace('|', '<td>')}<td>{LINK}</table>",
        stated(pages=[STATE]),
        stated(initialNotices={"x": 1}, announcements=[STATE, {"uri": "/utan-rubrik"}]),
        stated(other=[STATE]),
    ],
)
def test_an_item_is_the_same_in_whatever_it_stands(item: str) -> None:
    """Headings, list items, bare lines, definition lists, both kinds of table, script state."""
    (raw,) = items(TITLE + COMING + ADJUSTED + item)
    assert raw.document == KULTUR.document
    for field in ("posted", "held", "adjusted", "kept_at", "title"):
        wanted, got = repr(getattr(KULTUR, field)).lower(), repr(getattr(raw, field)).lower()
        assert got == wanted


def test_a_moment_in_script_state_is_kept_as_one() -> None:
    """Late in the evening by its own offset is the next day in the city."""
    (raw,) = items(TITLE + ADJUSTED + stated(pages=[STATE | {"fromDate": "2026-11-19T23:00:00Z"}]))
    assert raw.posted == RawDay(stamps=("2026-11-19T23:00:00Z",))


@pytest.mark.parametrize("of", ["<h3>{}</h3>", "<p>{}</p>", "<li>{}", "<h2>{}</h2>"])
def test_items_in_a_row_are_each_their_own(of: str) -> None:
    """Where no heading parts them, a label that comes again does."""
    bodies = ("Kulturnämnden", "Valnämnden", "Klimatrådet")
    body = "".join(f"{of.format(name)}<p>{DATES},<br>plan {name}</p>{LINK}" for name in bodies)
    found = items(TITLE + ADJUSTED + body)
    assert [raw.title for raw in found] == list(bodies)
    assert [raw.kept_at for raw in found] == [f"Kulturhuset, Borås, plan {name}" for name in bodies]
    assert {raw.document for raw in found} == {ROOT + FILE}


def test_an_item_without_a_title_takes_nothing_from_its_neighbour() -> None:
    """It is counted, and no record: nothing says whose minutes they are."""
    image = "<img alt='Klubba'>"
    one = f"<p>Kulturnämnden</p>{image}<p>{DATES}</p>{LINK}"
    other = one.replace("<p>Kulturnämnden</p>", "").replace("2026-11-09", "2026-11-08")
    found = items(TITLE + ADJUSTED + one + other)
    assert [(raw.title, raw.held and raw.held.text) for raw in found] == [
        ("Kulturnämnden", "2026-11-09"),
        ("", "2026-11-08"),
    ]
    assert [sighting(BORAS, raw).bucket for raw in found][1:] == ["notice/"]
    (raw,) = items(f"{TITLE}{ADJUSTED}<h3><a href='/x'>Anslaget den: 2026-11-20</a></h3>{LINK}")
    assert (raw.title, raw.posted) == ("", RawDay(text="2026-11-20"))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("Anslaget den:<br>Sammanträdet hölls: 1", (RawDay(), RawDay(text="1"), None, None)),
        ("Protokollet justerades : 1", (None, None, RawDay(text="1"), None)),
        (
            "Sammanträdet hölls: 2021-06-15Protokollet justerades: 2021-016-17",
            (None, RawDay(text="2021-06-15"), RawDay(text="2021-016-17"), None),
        ),
        ("Justerades: 1<br>Protokollet finns hos:", (None, None, RawDay(text="1"), None)),
        (
            "Justerades: 1<br>Protokollet finns hos: A,<br>B,",
            (None, None, RawDay(text="1"), "A, B,"),
        ),
        (
            "Justerades: 1<br>Protokollet finns hos:<br>A,<br>B",
            (None, None, RawDay(text="1"), "A, B"),
        ),
        (
            "Anslaget sätts upp: <time datetime='2026-11-20'>i fredags</time><br>Justerat: 1",
            (RawDay(text="i fredags", stamps=("2026-11-20",)), None, RawDay(text="1"), None),
        ),
        (
            "Justerat: 1 Justerare: Hemlig Person<br>Protokollet förvaras hos: A Telefon: hemlig",
            (None, None, RawDay(text="1"), "A"),
        ),
        ("Protokollet justerades:", (None, None, RawDay(), None)),
    ],
)
def test_labels_in_every_spelling(
    lines: str, told: tuple[RawDay | None, RawDay | None, RawDay | None, str | None]
) -> None:
    """A value that is lost is no value; whom a label names is not read."""
    (raw,) = items(f"{TITLE}{ADJUSTED}<h3>Kulturnämnden</h3><p>{lines}</p>{LINK}")
    assert (raw.posted, raw.held, raw.adjusted, raw.kept_at) == told
    assert raw.document == ROOT + FILE


def test_when_it_is_taken_down_is_no_part_of_another_value() -> None:
    """The label is read where the city has it."""
    body = f"{TITLE}{ADJUSTED}<h3>Kulturnämnden</h3><p>{DATES} Anslaget tas ner: 2026-12-12</p>"
    (raw,) = items(body)
    assert (raw.kept_at, raw.until) == ("Kulturhuset, Borås", RawDay(text="2026-12-12"))
    (raw,) = items(body.replace("Anslaget tas ner", "Anslås till"))
    assert raw.until == RawDay(text="2026-12-12")


@pytest.mark.parametrize(
    ("title", "link", "immediate"),
    [
        ("Kulturnämnden, § 28 omedelbar justering", "Protokoll", "§ 28 omedelbar justering"),
        (
            "Kulturnämnden",
            "§ 28 protokoll, omedelbar justering",
            "§ 28 protokoll, omedelbar justering",
        ),
        ("Kulturnämnden, omedelbart justerad § 3", "Protokoll", "omedelbart justerad § 3"),
        ("Kulturnämnden § 3 och 5", "Protokoll", "§ 3 och 5"),
        ("Kulturnämnden §§ 1–45", "Protokoll", None),
        ("Kulturnämnden", "Protokoll", None),
    ],
)
def test_an_immediate_adjustment_is_told_by_its_words(
    title: str, link: str, immediate: str | None
) -> None:
    """One paragraph, or some, of a meeting; a span of paragraphs is the whole."""
    body = f"<h3>{title}</h3><p>{DATES}</p><p><a href='{FILE}'>{link}</a></p>"
    (raw,) = items(TITLE + ADJUSTED + body)
    assert (raw.title, raw.immediate) == (title, immediate)
    noted = body.replace("</h3>", "</h3><p>Omedelbar justering</p>")
    (raw,) = items(TITLE + ADJUSTED + noted)
    assert raw.immediate == (immediate or "Omedelbar justering")


OTHERS: Final = (
    "<h2>Kungörelser</h2><p><a href='?p=2'>Visa fler</a></p><ul>"
    f"<li><a href='{PERMIT}'>Bygglov Modellen 1</a> hemlig sökande</li></ul>"
    "<p>Frågor: <a href='mailto:hemlig@example.org'>Hemlig Person</a>, <a href='#hemlig'>x</a></p>"
    f"<h3>Hemlig rubrik</h3><p>hemlig fastighet</p><p><a href='{PERMIT}2'>Rivning</a></p>"
    f"<h3>Samråd om detaljplan</h3><p>Hemlig Person</p><p><a href='{PERMIT}3'>Läs mer</a></p>"
)


def test_what_is_not_about_minutes_is_title_and_link_alone() -> None:
    """It names people and properties: nothing else of it is read, kept, or asked for."""
    page = board(
        f"{TITLE}{ADJUSTED}<h3><a href='{ITEM}'>Kulturnämnden</a></h3><p>{DATES}</p>{OTHERS}"
    )
    raws = [raw for raw in page.raws if isinstance(raw, RawNotice)]
    assert [(raw.about, raw.title) for raw in raws] == [
        ("minutes", "Kulturnämnden"),
        ("other", "Bygglov Modellen 1"),
        ("other", "Rivning"),
        ("other", "Samråd om detaljplan"),
    ]
    assert raws[1] == RawNotice(
        where="board", about="other", title="Bygglov Modellen 1", url=ROOT + PERMIT
    )
    assert b"hemlig" not in page.kept.dump().lower()
    assert [(link.kind, link.url, link.source) for link in page.links] == [
        ("notice", ROOT + ITEM, "board")
    ]


def test_other_notices_in_script_state_and_tables_are_cut_too() -> None:
    """What the city calls a notice outweighs where it stands."""
    other = {
        "title": "Bygglov Modellen 1",
        "uri": PERMIT,
        "subject": "Bygglov",
        "preamble": "Hemlig Person, hemlig fastighet",
        "fromDate": "2026-11-20",
    }
    minutes = STATE | {"subject": "Justering av protokoll"}
    coming = other | {"subject": "Sammanträde", "title": "Valnämnden", "uri": MEETING}
    page = board(TITLE + ADJUSTED + stated(pages=[other, minutes, coming]))
    assert [raw.about for raw in page.raws if isinstance(raw, RawNotice)] == [
        "other",
        "minutes",
        "meeting",
    ]
    assert b"hemlig" not in page.kept.dump().lower()
    table = f"<h2>Bygglov</h2><table><tr><td>Hemlig<td><a href='{PERMIT}'>Bygglov</a></table>"
    page = board(f"{TITLE}{ADJUSTED}<h3>Kulturnämnden</h3><p>{DATES}</p>{table}")
    assert [raw.url for raw in page.raws[1:2] if isinstance(raw, RawNotice)] == [ROOT + PERMIT]
    assert b"hemlig" not in page.kept.dump().lower()


def test_meetings_that_are_announced() -> None:
    """Title and link, and where there is no link the day: it is followed to the meeting's page."""
    page = board(
        f"{TITLE}{COMING}<h3>Kommunstyrelsen</h3><p>Anslaget den: 2026-11-20</p><p>Sammanträde 7 "
        f"december, hemlig sal</p><p><a href='{MEETING}'>Kallelse</a></p><ul><li>Valnämnden, "
        f"sammanträde 8 december 2026</li><li>Just nu inget mer 2026-11-20</li></ul>{ADJUSTED}"
        f"<h3>Kulturnämnden</h3><p>{DATES}</p>"
    )
    first, *_ = page.raws
    assert first == RawNotice(
        where="board", about="meeting", title="Kommunstyrelsen", url=ROOT + MEETING
    )
    assert [link.kind for link in page.links] == ["meeting"]
    alone = items(
        f"{TITLE}{COMING}<p>Valnämnden, sammanträde 8 december 2026</p><p>Fler 2026-12-09</p>"
        f"<p><a href='{MEETING}'>Kommunstyrelsen 7 december</a></p><p><a href='/x'>Mer</a></p>"
        f"{ADJUSTED}<h3>Kulturnämnden</h3><p>{DATES}</p>"
    )
    assert [(raw.about, raw.title) for raw in alone] == [
        ("meeting", "Valnämnden, sammanträde 8 december 2026"),
        ("meeting", "Kommunstyrelsen 7 december"),
        ("minutes", "Kulturnämnden"),
    ]
    assert alone[0].held == RawDay(text="Valnämnden, sammanträde 8 december 2026")


def test_an_item_may_be_a_link_and_no_more() -> None:
    """The board of 2026 lists titles; the days stand on the item's own page."""
    page = board(
        f"{TITLE}{ADJUSTED}<ul><li><a href='{ITEM}'>Kulturnämnden</a> 20 november</li>"
        f"<li><a href='{FILE}'>Protokoll Valnämnden</a></li><li><a href='/x'>Så överklagar du</a>"
        f"</li></ul><h3>November</h3><p><a href='{ITEM.replace('1f', '9f')}'>Servicenämnden</a></p>"
    )
    raws = [raw for raw in page.raws if isinstance(raw, RawNotice)]
    assert [(raw.title, raw.url, raw.document) for raw in raws] == [
        ("Kulturnämnden", ROOT + ITEM, None),
        ("Protokoll Valnämnden", None, ROOT + FILE),
        ("Servicenämnden", ROOT + ITEM.replace("1f", "9f"), None),
    ]
    assert [link.kind for link in page.links] == ["notice", "notice"]


def test_links_and_labelled_items_may_stand_in_one_list() -> None:
    """Neither hides the other; «Läs mer» within an item is no item."""
    more = f"<p><a href='{ITEM.replace('1f', '9f')}'>Läs mer</a></p>"
    labelled = f"<li>Kulturnämnden<br>{DATES}{LINK}{more}</li>"
    links = [f"<li><a href='{ITEM.replace('1f', f'{n}f')}'>Nämnd {n}</a></li>" for n in range(3)]
    found = items(f"{TITLE}{ADJUSTED}<ol>{links[0]}{labelled}{links[1]}{links[2]}{labelled}</ol>")
    assert [raw.title for raw in found] == [
        "Nämnd 0",
        "Kulturnämnden",
        "Nämnd 1",
        "Nämnd 2",
        "Kulturnämnden",
    ]
    assert [bool(raw.held) for raw in found] == [False, True, False, False, True]


def test_labels_and_addresses_tell_where_no_section_does() -> None:
    """A board whose headings were renamed is still a board."""
    body = (
        f"<h2><a href='/x'>Nytt namn</a></h2><h3>Kulturnämnden</h3><p>{DATES}</p>"
        f"<h2>Annan rubrik</h2><p><a href='{PERMIT}'>Bygglov</a></p><p><a href='/x'>Hem</a></p>"
    )
    assert [(raw.about, raw.title) for raw in items(TITLE + body)] == [
        ("minutes", "Kulturnämnden"),
        ("other", "Bygglov"),
    ]


def test_the_contact_box_above_the_notices_hides_none() -> None:
    """«Vid frågor om anslagstavlan:» stands above the sections, with a name below it."""
    box = "<p>Vid frågor om anslagstavlan:</p><p>Hemlig Person</p><p>Telefon: hemlig</p>"
    below = (
        "<h2>Om du har frågor kontakta:</h2><h3>Hemlig Person</h3><h3>Kontakt bygglov</h3>"
        "<p><a href='mailto:hemlig@example.org'>Hemlig</a></p><p>Senast ändrad: 2026</p>"
    )
    page = board(f"{TITLE}{box}{COMING}{ADJUSTED}<h3>Kulturnämnden</h3><p>{DATES}</p>{LINK}{below}")
    assert page.raws == (KULTUR, RawBoard())
    assert b"hemlig" not in page.kept.dump().lower()


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("<p><a href='?p=2'>Visa fler</a></p>", ("Visa fler",)),
        ("<p>Sida 1 av 3</p>", ("Sida 1 av 3",)),
        (stated(pages=[STATE], hasMore=True, total=24), ("hasMore: true", "total: 24")),
        (stated(pages=[STATE], hasMore=False, total=1), ()),
    ],
)
def test_a_board_that_goes_on_elsewhere_says_so(words: str, more: tuple[str, ...]) -> None:
    """What it lacks here may hang there."""
    page = board(f"{TITLE}{ADJUSTED}<h3>Kulturnämnden</h3><p>{DATES}</p>{LINK}{words}")
    assert page.raws[-1] == RawBoard(more=more)


@pytest.mark.parametrize(
    "body",
    [
        f"{ADJUSTED}<p>Just nu finns inga anslagna protokoll.</p>",
        f"{COMING}{NO_MEETINGS}{ADJUSTED}<p>Inga justerade protokoll</p>",
        ADJUSTED + stated(pages=[]),
        "<p>Det finns inga anslag just nu.</p>",
    ],
)
def test_a_board_that_says_that_it_is_empty_is(body: str) -> None:
    """The city's words, or a list that is there and holds nothing."""
    assert board(TITLE + body).raws == (RawBoard(),)


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("<p>Vi är snart tillbaka.</p>", "a main heading"),
        (f"<html><body>{TITLE}{ADJUSTED}<h3>Kulturnämnden</h3><p>{DATES}", "an end"),
        ("<h1>Webbplatsen uppdateras</h1><p>x</p>", "a heading or a label of the notice board"),
        (TITLE + ADJUSTED, "adjusted minutes, or the words that there are none"),
        (TITLE + ADJUSTED + stated(x=1), "adjusted minutes, or the words that there are none"),
        (
            TITLE + COMING + NO_MEETINGS + ADJUSTED,
            "adjusted minutes, or the words that there are none",
        ),
        (TITLE + OTHERS, "adjusted minutes, or the words that there are none"),
    ],
)
def test_a_page_that_is_no_board_or_lost_its_minutes_is_refused(body: str, missing: str) -> None:
    """Read as empty it would take every notice down."""
    with pytest.raises(PageChanged) as caught:
        board(body)
    assert caught.value.missing == missing


def test_an_items_own_page() -> None:
    """One paragraph of labelled lines, and the link; the board says the same more shortly."""
    body = f"<h1>Kulturnämnden</h1><p>{DATES}</p>{LINK}<p>Hemlig Person</p>"
    raw = own(body)
    assert (raw.where, raw.url, raw.title) == ("page", ROOT + ITEM, "Kulturnämnden")
    assert (raw.held, raw.kept_at) == (KULTUR.held, KULTUR.kept_at)
    assert b"Hemlig" not in BORAS.read(read(body, ROOT + ITEM), "notice").kept.dump()
    named = own(f"<h1>Justering av protokoll</h1><p>Nämnd: Kulturnämnden<br>{DATES}</p>")
    assert (named.committee, named.document) == ("Kulturnämnden", None)


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("<p>x</p>", "a main heading"),
        (
            "<h1>Bygglov</h1><p>Fastighet: Modellen 1<br>Anslaget den: 2026-11-20</p>",
            "«Sammanträdet hölls» or «Protokollet justerades»",
        ),
    ],
)
def test_a_page_without_minutes_is_no_items_page(body: str, missing: str) -> None:
    """A permit that came by that way is not read."""
    with pytest.raises(PageChanged) as caught:
        own(body)
    assert caught.value.missing == missing


def test_class_names_and_ids_do_not_matter() -> None:
    """A redesign renames them all overnight."""
    luck = Random(7)  # noqa: S311 - names for a test
    whole = PAGES[0].render("iso")
    for _ in range(20):
        other = re.sub(r'(class|id)="[^"]*"', lambda found: f'{found[1]}="n{luck.random()}"', whole)
        assert board(other).raws == board(whole).raws


@given(
    cut=st.integers(36_000, 60_000),
    form=st.sampled_from((*FORMS, *LATER_FORMS)),
    page=st.sampled_from(PAGES),
)
def test_a_page_that_is_cut_off_invents_nothing(cut: int, form: Form, page: Saved) -> None:
    """It is refused; were it not known as cut, its items but the last would be those it shows."""
    whole = page.render(form)
    begun = whole[: cut % len(whole)]
    if "<html" in begun and "</body>" not in begun:
        with pytest.raises(PageChanged):
            items(begun)
    try:
        found = items(begun + "</body></html>")
    except PageChanged:
        return
    titles = [one["title"] for one in page.expected]
    assert [raw.title for raw in found[:-1]] == titles[: len(found) - 1]
    held = [raw.held.text for raw in found[:-1] if raw.held]
    assert held == [one["held"] for one in page.expected][: len(held)]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/anslagstavla", "board"),
        ("/anslagstavlan", "board"),
        ("/funktioner/anslagstavla.4.1f2b506b.html", "board"),
        (ITEM, "notice"),
        (f"{FOLDER}/rss.xml", None),
    ],
)
def test_addresses_of_the_board(path: str, kind: str | None) -> None:
    """Both short addresses are the same board, which is asked at one of them."""
    link = BORAS.link(ROOT + path)
    assert (link and (link.kind, link.source)) == (kind and (kind, "board"))
    start = read(f"<h1>Start</h1><a href='{path}'>x</a><a href='{MEETING}'>y</a>", f"{ROOT}/")
    assert [link.kind for link in BORAS.read(start, "start").links] == ["meeting"]


def test_each_item_is_normalised_for_itself() -> None:
    """The board's own word goes beside them."""
    raws = board(f"{TITLE}{ADJUSTED}<h3>Kulturnämnden</h3><p>{DATES}</p>{LINK}").raws
    assert [sighting(BORAS, raw).bucket for raw in raws] == [
        "notice/kulturnamnden-20261109",
        "board/",
    ]
    nameless = sighting(BORAS, RawNotice(where="board", about="minutes", title="Protokoll"))
    assert nameless.bucket == "notice/"


@pytest.mark.parametrize(
    "body",
    [
        f"<h3><a href='http://[x'>Kulturnämnden</a></h3><p>{DATES}</p>",
        f"<h3>Kulturnämnden</h3><p>{DATES}</p><p><a href='http://[x'>Protokoll</a></p>",
        f"<h3>Kulturnämnden</h3><p>{DATES}</p><h2>Kungörelser</h2><p><a href='http://[x'>A</a></p>",
    ],
)
def test_an_address_that_is_none_leads_nowhere_and_ends_nothing(body: str) -> None:
    """The item stands without it."""
    found = items(TITLE + ADJUSTED + body)[0]
    assert (found.title, found.url, found.document) == ("Kulturnämnden", None, None)


def test_nobody_is_named_by_what_is_kept_of_a_board() -> None:
    """Neither a person that was sought nor how to call who keeps the minutes."""
    sought = "<h2>Kungörelser</h2><p>Ingen har kunnat nå Modell Modellsson, Storgatan 1.</p>"
    kept = DATES.replace("Kulturhuset, Borås", "Kansliet, 070-174 06 05, a.b@example.org")
    found = board(f"{TITLE}{ADJUSTED}<h3>Kulturnämnden</h3><p>{kept}</p>{LINK}{sought}")
    dump = found.kept.dump().decode()
    assert "Modellsson" not in dump
    assert "[telefon]" in dump
    assert "example.org" not in dump
