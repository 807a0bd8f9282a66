"""A week and an outage are told once, stand as they were told, and survive the store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import feedparser
import pytest

from editions import COMMITTEES, NOW, TODAY, at, change, edition, meeting, revision, whole
from feeding import read
from feeds import outages, past, told, week
from feeds.edition import Edition
from modelcity.addresses import CALENDAR
from modelcity.faults import Fault
from records.model import ZONE, Told
from records.state import SourceState
from records.terms import ChangeKind, Status
from runs import MORNING, files, stamps
from tiny import LISTING, Row, Tiny, tiny

MONDAY: Final = TODAY  # 2 March 2026
DAY: Final = timedelta(days=1)
SHOWN: Final = [Row(day="2026-11-25", node="a1"), Row(day="2026-12-09", node="a2")]


def weekly(made: Edition) -> Told:
    """Give what is told of the edition's week."""
    (found,) = week.tell(made)
    return found


def test_a_week_is_dated_monday_and_names_its_meetings() -> None:
    """From Monday to Sunday, with state and place, and what came last week."""
    record = meeting("m0", start=at("2026-03-04"))
    gone = meeting("m1", start=at("2026-03-05"), status=Status.CANCELLED, location=None)
    two = meeting("m2", start=at("2026-02-27"), end=date(2026, 3, 2))
    out = [meeting("m3", start=at("2026-03-09")), meeting("m4", start=at("2026-03-01"))]
    told_of = [
        change("boras:m0", ChangeKind.DECISIONS_PUBLISHED, NOW - 3 * DAY),
        change("boras:m0", ChangeKind.MOVED, NOW),
        *(change(one.id, ChangeKind.NEW) for one in (record, gone, two, *out)),
    ]
    held = [revision(one) for one in (record, gone, two, *out)]
    withdrawn = revision(meeting("m5", start=at("2026-03-04")), withdrawn=True)
    made = edition([*held, withdrawn], changes=told_of, today=date(2026, 3, 5))
    found = weekly(made)
    assert found.id == "veckan/week/2026-03-02"
    assert found.at == datetime(2026, 3, 2, tzinfo=ZONE)
    assert found.title == "Politikveckan i Borås: vecka 10, 2–8 mars 2026"
    lines = found.body.split("\n")
    assert lines[0] == "Sammanträden i veckan:"
    assert [line for line in lines if line.startswith(("fredag", "onsdag", "INSTÄLLT"))] == [
        "fredag 27 februari 2026 kl. 17.00: Kulturnämnden, Kulturhuset, Röda rummet",
        "onsdag 4 mars 2026 kl. 17.00: Kulturnämnden, Kulturhuset, Röda rummet",
        "INSTÄLLT: torsdag 5 mars 2026 kl. 17.00: Kulturnämnden",
    ]
    after = lines[lines.index("Förra veckan:") + 1 :]
    assert after[0] == "Kulturnämnden 4 mars 2026: beslut publicerade"
    assert not [line for line in after if "ny tid" in line]


def test_a_week_is_told_once() -> None:
    """Whatever has changed by Thursday; and the next Monday has its own."""
    made = whole()
    again = replace(made, told=(weekly(made),))
    assert list(week.tell(replace(again, today=MONDAY + 6 * DAY))) == []
    assert weekly(replace(again, today=MONDAY + 7 * DAY)).id == "veckan/week/2026-03-09"


def test_a_week_without_meetings_says_so() -> None:
    """Silence would look like a broken feed."""
    assert weekly(edition()).body.startswith("Inga sammanträden är kända i veckan.")


def test_many_happenings_of_a_week_are_cut() -> None:
    """An entry that nobody reads to its end tells nothing."""
    changes = [
        change("boras:m0", ChangeKind.MOVED, NOW - 3 * DAY - timedelta(hours=n), number=n + 1)
        for n in range(week.MOST + 5)
    ]
    first = change("boras:m0", ChangeKind.NEW)
    body = weekly(edition([revision(meeting("m0"))], changes=[*changes, first])).body
    assert body.count("ny tid") == week.MOST
    assert "och 5 till." in body


def test_the_week_has_a_feed_of_its_own() -> None:
    """Called as the people call it, and in no other feed."""
    made = replace(whole(), told=(weekly(whole()),))
    found = read(made, "veckan")
    assert found.feed.title == "Politikveckan i Borås"
    (entry,) = found.entries
    assert entry.id == "tag:boras.kallelse,2026:veckan/week/2026-03-02"
    assert entry.published == "Mon, 02 Mar 2026 00:00:00 +0100"
    assert entry.id not in {one.id for one in read(made, "alla").entries}


