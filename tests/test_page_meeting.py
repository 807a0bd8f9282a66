"""A meeting's page says all that is known of it, whose word each thing is, and what is unknown."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from lxml import html

from editions import (
    AGENDA,
    CITY,
    HOME,
    NOW,
    SEEN,
    at,
    change,
    edition,
    meeting,
    notice,
    revision,
)
from feeds import appeal
from feeds.edition import Edition
from paged import tree, words
from records.model import AgendaItem, Decision, Document, Meeting, Place, Problem, Provenance
from records.terms import Access, ChangeKind, Role, Status

FOLDER = "boras/moten/1a2b3c/"


def page(record: Meeting, **more: Any) -> html.HtmlElement:  # noqa: ANN401 - any field
    """Give the page of one meeting."""
    return tree(edition([revision(record)], **more), FOLDER)


def facts(found: html.HtmlElement) -> dict[str, str]:
    """Give the first list of facts by their labels."""
    listed = found.xpath("(//dl[@class='facts'])[1]")[0]
    return dict(zip(map(words, listed.iter("dt")), map(words, listed.iter("dd")), strict=True))


def test_the_head_says_who_and_when() -> None:
    """Whoever comes by a link from elsewhere knows at once whether this is the one."""
    found = page(meeting(end=at("2026-03-16", "19:30")))
    assert words(found.find(".//h1")) == "måndag 16 mars 2026"
    assert words(found.xpath("//*[@class='crumb']")[0]) == "Kulturnämnden"
    assert facts(found)["Tid"] == "kl. 17.00 – kl. 19.30"
    assert found.xpath("//h1//time/@datetime") == ["2026-03-16T17:00:00+01:00"]
    assert "Kulturnämnden måndag 16 mars 2026" in words(found.find(".//title"))


def test_two_days_are_both_told() -> None:
    """The budget takes two."""
    found = page(meeting(end=date(2026, 3, 17)))
    assert words(found.find(".//h1")) == "måndag 16 mars 2026 – tisdag 17 mars 2026"


def test_an_unknown_hour_is_not_made_up() -> None:
    """No midnight; what the calendar shows instead is called ours."""
    found = page(meeting(start=date(2026, 3, 16)))
    assert facts(found)["Tid"] == "tid ej fastställd"
    assert found.xpath("//h1//time/@datetime") == ["2026-03-16"]
    assert "kalendern visar hela dagen" in words(found.find(".//main"))


def test_clocks_are_told_in_the_citys_words() -> None:
    """A workshop before the meeting is not the meeting."""
    found = page(meeting(times=((time(16), "workshop"), (time(18), "sammanträde"))))
    assert facts(found)["Tid"] == "kl. 17.00 kl. 16.00 workshop kl. 18.00 sammanträde"


def test_the_place_leads_to_a_map() -> None:
    """At its verified spot where one is known, by a search for an address, and else not at all."""
    known = page(meeting())
    assert facts(known)["Plats"].startswith("Röda rummet, Kulturhuset, Sturegatan 2")
    assert "mlat=57.5&mlon=12.5" in known.xpath("//dd/a[@class='aside']/@href")[0]
    street = page(meeting(location=Place(name="Norrbyhuset, Västra Nygatan 52")))
    assert "search?query=Norrbyhuset%2C%20V%C3%A4stra" in street.xpath("//dd/a/@href")[0]
    assert not page(meeting(location=Place(name="Distansmöte"))).xpath("//dd/a[@class='aside']")
    assert "Plats" not in facts(page(meeting(location=None)))


@pytest.mark.parametrize(
    ("access", "since", "said"),
    [
        (Access.OPEN, at("2026-03-16", "18:00"), "Öppet för allmänheten från kl. 18.00"),
        (Access.OPEN, None, "Öppet för allmänheten"),
        (Access.CLOSED, None, "Inte öppet för allmänheten"),
        (Access.UNKNOWN, None, "Kommunen anger inte om mötet är öppet"),
    ],
)
def test_who_may_come_is_told(access: Access, since: datetime | None, said: str) -> None:
    """And what the city does not say is said to be unsaid."""
    assert facts(page(meeting(access=access, public_from=since)))["Åhörare"] == said


def test_what_is_off_says_so_first() -> None:
    """A cancelled meeting, one that is missing, and one that was withdrawn, by their own words."""
    off = page(meeting(status=Status.CANCELLED))
    assert words(off.find(".//h1")).startswith("Inställt ")
    assert "Sammanträdet är inställt." in words(off.xpath("//*[@class='note']")[0])
    gone = [change("boras:1a2b3c", ChangeKind.MISSING, NOW)]
    made = edition([revision(meeting(), withdrawn=True)], changes=gone)
    lost = tree(made, FOLDER)
    assert words(lost.find(".//h1")).startswith("Osäkert ")
    said = "syns inte längre hos kommunen sedan 2 mars 2026; kommunen har inte sagt varför."
    assert said in words(lost.xpath("//*[@class='note']")[0])


def test_the_agenda_keeps_the_citys_numbers() -> None:
    """§ and reference numbers are how people ask for a matter."""
    items = (AgendaItem(number="§ 12", title="Lekplats", reference="KUN 2026-00012"),)
    found = page(meeting(agenda=items))
    assert words(found.xpath("//section[@aria-labelledby='arenden']//li")[0]) == (
        "§ 12 Lekplats KUN 2026-00012"
    )


def test_documents_come_with_type_and_size() -> None:
    """In the order in which a meeting makes them; one without an address is no link."""
    minutes = Document(id="2", name="Protokoll.pdf", url=None, role=Role.MINUTES, size=9_646_899)
    found = page(meeting(documents=(minutes, AGENDA)))
    rows = found.xpath("//section[@aria-labelledby='handlingar']//li")
    assert [words(row) for row in rows] == [
        "Kallelse Kallelse 2026-03-16.pdf PDF, 121 kB",
        "Protokoll Protokoll.pdf 9,2 MB",
    ]
    assert rows[0].xpath(".//a/@href") == [AGENDA.url]
    assert not rows[1].xpath(".//a")


def test_unknown_documents_are_not_none() -> None:
    """What could not be read is not said to be missing."""
    known, unknown = (page(meeting(documents_known=one)) for one in (True, False))
    assert "Inga handlingar är publicerade." in words(known.find(".//main"))
    assert "kan inte läsas härifrån: se kommunens sida" in words(unknown.find(".//main"))


def test_decisions_and_minutes_are_told_with_the_day_to_appeal() -> None:
    """The computed day stands in the words of its calendar, and is called computed."""
    hung = revision(notice(held=date(2026, 3, 16)))
    record = meeting(decisions=(Decision(title="Lekplats", text="Bifall."),))
    found = page(record, notices=(hung,))
    (section,) = found.xpath("//section[@aria-labelledby='beslut']")
    said = words(section)
    assert "Lekplats Bifall." in said
    assert "justerat 16 februari 2026, anslaget 17 februari 2026" in said
    assert "Beräknad sista dag för laglighetsprövning: tisdag 10 mars 2026" in said
    made = edition([revision(record)], notices=(hung,))
    for part in appeal.words(made, hung, date(2026, 3, 10)).split("\n\n"):
        assert " ".join(part.split()) in said


def test_changes_are_told_in_words_newest_first() -> None:
    """When we saw it, what it was, and when the city says that it happened."""
    later = replace(change("boras:1a2b3c", ChangeKind.MOVED, NOW), stated=NOW - timedelta(hours=2))
    first = replace(change("boras:1a2b3c", ChangeKind.NEW), stated=date(2026, 1, 9))
    told = [later, first]
    rows = page(meeting(), changes=told).xpath("//section[@aria-labelledby='andringar']//li")
    day = "måndag 2 mars 2026"
    assert [words(row) for row in rows] == [
        f"{day} kl. 07.15: Text om moved. Enligt kommunen {day} kl. 05.15.",
        "måndag 12 januari 2026 kl. 06.30: Text om new. Enligt kommunen fredag 9 januari 2026.",
    ]
    (only,) = page(meeting()).xpath("//section[@aria-labelledby='andringar']//li")
    assert "inte ändrat sedan dess" in words(only)


def test_it_says_where_each_value_came_from() -> None:
    """In words for people; our own assumption, and what the city's pages disagree on, as well."""
    signals = {"start": "slug", "access": "«Mötet är öppet.»", "title": "page"}
    origin = Provenance(url=HOME, fetched=SEEN, content_hash="c", parser=1, signals=signals)
    disagreeing = meeting(problems=(Problem(code="x", text="slug: 17.00, page: 18.00"),))
    made = edition([revision(disagreeing, provenance=origin)])
    said = words(tree(made, FOLDER).xpath("//article/details[last()]")[0])
    assert "Tid adressen till mötets sida hos kommunen" in said
    assert "Öppenhet «Mötet är öppet.»" in said
    assert "tre timmar är Kallelses antagande" in said
    assert "slug: 17.00, page: 18.00" in said


