"""Whatever the city's server does, the next update does what a good guest would, and errs in none.

Whole updates from a small model city: what holds for a single request stands in `test_fetch.py` and
its neighbours; `docs/failures.md` says which test keeps which promise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from email.utils import format_datetime
from pathlib import Path
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

import pytest

from feeds.kinds import Kind
from modelcity.faults import Fault, Robots
from modelcity.server import ModelCity
from operation.update import update
from records.errors import FetchError, Forbidden
from records.store import Store
from runs import (
    BOARD,
    LATER,
    MORNING,
    exported,
    one_listing,
    renamed,
    run,
    seeing_only,
    settings,
    stamps,
)
from scraper.cities import load
from scraper.pace import MOST

MOMENT: Final = settings(Path(), "http://127.0.0.1:1", now=LATER).moment
PLACE: Final = "Kulturhuset"


@pytest.fixture
def folder(small_folder: Path) -> Path:
    """Give what a good run of the small city left."""
    return small_folder


def touched(folder: Path, before: Mapping[str, tuple[int, bytes]]) -> set[str]:
    """Give the published files that are not as they were."""
    after = stamps(folder / "public")
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("7200", 7200),
        (format_datetime(MOMENT + timedelta(hours=2)), 7200),
        ("1000000000", MOST),
        (format_datetime(MOMENT - timedelta(hours=2)), 0),
        ("0", 0),
        ("-1", 0),
        ("1e9", 0),
        ("xyz", 0),
    ],
)
def test_a_rest_that_a_server_asks_for_is_kept_over_runs(
    asked: str, seconds: float, little: ModelCity, folder: Path
) -> None:
    """One request, and then none by any run until the hour that was asked for; six at the most."""
    before = stamps(folder / "public")
    little.faults["*"] = Fault(status=503, headers={"Retry-After": asked})
    chosen = seeing_only("/")
    assert update(chosen, settings(folder, little.origin, now=LATER)).exit == 1
    times = Counter(request.path for request in little.requests)
    assert set(times.values()) == ({1} if seconds else {3})
    assert len(times) == (1 if seconds else 3)  # then the host rests
    little.faults.clear()
    little.requests.clear()
    if seconds:
        early = (MOMENT + timedelta(seconds=seconds - 60)).isoformat()
        report = update(chosen, settings(folder, little.origin, now=early))
        assert little.requests == []
        assert any("asks to be left alone" in text for text in report.troubles)
    assert touched(folder, before) == {"status.json"}
    late = (MOMENT + timedelta(seconds=seconds)).isoformat()
    update(chosen, settings(folder, little.origin, now=late))
    assert little.requests


def lists(number: int) -> list[str]:
    """Give the addresses of so many lists."""
    return [f"/nyheter/lista{n}.4.{n:024x}.html" for n in range(number)]


@pytest.mark.slow
@pytest.mark.parametrize("between", [False, True], ids=["in a row", "one in two"])
def test_twelve_dead_sources_end_within_twelve_deadlines(
    little: ModelCity, tmp_path: Path, *, between: bool
) -> None:
    """Three in a row, and the host rests; where others answer in between, each has its deadline."""
    deadline = 0.8  # within which a page is read on a busy machine, too
    dead = lists(12)
    for path in dead:
        little.faults[path] = Fault(hang=True)
    paths = [path for each in dead for path in ((each, "/") if between else (each,))]
    links = [replace(BOARD, url=f"https://www.boras.se{path}", source=path) for path in paths]
    city = replace(seeing_only(), start=tuple(links))
    begun = monotonic()
    report = update(city, settings(tmp_path, little.origin, deadline=deadline))
    lasted = monotonic() - begun
    asked = [request.path for request in little.requests if request.path in dead]
    failing = {source.name for source in report.sources if not source.ok}
    assert (report.exit, failing >= set(dead)) == (1, True)
    assert len(asked) == (12 if between else 3)
    assert lasted < 12 * deadline + 3  # what is read, stored and published comes on top


def test_a_slow_page_costs_its_own_source_alone(little: ModelCity, folder: Path) -> None:
    """A byte at a time, far past the deadline: every other page is read, every file stands."""
    before = stamps(folder / "public")
    path = urlsplit(BOARD.url).path
    little.faults[path] = Fault(slow=0.05)
    report = run(folder, little, now=LATER, deadline=0.5)
    failing = [source.name for source in report.sources if not source.ok]
    assert failing == [BOARD.source]
    assert "did not come whole within 0.5 s" in report.troubles[0]
    assert touched(folder, before) == {"status.json"}


@pytest.mark.slow
@pytest.mark.parametrize("said", ["ISO-8859-1", "windows-1252", "klingon", "us-ascii"])
def test_a_server_that_names_a_wrong_charset_garbles_nothing(
    said: str, little: ModelCity, folder: Path, tmp_path: Path
) -> None:
    """The same bytes are published as by a server that names the right one: no «Ã¥» anywhere."""
    little.faults["*"] = Fault(content_type=f"text/html; charset={said}")
    run(tmp_path / "new", little)
    public = stamps(tmp_path / "new/public")
    assert not [path for path, (_, body) in public.items() if "Ã".encode() in body]
    assert exported(tmp_path / "new", Kind.MEETING) == exported(folder, Kind.MEETING)


@pytest.mark.slow
def test_pages_in_latin_1_are_read_as_they_were_meant(little: ModelCity, tmp_path: Path) -> None:
    """Said so by the page, by the header, and by a header that says UTF-8: å is å."""
    run(tmp_path / "good", little)
    page = little.answer(urlsplit(BOARD.url).path, {}).body.decode()
    little.pages[urlsplit(BOARD.url).path] = page.encode("windows-1252", "xmlcharrefreplace")
    for kind in ("text/html; charset=windows-1252", "text/html; charset=utf-8", "text/html"):
        little.faults[urlsplit(BOARD.url).path] = Fault(content_type=kind)
        new = tmp_path / kind.replace("/", "-")
        assert run(new, little).exit == 0
        assert exported(new, Kind.MEETING) == exported(tmp_path / "good", Kind.MEETING)


def test_not_modified_without_a_question_is_no_page(little: ModelCity, tmp_path: Path) -> None:
    """A server that answers 304 to everyone has told us nothing."""
    little.faults["/"] = Fault(status=304)
    report = update(seeing_only("/"), settings(tmp_path, little.origin))
    assert report.exit == 1
    assert "answered 304" in report.troubles[0]


def test_tags_that_change_with_every_answer_change_nothing(little: ModelCity, folder: Path) -> None:
    """What is compared is what a page says: nothing is written, nothing is told."""
    before = stamps(folder / "public")
    for hour, tag in (("15", "a"), ("16", "b")):
        little.faults["*"] = Fault(headers={"ETag": f'"{tag}"'}, no_validators=True)
        report = run(folder, little, now=f"2026-11-23T{hour}:00")
        assert (report.exit, report.changes) == (0, ())
    assert touched(folder, before) == {"status.json"}


@pytest.mark.slow
def test_a_tag_that_stays_while_the_page_changes_hides_nothing(
    little: ModelCity, tmp_path: Path
) -> None:
    """A new body is read, whatever its server calls it."""
    little.faults["*"] = Fault(headers={"ETag": '"same"'})
    city = one_listing()
    update(city, settings(tmp_path, little.origin))
    moved = renamed(little, "Plats:", "Plats: Källaren,", most=1)
    report = update(city, settings(tmp_path, little.origin, now=LATER))
    assert len(moved) == 1
    assert [change.kind for change in report.changes] == ["relocated"]


@pytest.mark.slow
@pytest.mark.parametrize("status", [301, 308])
def test_a_page_that_has_moved_is_asked_at_its_new_address(
    status: int, little: ModelCity, tmp_path: Path
) -> None:
    """Told once where it is, we do not ask for the way again."""
    path = urlsplit(BOARD.url).path
    little.pages["/kommunochpolitik/ny.4.25d9ccc5150fb715b722801e.html"] = little.answer(
        path, {}
    ).body
    little.faults[path] = Fault(
        status=status, redirect="/kommunochpolitik/ny.4.25d9ccc5150fb715b722801e.html"
    )
    city = one_listing(rules=())
    update(city, settings(tmp_path, little.origin))
    little.requests.clear()
    update(city, settings(tmp_path, little.origin, now=LATER))
    asked = [request.path for request in little.requests]
    assert asked == ["/kommunochpolitik/ny.4.25d9ccc5150fb715b722801e.html"]


@pytest.mark.slow
def test_a_meeting_s_page_that_is_gone_takes_no_meeting_away(
    little: ModelCity, folder: Path
) -> None:
    """404 on a page is the page's: the meeting stands in the list and in every calendar.

    The exported records alone say that their page is gone.
    """
    before, rows = stamps(folder / "public"), exported(folder, Kind.MEETING)
    little.faults["*sammantrade2026*"] = Fault(status=404)
    report = run(folder, little, now=LATER)
    assert (report.exit, report.changes) == (0, ())
    data = {f"boras/data/meeting.{form}" for form in ("jsonl", "jsonl.gz", "csv", "csv.gz")}
    assert touched(folder, before) == {"status.json"} | data
    after = exported(folder, Kind.MEETING)
    assert [row | {"problems": []} for row in after] == [row | {"problems": []} for row in rows]
    told = {problem["code"] for row in after for problem in row["problems"]}
    assert told == {"page-gone"}
    with Store.open(f"sqlite:///{folder / 'kallelse.db'}") as store:
        gone = [page.url for page in store.pages("boras") if page.status == 404]
    assert gone


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "source"),
    [("*sammantradeskalender*", "calendar"), ("*protokollkulturnamnden*", "kulturnamnden")],
)
def test_a_list_that_is_gone_fails_its_source(
    path: str, source: str, little: ModelCity, folder: Path
) -> None:
    """What it said stands, and a person is told at once: no alarm is as bad as a false one."""
    before = stamps(folder / "public")
    little.faults[path] = Fault(status=404)
    report = run(folder, little, now=LATER)
    assert report.exit == 1
    (told,) = report.troubles
    assert told.startswith(f"{source}: https://")
    assert "is gone (the server answered 404), and what it said stands" in told
    assert touched(folder, before) == {"status.json"}
    little.faults.clear()
    assert run(folder, little, now=LATER).troubles == ()


def test_lists_of_a_committee_that_has_ended_may_go(little: ModelCity, folder: Path) -> None:
    """Its pages are cleared away: nobody is called for that."""
    little.faults["*protokollkulturnamnden*"] = Fault(status=404)
    city = load("boras")
    ending = tuple(
        replace(body, until=date(2026, 11, 1)) if body.slug == "kulturnamnden" else body
        for body in city.committees
    )
    city = replace(city, committees=ending)
    report = update(city, settings(folder, little.origin, now=LATER))
    assert report.troubles == ()


@pytest.mark.parametrize("status", [401, 403])
def test_who_is_refused_is_told_of_the_letter(status: int, little: ModelCity, folder: Path) -> None:
    """One sentence for the source, which says what to do: nobody mends a firewall by waiting."""
    little.faults[urlsplit(BOARD.url).path] = Fault(status=status)
    (told,) = run(folder, little, now=LATER).troubles
    assert told == (
        f"kommunstyrelsen: {BOARD.url} could not be read (the server answered {status}):"
        " ask the city with docs/brev-till-kommunen.md"
    )


@pytest.mark.slow
def test_pages_that_robots_txt_closes_are_one_sentence_and_the_letter(
    little: ModelCity, tmp_path: Path
) -> None:
    """However many they are; not one of them is asked for."""
    little.robots = Robots(text="User-agent: *\nDisallow: /kommunochpolitik/\n")
    report = run(tmp_path, little)
    told = [text for text in report.run.problems if "robots.txt" in text]
    assert len(told) == 1
    assert "docs/brev-till-kommunen.md asks the city for leave" in told[0]
    assert not [one for one in little.requests if one.path.startswith("/kommunochpolitik/")]


def test_the_letter_is_where_every_refusal_says_it_is() -> None:
    """A sentence that points nowhere is no next step; what may pass by itself points nowhere."""
    letter = "docs/brev-till-kommunen.md"
    assert (Path(__file__).parent.parent / letter).is_file()
    assert letter in str(Forbidden("https://www.boras.se/", "robots.txt"))
    assert letter in str(FetchError("https://www.boras.se/", "403", status=403))
    for status in (None, 404, 429, 503):
        assert "asks again" in str(FetchError("https://www.boras.se/", "no", status=status))


def test_a_second_visit_asks_with_what_the_first_was_given(little: ModelCity, folder: Path) -> None:
    """Every page that gave a validator is asked conditionally, and none is sent again."""
    run(folder, little, now=LATER)
    again = [one for one in little.requests if one.path != "/robots.txt"]
    assert again
    assert all({"if-none-match", "if-modified-since"} <= one.headers.keys() for one in again)
    assert {one.status for one in again} == {304}
    assert {one.headers["user-agent"] for one in again} == {
        settings(folder, little.origin, now=MORNING).agent
    }
