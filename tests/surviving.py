"""Cities that have changed since, and a process whose children fail: for tests of survival."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from faulty import Faulty, faulty
from modelcity.truth import Truth
from survival import Pair, disturbed, words


@pytest.fixture(scope="module")
def pairs(truth: Truth, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Pair]]:
    """Give folders, each with a city that has changed since."""
    with disturbed(truth, tmp_path_factory.mktemp("survival")) as made:
        yield made


@pytest.fixture(scope="module")
def child(pairs: list[Pair], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faulty]:
    """Give a process whose children fail where they are told to."""
    with faulty() as process:
        folder = pairs[0].copy(tmp_path_factory.mktemp("warm") / "folder")
        process.warm(folder, *words(pairs[0].city))
        yield process
