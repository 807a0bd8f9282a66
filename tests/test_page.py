"""The pages lead on and load nothing of others; the first one shows what comes next."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree, html

from editions import COMMITTEE, NOW, SITE, at, edition, meeting, notice, revision, whole
from feeds.page import ASSETS, asset, pages
from feeds.publish import publish
from golden import assert_golden
from paged import everything, found, some, tree, trees, words
from records.model import AgendaItem, Decision, Document, Place
from records.terms import Role, Status

GOLDEN = Path(__file__).parent / "golden"
FOLDERS = ("", "boras/kulturnamnden/", "boras/moten/1a2b3c/", "boras/anslagstavla/")
"""A page of each kind on which the city's words stand."""
STYLED = re.compile(r'<\?xml-stylesheet [^>]*href="([^"]+)"')

STYLE, SCRIPT = 6_000, 12_000
"""How many octets our own style and script may have."""


def links(out: Path, path: str) -> Iterator[str]:
    """Give every address that a published file names, made whole as a browser or reader would."""
    body = (out / path).read_bytes()
    here = f"{SITE}/{path}"
    if path.endswith(".html"):
        tree = html.document_fromstring(body.decode())
        for element in tree.iter(etree.Element):
            for name in ("href", "src", "data-index", "data-status"):
                if (value := element.get(name)) is not None:
                    yield urljoin(here, value)
        yield from (code.text or "" for code in tree.xpath("//code[not(contains(., '<'))]"))
    elif path.endswith((".rss", ".atom", ".opml")):
        yield from (urljoin(here, name) for name in STYLED.findall(body.decode()))
        for node in etree.fromstring(body).iter(etree.Element):
            yield from (node.get(name, "") for name in ("href", "xmlUrl", "htmlUrl"))
            yield node.text or "" if node.tag == "link" else ""
    elif path.endswith(".ics"):
        calendar = Calendar.from_ical(body)
        yield str(calendar["SOURCE"])
        yield from (str(event.get("URL", "")) for event in calendar.events)


@pytest.mark.slow
def test_every_link_leads_to_a_published_file(tmp_path: Path) -> None:
    """Relative or whole, in page, feed, list or calendar: nothing of ours is a dead end."""
    done = publish(whole(), tmp_path, now=NOW)
    followed = set()
    for path in done.paths:
        for link in links(tmp_path, path):
            address = link.replace("webcal:", "https:", 1)
            assert urlsplit(address).scheme in {"", "https", "mailto", "data"}
            if not address.startswith(SITE):
                assert not address.startswith("https://example.org")
                continue
            name = urlsplit(address).path.removeprefix(urlsplit(SITE).path).lstrip("/")
            followed.add(f"{name}index.html" if name.endswith("/") or not name else name)
    assert followed <= {*done.paths, "status.json"}
    # others lead to what they frame, and the two other formats stand beside each RSS
    beside = ("notice.jsonl", "told.jsonl", ".atom", ".json", ".csv")
    told = {path for path in done.paths if not path.endswith(beside) and "/embed/" not in path}
    assert told <= followed  # and nothing is published that nobody is told of


@pytest.mark.slow
def test_pages_lead_to_parts_of_pages_that_are_there(tmp_path: Path) -> None:
    """Who is sent to a heading finds it."""
    done = publish(whole(), tmp_path, now=NOW)
    ids = {
        path: set(html.fromstring((tmp_path / path).read_bytes()).xpath("//@id"))
        for path in done.paths
        if path.endswith(".html")
    }
    for path in ids:
        for link in links(tmp_path, path):
            if link.startswith(SITE) and (part := urlsplit(link).fragment):
                name = urlsplit(link).path.removeprefix(urlsplit(SITE).path).lstrip("/")
                assert part in ids[f"{name}index.html" if name.endswith("/") or not name else name]


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("", "index"),
        ("boras/kulturnamnden/", "kulturnamnden"),
        ("boras/moten/1a2b3c/", "moten-1a2b3c"),
        ("en/boras/moten/f00d/", "en-moten-f00d"),
        ("boras/kalender/2026-03/", "kalender-2026-03"),
    ],
)
def test_golden(folder: str, name: str, request: pytest.FixtureRequest) -> None:
    """The pages' bytes change only when we mean it to."""
    assert_golden(GOLDEN / f"{name}.html", found(whole(), folder).render(), request)


def test_each_committee_can_be_followed() -> None:
    """From the first page one press leads to the ways to follow it."""
    (card,) = tree(edition()).xpath("//*[@data-committee='kulturnamnden']")
    assert [link for link in card.xpath(".//a/@href") if link.endswith("#prenumerera")] == [
        "./boras/kulturnamnden/#prenumerera"
    ]


def test_what_is_not_published_is_not_linked() -> None:
    """A file that is held back before its first day has no link, and no button."""
    for folder in ("", "boras/kulturnamnden/"):
        bare = tree(edition(), folder, set())
        assert not [href for href in bare.xpath("//a/@href") if href.endswith((".ics", ".rss"))]
        assert not bare.xpath("//link[@rel='alternate'][@type]")
        assert not bare.xpath("//code[contains(., 'kulturnamnden.ics')]")


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
    rows = tree(made).xpath("//section[@aria-labelledby='nasta']//li")
    assert [row.find(".//a").get("href").split("/")[-2] for row in rows] == [
        "long",
        "today",
        "off",
        "later",
    ]
    assert ["tid ej fastställd" in words(row) for row in rows] == [False, True, False, False]
    assert ["Inställt" in words(row) for row in rows] == [False, False, True, False]
    only = replace(made, meetings=made.meetings[:2])
    assert "1 maj" in words(tree(only).xpath("//*[@data-committee]//p")[0])


