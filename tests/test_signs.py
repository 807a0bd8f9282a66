"""A person is called when a source begins to fail and when it is back, and not in between."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Final

import pytest
import structlog
from structlog.testing import capture_logs

from modelcity.faults import Fault
from modelcity.server import ModelCity
from operation import logs, notify, running
from operation.freshness import stale
from operation.overview import overview
from operation.report import Report
from operation.runlog import runs
from operation.settings import Settings, Timetable
from operation.signs import edges
from records.errors import Stopped
from records.model import ZONE
from records.state import SourceState
from records.store import Store
from runs import BOARD, settings
from scraper.crawl import Outcome
from scraper.rota import Depth
from wire import Asked, Wire, answer

NOW: Final = datetime(2026, 11, 23, 9, tzinfo=ZONE)
PATH: Final = BOARD.url.removeprefix("https://www.boras.se")
HOOK: Final = (
    "import json, os, sys; "
    "told = {k: v for k, v in os.environ.items() if k.startswith('KALLELSE_EVENT')}; "
    "open(sys.argv[1], 'a').write(json.dumps(told) + chr(10)); print('to nobody')"
)


@pytest.fixture
def folder(small_folder: Path) -> Path:
    """Give what a good run of the small city left."""
    return small_folder


def at(hour: int, folder: Path, city: ModelCity, **more: object) -> Settings:
    """Give the settings of a run at an hour of that day."""
    return settings(folder, city.origin, now=f"2026-11-23T{hour:02}:00", **more)


def hook(folder: Path) -> dict[str, object]:
    """Give settings that have a program write down what it is told."""
    return {"notify": {"command": (sys.executable, "-c", HOOK, str(folder / "told"))}}


def told(folder: Path) -> list[dict[str, str]]:
    """Give what the program wrote down."""
    file = folder / "told"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@pytest.mark.slow
def test_a_failure_is_logged_and_told_on_its_edges(
    little: ModelCity, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Five runs, of which three fail: one line and one call when it begins, and when it is over."""
    lines = []
    for hour, broken in ((10, True), (11, True), (12, True), (13, False), (14, False)):
        little.faults.clear()
        if broken:
            little.faults[PATH] = Fault(status=500)
        with capture_logs() as captured:
            running.run("boras", at(hour, folder, little, **hook(folder)))
        lines.append([line for line in captured if line["event"].startswith("a source")])
    assert [[line["event"] for line in found] for found in lines] == [
        *(["a source fails"], [], [], ["a source is back"], []),
    ]
    assert lines[0][0]["reason"].startswith(f"{BOARD.url} could not be read")
    began, over = told(folder)
    assert began["KALLELSE_EVENT"] == "failing"
    assert began["KALLELSE_EVENT_CITY"] == "boras"
    assert began["KALLELSE_EVENT_SOURCE"] == "kommunstyrelsen"
    assert began["KALLELSE_EVENT_URL"] == BOARD.url
    assert "answered 500" in began["KALLELSE_EVENT_REASON"]
    assert (over["KALLELSE_EVENT"], over["KALLELSE_EVENT_REASON"]) == ("back", "")
    assert began["KALLELSE_EVENT_SINCE"] == over["KALLELSE_EVENT_SINCE"]
    assert began["KALLELSE_EVENT_SINCE"].startswith("2026-11-23T10:00")
    assert "to nobody" not in capfd.readouterr().out


def test_one_line_says_how_a_run_of_a_city_went(little: ModelCity, folder: Path) -> None:
    """How much was asked, how many requests that took, what changed, how it ended."""
    with capture_logs() as captured:
        running.run("boras", at(10, folder, little, light=True))
    (line,) = [line for line in captured if line["log_level"] == "info"]
    assert line["event"] == "updated"
    assert {"city", "exit", "depth", "requests", "changes", "written", "held"} <= line.keys()
    assert (line["depth"], line["exit"]) == ("light", 0)


def state(name: str, *, ok: bool, since: datetime | None = None) -> SourceState:
    """Give a source as a run left it."""
    reason = None if ok else "no answer"
    return SourceState(name=name, url="u", ok=ok, failing_since=since, reason=reason)


