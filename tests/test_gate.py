"""A bad day at the source empties nobody's calendar, and no real loss is held back for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import COMMITTEE, NOW, at, edition, meeting, revision, whole
from feeds.calendar import render
from feeds.catalogue import files, manifests
from feeds.entry import first_day
from feeds.gate import Run, judge
from feeds.readback import read
from records.model import Committee
from records.state import Held

PATH = "boras/kulturnamnden.ics"
DAY = timedelta(days=1)


def body(names: Sequence[str], *, first: date = date(2026, 4, 1)) -> bytes:
    """Give a calendar of one meeting a day, from `first` on, under these names."""
    made = [
        revision(meeting(name, start=at(first + n * DAY))) for n, name in enumerate(sorted(names))
    ]
    return render(edition(made), COMMITTEE)


def rss(names: Sequence[str], *, day: date = date(2026, 2, 1)) -> bytes:
    """Give a feed as readers need it, with an entry for each name."""
    items = "".join(
        f"<item><title>t</title><link>https://example.se/{name}</link><description>d</description>"
        f'<guid isPermaLink="false">{name}</guid>'
        f"<pubDate>{day:%a, %d %b %Y} 12:00:00 +0100</pubDate></item>"
        for name in names
    )
    head = "".join(f"<{name}>x</{name}>" for name in ("title", "link", "description", "language"))
    own = '<link xmlns="http://www.w3.org/2005/Atom" rel="self"/>'
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f"<rss><channel>{head}<ttl>240</ttl>{own}{items}</channel></rss>"
    ).encode()


SIX = body("abcdef")
WHOLE = {
    file.path: file.render()
    for made in [whole()]
    for file in (*files(made), *manifests(made, {"boras/alla.rss"}))
    if Path(file.path).stem in {"alla", "meeting", "feeds", "index"}
}


def test_another_public_address_loses_no_feed() -> None:
    """The list of feeds names each by where it lies behind that address."""
    names = ("alla", "nyheter", "beslut", "protokoll", "bevakning/cykel", "kulturnamnden")

    def opml(site: str) -> bytes:
        feeds = "".join(f'<outline text="t" xmlUrl="{site}/boras/{one}.rss"/>' for one in names)
        return f'<opml version="2.0"><body>{feeds}</body></opml>'.encode()

    here, there = opml("http://localhost:8000"), opml("https://example.se/kallelse")
    assert judge("boras/feeds.opml", there, here, Run(now=NOW), None) is None
    assert len(read("boras/feeds.opml", here).entries) == len(names)


def test_nothing_stands_yet() -> None:
    """The first file is let through, empty or not."""
    assert judge(PATH, body(""), None, Run(now=NOW), None) is None


@pytest.mark.parametrize(
    ("kept", "held"), [("abcdef", False), ("abcd", False), ("abc", True), ("", True)]
)
def test_more_than_a_third_is_too_much(kept: str, *, held: bool) -> None:
    """A third may go, as a cancelled spring does; half of them is a broken page."""
    verdict = judge(PATH, body(kept), SIX, Run(now=NOW), None)
    assert (verdict is not None) == held
    if verdict:
        assert verdict.reason == f"loses {6 - len(kept)} of 6 entries"
        assert (verdict.path, verdict.since, verdict.days) == (PATH, NOW, (NOW.date(),))


def test_few_may_all_go() -> None:
    """Four events prove nothing."""
    assert judge(PATH, body(""), body("abcd"), Run(now=NOW), None) is None


def test_what_is_over_is_no_loss() -> None:
    """Only coming events count; what left the window is not missed."""
    before = body("abcdef", first=date(2026, 2, 1))
    assert judge(PATH, body(""), before, Run(now=NOW), None) is None


def test_what_goes_by_rule_is_no_loss() -> None:
    """A meeting that was withdrawn or forgotten is excused by its name."""
    excused = {f"{name}@boras.kallelse" for name in "def"}
    assert judge(PATH, body("abc"), SIX, Run(now=NOW, excused=excused), None) is None


def test_an_operator_may_force_it() -> None:
    """`--force PATH` lets through a loss, and that path alone."""
    assert judge(PATH, body(""), SIX, Run(now=NOW, forced=[PATH]), None) is None
    assert judge(PATH, body(""), SIX, Run(now=NOW, forced=["boras/alla.ics"]), None)


def test_the_second_day_is_believed() -> None:
    """The same loss on another day is true; the same day again, however often, is not."""
    first = judge(PATH, body(""), SIX, Run(now=NOW), None)
    assert first
    again = judge(PATH, body(""), SIX, Run(now=NOW + timedelta(hours=5)), first)
    assert again == first
    assert judge(PATH, body(""), SIX, Run(now=NOW + DAY), again) is None


def test_only_complete_runs_count() -> None:
    """A day on which a source failed proves nothing."""
    first = judge(PATH, body(""), SIX, Run(now=NOW, complete=False), None)
    assert first
    assert first.days == ()
    second = judge(PATH, body(""), SIX, Run(now=NOW + DAY), first)
    assert second
    assert judge(PATH, body(""), SIX, Run(now=NOW + 2 * DAY, complete=False), second)
    assert judge(PATH, body(""), SIX, Run(now=NOW + 2 * DAY), second) is None


def test_another_loss_counts_anew() -> None:
    """Two days of two different faults are not one truth; since when stays known."""
    first = judge(PATH, body(""), SIX, Run(now=NOW), None)
    second = judge(PATH, body("ab"), SIX, Run(now=NOW + DAY), first)
    assert second
    assert (second.since, second.days) == (NOW, ((NOW + DAY).date(),))


@pytest.mark.parametrize(
    ("path", "new"),
    [
        (PATH, SIX[:-20]),
        (PATH, SIX.replace(b"\r\n", b"\n")),
        (PATH, SIX.replace(b"DTSTART;TZID=Europe/Stockholm:2026", b"DTSTART:soon", 1)),
        (PATH, SIX.replace(b"UID:b@", b"UID:a@")),
        (PATH, SIX.replace(b"SUMMARY:", b"SUMMARY:" + b"x" * 70)),
        (PATH, SIX.replace(b"DTSTART;TZID=Europe/Stockholm:20260401T170000\r\n", b"")),
        (PATH, SIX.replace(b"BEGIN:VCALENDAR", b"BEGIN:VSCRATCHED")),
        (PATH, SIX.replace(b"BEGIN:VEVENT", b"begin:vevent", 1)),
        (PATH, SIX.replace(b"VTIMEZONE", b"X-ZONE")),
        (PATH, b""),
        ("boras/alla.rss", rss("a").replace(b"<link>https://example.se/a</link>", b"")),
        ("index.html", b"<p>x</p></html>"),
        ("boras/alla.rss", b"<rss><channel></channel></rss>"),
        ("boras/alla.rss", rss("aa")),
        ("boras/alla.rss", b"<html>"),
        ("boras/data/meeting.jsonl", b'{"id": "a"}'),
        ("boras/data/meeting.jsonl", b'{"id": "a"}\n{"id": "a"}\n'),
        ("boras/data/meeting.jsonl", b"[]\n"),
        ("boras/feeds.opml", b"<opml/>"),
        ("index.html", b"<title>x</title><main></main>"),
        ("style.css", b"\xff"),
    ],
)
def test_what_is_malformed_never_passes(path: str, new: bytes) -> None:
    """Not by force and not in time: half a file is nobody's truth."""
    held: Held | None = None
    for day in range(3):
        held = judge(path, new, None, Run(now=NOW + day * DAY, forced=[path]), held)
        assert held
        assert held.reason.startswith("is malformed: ")
        assert held.since == NOW


