"""A model city that stands for a whole run of tests, and a copy of what was published from it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from modelcity.faults import ROBOTS
from modelcity.server import ModelCity
from modelcity.truth import Truth, build
from runs import TODAY, autumn, run, small


@pytest.fixture(scope="session")
def truth(pytestconfig: pytest.Config) -> Truth:
    """What is so in the model city; without `--full` its past is one autumn."""
    whole = build(TODAY)
    return whole if pytestconfig.getoption("--full") else autumn(whole)


@pytest.fixture(scope="session")
def standing(truth: Truth) -> Iterator[ModelCity]:
    """One city for all, with the autumn of its past: its pages are rendered once."""
    with ModelCity(autumn(truth)) as city:
        yield city


@contextmanager
def faultless(city: ModelCity) -> Iterator[ModelCity]:
    """Give a city without faults, pages of its own or anything asked; and so again afterwards."""
    city.requests.clear()
    truth, form = city.truth, city.form
    yield city
    if city.truth is not truth or city.form != form:
        city.replace(truth, form)
    city.faults.clear()
    city.pages.clear()
    city.robots = ROBOTS


@pytest.fixture
def city(standing: ModelCity) -> Iterator[ModelCity]:
    """The city that stands for all, in order before and after each test."""
    with faultless(standing) as city:
        yield city


@pytest.fixture(scope="session")
def standing_small(truth: Truth) -> Iterator[ModelCity]:
    """One small city for all: a run of it is a matter of moments."""
    with ModelCity(small(truth)) as city:
        yield city


@pytest.fixture
def little(standing_small: ModelCity) -> Iterator[ModelCity]:
    """The small city, in order before and after each test."""
    with faultless(standing_small) as city:
        yield city


@pytest.fixture(scope="session")
def yesterday(standing: ModelCity, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store and a folder as a good run left them; tests take a copy."""
    folder = tmp_path_factory.mktemp("yesterday")
    run(folder, standing)
    return folder


@pytest.fixture(scope="session")
def small_yesterday(standing_small: ModelCity, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of the small city."""
    standing_small.faults.clear()
    folder = tmp_path_factory.mktemp("yesterday")
    run(folder, standing_small)
    return folder


@pytest.fixture
def folder(yesterday: Path, tmp_path: Path) -> Path:
    """A copy of yesterday's store and folder, dates and all."""
    return shutil.copytree(yesterday, tmp_path / "copy")


@pytest.fixture
def small_folder(small_yesterday: Path, tmp_path: Path) -> Path:
    """The same of the small city."""
    return shutil.copytree(small_yesterday, tmp_path / "copy")
