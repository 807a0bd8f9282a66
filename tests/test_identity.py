"""What is said of one meeting comes together, and the id it was once given stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from editions import at, meeting
from reading import meeting_url, seen
from records.model import ZONE
from scraper.cities import load
from scraper.identity import Entry, Group, groups
from scraper.naming import keys, names
from scraper.raw import RawMeeting

KS = next(body for body in load("boras").committees if body.slug == "kommunstyrelsen")
NODE, SECOND = "1f2b506b1969f6e96e7e186", "2a2f506b1969f6e96e7e187"


def page(node: str = NODE, stamp: str = "202611301400") -> Entry:
    """Give a meeting's own page."""
    raw = RawMeeting(where="page", committee=KS.name, url=meeting_url(stamp, node), node=node)
    return raw, seen(raw, key=node)


def row(when: str, on: str = "calendar", at: int = 0, node: str | None = None) -> Entry:
    """Give a row of a list; `on` is the list, `at` the place in it."""
    raw = RawMeeting(where="calendar", committee=KS.name, time=when, node=node)
    return raw, seen(raw, key=on, position=at)


def ids(*entries: Entry, known: dict[str, str] | None = None) -> dict[str, str]:
    """Give each meeting's id with the keys that lead to it, after what was known before."""
    found, _ = groups(entries)
    given = dict(known or {})
    for _, name, leading in names(KS, found, given):
        given |= dict.fromkeys(leading, name)
    return given


def starts(found: list[Group]) -> list[str]:
    """Give the clock of each meeting with the number of its sightings."""
    return [
        f"{group.start.start:%H.%M} {len(group.entries)}"
        for group in found
        if isinstance(group.start.start, datetime)
    ]


def test_page_and_rows_that_lead_to_it_are_one_meeting() -> None:
    """By the node, also when the row tells another day."""
    found, undated = groups([page(), row("2026-12-07", node=NODE)])
    assert (len(found), undated) == (1, 0)
    assert found[0].node == NODE
    assert found[0].start.start == datetime(2026, 11, 30, 14, tzinfo=ZONE)


def test_a_row_without_a_link_joins_the_page_of_its_day() -> None:
    """And one of another day is another meeting."""
    found, _ = groups([page(), row("2026-11-30"), row("2026-12-07", at=1)])
    assert [(group.node, len(group.entries)) for group in found] == [(NODE, 2), (None, 1)]


def test_two_rows_of_one_list_on_one_day_are_two_meetings() -> None:
    """A company and its owner meet on one day, and so does a committee twice."""
    found, _ = groups([row("2026-11-30 09.00"), row("2026-11-30 14.00", at=1)])
    assert starts(found) == ["09.00 1", "14.00 1"]
    again, _ = groups([row("2026-11-30 09.00"), row("2026-11-30 09.00", at=1)])
    assert starts(again) == ["09.00 1"]


def test_a_row_on_another_list_joins_the_nearest_clock() -> None:
    """Two lists that differ by half an hour mean the same two meetings."""
    found, _ = groups(
        [
            row("2026-11-30 09.00", "calendar"),
            row("2026-11-30 14.00", "calendar", 1),
            row("2026-11-30 14.30", "widget"),
        ]
    )
    assert starts(found) == ["09.00 1", "14.00 2"]


def test_two_pages_on_one_day_each_take_their_row() -> None:
    """Neither is swallowed by the other."""
    found, _ = groups(
        [
            page(stamp="202611300900"),
            page(SECOND, "202611301400"),
            row("2026-11-30 14.30"),
            row("2026-11-30 08.30", at=1),
        ]
    )
    assert sorted(group.node or "" for group in found) == [NODE, SECOND]
    assert [len(group.entries) for group in found] == [2, 2]


def test_a_row_whose_meeting_the_same_list_has_told_is_no_other() -> None:
    """One list shows a meeting twice: as a link, and as a line without."""
    linked = row("2026-11-30 14.00", node=NODE)
    found, _ = groups([linked, row("2026-11-30 14.00", at=1), row("2026-11-30 18.00", at=2)])
    assert starts(found) == ["14.00 1", "18.00 1"]


def test_what_names_no_day_is_counted_and_is_no_meeting() -> None:
    """With a page or without."""
    assert groups([row("snart"), row("inte bestämt", node=NODE)]) == ([], 2)
    assert groups([]) == ([], 0)


def test_a_page_joins_the_row_that_was_seen_before_it() -> None:
    """The plan of the year comes first; the entry in a resident's calendar stays one entry."""
    before = ids(row("2026-11-30"))
    assert before == {"slot:20261130/1": "kommunstyrelsen-20261130"}
    after = ids(page(), row("2026-11-30"), known=before)
    assert after[f"node:{NODE}"] == before["slot:20261130/1"]
    gone = ids(page(), known=before)
    assert gone[f"node:{NODE}"] == before["slot:20261130/1"]


