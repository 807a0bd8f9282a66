"""Committees, months, documents, decisions and the notice board, as their pages list them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from editions import (
    AGENDA,
    CITY,
    COMMITTEE,
    COMMITTEES,
    SITE,
    article,
    at,
    edition,
    meeting,
    notice,
    revision,
    whole,
)
from feeds.edition import Accessibility, Publisher
from feeds.page.search import index
from paged import everything, found, tree, words
from records.model import Committee, Decision, Document, Place
from records.terms import Classification, Role, Status

CULTURE = "boras/kulturnamnden/"


def test_a_committee_is_shown_by_its_years() -> None:
    """What comes, then what has been, newest first, with the papers that people look for."""
    held = meeting(
        "0ld",
        start=at("2025-11-10"),
        documents=(AGENDA,),
        decisions=(Decision(title="x", text="y"),),
    )
    made = edition(
        [
            revision(meeting()),
            revision(held),
            revision(meeting("older", start=at("2024-05-06"))),
            revision(meeting("off", start=at("2026-02-02"), status=Status.CANCELLED)),
        ]
    )
    page = tree(made, CULTURE)
    assert [words(one) for one in page.xpath("//section[@aria-labelledby='kommande']//li")] == [
        "måndag 16 mars 2026 kl. 17.00 Röda rummet, Kulturhuset, Sturegatan 2, 503 31 Borås"
    ]
    years = page.xpath("//section[@aria-labelledby='tidigare']/details/summary")
    assert [words(one) for one in years] == ["2026 1 möten", "2025 1 möten", "2024 1 möten"]
    rows = page.xpath("//section[@aria-labelledby='tidigare']//li")
    assert [words(one) for one in rows] == [
        "måndag 2 februari 2026 Inställt",
        "måndag 10 november 2025 Kallelse 1 beslut",
        "måndag 6 maj 2024",
    ]


def test_what_is_scanned_or_sent_leads_to_the_panel() -> None:
    """The code and the letter name the very page that one stands on, the whole city's too."""
    for folder in (CULTURE, "boras/alla/", "en/boras/kultur/"):
        page = tree(whole(), folder)
        (shared,) = set(page.xpath("//@data-share"))
        assert shared == f"{SITE}/{folder}"
        assert page.xpath("//*[@id='prenumerera']//*[local-name()='svg']")


def test_the_next_meeting_stands_first_and_is_held() -> None:
    """A cancelled one is nobody's next."""
    made = edition(
        [
            revision(meeting("off", start=at("2026-03-10"), status=Status.CANCELLED)),
            revision(meeting(webcast=True)),
        ]
    )
    said = words(tree(made, CULTURE).xpath("//*[@class='following']")[0])
    assert said.startswith("Nästa sammanträde måndag 16 mars 2026 kl. 17.00 Röda rummet")
    assert "Öppet för allmänheten. Sänds på webben" in said


def test_every_feed_of_a_committee_can_be_discovered() -> None:
    """Readers and browsers find each by its type, and its title names body and kind (F19)."""
    made = edition()
    known = everything(made)
    links = tree(made, CULTURE).xpath("//link[@rel='alternate'][@type]")
    named = {link.get("href").removeprefix("../../"): link for link in links}
    feeds = {path for path in known if path.startswith("boras/kulturnamnden.")}
    calendars = {path for path in feeds if path.endswith(".ics")} - {"boras/kulturnamnden.ics"}
    by_kind = {path for path in feeds if path.count(".") > 1}
    assert named.keys() == feeds - calendars - {p for p in by_kind if not p.endswith(".rss")}
    assert named["boras/kulturnamnden.ics"].get("type") == "text/calendar"
    titles = [link.get("title") for link in links]
    assert len(set(titles)) == len(titles)
    assert all(title.startswith("Kulturnämnden") for title in titles)


