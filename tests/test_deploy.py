"""What stands in deploy/ is what its readers expect: units, crontab, image, workflow."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from commanding import kallelse
from feeds.serve import Server
from modelcity.server import ModelCity
from modelcity.truth import Truth
from operation.configuring import timetabled
from operation.settings import Settings, Timetable
from operation.update import update
from runs import LATER, run, settings, small
from scraper.cities import load

ROOT: Final = Path(__file__).parent.parent
DEPLOY: Final = ROOT / "deploy"
SYSTEMD: Final = DEPLOY / "systemd"
UNITS: Final = ("kallelse-update.service", "kallelse-update.timer", "kallelse-daemon.service")


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units where systemd finds them, of a house that is there."""
    folder = shutil.copytree(SYSTEMD, tmp_path / "systemd")
    for name in UNITS:
        path = folder / name
        path.write_text(path.read_text().replace("/opt/kallelse", str(ROOT)))
    return folder


def analyzed(*words: str | Path) -> str:
    """Run systemd-analyze; give what it says."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    command = ["systemd-analyze", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", UNITS)
def test_systemd_accepts_the_units(units: Path, name: str) -> None:
    """Without a word: an unknown line would be ignored on the day that it matters."""
    assert analyzed("verify", "--man=no", "--recursive-errors=no", units / name) == ""


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_the_services_may_do_little(units: Path, name: str) -> None:
    """Less than 3.0 of 10 by systemd's own measure."""
    said = analyzed("security", "--offline=yes", "--no-pager", "--threshold=30", units / name)
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert found
    assert float(found[1]) < 3.0


def unit(name: str) -> dict[str, list[str]]:
    """Read the values of a unit, by name."""
    found: dict[str, list[str]] = {}
    for line in (SYSTEMD / name).read_text().splitlines():
        if line and line[0] not in "#[":
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def test_an_update_is_started_once_an_hour_and_made_up_for() -> None:
    """Off the full hour; a machine that was off updates as soon as it is back."""
    service, timer = unit("kallelse-update.service"), unit("kallelse-update.timer")
    assert service["Type"] == ["oneshot"]
    assert "kallelse update" in service["ExecStart"][0]
    assert "--tell-once" in service["ExecStart"][0]
    assert timer["Persistent"] == ["true"]
    found = re.fullmatch(r"\*-\*-\* \*:(\d\d):00", timer["OnCalendar"][0])
    assert found
    assert int(found[1]) not in {0, 30}


def test_the_daemon_is_given_no_option_that_it_does_not_know(tmp_path: Path) -> None:
    """It tells of each trouble once by itself, and has no exit code to tell by."""
    (line,) = unit("kallelse-daemon.service")["ExecStart"]
    given = {word for word in line.split() if word.startswith("--")}
    known = kallelse("schedule", "--help", here=tmp_path).stdout
    assert all(re.search(rf"{word}\b", known) for word in given)
    assert "--tell-once" not in known


def test_cron_is_given_the_same() -> None:
    """One line, off the full hour, that tells of each trouble once a day."""
    lines = (DEPLOY / "crontab").read_text().splitlines()
    (line,) = [line for line in lines if line and line[0].isdigit()]
    minute, *rest, command = line.split(maxsplit=5)
    assert (0 < int(minute) < 60, rest) == (True, ["*"] * 4)
    assert "./run kallelse update" in command
    assert "--tell-once" in command


def image() -> list[list[tuple[str, str]]]:
    """Read the Dockerfile: its stages, and in each its instructions with what they are given."""
    text = re.sub(r"\\\n\s*", " ", (DEPLOY / "Dockerfile").read_text())
    lines = [line.strip() for line in text.splitlines()]
    told = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    stages: list[list[tuple[str, str]]] = []
    for word, rest in told:
        if word == "FROM":
            stages.append([])
        stages[-1].append((word, rest))
    return stages


KNOWN: Final = {"FROM", "RUN", "COPY", "ENV", "WORKDIR", "VOLUME", "USER", "EXPOSE"} | {
    "HEALTHCHECK",
    "ENTRYPOINT",
    "CMD",
}


