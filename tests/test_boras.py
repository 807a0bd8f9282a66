"""Borås's pages are read by their words alone; what is no such page is refused, not read empty."""

from __future__ import annotations

import re
from random import Random

import pytest

from reading import KS, MEETING, ROOT, meeting_url, read
from records.errors import PageChanged
from scraper.bodies import RESERVED
from scraper.cities import Reading, load
from scraper.raw import RawCommittee, RawMeeting, RawNews

BORAS = load("boras")
ORGANISATION = f"{ROOT}/kommunochpolitik/kommunensorganisation"
LISTING = f"{ORGANISATION}/kommunstyrelsen/handlingarochprotokoll.4.25d9ccc5.html"
ARTICLE = f"{ROOT}/nyheter/nyheter/beslut.5.1f2b506b.html"
FILE = "/download/18.1f2b506b1969f6e9/1714900000000/Protokoll.pdf"
ADDRESSES = {
    "start": f"{ROOT}/",
    "hub": f"{ORGANISATION}.4.1fef6289.html",
    "listing": LISTING,
    "calendar": f"{ROOT}/sammantradeskalender",
    "committee": f"{ORGANISATION}/kommunstyrelsen.4.3043d72a.html",
    "meeting": MEETING,
    "news-list": f"{ROOT}/nyheter",
    "news-older": f"{ROOT}/nyheter?page=2",
    "news": ARTICLE,
}

FOOT = """<h2>Om du har frågor kontakta:</h2><p>Hemlig Person</p><p>033-hemlig</p>
<p>Senast ändrad: 2026-11-01</p><p>Ändrad av: Hemlig Person</p>
<p>Dela sidan: [2026-01-02] Kommunstyrelsen, sammanträde 2026-11-30 14.00</p><p>hemlig ikon</p>
<h2>Nyheter</h2><p>hemlig nyhet</p><h2>Sammanträdeskalender</h2><p>hemligt möte</p>"""
FULL = f"""<header>hemlig logotyp</header><p>hemligt larm</p>
<main class="sv-a" id="svid1"><h1 class="x">Kommunstyrelsen, sammanträde</h1>
<p>Kommunstyrelsen leder staden.</p><p>Tid: <time datetime="2026-11-30">30 november</time></p>
<p>Plats: Stadshuset</p><p>Sammanträdet är öppet för allmänheten.</p>
<h2>Protokoll</h2><ul class="y"><li><a href="{FILE}">Protokoll.pdf</a></li></ul>
<h2>Sammanfattning av beslut</h2><h3>Lekplats</h3><p>Beslut: Bifall.</p><p>Enhälligt.</p>
<ol><li>Punkt</li></ol><h2>Ärendelista:</h2><ol><li>Upprop</li><li>Budget Dnr 1</li></ol>
{FOOT}</main><footer>hemlig fot</footer>"""


def reading(kind: str, body: str) -> Reading:
    """Read a page of one kind."""
    return BORAS.read(read(body, ADDRESSES[kind]), kind)


def meeting(body: str) -> RawMeeting:
    """Read a meeting's own page."""
    (raw,) = reading("meeting", body).raws
    assert isinstance(raw, RawMeeting)
    return raw


def listed(kind: str, body: str) -> list[RawMeeting]:
    """Give the meetings of a list."""
    return [raw for raw in reading(kind, body).raws if isinstance(raw, RawMeeting)]


def news(kind: str, body: str) -> list[RawNews]:
    """Give the news of a page."""
    return [raw for raw in reading(kind, body).raws if isinstance(raw, RawNews)]


