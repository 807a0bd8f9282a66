"""The house keeps its rules: each module says what it is for, and doors stay where they are."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PACKAGES = ("scraper", "records", "feeds", "operation", "modelcity")
MODULES = sorted(
    [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    + [ROOT / "scheduler.py"]
)
SUITE = sorted([*(ROOT / "tests").glob("*.py"), *(ROOT / "bench").rglob("*.py")])
ROOMS = [f"{room}/" for room in (*PACKAGES, "tests")] + ["scheduler.py", "run"]

FOREIGN = re.compile(
    rb"py[p]i\.org|python[h]osted|registry\.[n]pmjs|deb\.[d]ebian|/wor[k]/main|/roo[t]/"
)
"""Hosts of package registries and one machine's folders; brackets keep this file out of it."""


def name(path: Path) -> str:
    """Name a file as messages do: by its path in the house."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Read a module once for all tests."""
    return ast.parse(path.read_text(), filename=str(path))


def imports(path: Path) -> set[str]:
    """Give the top-level names that a module imports, wherever in it that happens."""
    found = set[str]()
    for node in ast.walk(tree(path)):
        match node:
            case ast.Import(names=names):
                found.update(alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                found.add(module.partition(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES + SUITE, ids=name)
def test_module_opens_with_one_sentence(path: Path) -> None:
    """Its first line is what the map of the house is written from."""
    first, *_ = (ast.get_docstring(tree(path)) or "").split("\n")
    assert re.fullmatch(r"\S.*\S\.", first), f"{name(path)} opens with {first!r}"


def test_import_contracts_hold() -> None:
    """Scraper and feeds are strangers, records knows nobody, nobody imports the front door."""
    command = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_one_door_to_the_web() -> None:
    """All manners towards the city stand in one module, so nobody else may ask it anything."""
    assert [name(path) for path in MODULES if "requests" in imports(path)] == ["scraper/fetch.py"]


def test_the_model_city_is_a_stranger_to_those_who_read_it() -> None:
    """A model that borrowed the reader's tables would agree with the reader's mistakes."""
    ours = {*PACKAGES, "scheduler"} - {"modelcity"}
    model = [path for path in MODULES if path.is_relative_to(ROOT / "modelcity")]
    assert {name(path): found for path in model if (found := imports(path) & ours)} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_readme_maps_every_room(room: str) -> None:
    """Who looks for a place to put something finds it on the first page."""
    line = rf"^[^\w./]*{re.escape(room)}\W+\w"  # whatever the map is drawn with
    assert re.search(line, (ROOT / "README.md").read_text(), re.MULTILINE), f"no line for {room}"


def test_the_lock_holds_what_pyproject_asks_for() -> None:
    """`./run` installs the lock alone: a dependency that is not in it is found missing too late."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = [
        *asked["project"]["dependencies"],
        *asked["dependency-groups"]["test"],
        *asked["build-system"]["requires"],
    ]
    pins = re.findall(
        r"^([\w.-]+)(?:\[.*\])?==([^\s;]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE
    )
    locked = dict[str, str](pins)
    for need in map(Requirement, needed):
        assert need.specifier.contains(locked.get(need.name.lower(), "0")), f"renew for {need}"


def test_the_lock_pins_extras_as_they_are_asked_for() -> None:
    """Pip refuses `coverage[toml]` where only `coverage` is pinned, once a newer one is out."""
    locked = (ROOT / "requirements.lock").read_text()
    pinned = set(re.findall(r"^([a-z0-9-]+\[[a-z0-9,-]+\])==", locked, re.MULTILINE))
    names = set(re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==", locked, re.MULTILINE))
    asked = {
        f"{wanted.name}[{','.join(sorted(wanted.extras))}]"
        for known in distributions()
        if known.name.lower() in names
        for wanted in map(Requirement, known.requires or ())
        if wanted.extras and wanted.name in names
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""})
    }
    assert asked
    assert asked <= pinned


def test_no_file_names_a_registry_or_a_machine() -> None:
    """A clone works behind any mirror and in any folder."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],  # noqa: S607 - git is where PATH says
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    files = [ROOT / line.decode() for line in listed.stdout.split(b"\0") if line]
    found = {name(path): FOREIGN.findall(path.read_bytes()) for path in files if path.is_file()}
    assert {path: names for path, names in found.items() if names} == {}
