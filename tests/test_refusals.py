"""Refused a call, killed before it or out of room: as after any kill, and said in a sentence."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from faulty import Faulty
from survival import KILL, Pair, calls, refused, told, words


def chosen(total: int, wanted: int) -> list[int]:
    """Give call numbers from the first to the last, as many as wanted or all."""
    step = max(total // wanted, 1)
    return [*range(1, total + 1, step), total]


@pytest.mark.slow
@pytest.mark.parametrize("code", [KILL, errno.ENOSPC, errno.EIO, errno.EACCES])
def test_any_call_may_be_the_last_or_fail(
    code: int, pairs: list[Pair], child: Faulty, tmp_path: Path, counts: Callable[[int], int]
) -> None:
    """Killed before a call for a file, or that refused: whatever it was for, as after any kill.

    Every call in turn is `bench.calls`.
    """
    folder = tmp_path / "folder"
    total = calls(pairs[0], child, folder)
    refused(pairs[0], child, folder, code, chosen(total, counts(20)))  # checks each time


@pytest.mark.slow
def test_a_disk_that_fills_up_anywhere(
    pairs: list[Pair], child: Faulty, tmp_path: Path, counts: Callable[[int], int]
) -> None:
    """No file, the store's included, grows beyond so many bytes; then there is room again."""
    pair = pairs[1]
    sizes = [path.stat().st_size for path in pair.folder.rglob("*") if path.is_file()]
    rooms = chosen(max(sizes) + (1 << 16), counts(30))
    codes = set()
    for room in rooms:
        folder = pair.copy(tmp_path / "folder")
        ended = child.run(folder, *words(pair.city), room=room)
        told(ended, pair, folder)
        codes.add(ended.code)
        pair.check(folder)
        pair.mend(folder)
    assert codes == {0, 1}
