"""What would break an app or a reader is found in the file, with its rule and what to do."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commanding import kallelse
from editions import NOW, at, edition, meeting, revision, whole
from feeds import catalogue, lint_ics
from feeds.calendar import render
from feeds.gate import Run, judge
from feeds.lint import fault, lint
from feeds.rendered import Variant
from linting import ICS, replaced, rules

PATH = "boras/kulturnamnden.ics"

END = b"DTEND;TZID=Europe/Stockholm:20260316T200000"
DAY = render(edition([revision(meeting(start=date(2026, 3, 16)))]))
CALLING = render(edition([revision(meeting())]), variant=Variant.REMINDERS)
TAGGED = render(edition([revision(meeting(notices=("Se <p>lokalen</p>",)))]))
TAIL = b"END:VCALENDAR\r\n"


def with_line(line: bytes, after: bytes = b"BEGIN:VEVENT\r\n") -> Callable[[bytes], bytes]:
    """Give an edit that adds a line behind another."""
    return replaced(after, after + line + b"\r\n")


def test_what_we_publish_breaks_no_rule() -> None:
    """Every calendar and feed of a city in which everything has happened."""
    files = [file for file in catalogue.files(whole()) if file.path.endswith((".ics", ".rss"))]
    assert len(files) > 40
    for file in files:
        assert lint(file.path, file.render()) == []


PIECES = st.sampled_from(
    (
        *(b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VALARM\r\n", b"END:VCALENDAR\r\n"),
        *(b"UID:b@c\r\n", b"DTSTART:20260316T180000\r\n", b";TZID=A"),
        *(b"\r\n", b"\n", b" ", b"x:", b"\xff", b""),
    )
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES), max_size=4)


@given(edits=EDITS, path=st.sampled_from([PATH, "boras/a.google.ics", "boras/a.paminnelse.ics"]))
def test_an_event_that_is_read_once_for_all_files_hides_nothing(
    edits: list[tuple[float, int, bytes]], path: str
) -> None:
    """Whatever is done to a file: the short way says that all is well where the long one does."""
    body = CALLING if "paminnelse" in path else DAY
    for where, length, piece in edits:
        at_ = int(where * len(body))
        body = body[:at_] + piece + body[at_ + length :]
    assert lint_ics.check(path, body) == lint_ics.findings(path, body)


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
        ("C6", replaced(b"\r\nSUMMARY:", b"\r\nX-SUMMARY:")),
        ("C10", replaced(b"DTSTART;TZID=Europe/Stockholm", b"DTSTART;TZID=Europe/Oslo")),
        ("C10", replaced(b"BEGIN:VTIMEZONE", b"BEGIN:X-ZONE")),
        ("C10", replaced(b"DTSTART;TZID=Europe/Stockholm:2026", b"X-START:2026")),
        ("C10", replaced(b"DTSTART;TZID=Europe/Stockholm:2026", b"DTSTART:soon 2026")),
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
        ("C25", with_line(b"X-APPLE-STRUCTURED-LOCATION;VALUE=URI:geo:57,12")),
        ("C26", replaced(b"\r\nNAME:", b"\r\nX-NAME:")),
        ("C28", replaced(b"REFRESH-INTERVAL;VALUE=DURATION:PT4H", b"REFRESH-INTERVAL:PT4H")),
        ("C28", replaced(b"X-PUBLISHED-TTL:PT4H", b"X-PUBLISHED-TTL:P4H")),
        ("C29", replaced(b"X-APPLE-CALENDAR-COLOR:#", b"X-APPLE-CALENDAR-COLOR:")),
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
    for path in ("index.html", "boras/data/meeting.jsonl", "boras/data/meeting.json"):
        assert lint(path, b"{}") == []


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
