"""Whether the server lives, whether what it serves is fresh, and what is gone for good."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from functools import partial
from operator import add
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import NOW
from feeds.answer import Serving
from feeds.readiness import readiness
from feeds.serve import Server
from modelcity.server import ModelCity
from modelcity.truth import Truth
from operation.freshness import interval
from operation.serving import serving
from runs import MORNING, run, settings, small
from serving import ask

HOUR = timedelta(hours=1)


def source(name: str = "calendar", **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    """Give a source as `status.json` has it, read well just now but for the fields named."""
    given = {"name": name, "url": "https://example.org/", "ok": True, "reason": None}
    return given | {"last_good": NOW.isoformat(), "failing_since": None} | changes


def status(*sources: dict[str, Any], generated: datetime = NOW) -> bytes:
    """Give the bytes of a `status.json`."""
    return json.dumps({"generated": generated.isoformat(), "sources": sources}).encode()


def later(hours: float) -> str:
    """Give a moment after `NOW`, as it is written."""
    return (NOW + timedelta(hours=hours)).isoformat()


def test_alive_is_alive(tmp_path: Path) -> None:
    """Whatever became of the folder: a restart would not mend it."""
    with Server(tmp_path / "none") as server:
        got = ask(server, "/healthz")
        assert (got.status, got.body, got.headers["cache-control"]) == (200, b"ok\n", "no-cache")
        assert ask(server, "/healthz", "HEAD").body == b""
        assert ask(server, "/healthz", "POST").status == 405


@pytest.mark.slow
def test_a_run_makes_it_ready(truth: Truth, tmp_path: Path) -> None:
    """The file that an update writes is the one that is judged, by the clock that is given."""
    with ModelCity(small(truth)) as city:
        run(tmp_path, city)
    moment = datetime.fromisoformat(MORNING).replace(tzinfo=NOW.tzinfo)
    for hours, expected in ((0, 200), (2, 200), (2.1, 503), (-2.1, 503)):
        told = Serving(interval=HOUR, clock=partial(add, moment, timedelta(hours=hours)))
        with Server(tmp_path / "public", serving=told) as server:
            got = ask(server, "/readyz")
        assert got.status == expected
        assert got.headers["content-type"] == "application/json; charset=utf-8"
        assert json.loads(got.body)["ready"] == (expected == 200)


def test_one_stale_source_is_named(tmp_path: Path) -> None:
    """With why and since when; a source that failed and is not old yet is no alarm."""
    content = status(
        source("board", last_good=later(-2.1), ok=False, failing_since=later(-1), reason="down"),
        source("news", last_good=later(-1.9), ok=False, failing_since=later(-1), reason="down"),
    )
    (tmp_path / "status.json").write_bytes(content)
    with Server(tmp_path, serving=Serving(interval=HOUR, clock=lambda: NOW)) as server:
        got = ask(server, "/readyz")
    assert got.status == 503
    (stale,) = json.loads(got.body)["stale"]
    assert stale == {
        "name": "board",
        "last_good": later(-2.1),
        "failing_since": later(-1),
        "reason": "down",
    }


@pytest.mark.parametrize(
    ("content", "ready"),
    [
        (status(source()), True),
        (status(), True),
        (status(generated=NOW - 3 * HOUR), False),
        (status(source(last_good=None, failing_since=later(-1))), True),
        (status(source(last_good=None, failing_since=later(-3))), False),
        (status(source(last_good=None)), True),
        (status(source(last_good=later(9))), False),
        (None, False),
        (b"{}", False),
        (b"[]", False),
        (b"{", False),
        (b"\xff", False),
        (status(source(last_good="yesterday")), False),
        (status(source(last_good="2026-03-02T07:15:00")), False),
        (status(source(last_good=5)), False),
    ],
)
def test_what_is_not_known_to_be_fresh_is_not_ready(content: bytes | None, *, ready: bool) -> None:
    """No file, one that is none, one without a run for long; a clock that was set back."""
    found = readiness(content, now=NOW, interval=HOUR)
    assert (found.ready, found.content["ready"]) == (ready, ready)


@given(ages=st.lists(st.floats(-10, 10).map(lambda hours: round(hours, 3)), max_size=5))
def test_ready_is_every_source_within_two_intervals(ages: list[float]) -> None:
    """No old source hides behind a fresh one."""
    content = status(*(source(f"{n}", last_good=later(-age)) for n, age in enumerate(ages)))
    found = readiness(content, now=NOW, interval=HOUR)
    assert found.ready == all(abs(age) <= 2 for age in ages)
    assert [one["name"] for one in found.content["stale"]] == [
        f"{n}" for n, age in enumerate(ages) if abs(age) > 2
    ]


@pytest.mark.parametrize(
    ("cron", "longest"),
    [
        ("23 * * * *", HOUR),
        ("7,37 * * * *", HOUR / 2),
        ("23 6-20 * * mon-fri", timedelta(days=2, hours=10)),
        ("5 4 1 * *", timedelta(days=31)),
    ],
)
def test_the_timetable_says_how_old_is_old(cron: str, longest: timedelta, tmp_path: Path) -> None:
    """A night or a weekend without runs is no trouble."""
    assert interval(cron, NOW) == longest
    chosen = settings(tmp_path, "http://127.0.0.1", timetable={"cron": cron}, now=NOW.isoformat())
    assert serving(chosen).interval == longest


def test_what_was_taken_down_is_gone(tmp_path: Path) -> None:
    """410, so that search engines and readers forget it too; also while a file stands there yet."""
    (tmp_path / "moten/1a").mkdir(parents=True)
    for name in ("moten/1a/index.html", "moten/1a.ics", "moten/2b.ics"):
        (tmp_path / name).write_text("x")
    listed = tmp_path / "gone.json"
    listed.write_text(json.dumps(["moten/1a.ics", "/moten/1a/", "moten/3c.ics"]))
    with Server(tmp_path) as server:
        for path in ("/moten/1a.ics", "/moten/1a/", "/moten/1a/index.html", "/moten/3c.ics"):
            got = ask(server, path)
            assert (got.status, got.body) == (410, b"Borttagen.\n")
        assert ask(server, "/moten/2b.ics").status == 200
        assert ask(server, "/moten/4d.ics").status == 404
        assert ask(server, "/gone.json").status == 404
        assert ask(server, "/moten/1a.ics", "POST").status == 405
        listed.write_text(json.dumps(["moten/2b.ics"]))
        assert ask(server, "/moten/2b.ics").status == 410
        assert ask(server, "/moten/1a.ics").status == 200


@pytest.mark.parametrize("content", ["", "{", '{"a": 1}', "5", "null", "[1, null, {}]", "\0"])
def test_a_list_that_is_none_takes_nothing_down(tmp_path: Path, content: str) -> None:
    """Nor does it break anything."""
    (tmp_path / "a.ics").write_text("x")
    (tmp_path / "gone.json").write_text(content)
    with Server(tmp_path) as server:
        assert ask(server, "/a.ics").status == 200


def test_trouble_of_ours_is_no_404(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is not mounted, or no descriptor left: an app told 404 would unsubscribe."""
    public = tmp_path / "public"
    public.mkdir()
    (public / "a.ics").write_text("x")
    with Server(public) as server:
        public.rename(tmp_path / "away")
        got = ask(server, "/a.ics")
        assert (got.status, got.headers["retry-after"]) == (503, "60")
        assert ask(server, "/readyz").status == 503
        assert ask(server, "/healthz").status == 200
        (tmp_path / "away").rename(public)
        assert ask(server, "/a.ics").status == 200
        (public / "b.ics").write_text("x")

        def refuse(*_: object) -> int:
            raise OSError(24, "Too many open files")

        monkeypatch.setattr(os, "open", refuse)
        assert ask(server, "/b.ics").status == 503
        monkeypatch.undo()
        assert ask(server, "/b.ics").status == 200
