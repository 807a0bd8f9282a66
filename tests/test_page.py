"""The first page shows what comes next and how to follow it, and every link of ours leads on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree, html

from editions import COMMITTEE, NOW, SITE, at, edition, meeting, revision, whole
from feeds.edition import Edition
from feeds.page import index
from feeds.publish import publish
from golden import assert_golden
from records.model import Place
from records.terms import Status

GOLDEN = Path(__file__).parent / "golden"
STYLED = re.compile(r'<\?xml-stylesheet [^>]*href="([^"]+)"')


def page(made: Edition, *paths: str) -> html.HtmlElement:
    """Give the first page, parsed, where these files are published."""
    return html.document_fromstring(index(made, paths).decode())


def links(out: Path, path: str) -> Iterator[str]:
    """Give every address that a published file names, made whole as a browser or reader would."""
    body = (out / path).read_bytes()
    here = f"{SITE}/{path}"
    if path.endswith(".html"):
        tree = html.document_fromstring(body.decode())
        for element in tree.iter(etree.Element):
            for name in ("href", "src"):
                if (value := element.get(name)) is not None:
                    yield urljoin(here, value)
        yield from (code.text or "" for code in tree.iter("code"))
    elif path.endswith((".rss", ".atom", ".opml")):
        yield from (urljoin(here, name) for name in STYLED.findall(body.decode()))
        for node in etree.fromstring(body).iter(etree.Element):
            yield from (node.get(name, "") for name in ("href", "xmlUrl", "htmlUrl"))
            yield node.text or "" if node.tag == "link" else ""
    elif path.endswith(".ics"):
        calendar = Calendar.from_ical(body)
        yield str(calendar["SOURCE"])
        yield from (str(event.get("URL", "")) for event in calendar.events)


def test_every_link_leads_to_a_published_file(tmp_path: Path) -> None:
    """Relative or whole, in page, feed, list or calendar: nothing of ours is a dead end."""
    done = publish(whole(), tmp_path, now=NOW)
    followed = set()
    for path in done.paths:
        for link in links(tmp_path, path):
            address = link.replace("webcal:", "https:", 1)
            assert urlsplit(address).scheme in {"", "https"}
            if not address.startswith(SITE):
                assert not address.startswith("https://example.org")
                continue
            name = urlsplit(address).path.removeprefix(urlsplit(SITE).path).lstrip("/")
            followed.add(name or "index.html")
    assert followed <= set(done.paths)
    # other forms of the same stand beside it
    beside = (".atom", ".json", ".csv", "notice.jsonl", "told.jsonl")
    reached = {path for path in done.paths if not path.endswith(beside)}
    followed = {path for path in followed if not path.endswith(beside)}
    assert followed == reached  # and nothing is published that nobody is told of


def test_golden(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The page's bytes change only when we mean it to."""
    publish(whole(), tmp_path, now=NOW)
    assert_golden(GOLDEN / "index.html", (tmp_path / "index.html").read_bytes(), request)


def test_each_committee_can_be_followed() -> None:
    """One press for an app, the address for the others, Google's own, and the feed."""
    ends = (".ics", ".google.ics", ".rss")
    tree = page(edition(), *(f"boras/kulturnamnden{end}" for end in ends))
    (card,) = tree.xpath("//*[@data-committee='kulturnamnden']")
    hrefs = card.xpath(".//a/@href")
    assert "webcal://example.org/kallelse/boras/kulturnamnden.ics" in hrefs
    assert "boras/kulturnamnden.rss" in hrefs
    assert [code.text for code in card.iter("code")] == [
        f"{SITE}/boras/kulturnamnden.ics",
        f"{SITE}/boras/kulturnamnden.google.ics",
    ]


def test_what_is_not_published_is_not_linked() -> None:
    """A file that is held back before its first day has no link."""
    tree = page(edition())
    assert not [href for href in tree.xpath("//a/@href") if "boras/" in href]
    assert not tree.xpath("//link[@rel='alternate']")


def test_coming_meetings_are_shown_in_order() -> None:
    """What is over, or withdrawn, is not; what is cancelled says so, and is nobody's next."""
    made = edition(
        [
            revision(meeting("later", start=at("2026-05-01"))),
            revision(meeting("off", start=at("2026-03-10"), status=Status.CANCELLED)),
            revision(meeting("over", start=at("2026-03-01"))),
            revision(meeting("today", start=date(2026, 3, 2))),
            revision(meeting("long", start=at("2026-03-01"), end=date(2026, 3, 2))),
            revision(meeting("gone", start=at("2026-03-11")), withdrawn=True),
        ]
    )
    tree = page(made)
    shown = [item.find(".//a").get("href").split(".")[-2] for item in tree.xpath("//ul/li")]
    assert shown == ["long", "today", "off", "later"]
    words = [" ".join(item.text_content().split()) for item in tree.xpath("//ul/li")]
    assert [word.startswith("tid ej fastställd") for word in words] == [False, True, False, False]
    assert ["Inställt" in word for word in words] == [False, False, True, False]
    only = replace(made, meetings=made.meetings[:2])
    assert "1 maj 2026" in page(only).xpath("string(//*[@data-committee]//p)")


def test_an_empty_city_has_a_page() -> None:
    """The first day of a city whose calendar is empty."""
    text = page(edition(committees=())).text_content()
    assert "Inga kommande sammanträden är kända just nu." in text


def test_a_demonstration_says_so() -> None:
    """Nobody takes the model for the city."""
    assert page(edition(model=True)).xpath("//title/text()")[0].startswith("Modell: ")
    assert "påhittat" in page(edition(model=True)).text_content()
    assert "Modell" not in page(edition()).text_content()


def test_nothing_is_loaded_from_elsewhere() -> None:
    """No script, font, frame or picture of others: nobody learns who reads the page."""
    tree = page(whole())
    assert not tree.xpath("//script|//iframe|//img|//style|//@style|//@onclick|//form")
    assert tree.xpath("//link[@rel='stylesheet']/@href") == ["style.css"]
    sheet = (Path(__file__).parent.parent / "feeds/page/style.css").read_text()
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_the_page_can_be_read_by_ear() -> None:
    """Language, one h1, headings without gaps, names on buttons that look alike (WCAG 2.4)."""
    tree = page(whole(), *(f"boras/{slug}.ics" for slug in ("alla", "kulturnamnden")))
    assert tree.get("lang") == "sv"
    levels = [int(str(e.tag)[1]) for e in tree.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    names = tree.xpath("//a[@class='button']/@aria-label")
    assert len(names) == len(set(names)) == 2
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


@given(words=st.text(max_size=60), more=st.text(st.sampled_from("<>\"'&{}%#;/ \n\x00\ud800a=")))
def test_hostile_words_add_no_element(words: str, more: str) -> None:
    """The city's words are text, and an address that a browser would run is none."""

    def shape(first: str, second: str) -> list[str]:
        committee = replace(COMMITTEE, name=first, url=f"javascript:{second}")
        record = meeting(location=Place(name=second), url=f"javascript:{first}")
        tree = page(edition([revision(record)], committees=[committee]))
        assert not [value for value in tree.xpath("//@href") if value.startswith("javascript")]
        return [json.dumps([e.tag, sorted(e.keys())]) for e in tree.iter(etree.Element)]

    assert shape(f"x{words}", f"y{more}") == shape("x", "y")