def test_it_leads_to_the_meetings_around_it() -> None:
    """Of the same committee, as the city shows them now."""
    made = edition(
        [
            revision(meeting("a", start=at("2026-02-02"))),
            revision(meeting("gone", start=at("2026-02-09")), withdrawn=True),
            revision(meeting()),
            revision(meeting("b", start=at("2026-04-20"))),
            revision(meeting("other", start=at("2026-03-20"), committee="aldrenamnden")),
        ]
    )
    found = tree(made, FOLDER)
    assert found.xpath("//a[@rel='prev']/@href") == ["../../../boras/moten/a/"]
    assert found.xpath("//a[@rel='next']/@href") == ["../../../boras/moten/b/"]


def test_a_committee_that_is_known_from_meetings_alone_has_no_link() -> None:
    """No page of ours leads to one that is not there."""
    made = edition([revision(meeting(committee="okanda-namnden"))])
    assert not tree(made, FOLDER).xpath("//*[@class='crumb']/a")


def test_search_engines_read_the_same() -> None:
    """The JSON in the page is whole, and hostile words do not end it."""
    made: Edition = edition([revision(meeting(title="</script><b>Kulturnämnden"))])
    (text,) = tree(made, FOLDER).xpath("//script[@type='application/ld+json']/text()")
    told = json.loads(text)
    assert told["startDate"] == "2026-03-16T17:00:00+01:00"
    assert "</script>" in told["name"]


def test_the_webcast_is_linked_where_it_is_known() -> None:
    """As the page says, or else as the city's file does."""
    told = meeting(webcast=True)
    assert facts(page(told))["Webbsändning"] == "Sammanträdet sänds på webben."
    city = replace(CITY, webcasts={"kulturnamnden": "https://webb.example.se/kun"})
    found = page(told, city=city)
    assert "https://webb.example.se/kun" in found.xpath("//dd/a/@href")