def test_an_alarm_that_could_not_be_given_is_given_by_the_next_run() -> None:
    """What was told is remembered, not what was so: a kill in between loses no alarm."""
    failing = [state("news", ok=False, since=NOW), state("board", ok=True)]
    first, note = edges(None, failing)
    again, _ = edges(None, failing)
    assert [(edge.source.name, edge.failing) for edge in first] == [("news", True)]
    assert first == again
    assert edges(note, failing)[0] == []
    back, after = edges(note, [state("news", ok=True)])
    assert [(edge.failing, edge.since) for edge in back] == [(False, NOW)]
    assert edges(after, [state("news", ok=True)])[0] == []


@pytest.mark.parametrize(
    ("words", "event"),
    [
        (("no-such-program-anywhere",), "the command could not be run"),
        ((sys.executable, "-c", "raise SystemExit(3)"), "the command failed"),
        ((sys.executable, "-c", "import time; time.sleep(60)"), "the command could not be run"),
    ],
    ids=["missing", "failing", "hanging"],
)
def test_a_command_that_goes_wrong_is_a_warning(
    words: tuple[str, ...], event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the operator's, and no run may hang or fail by it."""
    monkeypatch.setattr(notify, "LASTING", 1.0)
    with capture_logs() as captured:
        assert not notify.command(words, {"KALLELSE_EVENT_REASON": "a\0b"})
    assert [(line["event"], line["log_level"]) for line in captured] == [(event, "warning")]


def test_no_shell_reads_what_a_page_said(tmp_path: Path) -> None:
    """The reason holds the city's words; they are a value, and nothing that is run."""
    file = tmp_path / "told"
    words = (sys.executable, "-c", HOOK, str(file))
    assert notify.command(words, {"KALLELSE_EVENT_REASON": "$(touch x); `touch x` & å"})
    assert json.loads(file.read_text())["KALLELSE_EVENT_REASON"] == "$(touch x); `touch x` & å"


@pytest.mark.slow
def test_an_address_is_called_after_a_good_run_alone(little: ModelCity, folder: Path) -> None:
    """It alarms by itself when no call comes: a run that failed must not call."""
    with Wire({"/ping/secret": answer(b"OK")}) as wire:
        ping = {"notify": {"ping": f"{wire.origin}/ping/secret"}}
        running.scheduled(at(10, folder, little, **ping), Depth.LIGHT, lambda: False)
        assert wire.paths == ["/ping/secret"]
        assert wire.asked[0].headers["user-agent"].startswith("Kallelse/")
        little.faults[PATH] = Fault(status=500)
        running.scheduled(at(11, folder, little, **ping), Depth.LIGHT, lambda: False)
        assert wire.paths == ["/ping/secret"]


@pytest.mark.slow
def test_the_daemon_logs_what_is_wrong_once(little: ModelCity, folder: Path) -> None:
    """Nobody reads its exit code: a warning for each new trouble, and none an hour later."""
    little.faults[PATH] = Fault(status=500)
    found = []
    for hour in (10, 11):
        with capture_logs() as captured:
            running.scheduled(at(hour, folder, little), Depth.LIGHT, lambda: False)
        found.append([line for line in captured if line["event"] == "trouble"])
    (line,), later = found
    assert (line["log_level"], line["city"], later) == ("warning", "boras", [])
    assert line["what"].startswith(f"kommunstyrelsen: {BOARD.url} could not be read")


def dripping(_asked: Asked) -> Iterator[bytes]:
    """Send a head a letter at a time: each comes soon, and all of them never."""
    for _ in range(200):
        sleep(0.05)
        yield b"H"


@pytest.mark.parametrize("fault", ["refused", "error", "silent", "loop", "dripping"])
def test_a_call_that_goes_wrong_is_a_warning_without_the_secret(
    fault: str, little: ModelCity, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update was good, and says so; the path of the address is a password."""
    monkeypatch.setattr(notify, "PATIENCE", 0.3)
    with Wire({"/secret": answer(b"", status="500 No")}) as wire:
        if fault == "silent":
            wire.routes["/secret"] = wire.silence
        if fault == "dripping":
            wire.routes["/secret"] = dripping
        if fault == "loop":
            wire.routes["/secret"] = answer(b"", status="302 Found", Location="/secret")
        origin = "http://127.0.0.1:1" if fault == "refused" else wire.origin
        chosen = at(10, folder, little, notify={"ping": f"{origin}/secret"})
        with capture_logs() as captured:
            running.scheduled(chosen, Depth.LIGHT, lambda: False)
    (line,) = [line for line in captured if line["log_level"] == "warning"]
    assert (line["event"], line["host"]) == ("no ping", "127.0.0.1")
    assert "secret" not in str(line)


@pytest.mark.slow
def test_a_stopped_run_ends_with_the_page_at_hand_and_keeps_what_hosts_asked(
    little: ModelCity, tmp_path: Path
) -> None:
    """Nothing half read is stored or published; robots.txt and rests are remembered."""
    asked: list[Outcome] = []
    chosen = settings(tmp_path, little.origin)
    with pytest.raises(Stopped):
        running.run("boras", chosen, progress=asked.append, stop=lambda: len(asked) == 3)
    assert len([one for one in little.requests if one.path != "/robots.txt"]) == 3
    with Store.open(chosen.store) as store:
        host = store.host("www.boras.se")
        assert (host is not None, store.last_run("boras")) == (True, None)
        assert list(store.pages("boras")) == []
    report: Report = running.run("boras", chosen)
    assert report.exit == 0


@pytest.mark.slow
def test_what_stops_one_run_is_raised_and_when_the_last_run_was_is_known(
    little: ModelCity, tmp_path: Path
) -> None:
    """A new store never had one; after that light runs are told from greater ones."""
    chosen = settings(tmp_path, little.origin, now="2026-11-23T04:00")
    assert running.last(chosen, Depth.LIGHT) is None
    running.scheduled(chosen, Depth.DUE, lambda: False)
    running.scheduled(at(5, tmp_path, little), Depth.LIGHT, lambda: False)
    later = at(6, tmp_path, little)
    assert running.last(later, Depth.DUE) == NOW.replace(hour=4)
    assert running.last(later, Depth.LIGHT) == NOW.replace(hour=5)
    assert running.last(chosen, Depth.LIGHT) is None  # by a clock that was wrong: it is due at once
    (tmp_path / "kallelse.db").write_bytes(b"no database" * 100)
    assert running.last(chosen, Depth.LIGHT) is None


@pytest.mark.parametrize(
    ("cron", "good", "now", "late"),
    [
        ("23 * * * *", 9, 11, False),
        ("23 * * * *", 9, 12, True),
        ("23 6-20 * * *", 20, 24 + 6, False),  # the night is left out
        ("23 6-20 * * *", 20, 24 + 8, True),
    ],
)
def test_a_source_is_stale_after_twice_its_interval(
    cron: str, good: int, now: int, *, late: bool
) -> None:
    """Two runs that should have read it did not, or never came."""
    day = NOW.replace(hour=0)
    source = SourceState(name="s", url="u", ok=True, last_good=day.replace(hour=good, minute=24))
    timetable = Timetable(cron=cron)
    assert bool(stale([source], timetable, day + timedelta(hours=now, minutes=24))) is late
    ahead = [replace(source, last_good=NOW + timedelta(days=400))]
    assert stale(ahead, timetable, NOW)  # by a clock that was wrong: nothing is due any more
    never = SourceState(name="s", url="u", ok=False)
    assert stale([never], timetable, day) == (never,)


def test_status_says_what_is_stale_and_what_was_asked(little: ModelCity, folder: Path) -> None:
    """A daemon that has died leaves a good last run behind: its age is what is wrong."""
    running.run("boras", at(10, folder, little, light=True))
    soon = overview(at(11, folder, little))
    assert (soon.well, "not read" in soon.text) == (True, False)
    assert "light" in soon.text
    content = soon.content["boras"]
    assert [one["depth"] for one in content["runs"]] == ["due", "light"]
    assert content["requests"] == content["runs"][-1]["requests"] > 0
    late = overview(at(15, folder, little))
    assert not late.well
    assert "stale    kommunstyrelsen: not read for twice its interval" in late.text
    assert "kommunstyrelsen" in late.content["boras"]["stale"]
    with Store.open(at(10, folder, little).store) as store:
        assert len(runs(store.note("boras", "runs"))) == 2


@pytest.mark.parametrize(("form", "people"), [("console", True), ("json", False), ("auto", False)])
def test_the_log_is_for_people_or_for_programs(
    form: str, capsys: pytest.CaptureFixture[str], *, people: bool
) -> None:
    """By setting; where nobody says, a log that goes into a file is for programs."""
    before = structlog.get_config()
    try:
        logs.configure(0, form)
        structlog.get_logger("x").info("updated", city="borås")
    finally:
        structlog.configure(**before)
    line = capsys.readouterr().err
    assert line.startswith("{") is not people
    assert "borås" in line
    assert "\x1b" not in line