def test_an_empty_city_has_its_pages() -> None:
    """The first day of a city whose calendar is empty."""
    made = dict(trees(edition(committees=())))
    assert "Inga kommande sammanträden är kända just nu." in words(made["index.html"])
    assert "Inga sammanträden är kända" in words(made["boras/kalender/index.html"])


def test_a_demonstration_says_so_on_every_page() -> None:
    """Nobody takes the model for the city; what other sites show has its name alone."""
    for path, page in trees(edition([revision(meeting())], model=True)):
        if "/embed/" not in path:
            assert page.xpath("//title/text()")[0].startswith(("Modell: ", "Model: ")), path
            assert page.xpath("//p[@class='model']"), path
    assert not tree(edition()).xpath("//p[@class='model']")


def test_nothing_is_loaded_from_elsewhere() -> None:
    """No script, font, frame or picture of others: nobody learns who reads a page."""
    ours = {*ASSETS, "farger.css"}
    for path, page in trees(whole()):
        assert not page.xpath("//iframe|//img|//style|//@style|//@*[starts-with(name(), 'on')]")
        assert not page.xpath("//script[not(@src) and not(@type)]"), path
        loaded = page.xpath("//script/@src|//link[@rel='stylesheet']/@href")
        assert loaded
        assert all(urlsplit(address).scheme == "" for address in loaded), path
        assert {address.rpartition("/")[2] for address in loaded} <= ours, path
        assert not [form for form in page.xpath("//form/@action") if "//" in form], path
    for name in ASSETS:
        text = asset(name).decode()
        assert "@import" not in text
        assert "//" not in text.replace("http://www.w3.org/2000/svg", "").replace(
            "https://picocss.com", ""
        ) or name.endswith(".js")


def test_our_own_style_and_script_are_small() -> None:
    """They are the first thing that a phone in the woods waits for."""
    assert len(asset("style.css")) < STYLE
    assert len(asset("page.js")) < SCRIPT
    assert "://" not in asset("page.js").decode()


def test_every_page_can_be_read_by_ear() -> None:
    """Language, one h1, headings without gaps, ids once, names on links that look alike (WCAG)."""
    for path, page in trees(whole()):
        assert page.get("lang") == ("en" if path.startswith("en/") else "sv")
        levels = [int(str(e.tag)[1]) for e in page.iter("h1", "h2", "h3", "h4")]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert all(words(title) for title in page.iter("title")), path
    names = tree(whole()).xpath("//a[@aria-label]/@aria-label")
    assert len(names) == len(set(names)) > 1


def test_every_kind_of_page_is_valid_html() -> None:
    """Strictly parsed as the standard says, so that every browser builds the same page."""
    made = whole()
    kinds = {(one.template, one.shell.code): one for one in pages(made, everything(made))}
    assert len(kinds) > 20
    for one in kinds.values():
        html5lib.HTMLParser(strict=True).parse(one.render().decode())


def test_what_the_city_takes_down_is_kept_by_no_search_engine() -> None:
    """Notices and documents are found through us only while they hang."""
    unlisted = {path for path, page in trees(whole()) if page.xpath("//meta[@name='robots']")}
    expected = {"anslagstavla", "handlingar", "embed"}
    assert {path.removeprefix("en/").split("/")[1] for path in unlisted} == expected


def test_the_same_inputs_have_the_same_name() -> None:
    """What tells whether a page must be made anew: all that it shows, and nothing else."""
    made = whole()
    named = {one.path: repr(one) for one in pages(made, everything(made))}
    assert named == {one.path: repr(one) for one in pages(whole(), everything(whole()))}
    moved = replace(
        made,
        meetings=tuple(
            replace(r, record=replace(r.record, start=at("2026-04-21")))
            if "f00d" in r.record.id
            else r
            for r in made.meetings
        ),
    )
    after = {one.path: one for one in pages(moved, everything(moved))}
    changed = {path for path, one in after.items() if named[path] != repr(one)}
    assert "boras/moten/f00d/index.html" in changed
    assert "boras/moten/5eed/index.html" not in changed
    before = {one.path: one.render() for one in pages(made, everything(made))}
    assert changed == {path for path, one in after.items() if before[path] != one.render()}


@settings(max_examples=15)
@given(said=st.text(max_size=40), more=st.text(st.sampled_from("<>\"'&{}%#;/ \n\x00\ud800a=")))
def test_hostile_words_add_no_element(said: str, more: str) -> None:
    """The city's words are text, and an address that a browser would run is none."""

    def shape(first: str, second: str) -> list[str]:
        committee = replace(COMMITTEE, name=first, url=f"javascript:{second}")
        paper = Document(id="d", name=second, url=f"javascript:{first}", role=Role.MINUTES)
        record = meeting(
            location=Place(name=second),
            url=f"javascript:{first}",
            title=first,
            agenda=(AgendaItem(title=second, number=first, reference=second),),
            decisions=(Decision(title=first, text=second),),
            documents=(paper,),
            notices=(first, f"z{second}"),
        )
        hung = revision(notice(title=second, kept_at=first, document_url=f"javascript:{first}"))
        made = edition([revision(record)], committees=[committee], notices=(hung,))
        found = []
        for page in some(made, *FOLDERS):
            assert not [value for value in page.xpath("//@href") if value.startswith("javascript")]
            found += [json.dumps([e.tag, sorted(e.keys())]) for e in page.iter(etree.Element)]
        return found

    assert shape(f"x{said}", f"y{more}1") == shape("x", "y1")
