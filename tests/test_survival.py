"""Killed, refused or out of room at any moment: old or new, whole, and mended by the next run."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random

import pytest

from faulty import Faulty, faulty
from modelcity.truth import Truth
from survival import KILL, Pair, calls, disturbed, kills, refused, told, words


@pytest.fixture(scope="module")
def pairs(truth: Truth, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Pair]]:
    """Give folders, each with a city that has changed since."""
    with disturbed(truth, tmp_path_factory.mktemp("survival")) as made:
        yield made


@pytest.fixture(scope="module")
def child() -> Iterator[Faulty]:
    """Give a process whose children fail where they are told to."""
    with faulty() as process:
        yield process


def test_a_kill_at_any_moment(
    pairs: list[Pair], tmp_path: Path, counts: Callable[[int], int]
) -> None:
    """SIGKILL to the real program, over changing input: old or new, and no hand is needed."""
    luck = Random(20261123)  # noqa: S311 - moments to be killed at, no secret
    kills(pairs, tmp_path / "folder", counts(200), luck)  # checks each time


def chosen(total: int, wanted: int) -> list[int]:
    """Give call numbers from the first to the last, as many as wanted or all."""
    step = max(total // wanted, 1)
    return [*range(1, total + 1, step), total]


@pytest.mark.parametrize("code", [KILL, errno.ENOSPC, errno.EIO, errno.EACCES])
def test_any_call_may_be_the_last_or_fail(
    code: int, pairs: list[Pair], child: Faulty, tmp_path: Path, counts: Callable[[int], int]
) -> None:
    """Killed before a call for a file, or that refused: whatever it was for, as after any kill.

    Every call in turn is `bench.calls`.
    """
    folder = tmp_path / "folder"
    total = calls(pairs[0], child, folder)
    refused(pairs[0], child, folder, code, chosen(total, counts(40)))  # checks each time


def test_a_disk_that_fills_up_anywhere(
    pairs: list[Pair], child: Faulty, tmp_path: Path, counts: Callable[[int], int]
) -> None:
    """No file, the store's included, grows beyond so many bytes; then there is room again."""
    pair = pairs[1]
    sizes = [path.stat().st_size for path in pair.folder.rglob("*") if path.is_file()]
    rooms = chosen(max(sizes) + (1 << 16), counts(60))
    codes = set()
    for room in rooms:
        folder = pair.copy(tmp_path / "folder")
        ended = child.run(folder, *words(pair.city), room=room)
        told(ended, pair, folder)
        codes.add(ended.code)
        pair.check(folder)
        pair.mend(folder)
    assert codes == {0, 1}


def test_the_modes_of_files_do_not_hang_on_the_umask(
    pairs: list[Pair], child: Faulty, tmp_path: Path
) -> None:
    """The web server reads what is published, and nobody else the store."""
    for umask in (0o077, 0o022, 0o000):
        folder = tmp_path / f"{umask:o}"
        folder.mkdir()
        assert child.run(folder, *words(pairs[0].city), umask=umask).code == 0
        public = [folder / "public", *(folder / "public").rglob("*")]
        assert modes(path for path in public if path.is_file()) == {0o644}
        assert modes(path for path in public if path.is_dir()) == {0o755}
        assert modes(folder.glob("kallelse.db*")) == {0o600}


def modes(paths: Iterable[Path]) -> set[int]:
    """Give what may be done with these files, and by whom."""
    return {path.stat().st_mode & 0o777 for path in paths}
