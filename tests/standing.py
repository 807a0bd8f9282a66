"""A model city that stands for a whole run of tests, and a copy of what was published from it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from modelcity.faults import ROBOTS
from modelcity.server import ModelCity
from modelcity.truth import Truth, build
from runs import TODAY, run, small


@pytest.fixture(scope="session")
def truth() -> Truth:
    """What is so in the model city."""
    return build(TODAY)


@pytest.fixture(scope="session")
def standing(truth: Truth) -> Iterator[ModelCity]:
    """One city for all: its pages are rendered once."""
    with ModelCity(truth) as city:
        yield city


@pytest.fixture
def city(standing: ModelCity) -> Iterator[ModelCity]:
    """The city without faults, pages of its own or anything asked; and so again afterwards."""
    standing.requests.clear()
    yield standing
    standing.faults.clear()
    standing.pages.clear()
    standing.robots = ROBOTS


@pytest.fixture
def little(truth: Truth) -> Iterator[ModelCity]:
    """Give a small city of the test's own."""
    with ModelCity(small(truth)) as city:
        yield city


@pytest.fixture(scope="session")
def yesterday(standing: ModelCity, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store and a folder as a good run left them; tests take a copy."""
    folder = tmp_path_factory.mktemp("yesterday")
    run(folder, standing)
    return folder


@pytest.fixture
def folder(yesterday: Path, tmp_path: Path) -> Path:
    """A copy of yesterday's store and folder, dates and all."""
    return shutil.copytree(yesterday, tmp_path / "copy")
