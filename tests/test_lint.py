"""What would break an app or a reader is found in the file, with its rule and what to do."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import COMMITTEE, NOW, at, edition, meeting, revision, whole
from feeds import catalogue
from feeds.calendar import render
from feeds.contentlines import parse
from feeds.gate import Run, judge
from feeds.lint import fault, lint
from feeds.rendered import Variant
from program import kallelse

PATH = "boras/kulturnamnden.ics"
ICS = render(edition([revision(meeting())]), COMMITTEE)
RSS = b"""\
<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet type="text/css" href="/feed.css"?>
<rss xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel>
<title>Kommunstyrelsen</title><link>https://example.se/</link><description>Allt</description>
<language>sv</language><ttl>240</ttl>
<atom:link rel="self" href="https://example.org/ks.rss"/>
<lastBuildDate>Mon, 02 Mar 2026 07:15:00 +0100</lastBuildDate>
<item><title>B</title><link>https://example.se/b</link><description>b</description>
<content:encoded>bb</content:encoded>
<enclosure url="https://example.se/b.pdf" length="12" type="application/pdf"/>
<pubDate>Mon, 02 Mar 2026 07:15:00 +0100</pubDate><guid isPermaLink="false">tag:b</guid></item>
<item><title>A</title><link>https://example.se/a</link><description>a</description>
<pubDate>Sun, 01 Mar 2026 06:15:00 GMT</pubDate><guid isPermaLink="false">tag:a</guid></item>
</channel></rss>
"""
ATOM = b"""\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv"><id>tag:x</id><title>X</title>
<updated>2026-03-02T07:15:00+01:00</updated><author><name>Kallelse</name></author>
<link rel="alternate" href="https://example.se/"/><link rel="self" href="https://example.org/x.atom"/>
<entry><id>tag:a</id><title>A</title><updated>2026-03-02T07:15:00+01:00</updated>
<published>2026-03-02T07:15:00+01:00</published><link href="https://example.se/a"/></entry></feed>
"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "X",
        "home_page_url": "https://example.se/",
        "feed_url": "https://example.org/x.json",
        "language": "sv",
        "items": [
            {
                "id": "tag:a",
                "title": "A",
                "url": "https://example.se/a",
                "content_text": "a",
                "date_published": "2026-03-02T07:15:00+01:00",
            }
        ],
    }
).encode()
END = b"DTEND;TZID=Europe/Stockholm:20260316T200000"
DAY = render(edition([revision(meeting(start=date(2026, 3, 16)))]))
CALLING = render(edition([revision(meeting())]), variant=Variant.REMINDERS)
TAGGED = render(edition([revision(meeting(notices=("Se <p>lokalen</p>",)))]))
TAIL = b"END:VCALENDAR\r\n"
GOOD = {"x.ics": ICS, "x.rss": RSS, "x.atom": ATOM, "x.json": JSON}