def test_the_citys_own_letters_come_first_among_news() -> None:
    """Where its file knows of a subscription by e-mail."""
    own = replace(COMMITTEE, email_subscription="https://www.example.se/prenumerera")
    page = tree(edition(committees=[own]), CULTURE)
    first = page.xpath("//details[@data-app='news']//li")[0]
    assert first.xpath(".//a/@href") == ["https://www.example.se/prenumerera"]
    assert "e-post" in words(first)


def test_a_committee_that_has_ended_names_its_successors() -> None:
    """Who comes by an old link is led on."""
    old = replace(COMMITTEE, until=date(2025, 12, 31), successors=("aldrenamnden",))
    page = tree(edition(committees=[old, *COMMITTEES[3:4]]), CULTURE)
    note = page.xpath("//*[@class='note']")[0]
    assert words(note) == "Nämnden upphörde 31 december 2025. Följ Äldrenämnden"
    assert note.xpath("a/@href") == ["../../boras/aldrenamnden/"]


def test_news_and_places_of_a_committee_are_told() -> None:
    """Its articles, newest first, and where it has met this year, the usual place first."""
    made = edition(
        [
            revision(meeting("a", start=at("2026-01-12"), location=Place(name="Stadshuset"))),
            revision(meeting("b", start=at("2026-02-09"))),
            revision(meeting()),
        ],
        news=(
            revision(article(committees=("kulturnamnden",))),
            revision(article("n2", title="Annat", committees=("aldrenamnden",))),
        ),
    )
    page = tree(made, CULTURE)
    (news,) = page.xpath("//section[@aria-labelledby='nyheter']//li")
    assert words(news).endswith("här hittar du besluten 24 februari 2026")
    places = page.xpath("//section[@aria-labelledby='platser']//li")
    assert [words(one).partition(",")[0] for one in places] == ["Röda rummet", "Stadshuset"]


def test_a_month_is_a_table_of_weeks() -> None:
    """Every meeting stands on each of its days; weeks have the numbers that Swedes plan by."""
    page = tree(whole(), "boras/kalender/2026-11/")
    (table,) = page.iter("table")
    assert [words(one) for one in table.xpath(".//th[@scope='row']")] == [
        "44",
        "45",
        "46",
        "47",
        "48",
        "49",
    ]
    days = {
        cell.xpath("time/@datetime")[0]: words(cell)
        for cell in table.iter("td")
        if cell.xpath(".//a")
    }
    assert list(days) == ["2026-11-25", "2026-11-26"]
    assert "kl. 09.00 Kommunfullmäktige" in days["2026-11-25"]
    assert len(table.xpath(".//td/time")) == 30


def test_this_month_has_an_address_that_stays() -> None:
    """A bookmark of the calendar shows the month that it is."""
    made = whole()
    now, by_name = (tree(made, f"boras/kalender/{tail}") for tail in ("", "2026-03/"))
    assert words(now.find(".//main")) == words(by_name.find(".//main"))


def test_a_month_that_loses_its_meeting_is_shown_without_it() -> None:
    """A page that nobody renders any more would tell of the old day for ever."""
    before = edition([revision(meeting())])
    assert "Kulturnämnden" in words(tree(before, "boras/kalender/2026-03/").find(".//table"))
    after = edition([revision(meeting(start=at("2026-04-20")))])
    assert "Kulturnämnden" not in words(tree(after, "boras/kalender/2026-03/").find(".//table"))


def test_documents_come_by_the_day_they_were_put_up() -> None:
    """Newest first; one without a stamp is as old as its meeting."""
    stamped = replace(AGENDA, published=at("2026-02-27", "10:00"))
    bare = Document(id="x", name="Bilaga.pdf", url=None, role=Role.APPENDIX)
    made = edition([revision(meeting(documents=(stamped, bare)))])
    page = tree(made, "boras/handlingar/")
    assert [words(one) for one in page.iter("h2")] == [
        "måndag 16 mars 2026",
        "fredag 27 februari 2026",
    ]
    assert (
        words(page.xpath("//li[div]")[0]) == "Bilaga Bilaga.pdf Kulturnämnden måndag 16 mars 2026"
    )