def test_a_meeting_that_is_forgotten_leaves_the_week() -> None:
    """Whoever takes it down for good means every word of it; the rest of the week stands."""
    held = [revision(meeting("m0", start=at("2026-03-04"))), revision(meeting("m1", start=NOW))]
    moved = change("boras:m0", ChangeKind.MOVED, NOW - 3 * DAY)
    changes = [moved, *(change(one.record.id, ChangeKind.NEW) for one in held)]
    whole_week = weekly(edition(held, changes=changes))
    assert len(whole_week.body.split("\n")) == 9
    (left,) = told.without([whole_week], held[0].record)
    assert left.body.split("\n") == [
        "Sammanträden i veckan:",
        "måndag 2 mars 2026 kl. 07.15: Kulturnämnden, Kulturhuset, Röda rummet",
        held[1].record.url,
        "Förra veckan:",
        whole_week.body.split("\n")[-1],
    ]


def state(name: str, since: datetime | None = None, **more: Any) -> SourceState:  # noqa: ANN401 - any field
    """Give a source that fails since a moment, or that was read well."""
    given: dict[str, Any] = {
        "name": name,
        "url": f"https://www.example.se/{name}.html",
        "ok": since is None,
        "failing_since": since,
        "last_good": NOW - 3 * DAY,
    }
    return SourceState(**(given | more))


def telling(made: Edition, now: datetime, *states: SourceState) -> Edition:
    """Give the edition with what a run tells of these sources."""
    due = outages.untold(states, made.told, now)
    return replace(made, told=told.kept(made, outages.tell(made, due, now)))


def test_an_outage_is_told_after_a_day_and_once() -> None:
    """Not in the first hours, and not again with every run; then once that it is over."""
    made = edition([revision(meeting())], committees=COMMITTEES)
    bad = state("kulturnamnden", NOW - DAY + timedelta(minutes=1))
    assert telling(made, NOW, bad).told == ()
    out = telling(made, NOW + timedelta(hours=1), bad)
    (entry,) = read(out, "kulturnamnden").entries
    assert entry.title == "Kulturnämnden: kommunens sida har inte kunnat läsas på ett dygn"
    assert entry.id == "tag:boras.kallelse,2026:kulturnamnden/outage/2026-03-02"
    assert "sedan söndag 1 mars 2026 kl. 07.16" in entry.description
    assert "https://www.example.se/kulturnamnden.html" in entry.description
    assert telling(out, NOW + 5 * DAY, bad).told == out.told
    back = telling(out, NOW + 6 * DAY, state("kulturnamnden"))
    assert [one.id.split("/")[1] for one in back.told] == ["outage", "back"]
    assert telling(back, NOW + 7 * DAY, state("kulturnamnden")).told == back.told
    assert read(back, "kulturnamnden").entries[0].title.endswith("kommunens sida läses igen")


def test_two_outages_of_a_day_have_two_names() -> None:
    """A number tells them apart; neither is told under a name that readers have seen (F3)."""
    made = edition(committees=COMMITTEES)
    for hour in range(4):
        since = None if hour % 2 else NOW - 2 * DAY
        made = telling(made, NOW + timedelta(hours=hour), state("board", since))
    assert [one.id for one in made.told] == [
        "anslagstavla/outage/2026-03-02",
        "anslagstavla/back/2026-03-02",
        "anslagstavla/outage/2026-03-02/2",
        "anslagstavla/back/2026-03-02/2",
    ]


@pytest.mark.parametrize(
    ("source", "slug"),
    [("news", "nyheter"), ("board", "anslagstavla"), ("calendar", "alla"), ("start", "alla")],
)
def test_an_outage_stands_where_it_is_missed(source: str, slug: str) -> None:
    """In the feed of what the source gives, and not in those of committees."""
    made = telling(whole(), NOW, state(source, NOW - 2 * DAY))
    (one,) = made.told
    assert one.id == f"{slug}/outage/2026-03-02"
    assert f"tag:boras.kallelse,2026:{one.id}" in {e.id for e in read(made, slug).entries}
    own = read(made, "kulturnamnden").entries
    assert not [entry for entry in own if "outage" in entry.id]


def test_a_source_that_never_was_read_is_no_outage() -> None:
    """Nobody misses what nobody had."""
    never = state("news", NOW - 9 * DAY, last_good=None)
    assert telling(edition(), NOW, never).told == ()