def test_a_meetings_page_is_read_whole() -> None:
    """Every part that the page has, in its own words."""
    raw = meeting(FULL)
    assert (raw.committee, raw.heading) == ("Kommunstyrelsen", "Kommunstyrelsen, sammanträde")
    assert raw.share_name == "Kommunstyrelsen, sammanträde 2026-11-30 14.00"
    assert (raw.time, raw.stamps, raw.place) == ("30 november", ("2026-11-30",), "Stadshuset")
    assert raw.intro == ("Kommunstyrelsen leder staden.",)
    assert raw.notes == ("Sammanträdet är öppet för allmänheten.",)
    assert [file.name for file in raw.files or ()] == ["Protokoll.pdf"]
    assert raw.agenda == ("1. Upprop", "2. Budget Dnr 1")
    assert raw.decisions == (("Lekplats", "Beslut: Bifall. Enhälligt. 1. Punkt"),)


def test_a_page_without_time_place_and_files_claims_none() -> None:
    """A two-day meeting has had such a page; a plain list below no heading is an agenda."""
    raw = meeting("<h1>Kommunfullmäktige , sammanträde</h1><p>Om.</p><h2>Protokoll</h2>")
    assert (raw.committee, raw.time, raw.place, raw.files) == (
        "Kommunfullmäktige",
        None,
        None,
        None,
    )
    assert (raw.intro, raw.notes, raw.agenda) == (("Om.",), (), ())
    bare = meeting(f"<p>x</p><p>Dela sidan: Valnämnden, sammanträde</p><a href='{FILE}'>P</a>")
    assert bare.committee == "Valnämnden"
    table = meeting(
        "<h1>Valnämnden, sammanträde</h1><p>Plats:</p><table><caption>Filer</caption><tr>"
        "<th>Filnamn</tr></table><p>Ärenden</p><p>Upprop</p>"
    )
    assert (table.place, table.files, table.agenda) == (None, (), ("Upprop",))


@pytest.mark.parametrize(
    ("facts", "remark"),
    [
        ("<dl><dt>Tid<dd>2026-11-30 14.00<dt>Status<dd>Inställt</dl>", "Inställt"),
        ("<table><tr><th>Tid<td>2026-11-30<tr><th>Status<td>Inställt</table>", "Inställt"),
        ("<p>Tid: 2026-11-30 14.00</p><p>Status: Inställt</p>", None),
        ("<p>Tid: 2026-11-30</p><h2>Ärenden</h2><dl><dt>Status<dd>Inställt</dl>", None),
    ],
)
def test_a_status_among_the_facts_of_a_page_is_said_of_the_meeting(
    facts: str, remark: str | None
) -> None:
    """In a sentence it is a notice like any other; below a heading it is of something else."""
    raw = meeting(f"<h1>Valnämnden, sammanträde</h1>{facts}")
    assert raw.remark == remark
    assert (raw.notes == ("Status: Inställt",)) == ("<p>Status" in facts)


def test_nothing_of_people_or_of_the_frame_is_kept() -> None:
    """Contact box, editor, banner, sidebars and share icons are in no sighting and no snapshot."""
    page = reading("meeting", FULL)
    assert b"hemlig" not in page.kept.dump().lower()
    assert "hemlig" not in repr(page.raws).lower()
    (article,) = reading("news", FULL).raws
    assert "hemlig" not in repr(article).lower()


def test_class_names_and_ids_do_not_matter() -> None:
    """A redesign renames them all overnight."""
    luck = Random(7)  # noqa: S311 - names for a test
    for _ in range(20):
        other = re.sub(r'(class|id)="[^"]*"', lambda found: f'{found[1]}="n{luck.random()}"', FULL)
        other = other.replace("<p>", f'<p class="c{luck.random()}" data-x="1">')
        assert reading("meeting", other) == reading("meeting", FULL)


def test_decisions_end_where_another_section_begins() -> None:
    """An agenda or a list of files below them is no decision, whatever its heading's level."""
    level = meeting(
        "<h1>Kommunfullmäktige, sammanträde</h1><h2>Beslut i korthet</h2><p>Ingress</p>"
        "<h2>Skola</h2><p>Bifall.</p><h2>Ärendelista</h2><p>Upprop</p>"
    )
    assert (level.decisions, level.agenda) == ((("Skola", "Bifall."),), ("Upprop",))
    below = meeting(
        "<h1>Kommunfullmäktige, sammanträde</h1><h2>Beslut i korthet</h2><h3>Skola</h3>"
        "<p>Avslag.</p><h2>Bilagor</h2><p>Text</p>"
    )
    assert below.decisions == (("Skola", "Avslag."),)


