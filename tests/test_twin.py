"""Packed twins: always of the bytes beside them, the same each time, and gone with their file."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import NOW, whole
from feeds import twin
from feeds.folder import write
from feeds.heads import TYPES
from feeds.publish import publish

TEXT = b"BEGIN:VCALENDAR\r\n" * 200


def names(folder: Path) -> list[str]:
    """Give the files in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.slow
def test_every_text_file_has_a_twin_where_that_saves_something(tmp_path: Path) -> None:
    """A server with `gzip_static` sends it as it is, and packs nothing for each request."""
    done = publish(whole(), tmp_path, now=NOW)
    packed = 0
    for path in done.paths:
        file, beside = tmp_path / path, tmp_path / f"{path}.gz"
        assert Path(path).suffix in TYPES
        if beside.exists():
            packed += 1
            assert gzip.decompress(beside.read_bytes()) == file.read_bytes()
            assert beside.stat().st_size < file.stat().st_size
            assert int(beside.stat().st_mtime) == int(file.stat().st_mtime)
            assert beside.stat().st_mode == file.stat().st_mode
        else:
            assert len(gzip.compress(file.read_bytes())) >= file.stat().st_size
    assert packed > len(done.paths) // 2


def test_a_twin_names_no_hour_and_no_file(tmp_path: Path) -> None:
    """The same bytes give the same twin on any day, so that copies of a folder are equal."""
    for name in ("a.ics", "b.ics"):
        twin.write(tmp_path / name, TEXT)
    first, second = ((tmp_path / f"{name}.ics.gz").read_bytes() for name in "ab")
    assert first == second == gzip.compress(TEXT, mtime=0)
    assert first[3:8] == bytes(5)  # no name, no comment, no date (RFC 1952, 2.3)


def test_nothing_is_rewritten_beside_what_stands(tmp_path: Path) -> None:
    """Nor where another release of zlib has packed it otherwise."""
    path = tmp_path / "a.ics"
    assert twin.write(path, TEXT)
    twin.beside(path).write_bytes(gzip.compress(TEXT, 1, mtime=5))
    before = {file: (file.stat().st_ino, file.stat().st_mtime_ns) for file in tmp_path.iterdir()}
    assert not twin.write(path, TEXT)
    for file, stamp in before.items():
        assert (file.stat().st_ino, file.stat().st_mtime_ns) == stamp


@pytest.mark.parametrize(
    "found",
    [None, gzip.compress(b"other"), b"no gzip", gzip.compress(TEXT)[:-1]],
    ids=["none", "other", "nonsense", "torn"],
)
def test_a_twin_that_does_not_fit_is_mended(tmp_path: Path, found: bytes | None) -> None:
    """Whatever became of it; the file beside it is not touched, and keeps its date."""
    path = tmp_path / "a.ics"
    write(path, TEXT)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    if found is not None:
        twin.beside(path).write_bytes(found)
    inode = path.stat().st_ino
    assert not twin.write(path, TEXT)
    assert gzip.decompress(twin.beside(path).read_bytes()) == TEXT
    assert path.stat().st_ino == inode
    assert twin.beside(path).stat().st_mtime == path.stat().st_mtime == 1_000_000_000


def test_what_packing_does_not_shorten_has_no_twin(tmp_path: Path) -> None:
    """An old one goes when the file shrinks."""
    path = tmp_path / "a.ics"
    for body, expected in ((TEXT, ["a.ics", "a.ics.gz"]), (b"x", ["a.ics"]), (b"", ["a.ics"])):
        assert twin.write(path, body)
        assert names(tmp_path) == expected
        assert not twin.write(path, body)


def test_a_dropped_file_leaves_no_twin(tmp_path: Path) -> None:
    """A web server would go on sending it."""
    path = tmp_path / "a.ics"
    twin.write(path, TEXT)
    twin.drop(path)
    assert names(tmp_path) == []
    twin.drop(path)


def test_no_reader_meets_a_twin_of_other_bytes(
    tmp_path: Path, counts: Callable[[int], int]
) -> None:
    """One that opens the twin, as `gzip_static` does, gets a whole state, and no other's.

    What stands beside it, where it was the same before and after, is that very state.
    """
    path, over = tmp_path / "a.ics", Event()
    twin.write(path, b"0" * 50_000)

    def replacing() -> None:
        for number in count(1):
            if over.wait(0.002):
                return
            twin.write(path, b"%d," % number * 20_000)

    writer = Thread(target=replacing)
    writer.start()
    met = 0
    try:
        for _ in range(counts(50_000)):
            before = path.read_bytes()
            try:
                packed = gzip.decompress(twin.beside(path).read_bytes())
            except FileNotFoundError:
                continue
            assert len(set(packed.split(b","))) <= 2
            if path.read_bytes() == before:
                met += 1
                assert packed == before
    finally:
        over.set()
        writer.join()
    assert met


@given(body=st.binary(max_size=2000), other=st.binary(max_size=2000))
def test_a_twin_fits_its_own_bytes_alone(body: bytes, other: bytes) -> None:
    """Torn, with more behind it, or of another file: none of them is sent for this one."""
    packed = gzip.compress(body, mtime=0)
    assert twin.fits(packed, body)
    assert not twin.fits(packed[:-1], body)
    assert not twin.fits(packed + b"x", body)
    assert not twin.fits(body, body)
    assert twin.fits(packed, other) == (body == other)
