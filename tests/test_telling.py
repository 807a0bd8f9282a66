"""Trouble is told once: when it is new, when it changes, and again after a day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from operation.telling import signature, tell
from records.model import ZONE
from records.state import Held, SourceState

NOW = datetime(2026, 11, 23, 9, tzinfo=ZONE)


def test_trouble_is_told_once_a_day() -> None:
    """New: yes. An hour later: no. A day later: yes."""
    trouble = {"source news": "no answer"}
    told, note = tell(None, NOW, trouble)
    again, note = tell(note, NOW + timedelta(hours=1), trouble)
    next_day, _ = tell(note, NOW + timedelta(days=1), trouble)
    assert (told, again, next_day) == (True, False, True)


def test_another_reason_is_another_trouble() -> None:
    """What changed is told, though the same source fails."""
    _, note = tell(None, NOW, {"source news": "no answer"})
    assert tell(note, NOW, {"source news": "layout changed"})[0]
    _, note = tell(None, NOW, {"source news": "the city answered 404"})
    assert tell(note, NOW, {"source news": "the city answered 503"})[0]


@pytest.mark.parametrize(
    "reason", ["its host asks to be left alone for {} s more", "loses {} of 120 entries"]
)
def test_the_same_trouble_in_other_numbers_is_told_once(reason: str) -> None:
    """The seconds of a Retry-After run down from run to run, and a held file loses one more."""
    _, note = tell(None, NOW, {"source news": reason.format(21600)})
    again, note = tell(note, NOW + timedelta(hours=1), {"source news": reason.format(18000.5)})
    assert not again
    assert tell(note, NOW + timedelta(days=1), {"source news": reason.format(9)})[0]


def test_what_is_over_and_comes_back_is_new() -> None:
    """A good run forgets what was told."""
    _, note = tell(None, NOW, {"source news": "no answer"})
    quiet, note = tell(note, NOW, {})
    assert not quiet
    assert tell(note, NOW, {"source news": "no answer"})[0]


def test_failing_sources_and_held_files_are_trouble() -> None:
    """What is well is not."""
    good = SourceState(name="calendar", url="u", ok=True)
    bad = SourceState(name="news", url="u", ok=False, reason="no answer")
    held = Held(path="boras/a.ics", since=NOW, reason="lost half", digest="0")
    assert signature([good, bad], [held]) == {
        "source news": "no answer",
        "file boras/a.ics": "lost half",
    }