WALL = "<h1>Webbplatsen uppdateras</h1><p>Vi är snart tillbaka.</p>"


@pytest.mark.parametrize(
    ("kind", "body", "missing"),
    [
        ("meeting", WALL, "a heading with the word «sammanträde»"),
        ("listing", WALL, "meetings, years, or the words that there are none"),
        ("calendar", WALL, "meetings, or the words that there are none"),
        ("start", WALL, "any link to meetings or news"),
        ("hub", "<p>x</p>", "any link to meetings or news"),
        ("news-list", WALL, "news, or the words that there are none"),
        ("committee", "<p>x</p>", "a main heading"),
        ("news", "<p>x</p>", "a main heading"),
        ("news", WALL, "«Artikeln publicerades», or a line for sharing"),
        ("news-older", WALL, "news, or links to other pages of the list"),
    ],
)
def test_a_page_for_maintenance_is_no_page_of_its_kind(kind: str, body: str, missing: str) -> None:
    """Read as an empty list it would empty a calendar; the message says what was looked for."""
    with pytest.raises(PageChanged) as caught:
        reading(kind, body)
    assert str(caught.value) == (
        f"{ADDRESSES[kind]} no longer has {missing}: save the page and mend its parser"
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("listing", "Det finns inga sammanträden ännu."),
        ("calendar", "Just nu finns inga planerade möten."),
        ("news-list", "Inga nyheter just nu."),
    ],
)
def test_a_list_that_says_that_there_are_none_is_empty(kind: str, words: str) -> None:
    """The city's word for it is a claim, and a good one."""
    assert reading(kind, f"<h1>Lista</h1><p>{words}</p>").raws == ()


def test_a_listing_names_its_committee_in_its_heading() -> None:
    """Years without meetings are a listing too; each address is told once."""
    assert reading("listing", "<h1>Handlingar</h1><h2>2026</h2>").raws == ()
    link = f"<p><a href='{MEETING}'>Sammanträdet den 30 november</a></p>"
    (raw,) = listed("listing", f"<h1>Kommunstyrelsens handlingar</h1><h2>2026</h2>{link}{link}")
    assert (raw.committee, raw.year, raw.where) == ("Kommunstyrelsen", "2026", "listing")
    (other,) = listed("listing", f"<title>Valnämnden</title><h1>Möten</h1>{link}")
    assert other.committee is None


WIDGET = (
    "<h2>Sammanträdeskalender</h2><h3>Valnämnden</h3><p>Tid: 2026-12-01 kl. 13.00</p>"
    "<p>Plats: Huset</p>"
)


def test_the_widget_of_a_start_page_is_read_and_its_links_are_followed() -> None:
    """The calendar page itself may be the widget and nothing else."""
    (raw,) = listed("start", f"<p>Välkommen</p>{WIDGET}")
    assert (raw.committee, raw.where, raw.place) == ("Valnämnden", "widget", "Huset")
    (same,) = listed("calendar", WIDGET)
    assert same.where == "calendar"
    page = reading("hub", f"<h1>Möten</h1><p><a href='{LISTING}'>Handlingar och protokoll</a></p>")
    assert [(link.kind, link.source) for link in page.links] == [("listing", "kommunstyrelsen")]
    assert page.raws == ()


def test_a_committees_page_tells_its_name_and_next_meetings() -> None:
    """A heading that names no committee tells of none."""
    own, raw = reading("committee", f"<h1>Kommunstyrelsen</h1><a href='{MEETING}'>30 nov</a>").raws
    assert own == RawCommittee(name="Kommunstyrelsen", url=ADDRESSES["committee"])
    assert isinstance(raw, RawMeeting)
    assert (raw.committee, raw.where) == ("Kommunstyrelsen", "committee")
    assert reading("committee", "<h1>Klimatrådet</h1>").raws == ()


