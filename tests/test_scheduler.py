"""The command line: every verb has help, exit codes mean what they say, errors are sentences."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Final

import pytest
from filelock import FileLock

from commanding import free_port, kallelse, ready, running
from modelcity.server import ModelCity
from runs import MORNING
from scraper.cities import load

ROOT: Final = Path(__file__).parent.parent
VERBS: Final = (
    *("update", "demo", "serve", "schedule", "status", "export"),
    *("probe", "capture", "explain", "changes", "replay", "config", "validate", "forget"),
)


@pytest.fixture(scope="module")
def updated(standing_small: ModelCity, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which one update was run from the command line."""
    folder = tmp_path_factory.mktemp("updated")
    ran = update(folder, standing_small.origin)
    assert ran.returncode == 0, ran.stderr
    return folder


def update(folder: Path, origin: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run one update from a model city."""
    site = "https://example.org/kallelse/"
    words = ("--origin", f"boras={origin}", "--delay", "0", "--site", site, "--now", MORNING)
    return kallelse("update", *words, *more, here=folder)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_and_stands_in_the_readme(verb: str, tmp_path: Path) -> None:
    """A verb that nobody can find is not there."""
    ran = kallelse(verb, "--help", here=tmp_path)
    assert ran.returncode == 0
    assert ran.stdout.startswith("Usage: kallelse")
    assert f"kallelse {verb}" in (ROOT / "README.md").read_text("utf-8")


def test_all_verbs_are_tested_here(tmp_path: Path) -> None:
    """The list above is the list that the program shows."""
    shown = kallelse("--help", here=tmp_path).stdout.partition("Commands:")[2]
    assert sorted(re.findall(r"^  (\w+)", shown, re.MULTILINE)) == sorted(VERBS)


def test_a_wrong_option_is_one_sentence_and_two(tmp_path: Path) -> None:
    """Wrong usage: exit code 2, and no traceback."""
    ran = kallelse("update", "--shade", here=tmp_path)
    assert ran.returncode == 2
    assert "No such option: --shade" in ran.stderr
    assert "Traceback" not in ran.stderr


MISTAKES: Final = {
    "a city that is not shipped": (("update", "atlantis"), "There is no city 'atlantis'"),
    "a site that is no address": (("update", "--site", "example.org"), "write a whole address"),
    "a clock that is none": (("update", "--now", "noon"), "now:"),
    "an origin without a city": (("update", "--origin", "http://127.0.0.1"), "names no city"),
    "a settings file that is not there": (("status", "--config", "no.toml"), "no settings file"),
    "a page that is none": (("probe", "no.html"), "is no address, no file and no city"),
    "a stranger's page": (("capture", "https://example.org/"), "on no host that is known"),
    "a record that is not there": (("explain", "boras:nothing"), "There is no record"),
    "no store to export": (("export", "--kind", "meeting"), "run kallelse update first"),
    "an export of no city": (("export", "--kind", "news", "--city", "x"), "There is no city 'x'"),
    "a demonstration's clock": (("demo", "--once", "--now", "noon"), "now:"),
    "a folder that is not there": (("serve", "--out", "nix"), "There is no folder nix"),
    "no store to replay": (("replay",), "run kallelse update first"),
    "little and everything": (("update", "--light", "--full"), "choose light or full"),
    "a timetable by nobody": (("schedule",), "contact: give a web or mail address"),
    "settings that lack a site": (("config", "check"), "site: give the public address"),
    "settings that are wrong": (("config", "show", "--delay", "-1"), "delay:"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("words", "says"), MISTAKES.values(), ids=MISTAKES)
def test_bad_input_is_one_sentence_and_two(
    words: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    """It says what to do next, and leaves nothing behind."""
    ran = kallelse(*words, here=tmp_path)
    assert (ran.returncode, "Traceback" in ran.stderr) == (2, False), ran.stderr
    assert says in ran.stderr
    assert not (tmp_path / "kallelse.db").exists()


@pytest.mark.slow
def test_an_unreachable_site_is_a_failed_source_and_one(tmp_path: Path) -> None:
    """No network: one sentence for each source that failed, exit code 1, no calendar touched."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        ran = update(tmp_path, f"http://127.0.0.1:{closed.getsockname()[1]}")
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False), ran.stderr
    assert "start: https://www.boras.se/ could not be read" in ran.stderr
    assert not list(tmp_path.rglob("*.ics"))


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_is_said_before_anything_is_asked(
    little: ModelCity, tmp_path: Path
) -> None:
    """The path is named, nothing is fetched, exit code 1."""
    (tmp_path / "public").write_text("a file", encoding="utf-8")
    asked = len(little.requests)
    ran = update(tmp_path, little.origin)
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False), ran.stderr
    assert "public" in ran.stderr
    assert len(little.requests) == asked


