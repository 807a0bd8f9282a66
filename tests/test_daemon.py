"""The program as a service: it updates when that is due, and ends when it is told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from commanding import KALLELSE, kallelse
from modelcity.faults import Fault
from modelcity.server import ModelCity

SELDOM: Final = '[timetable]\ncron = "0 0 1 1 *"\nnightly = "0 0 2 1 *"\njitter = 0\n'


def until(true: Callable[[], bool]) -> None:
    """Wait for it, on a machine that may be busy."""
    for _ in range(1200):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it never came about")


@contextmanager
def started(folder: Path, city: ModelCity) -> Iterator[subprocess.Popen[str]]:
    """Have the daemon run in a folder; a test that fails leaves none behind."""
    (folder / "kallelse.toml").write_text(f'log = "json"\n{SELDOM}', encoding="utf-8")
    asked = ("--origin", f"boras={city.origin}", "--delay", "0")
    with subprocess.Popen(
        [KALLELSE, "schedule", *asked],
        cwd=folder,
        env=os.environ | {"TZ": "America/Los_Angeles"},
        stderr=subprocess.PIPE,
        text=True,
    ) as daemon:
        try:
            yield daemon
        finally:
            daemon.kill()


def ended(daemon: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, list[str]]:
    """End the daemon; give its exit code and what it had logged."""
    daemon.send_signal(number)
    _, said = daemon.communicate(timeout=60)
    return daemon.returncode, [json.loads(line)["event"] for line in said.splitlines()]


def kept(daemon: subprocess.Popen[str]) -> datetime:
    """Wait until the daemon keeps its timetable; give the hour of the first run that it names."""
    assert daemon.stderr is not None
    line = json.loads(daemon.stderr.readline())
    assert line["event"] == "the timetable is kept"
    return datetime.fromisoformat(line["first"])


@pytest.mark.slow
def test_a_late_start_updates_at_once_and_a_second_start_does_not(
    little: ModelCity, tmp_path: Path
) -> None:
    """The store knows when the last run was: a service that is restarted asks no more for it."""
    with started(tmp_path, little) as daemon:
        kept(daemon)
        until((tmp_path / "public/status.json").exists)
        code, events = ended(daemon)
    assert (code, events) == (0, ["updated"])
    little.requests.clear()
    with started(tmp_path, little) as daemon:
        assert kept(daemon).strftime("%d/%m %H:%M %z") == "01/01 00:00 +0100"
        time.sleep(1)
        assert ended(daemon, signal.SIGINT) == (0, [])
    assert little.requests == []


@pytest.mark.slow
def test_sigterm_finishes_the_page_at_hand_and_ends_well(little: ModelCity, tmp_path: Path) -> None:
    """Not in the middle of a page, and not after the last one; nothing half read is published."""
    little.faults["*"] = Fault(delay=1.0)
    with started(tmp_path, little) as daemon:
        kept(daemon)
        until(lambda: len(little.requests) >= 3)
        asked = len(little.requests)
        code, events = ended(daemon)
    assert (code, events) == (
        0,
        ["stopped as told: what was not read whole is read by the next run"],
    )
    assert len(little.requests) <= asked + 2
    assert all(one.status == 200 for one in little.requests)
    assert not (tmp_path / "public/status.json").exists()


@pytest.mark.slow
def test_an_update_that_is_told_to_stop_says_so(little: ModelCity, tmp_path: Path) -> None:
    """Systemd ends one that lasts too long: by a sentence, and what hosts asked is kept."""
    little.faults["*"] = Fault(delay=1.0)
    words = ("update", "--origin", f"boras={little.origin}", "--delay", "0", "--quiet")
    with subprocess.Popen([KALLELSE, *words], cwd=tmp_path, stderr=subprocess.PIPE) as process:
        until(lambda: len(little.requests) >= 3)
        process.terminate()
        _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert told.decode().startswith("The update was told to stop")
    assert not (tmp_path / "public/status.json").exists()


@pytest.mark.slow
def test_a_run_that_cannot_be_is_said_and_the_timetable_goes_on(
    little: ModelCity, tmp_path: Path
) -> None:
    """A folder that cannot be written today may be so tomorrow."""
    (tmp_path / "public").write_text("a file", encoding="utf-8")
    with started(tmp_path, little) as daemon:
        kept(daemon)
        time.sleep(3)
        assert daemon.poll() is None
        assert ended(daemon) == (0, ["no update"])


@pytest.mark.parametrize(
    ("shell", "begins"), [("bash", "complete -o"), ("zsh", "#compdef"), ("fish", "complete --")]
)
def test_a_shell_is_told_how_to_complete(shell: str, begins: str, tmp_path: Path) -> None:
    """As README shows it, from any shell or none: what its own file takes."""
    assert asking(
        tmp_path, _KALLELSE_COMPLETE="complete_bash", COMP_WORDS="kallelse sta"
    ).split() == ["status"]
    told = asking(tmp_path, _KALLELSE_COMPLETE=f"source_{shell}")
    assert begins in told
    assert "kallelse" in told


def asking(folder: Path, **environment: str) -> str:
    """Run the program as a shell does that wants to know."""
    env = os.environ | {"COMP_CWORD": "1"} | environment
    found = subprocess.run(
        [KALLELSE], cwd=folder, env=env, capture_output=True, text=True, check=True
    )
    return found.stdout


@pytest.mark.slow
def test_settings_are_shown_and_checked_from_the_command_line(tmp_path: Path) -> None:
    """One line for each with what said so, as text and as JSON; good settings are exit code 0."""
    (tmp_path / "kallelse.toml").write_text('contact = "info@example.org"\n', encoding="utf-8")
    site = ("--site", "https://example.org/k")
    shown = kallelse("config", "show", *site, here=tmp_path)
    assert 'contact = "info@example.org"  # kallelse.toml\n' in shown.stdout
    assert 'site = "https://example.org/k"  # option\n' in shown.stdout
    rows = kallelse("config", "show", "--json", here=tmp_path).stdout.splitlines()
    assert {"name": "delay", "value": 1.0, "source": "default"} in map(json.loads, rows)
    good = kallelse("config", "check", *site, here=tmp_path)
    assert (good.returncode, good.stdout) == (0, "The settings are good.\n")
    bad = kallelse("config", "check", here=tmp_path)
    assert (bad.returncode, bad.stdout, "Traceback" in bad.stderr) == (2, "", False)