def test_an_id_once_given_stays() -> None:
    """Through a move to another day, a new hour, and the loss of its row."""
    before = ids(page())
    assert before == {f"node:{NODE}": NODE}
    assert ids(page(stamp="202612071400"), known=before) == before
    assert ids(page(), row("2026-11-30"), known=before) == before


def test_two_meetings_of_one_day_keep_two_ids() -> None:
    """And a third that day gets its own."""
    two = (row("2026-11-30 09.00"), row("2026-11-30 14.00", at=1))
    before = ids(*two)
    assert sorted(before.values()) == ["kommunstyrelsen-20261130", "kommunstyrelsen-20261130-2"]
    assert ids(*two, known=before) == before
    third = ids(*two, row("2026-11-30 18.00", at=2), known=before)
    assert third["slot:20261130/3"] == "kommunstyrelsen-20261130-3"


def test_a_new_page_beside_a_row_that_still_stands_is_another_meeting() -> None:
    """The row's id is not given to a page that the list never meant."""
    before = ids(row("2026-11-30 09.00"))
    linked = row("2026-11-30 14.00", at=1, node=NODE)
    after = ids(page(), linked, row("2026-11-30 09.00"), known=before)
    assert after["slot:20261130/1"] == "kommunstyrelsen-20261130"
    assert after[f"node:{NODE}"] == NODE


def moved(when: str, remark: str, on: str = "calendar") -> Entry:
    """Give a row whose remark says which day its meeting has left."""
    raw = RawMeeting(where=on, committee=KS.name, time=when, row=f"{KS.name} | {remark}")
    return raw, seen(raw, key=on)


def test_a_row_that_remarks_which_day_it_left_is_the_meeting_of_that_day() -> None:
    """«flyttat från 7 december» beside the new day: the entry moves, and no second one comes."""
    before = ids(row("2026-12-07 14.00"))
    after = ids(moved("2026-12-14 14.00", "flyttat från 7 december"), known=before)
    assert set(after.values()) == {"kommunstyrelsen-20261207"}
    assert ids(row("2026-12-14 14.00"), known=after) == after


def test_a_list_of_before_a_move_means_the_same_meeting() -> None:
    """Whichever list is mended first; what has left a day is not held on it."""
    for mended, old in (("calendar", "listing"), ("listing", "calendar")):
        still = RawMeeting(where=old, committee=KS.name, time="2026-12-07 14.00")
        changed = moved("2026-12-14 14.00", "flyttat från 7 december", mended)
        (found,), _ = groups([changed, (still, seen(still, key=old))])
        assert found.start.start == datetime(2026, 12, 14, 14, tzinfo=ZONE)
        assert found.start.problems == ()


def test_a_meeting_on_the_day_that_another_left_is_its_own() -> None:
    """Both lists show both; so does one that shows the new one alone beside the page of the old."""
    both = [moved("2026-12-14 14.00", "flyttat från 7 december", on) for on in ("calendar", "list")]
    new = [row("2026-12-07 09.00", on, at=1) for on in ("calendar", "list")]
    found, _ = groups([(replace(raw, where="calendar"), one) for raw, one in (*both, *new)])
    assert starts(found) == ["09.00 2", "14.00 2"]


def test_another_hour_of_the_same_day_leaves_no_day() -> None:
    """Whatever day the page's address was made for, the list's own day is where it is held."""
    raw, where = moved("2026-12-07 15.00", "Flyttat från 7 december kl. 14 till kl. 15")
    linked = replace(raw, node=NODE, url=meeting_url("202611301400"))
    listed = replace(linked, where="listing", row=None)
    (found,), _ = groups([(linked, where), (listed, seen(listed, key="listing"))])
    assert found.start.start == datetime(2026, 12, 7, 15, tzinfo=ZONE)
    assert found.start.moved_from is None


def test_a_remark_on_an_item_moves_no_meeting() -> None:
    """What is moved here from another day is on the agenda."""
    (found,), _ = groups([moved("2026-12-14 14.00", "Föredragningen flyttad från 7 december")])
    assert found.start.moved_from is None


def test_each_key_of_what_is_adopted_leads_to_one_meeting() -> None:
    """Also where one was moved to the day of another, or has gone to another committee."""
    known = [
        meeting("kommunstyrelsen-20261130", committee=KS.slug, start=at("2026-12-07"), url=None),
        meeting("kommunstyrelsen-20261207", committee=KS.slug, start=at("2026-12-07"), url=None),
        meeting("valnamnden-20261207", committee=KS.slug, url=meeting_url(node=NODE)),
        meeting(SECOND, committee="valnamnden"),
    ]
    own = {f"node:{NODE}": "valnamnden-20261207"}
    assert keys(known) == {
        KS.slug: {
            "slot:20261130/1": "kommunstyrelsen-20261130",
            "slot:20261207/1": "kommunstyrelsen-20261207",
            "slot:20261207/2": "kommunstyrelsen-20261130",
            "slot:20260316/1": "valnamnden-20261207",
            **own,
        },
        "valnamnden": {f"node:{SECOND}": SECOND, "slot:20261207/1": "valnamnden-20261207", **own},
    }
