"""A vanished row is no cancellation: what the city shows no longer is missing, and not off."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from five import FIVE, PAGED, PLAIN, ROWS, city, kinds, later, statuses, without
from modelcity.addresses import CALENDAR
from modelcity.faults import Fault
from operation.absence import NOTE
from runs import LATER
from tiny import LISTING, Row, Tiny, tiny


@pytest.mark.parametrize("gone", [PLAIN, PAGED], ids=["a row", "a row and its page"])
def test_what_is_shown_no_longer_is_missing_and_never_cancelled(city: Tiny, gone: Row) -> None:
    """It stays in the calendar, tentative, and says since when nobody shows it."""
    city.show(without(gone))
    assert city.run(LATER).exit == 0
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed") | {gone.day: "missing"}
    (told,) = [change for change in city.changes() if change["kind"] == "missing"]
    assert told["previous"] == "2026-11-23T09:00:00+01:00"
    assert told["stated"] is None
    shown = city.file("kommunstyrelsen.ics")
    assert "STATUS:CANCELLED" not in shown
    assert "OSÄKERT: Kommunstyrelsen" in shown
    assert shown.count("BEGIN:VEVENT") == len(ROWS)


__all__ = ["city"]


def test_it_is_told_once(city: Tiny) -> None:
    """Runs that find the same add nothing."""
    city.show(without(PLAIN))
    for hour in range(1, 4):
        city.run(later(hours=hour))
    assert kinds(city) == ["missing"]


@pytest.mark.slow
def test_it_comes_back_whole(city: Tiny) -> None:
    """The city shows it again: it is restored under its UID, and the days are counted anew."""
    before = {row["uid"] for row in city.meetings()}
    city.show(without(PAGED))
    city.run(LATER)
    city.show(ROWS)
    city.run(later(days=1))
    assert kinds(city) == ["missing", "restored"]
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed")
    assert {row["uid"] for row in city.meetings()} == before


@pytest.mark.slow
@pytest.mark.parametrize("fails", [CALENDAR, LISTING])
def test_a_list_that_failed_proves_nothing(city: Tiny, fails: str) -> None:
    """It may have shown what the other does not."""
    city.show(without(PLAIN))
    city.model.faults[fails] = Fault(status=503)
    assert city.run(LATER).exit == 1
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed")


def test_one_list_of_two_is_enough(city: Tiny) -> None:
    """What the listing shows is not gone because the calendar lacks it."""
    city.show(without(PLAIN), ROWS)
    city.run(LATER)
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed")


def test_a_page_that_is_gone_is_no_absence_while_a_list_has_the_meeting(city: Tiny) -> None:
    """404 on the page: the meeting stays, with a problem that says so."""
    city.show(ROWS, pages=False)
    city.run(LATER)
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed")
    (row,) = [row for row in city.meetings() if row["start"].startswith(PAGED.day)]
    assert "page-gone" in {problem["code"] for problem in row["problems"]}


def test_a_page_without_a_list_is_asked_for(city: Tiny) -> None:
    """The row is gone and the page is there: it takes place, and says itself when it does not."""
    city.show(without(PAGED))
    city.page(PAGED)
    city.run(LATER)
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed")
    city.page(replace(PAGED, note="Sammanträdet är inställt."))
    city.run(later(days=1))
    assert statuses(city)[PAGED.day] == "cancelled"


def test_a_page_is_asked_for_where_the_list_says_that_it_is(city: Tiny) -> None:
    """The hour was corrected, and with it the address; the old one is gone."""
    late = replace(PAGED, clock="18.00")
    city.show((late, *without(PAGED)))
    city.run(LATER)
    (row,) = [row for row in city.meetings() if row["start"].startswith(PAGED.day)]
    assert (row["start"][11:16], row["id"]) == ("18:00", f"boras:{PAGED.node}")
    assert row["url"].endswith(late.path)
    assert row["problems"] == []


def test_an_old_list_hides_no_page_that_moved(city: Tiny) -> None:
    """One list leads to where the page was, the other to where it is."""
    moved = replace(PAGED, folder="/tidigarear")
    city.show(ROWS, (moved, *without(PAGED)), pages=False)
    city.page(moved)
    city.run(LATER)
    (row,) = [row for row in city.meetings() if row["start"].startswith(PAGED.day)]
    assert row["url"].endswith(moved.path)
    assert row["problems"] == []


@pytest.mark.slow
def test_a_page_that_was_never_there_leaves_its_row_and_its_source_well(city: Tiny) -> None:
    """A person is told of the dead link; the page joins its row when it comes."""
    dead = Row(day="2026-12-17", node="2b3c4d5e6f7a")
    city.show((dead, *ROWS), pages=False)
    city.page(PAGED)
    report = city.run(LATER)
    assert (report.exit, statuses(city)[dead.day]) == (0, "confirmed")
    assert "lead to 1 pages that it does not have" in report.run.problems[0]
    city.show((dead, *ROWS))
    assert city.run(later(days=1)).run.problems == ()
    assert (len(city.meetings()), kinds(city)) == (6, [])


@pytest.mark.slow
def test_a_page_that_cannot_be_had_is_not_gone(city: Tiny) -> None:
    """A 500 says nothing of the meeting."""
    city.show(without(PAGED))
    city.model.faults[PAGED.path] = Fault(status=500)
    city.run(LATER)
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed")


def test_what_was_called_off_stays_called_off(city: Tiny) -> None:
    """The city said so, and then took the row away."""
    called_off = replace(PLAIN, note="Sammanträdet är inställt.")
    city.show((called_off, *without(PLAIN)))
    city.run(LATER)
    city.show(without(PLAIN))
    city.run(later(days=1))
    assert statuses(city)[PLAIN.day] == "cancelled"
    assert kinds(city) == ["cancelled"]


@pytest.mark.slow
def test_after_fourteen_days_it_leaves_the_calendars_and_the_export_keeps_it(
    tmp_path: Path,
) -> None:
    """Days with a run are counted, not runs; shown again it comes back whole."""
    gone = Row(day="2027-01-18", clock="09.00")
    rows = (*(Row(day=f"2027-01-{day}") for day in (11, 25)), gone)
    with tiny(tmp_path) as city:
        city.show(rows)
        city.run()
        city.show(rows[:2])
        for day in range(1, 14):
            city.run(later(days=day))
            city.run(later(days=day, hours=2))
        assert "20270118T090000" in city.file("kommunstyrelsen.ics")
        city.run(later(days=14))
        assert "20270118T090000" not in city.file("kommunstyrelsen.ics")
        (row,) = [row for row in city.meetings() if row["start"].startswith("2027-01-18")]
        assert (row["status"], row["withdrawn"]) == ("missing", True)
        assert kinds(city) == ["missing", "withdrawn"]
        city.show(rows)
        city.run(later(days=15))
        assert "20270118T090000" in city.file("kommunstyrelsen.ics")
        assert kinds(city) == ["missing", "withdrawn", "restored"]


def test_a_past_meeting_is_never_missing(city: Tiny) -> None:
    """Its row leaves the lists when it has been."""
    city.show(without(PLAIN))
    city.run("2026-12-03T09:30")
    assert statuses(city)[PLAIN.day] == "confirmed"


@pytest.mark.slow
def test_a_missing_meeting_stays_when_its_day_has_passed(city: Tiny) -> None:
    """It is neither withdrawn nor confirmed by its age."""
    city.show(without(PAGED))
    city.run(LATER)
    city.run("2027-02-01T09:00")
    assert statuses(city)[PAGED.day] == "missing"
    assert kinds(city) == ["missing"]


@pytest.mark.slow
def test_much_at_once_is_not_believed_before_another_day(city: Tiny) -> None:
    """More than a third of a list is gone: somebody is told, and nothing changes until tomorrow."""
    city.show(ROWS[3:])
    report = city.run(LATER)
    assert report.exit == 1
    assert any("no longer" in trouble for trouble in report.troubles)
    assert city.run(later(hours=9)).exit == 1
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed")
    report = city.run(later(days=1))
    assert report.exit == 0
    assert [day for day, said in statuses(city).items() if said == "missing"] == [
        "2026-12-03",
        "2026-12-10",
        "2027-01-11",
    ]


@pytest.mark.slow
def test_what_a_doubted_list_tells_is_published_all_the_same(city: Tiny) -> None:
    """That much is gone is not believed; that a meeting is called off is told at once."""
    city.show((replace(ROWS[3], note="Inställt"), ROWS[4]))
    city.run(LATER)
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed") | {ROWS[3].day: "cancelled"}
    assert city.file("kommunstyrelsen.ics").count("STATUS:CANCELLED") == 1
    assert "inställt" in city.file("kommunstyrelsen.rss")


@pytest.mark.slow
def test_a_row_that_has_lost_its_committee_hides_no_meeting(city: Tiny) -> None:
    """«Sammanträde 3 december», of whom nobody says: it may be the one that is looked for."""
    nameless = replace(PLAIN, body="Sammanträde")
    city.show((nameless, *without(PLAIN)), without(PLAIN))
    city.run(LATER)
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed")
    city.show(without(PLAIN))
    city.run(later(days=1))
    assert statuses(city)[PLAIN.day] == "missing"


@pytest.mark.slow
def test_a_list_that_ends_earlier_does_not_speak_of_what_lies_behind(city: Tiny) -> None:
    """The window of the calendar may be shorter: that is told, and nothing is called missing."""
    city.show(ROWS[:3])
    for day in (1, 2):
        report = city.run(later(days=day))
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed")
    assert any("ends earlier" in text for text in report.run.problems)


@pytest.mark.slow
def test_a_list_of_the_next_few_calls_nothing_missing(city: Tiny) -> None:
    """An earlier meeting is added, and the last falls off the end."""
    city.show((Row(day="2026-12-01"), *ROWS[:4]))
    for day in (1, 2):
        city.run(later(days=day))
    assert set(statuses(city).values()) == {"confirmed"}


def test_a_row_whose_day_cannot_be_read_hides_no_meeting(city: Tiny) -> None:
    """«Tid: meddelas senare»: it may be the one that is looked for."""
    city.show(without(PLAIN))
    for path in (CALENDAR, LISTING):
        row = b"<h3>Kommunstyrelsen</h3><p>Tid: meddelas senare</p><p>Plats: Borgen</p></main>"
        city.model.pages[path] = city.model.pages[path].replace(b"</main>", row)
    city.run(LATER)
    assert statuses(city)[PLAIN.day] == "confirmed"


@pytest.mark.slow
def test_an_empty_list_is_a_claim(tmp_path: Path) -> None:
    """«Inga sammanträden»: the few that there were are missing."""
    with tiny(tmp_path) as city:
        city.show(ROWS[:2])
        city.run()
        city.show(())
        city.run(LATER)
        assert set(statuses(city).values()) == {"missing"}


@pytest.mark.slow
def test_a_lost_store_forgets_no_absence(city: Tiny) -> None:
    """What was missing is missing, and what is shown is not; nothing is told anew."""
    city.show(without(PAGED))
    city.run(LATER)
    told, shown = city.changes(), city.file("kommunstyrelsen.ics")
    (city.folder / "kallelse.db").unlink()
    city.run(later(days=1))
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed") | {PAGED.day: "missing"}
    assert city.changes() == told
    assert city.file("kommunstyrelsen.ics") == shown


@pytest.mark.slow
def test_a_store_of_before_learns_what_is_shown(city: Tiny) -> None:
    """A store without the note meets every meeting first, and calls none of them missing."""
    with closing(sqlite3.connect(city.folder / "kallelse.db")) as raw:
        raw.execute("DELETE FROM note WHERE key = ?", [NOTE])
        raw.commit()
    city.run(LATER)
    assert statuses(city) == dict.fromkeys(FIVE, "confirmed")
    city.show(without(PLAIN))
    city.run(later(days=1))
    assert statuses(city)[PLAIN.day] == "missing"