def test_a_list_of_news() -> None:
    """Day, title and introduction belong together; the widget on other pages is the same list."""
    items = (
        f"<p>Publicerad: 2026-11-20</p><h3><a href='{ARTICLE}'>Besluten</a></h3><p>Ingress ...</p>"
        f"<p><time datetime='2026-11-19'>19 november</time></p><p><a href='{ARTICLE}2'>x</a></p>"
        f"<p><a href='{ARTICLE.replace('1f2b', '2f2b')}'>Annat</a></p><p><a href='/'>Hem</a></p>"
        f"<h3><a href='{ARTICLE.replace('1f2b', '3f2b')}'>Sist</a></h3>"
    )
    first, second, last = news("news-list", f"<h1>Nyheter i staden</h1>{items}")
    assert (first.title, first.published, first.summary) == (
        "Besluten",
        "2026-11-20",
        "Ingress ...",
    )
    assert (second.title, second.stamps, second.summary) == ("Annat", ("2026-11-19",), None)
    assert (last.published, last.stamps, last.summary) == (None, (), None)
    assert len(news("news-list", f"<h2>Nyheter</h2>{items}")) == 3


def test_an_article() -> None:
    """Title, day, introduction, image, and the meetings it leads to."""
    (raw,) = news(
        "news",
        "<h1>Besluten</h1><p>Artikeln publicerades: <time datetime='2026-11-20T10:00'></time></p>"
        "<img alt='Klubba' src='/i.jpg'><p>Ingress</p><h2>Budget</h2>"
        f"<p><a href='{MEETING}'>Mötet</a></p>"
        "<p>Dela sidan: [2026-11-20] Besluten</p>",
    )
    assert (raw.title, raw.summary) == ("Besluten", "Ingress")
    assert (raw.image, raw.image_text) == (f"{ROOT}/i.jpg", "Klubba")
    assert (raw.published, raw.stamps) == (None, ("2026-11-20T10:00",))
    assert (raw.share_date, raw.links) == ("2026-11-20", (MEETING,))
    assert [line.kind for line in raw.body] == ["p", "h2", "p"]
    (bare,) = news("news", "<h1>Besluten</h1><p>Artikeln publicerades:</p>")
    assert (bare.summary, bare.published, bare.share_date) == (None, None, None)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (MEETING, "meeting"),
        (meeting_url("20230612kl1300"), "meeting"),
        (MEETING.replace("https:", "http:"), "meeting"),
        (MEETING.replace("www.boras.se", "example.org"), None),
        (MEETING.replace("https:", "ftp:"), None),
        (f"{ROOT}/omsorg/a.4.1f2b506b.html", None),
        (f"{KS}/annat.4.1f2b506b.html", None),
        *((url, kind) for kind, url in ADDRESSES.items() if kind != "start"),
    ],
)
def test_links_are_known_by_their_address(url: str, kind: str | None) -> None:
    """Other hosts and other matters are none of this program's business."""
    link = BORAS.link(url)
    assert (link.kind if link else None) == kind
    assert link is None or link.url.startswith("https://")


def test_the_one_host_is_the_citys() -> None:
    """What is asked is asked there."""
    assert BORAS.host == "www.boras.se"


def test_topics_are_made_of_known_committees() -> None:
    """A mistyped slug would leave a committee out of its topic, and nobody would be told."""
    bodies = {body.slug for body in BORAS.committees}
    bundles = BORAS.jurisdiction.bundles
    slugs = [bundle.slug for bundle in bundles]
    assert len(slugs) == len(set(slugs)) >= 5
    assert not set(slugs) & (bodies | RESERVED)
    for bundle in bundles:
        assert bundle.committees
        assert set(bundle.committees) <= bodies