def test_the_image_is_named_and_small() -> None:
    """Each base by its version, never the latest of the day; nothing fetched but by the lock."""
    for stage in image():
        (base, *_) = stage[0][1].split()
        name, _, version = base.partition(":")
        assert name
        assert re.match(r"\d+\.\d+", version), f"{base} names no version"
        assert "latest" not in base
        assert {word for word, _ in stage} <= KNOWN
        for word, rest in stage:
            assert word != "RUN" or not re.search(r"curl|wget|sudo|chmod 777|--break-system", rest)


def test_the_image_runs_as_nobody_of_rank() -> None:
    """A number, so that who runs it can check that it is not root; set before anything starts."""
    last = image()[-1]
    words = [word for word, _ in last]
    given = dict(last)
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", given["USER"])
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert "RUN" not in words[words.index("USER") :]


def test_the_image_tells_whether_it_lives() -> None:
    """By the address that a monitor asks, and by a program that is in the image."""
    given = dict(image()[-1])
    check = given["HEALTHCHECK"]
    assert "/healthz" in check
    asked = json.loads(check.partition("CMD ")[2])
    assert asked[0] == "python"
    compile(asked[2], "healthcheck", "exec")
    for name in ("ENTRYPOINT", "CMD"):  # lists, so that SIGTERM reaches the program and no shell
        assert isinstance(json.loads(given[name]), list)
    assert json.loads(given["CMD"])[:2] == ["schedule", "--serve"]


def test_the_image_writes_in_one_place() -> None:
    """So that everything else may be read-only; state is in a volume and survives an upgrade."""
    given = dict(image()[-1])
    assert given["VOLUME"] == given["WORKDIR"] == "/data"
    assert "PYTHONDONTWRITEBYTECODE=1" in given["ENV"]
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert {".git", ".venv", "kallelse.db*", "kallelse.toml", "public"} <= set(ignored)


@pytest.fixture(scope="module")
def workflow() -> Mapping[Any, Any]:
    """The workflow for Pages."""
    read: Mapping[Any, Any] = yaml.safe_load((DEPLOY / "pages.yml").read_text())
    return read


def steps(workflow: Mapping[Any, Any]) -> list[dict[str, Any]]:
    """Give its steps."""
    (job,) = workflow["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def named(workflow: Mapping[Any, Any], name: str) -> dict[str, Any]:
    """Give the step of that name."""
    (found,) = (step for step in steps(workflow) if step.get("name") == name)
    return found


def test_the_workflow_runs_off_the_full_hour_and_alone(workflow: Mapping[Any, Any]) -> None:
    """Full hours are when runners are scarce; two deployments at once would undo each other."""
    (schedule,) = workflow[True]["schedule"]  # YAML reads the key `on` as true
    minute, *_ = schedule["cron"].split()
    assert 0 < int(minute) < 60
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())


def test_the_workflow_names_actions_by_major_version(workflow: Mapping[Any, Any]) -> None:
    """Those of GitHub's own alone, and with no right but what publishing takes."""
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert used
    for name in used:
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", name)
    assert workflow["permissions"] == {
        "contents": "read",
        "pages": "write",
        "id-token": "write",
        "actions": "write",
    }


def test_pages_are_published_as_they_are(workflow: Mapping[Any, Any], tmp_path: Path) -> None:
    """Nothing is built of them (H11), and twins are not published beside them."""
    (tmp_path / "public/boras").mkdir(parents=True)
    for name in ("a.ics", "a.ics.gz", "boras/b.rss.gz"):
        (tmp_path / "public" / name).write_text("x")
    code, _ = shell(named(workflow, "As it is"), tmp_path)
    assert code == 0
    files = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert files - {"output"} == {"a.ics", ".nojekyll"}


def shell(step: Mapping[str, Any], folder: Path, **more: str) -> tuple[int, dict[str, str]]:
    """Run a step as GitHub does; give its exit code, and what it puts out."""
    output = folder / "output"
    output.write_text("")
    done = subprocess.run(
        ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**os.environ, "GITHUB_OUTPUT": str(output), **more},
        check=False,
        capture_output=True,
    )
    lines = output.read_text().splitlines()
    return done.returncode, dict(line.split("=", 1) for line in lines)