def test_decisions_come_by_their_meetings() -> None:
    """In the city's own words, the newest meeting first."""
    made = edition(
        [
            revision(
                meeting("a", start=at("2026-01-12"), decisions=(Decision(title="A", text="1"),))
            ),
            revision(
                meeting("b", start=at("2026-02-09"), decisions=(Decision(title="B", text="2"),))
            ),
            revision(meeting()),
        ]
    )
    page = tree(made, "boras/beslut/")
    assert [words(one) for one in page.xpath("//dl")] == ["B 2", "A 1"]


def test_the_notice_board_tells_what_hangs() -> None:
    """Minutes with what follows from them, the rest by title and link, and nothing that is down."""
    made = edition(
        notices=(
            revision(notice(kept_at="Stadshuset")),
            revision(notice("down", title="Nedtaget"), withdrawn=True),
            revision(
                notice(
                    "bygglov",
                    title="Bygglov för altan",
                    committee=None,
                    held=None,
                    adjusted=None,
                    posted=None,
                    document_url=None,
                    appeal_deadline=None,
                    url="https://www.example.se/bygglov",
                )
            ),
        )
    )
    said = words(tree(made, "boras/anslagstavla/").find(".//main"))
    assert "Kulturnämnden 9 februari 2026 Justerat 16 februari 2026 Anslaget 17 februari" in said
    assert "Förvaras Stadshuset" in said
    assert "Beräknad sista dag för laglighetsprövning: tisdag 10 mars 2026" in said
    assert "Beräknat av Kallelse, inte av Borås Stad" in said
    assert "Annat som är anslaget Bygglov för altan" in said
    assert "Nedtaget" not in said


def test_search_looks_in_all_that_pages_name() -> None:
    """Committees, meetings, agenda, decisions and documents, and no meeting that is withdrawn."""
    text = index(whole().committees, whole().meetings).decode()
    for word in (
        "Äldrenämnden",
        '"d":"2026-03-16"',
        "Upprop",
        "Lekplats",
        "Kallelse 2026-03-16.pdf",
    ):
        assert word in text
    assert "907e" not in text


@pytest.mark.parametrize("official", [True, False])
def test_every_page_says_whose_it_is(*, official: bool) -> None:
    """The city's own word, or that somebody else brings it together; and how to reach them."""
    who = Publisher(name="Borås Nyheter", contact="red@example.org", official=official)
    footer = tree(edition(publisher=who), CULTURE).xpath("//body/footer")[0]
    assert ("De här sidorna är Borås Stads egna." in words(footer)) == official
    assert ("sammanställda av Borås Nyheter, som inte hör" in words(footer)) != official
    assert {"mailto:red@example.org", CITY.url} <= set(footer.xpath(".//a/@href"))


def test_the_statement_of_accessibility_is_the_publishers() -> None:
    """How far, how it was tried, what is amiss; without one the page says what was built."""
    said = Accessibility(
        compliance="partial",
        tested=date(2026, 2, 1),
        method="Provat med skärmläsare.",
        shortcomings=("PDF-filer är inte taggade.",),
    )
    who = Publisher(
        name="Borås Stad", contact="info@example.org", official=True, accessibility=said
    )
    told = words(tree(edition(publisher=who), "tillganglighet/").find(".//main"))
    assert "delvis förenliga med lagen" in told
    assert "Provat med skärmläsare. Senast 1 februari 2026." in told
    assert "PDF-filer är inte taggade." in told
    assert "digg.se/tdosanmalan" in told
    assert "WCAG 2.1" in words(tree(edition(), "tillganglighet/").find(".//main"))


def test_pages_are_light() -> None:
    """A meeting's page of ordinary size, over a phone's network in the woods."""
    assert len(found(whole(), "boras/moten/1a2b3c/").render()) < 10_000


def test_an_unknown_kind_of_body_has_a_place() -> None:
    """Whatever a city calls its bodies, each stands in a group of the first page."""
    for kind in Classification:
        body = Committee(slug="organ", name="Organet", classification=kind)
        assert tree(edition(committees=[body])).xpath("//*[@data-committee='organ']")