def rules(path: str, body: bytes) -> set[str]:
    """Give the rules that a file breaks."""
    return {found.rule for found in lint(path, body)}


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Give an edit of a file in which `old` stands."""

    def edit(body: bytes) -> bytes:
        assert old in body
        return body.replace(old, new)

    return edit


def with_line(line: bytes, after: bytes = b"BEGIN:VEVENT\r\n") -> Callable[[bytes], bytes]:
    """Give an edit that adds a line behind another."""
    return replaced(after, after + line + b"\r\n")


def test_what_we_publish_breaks_no_rule() -> None:
    """Every calendar and feed of a city in which everything has happened."""
    files = [file for file in catalogue.files(whole()) if file.path.endswith((".ics", ".rss"))]
    assert len(files) > 40
    for file in files:
        assert lint(file.path, file.render()) == []


@pytest.mark.parametrize(("path", "body"), GOOD.items())
def test_a_good_file_has_no_finding(path: str, body: bytes) -> None:
    """The examples that the rest of these tests break one by one."""
    assert lint(path, body) == []


@pytest.mark.parametrize(
    ("rule", "edit"),
    [
        ("C1", replaced(b"UID:1a2b3c@boras.kallelse", b"UID:7")),
        ("C2", lambda body: body.removesuffix(TAIL) + body[body.index(b"BEGIN:VEVENT") :]),
        ("C3", replaced(b"LAST-MODIFIED:2026", b"LAST-MODIFIED:2025")),
        ("C3", replaced(b"DTSTAMP:20260112T053000Z\r\n", b"")),
        ("C5", replaced(b"SEQUENCE:0\r\n", b"")),
        ("C6", replaced(b"STATUS:CONFIRMED", b"STATUS:CANCELLED")),
        ("C6", replaced(b"STATUS:CONFIRMED", b"STATUS:INSTALLT")),
        ("C10", replaced(b"DTSTART;TZID=Europe/Stockholm", b"DTSTART;TZID=Europe/Oslo")),
        ("C10", replaced(b"BEGIN:VTIMEZONE", b"BEGIN:X-ZONE")),
        ("C11", replaced(b"DTSTART:19700329T020000", b"DTSTART:19700329T030000")),
        ("C12", with_line(b"RDATE:20260329T020000", b"BEGIN:DAYLIGHT\r\n")),
        ("C13", replaced(b"DTSTART;TZID=Europe/Stockholm", b"DTSTART")),
        ("C13", with_line(b"X-WR-TIMEZONE:Europe/Stockholm", b"VERSION:2.0\r\n")),
        ("C15", replaced(END, b"COMMENT:x")),
        ("C15", replaced(b"20260316T200000", b"20260316T170000")),
        ("C16", replaced(END, b"DTEND;VALUE=DATE:20260317")),
        ("C18", replaced(b"TRANSP:TRANSPARENT\r\n", b"")),
        ("C19", with_line(b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM")),
        ("C20", with_line(b"METHOD:PUBLISH", b"VERSION:2.0\r\n")),
        ("C21", with_line(b"ORGANIZER:mailto:a@example.se")),
        ("C22", with_line(b"ATTACH:https://example.se/papper.pdf")),
        ("C24", replaced(b"LOCATION:", b"LOCATION:https://example.se/ ")),
        ("C25", replaced(b"GEO:57.5;12.5", b"GEO:57\\;12")),
        ("C26", replaced(b"\r\nNAME:", b"\r\nX-NAME:")),
        ("C28", replaced(b"REFRESH-INTERVAL;VALUE=DURATION:PT4H", b"REFRESH-INTERVAL:PT4H")),
        ("C28", replaced(b"X-PUBLISHED-TTL:PT4H", b"X-PUBLISHED-TTL:P4H")),
        ("C29", replaced(b"COLOR:darkorchid\r\nREFRESH", b"COLOR:#9932CC\r\nREFRESH")),
        ("C30", lambda body: b"\xef\xbb\xbf" + body),
        ("C30", replaced(b"\r\n", b"\n")),
        ("C30", with_line(b"X-LONG:" + b"x" * 80)),
        ("C30", with_line(b"X-TORN:\xc3\r\n \xa5")),
        ("C30", replaced(b"VERSION:2.0\r\n", b"")),
        ("C31", with_line(b"COMMENT:a\x07b")),
        ("C31", with_line(b"en rad till")),
        ("C31", with_line(b"SUMMARY:en till")),
        ("C31", replaced(b"SUMMARY:Kulturn\xc3\xa4mnden\\,", b"SUMMARY:Kulturn\xc3\xa4mnden,")),
        ("C34", with_line(b"RRULE:FREQ=WEEKLY")),
        ("C35", with_line(b"\r\n".join([b"COMMENT:" + b"x" * 60] * 15_000))),
        ("C36", replaced(b"CLASS:PUBLIC", b"CLASS:PRIVATE")),
        ("C37", replaced(b"CATEGORIES:", b"X-CATEGORIES:")),
        ("C38", with_line(b"CONFERENCE:https://example.se/webb")),
        ("C39", replaced(b"PRODID:-//Kallelse//kallelse//SV\r\n", b"")),
        ("C39", replaced(b"//kallelse//SV", b"//kallelse 1.2//SV")),
    ],
)
def test_a_broken_calendar_rule_is_found(rule: str, edit: Callable[[bytes], bytes]) -> None:
    """One fault, its rule."""
    assert rule in rules(PATH, edit(ICS))


@pytest.mark.parametrize(
    ("rule", "path", "body"),
    [
        ("C7", "boras/x.google.ics", ICS.replace(b"STATUS:CONFIRMED", b"STATUS:CANCELLED")),
        ("C16", PATH, DAY.replace(b"TENTATIVE", b"CONFIRMED")),
        ("C19", "boras/x.paminnelse.ics", CALLING.replace(b"TRIGGER", b"X-T")),
        ("C23", PATH, TAGGED),
        ("C27", "boras/moten/1a2b3c.ics", ICS),
        ("C30", PATH, b"<html></html>"),
        ("C30", PATH, ICS.replace(b"Kulturn\xc3\xa4mnden", b"Kulturn\xe4mnden")),
        ("C32", PATH, re.sub(rb"BEGIN:VTIMEZONE.*END:VEVENT\r\n", b"", ICS, flags=re.DOTALL)),
    ],
)
def test_a_rule_of_one_kind_of_file_is_found(rule: str, path: str, body: bytes) -> None:
    """What Google's file, the file with reminders and one meeting's file must be."""
    assert rule in rules(path, body)


@pytest.mark.parametrize(
    ("rule", "path", "edit"),
    [
        ("F3", "x.rss", replaced(b'isPermaLink="false"', b"")),
        ("F3", "x.rss", replaced(b">tag:b<", b">tag:a<")),
        ("F6", "x.rss", replaced(b"https://example.se/a", b"/a")),
        ("F6", "x.rss", replaced(b"https://example.se/a", b"https://example.se/b")),
        ("F7", "x.rss", replaced(b"Sun, 01 Mar", b"Mon, 01 Mar")),
        ("F7", "x.rss", replaced(b"Sun, 01 Mar", b"son, 01 mars")),
        ("F7", "x.rss", replaced(b"<lastBuildDate>Mon, 02", b"<lastBuildDate>2")),
        ("F8", "x.rss", replaced(b"<language>sv</language>", b"")),
        ("F8", "x.rss", replaced(b'rel="self"', b'rel="hub"')),
        ("F8", "x.rss", replaced(b"<title>A</title>", b"")),
        ("F8", "x.rss", lambda _: b'<?xml version="1.0" encoding="utf-8"?><rss/>'),
        ("F9", "x.rss", replaced(b"<description>b</description>\n", b"")),
        ("F10", "x.rss", replaced(b"<enclosure ", b'<enclosure url="x"/><enclosure ')),
        ("F11", "x.rss", replaced(b'length="12"', b'length="0"')),
        ("F13", "x.rss", replaced(b"<item>", b"<item><author>Kulturnamnden</author>")),
        ("F15", "x.rss", replaced(b"01 Mar 2026", b"15 Mar 2026")),
        ("F15", "x.atom", replaced(b"T07:15:00+01:00</updated>\n", b"</updated>")),
        ("F17", "x.rss", lambda body: b"\xef\xbb\xbf" + body),
        ("F17", "x.rss", lambda body: body[:-40]),
        ("F17", "x.rss", replaced(b"<rss", b"<!DOCTYPE rss><rss")),
        ("F17", "x.atom", lambda _: RSS),
        ("F18", "x.rss", replaced(b"text/css", b"text/xsl")),
        ("F24", "x.rss", replaced(b"<title>A<", b"<title>A &amp;amp; B<")),
        ("F14", "x.atom", replaced(b"<id>tag:x</id>", b"")),
        ("F14", "x.atom", replaced(b'xml:lang="sv"', b"")),
        ("F14", "x.atom", replaced(b"author>", b"x>")),
        ("F14", "x.atom", replaced(b'rel="self"', b'rel="hub"')),
        ("F14", "x.atom", replaced(b"<published>2026-03-02T07:15:00+01:00</published>", b"")),
        ("F16", "x.json", replaced(b"version/1.1", b"version/1")),
        ("F16", "x.json", replaced(b'"language"', b'"lang"')),
        ("F16", "x.json", replaced(b'"tag:a"', b"7")),
        ("F16", "x.json", replaced(b'"content_text"', b'"text"')),
        ("F16", "x.json", replaced(b'"content_text"', b'"author": {}, "content_text"')),
        ("F16", "x.json", replaced(b'"items": [', b'"items": [1, ')),
        ("F16", "x.json", lambda _: b"[]"),
        ("F16", "x.json", lambda _: b"{"),
        ("F15", "x.json", replaced(b"+01:00", b"")),
        ("F15", "x.json", replaced(b"2026-03-02T", b"i dag ")),
    ],
)
def test_a_broken_feed_rule_is_found(rule: str, path: str, edit: Callable[[bytes], bytes]) -> None:
    """One fault, its rule, in each of the three formats."""
    assert rule in rules(path, edit(GOOD[path]))


def test_a_feed_of_hundreds_is_found() -> None:
    """Readers cut it off where they like (F23)."""
    one = json.loads(JSON)
    items = [
        {**one["items"][0], "id": f"tag:{n}", "url": f"https://example.se/{n}"} for n in range(101)
    ]
    assert rules("x.json", json.dumps({**one, "items": items}).encode()) == {"F23"}


def test_a_finding_says_where_and_what_to_do() -> None:
    """A line or a component, the rule, and the next step."""
    body = with_line(b"X-LONG:" + b"x" * 80)(ICS)
    line = body[: body.index(b"X-LONG")].count(b"\n") + 1
    assert [str(found) for found in lint(PATH, body)] == [
        f"line {line}: C30: fold it: it has 87 octets, and 75 are allowed"
    ]
    (found,) = lint(PATH, replaced(b"SEQUENCE:0\r\n", b"")(ICS))
    assert str(found) == "VEVENT 1a2b3c@boras.kallelse: C5: write SEQUENCE"
    torn = lint(PATH, ICS.removesuffix(b"END:VCALENDAR\r\n"))
    assert "line 1" in {found.where for found in torn}


def test_the_gate_holds_back_what_breaks_a_rule() -> None:
    """A fault of ours reaches nobody; `--force` is for losses, not for this."""
    bad = replaced(b"SEQUENCE:0\r\n", b"")(ICS)
    held = judge(PATH, bad, None, Run(now=NOW, forced=[PATH]), None)
    assert held
    assert held.reason == "is malformed: VEVENT 1a2b3c@boras.kallelse: C5: write SEQUENCE"


def test_the_citys_words_hold_nothing_back() -> None:
    """Tags that stand in a page's text are told by the linter, and no reason to go silent."""
    assert rules(PATH, TAGGED) == {"C23"}
    assert fault(PATH, TAGGED) is None
    assert judge(PATH, TAGGED, None, Run(now=NOW), None) is None