@pytest.mark.parametrize("code", [0, 1, 2, 3])
@pytest.mark.parametrize("published", [True, False])
def test_what_ended_well_or_nearly_is_deployed(
    workflow: Mapping[Any, Any], tmp_path: Path, code: int, *, published: bool
) -> None:
    """0 and 1 go on, 2 and 3 stop; a run that published nothing does not empty the site."""
    (tmp_path / "run").write_text(
        "#!/bin/sh\nmkdir public && echo {} >public/status.json\n"
        + ("touch public/index.html\n" if published else "")
        + f"exit {code}\n"
    )
    (tmp_path / "run").chmod(0o755)
    step = named(workflow, "Update")
    ended, put = shell(step, tmp_path, KALLELSE_SITE="http://127.0.0.1:9")
    assert ended == (code if code > 1 else 0)
    assert put.get("code") == f"{code}"
    assert put.get("before") == "0"
    assert (put.get("deploy") == "true") == (published and code < 2)
    for later in steps(workflow):
        if later.get("uses", "").startswith(("actions/upload-pages", "actions/deploy-pages")):
            assert later["if"] == "steps.update.outputs.deploy == 'true'"


@pytest.mark.slow
def test_a_run_that_reads_nothing_leaves_no_site_to_deploy(truth: Truth, tmp_path: Path) -> None:
    """Though it resumed from one: by this the workflow knows, and leaves what stands published."""
    site, runner = tmp_path / "site", tmp_path / "runner"
    for folder in (site, runner):
        folder.mkdir()
    with ModelCity(small(truth)) as city:
        run(site, city)
    with Server(site / "public") as server:
        chosen = settings(runner, "http://127.0.0.1:9", now=LATER, resume_from=server.url)
        assert update(load("boras"), chosen).exit == 1
    assert [path.name for path in (runner / "public").iterdir()] == ["status.json"]


def test_the_workflow_resumes_from_what_it_published(workflow: Mapping[Any, Any]) -> None:
    """And keeps no cache: what stands published is all that it remembers."""
    step = named(workflow, "Update")
    assert step["env"]["KALLELSE_RESUME_FROM"] == step["env"]["KALLELSE_SITE"]
    assert "cache" not in {str(step.get("uses")).partition("@")[0] for step in steps(workflow)}


def test_the_workflow_says_how_old_pages_may_be(workflow: Mapping[Any, Any]) -> None:
    """By its own schedule, not by each hour: else they would warn for most of the day."""
    (schedule,) = workflow[True]["schedule"]
    said = named(workflow, "Update")["env"]["KALLELSE_TIMETABLE__CRON"]
    assert said == schedule["cron"]
    assert Timetable(cron=said).cron == said  # as it is read, too


def test_the_workflow_takes_a_record_down(workflow: Mapping[Any, Any], tmp_path: Path) -> None:
    """A runner's store is gone when a person would call for it: the workflow does it itself."""
    assert "forget" in workflow[True]["workflow_dispatch"]["inputs"]
    names = [step.get("name", step.get("uses", "")) for step in steps(workflow)]
    step = named(workflow, "Take a record down")
    assert step["if"] == "inputs.forget != ''"
    assert names.index("Update") < names.index("Take a record down") < names.index("As it is")
    (tmp_path / "run").write_text('#!/bin/sh\necho "$@" >words\n')
    (tmp_path / "run").chmod(0o755)
    assert shell(step, tmp_path, RECORD="boras:a; touch x")[0] == 0
    assert (tmp_path / "words").read_text() == "kallelse forget boras:a; touch x\n"


def test_the_image_is_started_with_settings_that_hold() -> None:
    """As it is written at the head of its file, so that whoever copies it has a daemon."""
    text = (DEPLOY / "Dockerfile").read_text()
    given = dict(re.findall(r"--env KALLELSE_([A-Z_]+)=(\S+)", text))
    timetabled(Settings(**{name.lower(): value for name, value in given.items()}))


def test_the_workflow_stays_enabled(workflow: Mapping[Any, Any]) -> None:
    """It asks for that at the end of every run, a failed one too."""
    step = named(workflow, "Stay enabled")
    assert step["if"] == "always()"
    assert re.search(r"gh api --method PUT \S+/workflows/pages\.yml/enable", step["run"])