@pytest.mark.slow
def test_a_file_that_is_no_store_is_said(tmp_path: Path, little: ModelCity) -> None:
    """Somebody else's file is not touched."""
    (tmp_path / "kallelse.db").write_text("a shopping list\n" * 100, encoding="utf-8")
    ran = update(tmp_path, little.origin)
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False), ran.stderr
    assert (tmp_path / "kallelse.db").read_text("utf-8").startswith("a shopping list")


@pytest.mark.slow
def test_a_second_run_at_the_same_time_ends_at_once_with_three(
    updated: Path, little: ModelCity
) -> None:
    """One works, the other says so."""
    with FileLock(updated / "kallelse.db.boras.lock"):
        ran = update(updated, little.origin)
    assert (ran.returncode, "Traceback" in ran.stderr) == (3, False), ran.stderr


@pytest.mark.slow
def test_a_clock_before_the_last_run_is_refused(updated: Path, little: ModelCity) -> None:
    """A clock that was set back may not make old news of new."""
    ran = update(updated, little.origin, "--now", "2026-11-20T09:00")
    assert ran.returncode == 2
    assert "the last run was at 2026-11-23 09:00" in ran.stderr


@pytest.mark.slow
def test_to_force_a_path_that_is_none_is_refused(updated: Path, little: ModelCity) -> None:
    """A mistyped path would let nothing through, and say nothing."""
    ran = update(updated, little.origin, "--force", "boras/kultur.ics")
    assert (ran.returncode, little.requests) == (2, [])
    assert "--force boras/kultur.ics: nothing of that name is held back or published" in ran.stderr
    assert update(updated, little.origin, "--force", "boras/kulturnamnden.ics").returncode == 0


@pytest.mark.slow
def test_status_tells_every_source(updated: Path) -> None:
    """As text for people, as JSON for programs, and as exit code for monitors."""
    text = kallelse("status", here=updated)
    assert "boras: last updated 2026-11-23 09:00" in text.stdout
    assert "ok       kulturnamnden" in text.stdout
    content = json.loads(kallelse("status", "--json", here=updated).stdout)
    assert content["boras"]["counts"]["meetings"] > 10
    assert kallelse("status", "--check", "--now", MORNING, here=updated).returncode == 0
    late = kallelse("status", "--check", "--now", "2026-11-23T13:00", here=updated)
    assert (late.returncode, late.stdout.count("not read for twice its interval") > 3) == (1, True)
    assert "requests:" in text.stdout


def test_status_without_a_store_says_what_to_do_and_makes_none(tmp_path: Path) -> None:
    """Whoever asks in a wrong folder must not begin a second installation there."""
    ran = kallelse("status", "--check", here=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "There is no store sqlite:///kallelse.db: run kallelse update first" in ran.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["meeting", "news", "notice", "committee", "change"])
def test_export_gives_every_kind_in_both_forms(updated: Path, kind: str) -> None:
    """One object a line, sorted by id; a table with as many rows."""
    lines = kallelse("export", "--kind", kind, here=updated).stdout.splitlines()
    names = [json.loads(line).get("id") or json.loads(line)["slug"] for line in lines]
    assert names == sorted(names)
    table = kallelse("export", "--kind", kind, "--format", "csv", here=updated)
    assert table.returncode == 0
    assert table.stdout.splitlines()[0].startswith(("id,", "slug,"))


@pytest.mark.slow
def test_links_to_this_machine_are_said_once(tmp_path: Path, little: ModelCity) -> None:
    """Without --site the published links lead to localhost, and the operator is told."""
    origin = ("--origin", f"boras={little.origin}", "--delay", "0", "--now", MORNING)
    ran = kallelse("update", *origin, "--dry-run", here=tmp_path)
    assert ran.stderr.count("Links point to this machine") == 1


ASKED: Final = ("--delay", "0", "--now", MORNING)
LISTING: Final = next(link.url for link in load("boras").start if link.kind == "listing")


