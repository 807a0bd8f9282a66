"""`kallelse changes` tells what changed, newest first, as operators and journalists ask for it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner

from feeds.kinds import Kind
from records.errors import ConfigError
from runs import LATER, exported
from scheduler import app
from tiny import Row, Tiny, tiny

ROW: Final = Row(day="2026-12-10", node="1a2b3c4d5e6f")


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Tiny]:
    """Give a city of which a meeting was moved at `LATER`."""
    with tiny(tmp_path) as made:
        made.show([ROW])
        made.run()
        made.show([ROW])
        made.page(replace(ROW, place="Borgen"))
        made.run(LATER)
        yield made


@pytest.fixture
def ask(city: Tiny) -> Callable[..., str]:
    """Give the command's answer."""

    def asked(*options: str) -> str:
        store = f"sqlite:///{city.folder / 'kallelse.db'}"
        found = CliRunner().invoke(app, ["changes", "--store", store, *options])
        if found.exception:
            raise found.exception
        return found.stdout

    return asked


def test_the_newest_comes_first(ask: Callable[..., str]) -> None:
    """When it was seen, what it was, of which meeting, under which id."""
    newest, first = ask().splitlines()
    assert newest.startswith("2026-11-23 15:00  relocated")
    assert "Kommunstyrelsen, sammanträde 2026-12-10" in newest
    assert "New place: Borgen" in newest
    assert newest.endswith("boras:1a2b3c4d5e6f/relocated/1")
    assert first.endswith("boras:1a2b3c4d5e6f/new/1")


def test_it_can_be_cut_by_time_and_committee(ask: Callable[..., str]) -> None:
    """What is left is what was asked for."""
    assert len(ask("--since", LATER).splitlines()) == 1
    assert len(ask("--since", "2026-11-23").splitlines()) == 2
    assert ask("--since", "2026-11-24") == "Nothing has changed.\n"
    assert len(ask("--committee", "kommunstyrelsen").splitlines()) == 2
    assert ask("--committee", "kulturnamnden") == "Nothing has changed.\n"


def test_as_json_it_gives_the_records(ask: Callable[..., str], city: Tiny) -> None:
    """Those of `export --kind change`, newest first."""
    assert json.loads(ask("--json")) == city.changes()[::-1]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--since", "igår"), "write a day or a moment"),
        (("--committee", "nix"), "There is no committee 'nix'"),
        (("--store", "sqlite:////nowhere/at/all.db"), "run kallelse update first"),
    ],
)
def test_bad_input_is_one_sentence(
    ask: Callable[..., str], options: tuple[str, str], says: str
) -> None:
    """It says what to write instead; the exit code is 2."""
    with pytest.raises(ConfigError, match=says):
        ask(*options)


@pytest.mark.slow
def test_an_unknown_committee_comes_with_the_lines_for_the_file(city: Tiny) -> None:
    """In every run and not only the first, until the city's file knows it."""
    city.show([ROW, Row(day="2026-12-17", body='Framtids"nämnden\x7f')])
    for moment in ("2026-11-24T09:00", "2026-11-25T09:00"):
        (said,) = city.run(moment).run.problems
        (lines,) = tomllib.loads(said[said.index("[[committees]]") :])["committees"]
        (body,) = [
            row
            for row in exported(city.folder, Kind.COMMITTEE)
            if row["name"].startswith("Framtids")
        ]
        assert lines == {name: body[name] for name in ("slug", "name", "classification")}