def test_what_no_feed_shows_is_forgotten_but_an_outage_that_goes_on() -> None:
    """Else its end would never be told, or the same outage twice."""
    made = telling(edition(), NOW, state("news", NOW - 2 * DAY))
    made = replace(made, told=told.kept(made, week.tell(made)))
    later = replace(made, today=TODAY + 500 * DAY)
    assert [one.id for one in told.kept(later, ())] == ["nyheter/outage/2026-03-02"]


def test_what_was_told_is_read_back_and_nothing_else() -> None:
    """Each line is judged alone: a damaged one, a foreign address, another's name."""
    made = telling(whole(), NOW, state("news", NOW - 2 * DAY))
    every = told.kept(made, week.tell(made))
    raw = told.jsonl(every)
    assert set(past.read("boras", {told.FILE: raw}, NOW).told) == set(every)
    for old, new in (
        (b"veckan/week", b"../week"),
        (b"https://www.example.se", b"javascript:x"),
        (b'"at": "2026-03-02T00', b'"at": "2027-03-02T00'),
        (b'"source": null', b'"source": null, "x": 1'),
    ):
        assert old in raw
        found = past.read("boras", {told.FILE: raw.replace(old, new)}, NOW)
        assert found.left_out[told.FILE] in {1, 2}
        assert len(found.told) == 2 - found.left_out[told.FILE]


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Tiny]:
    """A tiny city that was read well on a Monday morning."""
    with tiny(tmp_path) as made:
        made.show(SHOWN)
        made.run(MORNING)
        yield made


def entries(city: Tiny, slug: str) -> list[str]:
    """Give the titles of a published feed."""
    return [entry.title for entry in feedparser.parse(city.file(f"{slug}.rss")).entries]


@pytest.mark.slow
def test_a_later_run_of_the_week_changes_no_word(city: Tiny) -> None:
    """A meeting that is cancelled on Tuesday is told by its committee; the week stands."""
    before = city.file("veckan.rss")
    assert "onsdag 25 november 2026 kl. 14.00" in before
    city.show([replace(SHOWN[0], note="INSTÄLLT"), SHOWN[1]])
    city.run("2026-11-24T09:00")
    assert city.file("veckan.rss") == before
    assert "inställt" in " ".join(entries(city, "kommunstyrelsen"))
    city.run("2026-12-01T09:00")
    assert len(entries(city, "veckan")) == 2


@pytest.mark.slow
def test_an_outage_is_one_entry_over_many_runs(city: Tiny) -> None:
    """A day and more of runs, also while every source fails, then the end of it."""
    city.model.faults[LISTING] = Fault(status=500)
    for now in ("2026-11-23T10:00", "2026-11-24T09:30"):
        city.run(now)
        assert not [title for title in entries(city, "alla") if "kommunens sida" in title]
    city.model.faults[CALENDAR] = Fault(status=500)
    before = files(stamps_of(city))
    city.run("2026-11-24T11:00")
    after = files(stamps_of(city))
    assert {path for path in after if before.get(path) != after[path]} == {
        *(f"boras/{slug}.{ending}" for slug in ("kommunstyrelsen", "alla") for ending in
          ("rss", "atom", "json")),
        "boras/data/told.jsonl",
        "status.json",
    }  # fmt: skip
    city.run("2026-11-25T09:00")
    city.model.faults.clear()
    city.run("2026-11-25T10:00")
    city.run("2026-11-25T11:00")
    told_of = [title for title in entries(city, "kommunstyrelsen") if "kommunens sida" in title]
    assert told_of == [
        "Kommunstyrelsen: kommunens sida läses igen",
        "Kommunstyrelsen: kommunens sida har inte kunnat läsas på ett dygn",
    ]


def stamps_of(city: Tiny) -> dict[str, bytes]:
    """Give what stands published."""
    return {path: body for path, (_, body) in stamps(city.folder / "public").items()}


@pytest.mark.slow
def test_a_lost_store_tells_no_week_anew(city: Tiny) -> None:
    """It is adopted with all else: the week is told as it was, though the city has changed."""
    before = city.file("veckan.json")
    (city.folder / "kallelse.db").unlink()
    shutil.rmtree(city.folder / "copies", ignore_errors=True)
    city.show([*SHOWN, Row(day="2026-11-26", node="a3")])
    city.run("2026-11-24T09:00")
    assert city.file("veckan.json") == before


def test_other_settings_are_published_the_same_day(city: Tiny) -> None:
    """Who adds a subject finds its feed after the next run, though the city has nothing new."""
    city.run("2026-11-23T15:00", watch=[{"slug": "styrelsen", "words": ["Kommunstyrelsen"]}])
    assert "Bevakning: Kommunstyrelsen" in city.file("bevakning/styrelsen.rss")