@pytest.mark.slow
def test_a_page_is_captured_and_the_saved_file_probed(little: ModelCity, tmp_path: Path) -> None:
    """The file's name on stdout, what was cut on stderr; the file needs no network."""
    origin = ("--origin", f"boras={little.origin}", *ASKED)
    ran = kallelse("capture", LISTING, "--to", "pages", *origin, here=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, "pages/listing-2026-11-23.html\n"), ran.stderr
    assert "cut out 1 × contact box, 1 × editor's name" in ran.stderr
    quiet = kallelse("capture", LISTING, "--to", "pages", "-q", *origin, here=tmp_path)
    assert (quiet.stdout, quiet.stderr) == ("pages/listing-2026-11-23-2.html\n", "")
    asked = kallelse("probe", LISTING, *origin, here=tmp_path)
    saved = kallelse("probe", "pages/listing-2026-11-23.html", here=tmp_path)
    assert (asked.returncode, saved.returncode, saved.stderr) == (0, 0, "")
    told = asked.stdout.partition("its own words")[2]
    assert told == saved.stdout.partition("its own words")[2]
    content = json.loads(kallelse("probe", LISTING, "--json", *origin, here=tmp_path).stdout)
    assert content["kind"] == "listing"
    assert {path.name for path in tmp_path.iterdir()} == {"pages"}


@pytest.mark.slow
def test_the_first_day_check_is_one_command(little: ModelCity, tmp_path: Path) -> None:
    """A table on stdout, the pages in a folder it names, and no store."""
    origin = ("--origin", f"boras={little.origin}", *ASKED)
    ran = kallelse("probe", "boras", *origin, here=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    assert ran.stdout.startswith("Borås Stad: one page of each kind")
    assert "The pages are in captures," in ran.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"captures"}
    told = kallelse("probe", "boras", "--json", "--to", "other", *origin, here=tmp_path)
    assert json.loads(told.stdout)["folder"] == "other"


@pytest.mark.slow
def test_the_first_day_check_without_network_is_one(tmp_path: Path) -> None:
    """Every kind that could not be read is said."""
    ran = kallelse("probe", "boras", "--origin", "boras=http://127.0.0.1:1", *ASKED, here=tmp_path)
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False), ran.stderr
    assert "Not all was read: robots.txt, start" in ran.stdout


@pytest.mark.slow
def test_a_record_is_explained_and_the_store_replayed(updated: Path) -> None:
    """As text and as JSON, from the store alone."""
    ran = kallelse("explain", "kulturnamnden", here=updated)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("committee kulturnamnden\n")
    content = json.loads(kallelse("explain", "kulturnamnden", "--json", here=updated).stdout)
    assert content["record"]["name"] == "Kulturnämnden"
    again = kallelse("replay", here=updated)
    assert again.returncode == 0
    assert again.stdout.endswith("stored pages read again, nothing would change\n")
    assert json.loads(kallelse("replay", "--json", here=updated).stdout)[0]["records"] == []


@pytest.mark.slow
def test_told_once_is_enough(tmp_path: Path) -> None:
    """Cron mails a failure that is new, and not the same again an hour later."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{closed.getsockname()[1]}"
        first = update(tmp_path, origin, "--tell-once", "-q")
        again = update(tmp_path, origin, "--tell-once", "-q", "--now", "2026-11-23T10:00")
    assert (first.returncode, again.returncode) == (1, 0)
    assert "could not be read" in first.stderr
    assert again.stderr == ""


@pytest.mark.slow
def test_a_demonstration_serves_what_it_published(tmp_path: Path) -> None:
    """One command, and a calendar answers; SIGTERM ends it well."""
    port = free_port()
    with running("demo", "-q", "--port", str(port), cwd=tmp_path) as demo:
        page = ready(f"http://127.0.0.1:{port}/")
        calendar = ready(f"http://127.0.0.1:{port}/boras/kulturnamnden.ics")
        demo.send_signal(signal.SIGTERM)
        code = demo.wait(timeout=20)
    assert "Modell" in page.text
    assert calendar.headers["content-type"] == "text/calendar; charset=utf-8"
    assert calendar.text.startswith("BEGIN:VCALENDAR")
    assert code == 0


@pytest.mark.slow
def test_the_daemon_updates_at_once_serves_and_ends_when_told(
    little: ModelCity, tmp_path: Path
) -> None:
    """`schedule --serve`: the first update, the folder served, SIGTERM, exit code 0."""
    port = free_port()
    words = ("--origin", f"boras={little.origin}", "--delay", "0", "--port", str(port), "--serve")
    env = os.environ | {"TZ": "UTC"}
    with running("schedule", "-q", *words, cwd=tmp_path, env=env) as daemon:
        for _ in range(1200):
            if (tmp_path / "public/status.json").exists():
                break
            time.sleep(0.1)
        status = ready(f"http://127.0.0.1:{port}/status.json").json()
        daemon.send_signal(signal.SIGTERM)
        code = daemon.wait(timeout=20)
    assert (status["exit"], code) == (0, 0)
