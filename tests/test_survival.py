"""Killed, refused or out of room at any moment: old or new, whole, and mended by the next run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import pytest

from faulty import Faulty
from survival import Pair, kills, words


@pytest.mark.slow
def test_a_kill_at_any_moment(
    pairs: list[Pair], child: Faulty, tmp_path: Path, counts: Callable[[int], int]
) -> None:
    """SIGKILL to the real program, over changing input: old or new, and no hand is needed."""
    luck = Random(20261123)  # noqa: S311 - moments to be killed at, no secret
    kills(pairs, child, tmp_path / "folder", counts(200), luck)  # checks each time


@pytest.mark.slow
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