def test_other_files_have_other_rules() -> None:
    """A page or data is read back by the gate, and not linted."""
    assert lint("index.html", b"") == []


@given(body=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_nothing_breaks_the_linter(body: bytes) -> None:
    """Whatever the file is, it is told, and never a traceback."""
    for path in GOOD:
        assert lint(path, body)
    parse(body.decode(errors="replace"))


@given(cut=st.integers(0, 3000), noise=st.binary(max_size=8))
def test_a_damaged_file_breaks_no_linter(cut: int, noise: bytes) -> None:
    """Nor what was a good file once."""
    for path, body in GOOD.items():
        at = cut % len(body)
        lint(path, body[:at] + noise + body[at + len(noise) :])


def test_linting_costs_little() -> None:
    """A city's three years are linted in less time than they are rendered."""
    days = [date(2024, 1, 8) + timedelta(days=2 * n) for n in range(300)]
    made = edition(revision(meeting(f"{n:04}", start=at(day))) for n, day in enumerate(days))
    begun = time.process_time()
    body = render(made)
    rendered = time.process_time()
    assert lint(PATH, body) == []
    assert time.process_time() - rendered < rendered - begun


def test_validate_tells_each_finding(tmp_path: Path) -> None:
    """1 on findings, one a line, beginning with the file; 0 and silence where all is well."""
    good, bad = tmp_path / "good.ics", tmp_path / "bad.ics"
    good.write_bytes(ICS)
    bad.write_bytes(replaced(b"SEQUENCE:0\r\n", b"")(ICS))
    done = kallelse("validate", str(good), here=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    done = kallelse("validate", str(good), str(bad), here=tmp_path)
    assert done.returncode == 1
    assert done.stdout == f"{bad}: VEVENT 1a2b3c@boras.kallelse: C5: write SEQUENCE\n"


def test_validate_refuses_what_is_no_such_file(tmp_path: Path) -> None:
    """2, and one sentence: a mistyped path must not look like a file without findings."""
    page = tmp_path / "index.html"
    page.write_text("<html>")
    for path in (page, tmp_path / "missing.ics", tmp_path):
        done = kallelse("validate", str(path), here=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert str(path) in done.stderr