def test_an_entry_does_not_change_hands() -> None:
    """A meeting that turns up at another committee that is still there is a misread page."""
    other = Committee(slug="tekniska", name="Tekniska", classification=COMMITTEE.classification)

    def both(owner: str) -> bytes:
        made = [revision(meeting("a", committee=owner)), revision(meeting("b"))]
        made.append(revision(meeting("c", committee=other.slug)))
        return render(edition(made, committees=[COMMITTEE, other]))

    verdict = judge("boras/alla.ics", both(other.slug), both(COMMITTEE.slug), Run(now=NOW), None)
    assert verdict
    assert verdict.reason == "gives a@boras.kallelse to another committee"


def test_a_renamed_committee_is_no_move() -> None:
    """Its meetings bear the new name, and nothing was lost."""
    renamed = Committee(
        slug=COMMITTEE.slug, name="Fritidsnämnden", classification=COMMITTEE.classification
    )
    made = [revision(meeting(name)) for name in "abcdef"]
    before, after = (render(edition(made, committees=[c]), c) for c in (COMMITTEE, renamed))
    assert judge(PATH, after, before, Run(now=NOW), None) is None


def test_old_entries_leave_a_feed() -> None:
    """What is older than a feed's window goes by rule; what is younger is a loss."""
    old = first_day(NOW.date()) - DAY
    assert judge("boras/alla.rss", rss(""), rss("abcdef", day=old), Run(now=NOW), None) is None
    assert judge("boras/alla.rss", rss(""), rss("abcdef"), Run(now=NOW), None)


def test_a_record_of_the_export_is_a_loss() -> None:
    """The export keeps everything for ever."""
    path = "boras/data/meeting.jsonl"
    before = "".join(f'{{"id": "{name}"}}\n' for name in "abcdef").encode()
    assert judge(path, b"", before, Run(now=NOW), None)


def test_reading_back_gives_what_was_written() -> None:
    """The gate counts what subscribers see: names with their moments."""
    contents = read(PATH, SIX)
    assert contents.fault is None
    moment = contents.entries["a@boras.kallelse"]
    assert isinstance(moment, datetime)
    assert moment == at("2026-04-01")
    assert set(contents.owners.values()) == {"Kulturnämnden"}


@given(
    path=st.sampled_from(sorted(WHOLE)),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 90), st.binary(max_size=9))),
)
def test_no_damage_stops_a_run(path: str, cuts: list[tuple[float, int, bytes]]) -> None:
    """A file that a disk or a hand has spoiled is a fault with a reason, never a traceback."""
    body = WHOLE[path]
    for where, length, noise in cuts:
        begin = int(where * len(body))
        body = body[:begin] + noise + body[begin + length :]
    assert read(path, body).fault != ""
