"""Whatever fails while files are published: each is the old one or the new one, and whole."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Final

import pytest

from editions import NOW, at, edition, meeting, revision
from feeds.edition import Edition
from feeds.folder import write
from feeds.publish import publish
from feeds.readback import read
from feeds.serve import Server
from records.errors import PublishError
from runs import files, twins_fit

ROOT = Path(__file__).parent.parent
FAULTS = (
    (os, "open"),
    (os, "fchmod"),
    (os, "fsync"),
    (os, "utime"),
    (tempfile, "mkstemp"),
    (Path, "replace"),
    (Path, "mkdir"),
    (Path, "chmod"),
)
"""What the system does for a publication, and may refuse."""


def state(hour: str) -> Edition:
    """Give one of two states of a city: calendars, feeds and data differ between them."""
    moved = revision(meeting(start=at("2026-03-16", hour)), last_changed=NOW)
    return edition([moved], pages=False)  # a page is a file like any other, and they are many


OLD, NEW = state("17:00"), replace(state("18:00"), model=True)


def tree(out: Path) -> dict[str, bytes]:
    """Give every file below a folder, half-written ones too."""
    return {
        str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The folder as each of the two states leaves it when nothing fails."""
    trees = []
    for made in (OLD, NEW):
        out = tmp_path_factory.mktemp("undisturbed")
        publish(made, out, now=NOW)
        trees.append(tree(out))
    return trees[0], trees[1]


@contextmanager
def failing(number: int, code: int) -> Iterator[Callable[[], bool]]:
    """Let the system refuse the call of that number; the value says whether it came to that."""
    count = 0

    def refusing(call: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*given: object, **named: object) -> object:
            nonlocal count
            count += 1
            if count == number:
                raise OSError(code, os.strerror(code))
            return call(*given, **named)

        return wrapped

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in FAULTS:
            patch.setattr(owner, name, refusing(getattr(owner, name)))
        yield lambda: count >= number


@pytest.mark.slow
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_any_call_may_fail(
    tmp_path: Path,
    both: tuple[dict[str, bytes], dict[str, bytes]],
    code: int,
    counts: Callable[[int], int],
) -> None:
    """Disk full, broken or forbidden at the first call, the second … until a run gets through.

    Each file is old or new, what failed is told with its path, and the next run mends everything.
    """
    number, failed = 0, True
    step = 1 if counts(2) == 2 else 7  # every call by --full, else one in seven
    publish(OLD, tmp_path / "old", now=NOW)
    while failed:
        number += step
        out = shutil.copytree(tmp_path / "old", tmp_path / f"{number}")
        with failing(number, code) as came:
            try:
                held = publish(NEW, out, now=NOW).held
                told = " ".join(item.reason for item in held)
            except PublishError as error:
                told = str(error)
            failed = came()
        assert (str(out) in told) == failed or told == ""
        _is_either(tree(out), both)
        assert publish(NEW, out, now=NOW).held == ()
        assert tree(out) == both[1]
    assert number > len([path for path, body in both[0].items() if both[1][path] != body])


def test_a_folder_of_anothers_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is tried in a folder that we may not write: the next step is the operator's."""
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    with pytest.raises(PublishError, match="not writable"):
        publish(OLD, tmp_path, now=NOW)
    assert tree(tmp_path) == {}


def _is_either(found: dict[str, bytes], both: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    """Check that every file is whole, and no name is missing or new, but for half-written ones.

    A packed twin may be missing; one that is there has the bytes of its file.
    """
    standing = {path: body for path, body in found.items() if not path.endswith(".tmp")}
    twins_fit(standing)
    whole = files(standing)
    assert whole.keys() == files(both[0]).keys()
    for path, body in whole.items():
        assert body in {both[0][path], both[1][path]}


PUBLISHING: Final = """
import os, sys
from pathlib import Path
from feeds.publish import publish
from test_publish_faults import NEW, NOW, OLD
for _ in sys.stdin:
    child = os.fork()
    while not child:
        for made in (NEW, OLD):
            publish(made, Path(sys.argv[1]), now=NOW)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""
"""For each line a child that publishes until it is killed: the modules are loaded once."""


@pytest.mark.slow
def test_a_kill_leaves_whole_files(
    tmp_path: Path, both: tuple[dict[str, bytes], dict[str, bytes]], counts: Callable[[int], int]
) -> None:
    """SIGKILL at any moment: old or new, never mixed; the next run mends it and clears up."""
    luck = Random(20260302)  # noqa: S311 - moments to be killed at, no secret
    with subprocess.Popen(
        [sys.executable, "-c", PUBLISHING, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    ) as parent:
        assert parent.stdin
        assert parent.stdout
        for _ in range(counts(200)):
            publish(OLD, tmp_path, now=NOW)
            parent.stdin.write(b"\n")
            child = int(parent.stdout.readline())
            Event().wait(luck.uniform(0, 0.5))
            os.kill(child, signal.SIGKILL)
            assert parent.stdout.readline() == b"ended\n"
            found = tree(tmp_path)
            _is_either(found, both)
            assert not [path for path in files(both[0]) if read(path, found[path]).fault]
            publish(NEW, tmp_path, now=NOW)
            assert tree(tmp_path) == both[1]
        parent.stdin.close()


def test_readers_never_meet_half_a_file(tmp_path: Path, counts: Callable[[int], int]) -> None:
    """Over HTTP and from the disk, while it is replaced: whole, and its ETag is its own."""
    bodies = {bytes([65 + n]) * (50_000 + n) for n in range(3)}
    path = tmp_path / "a.ics"
    write(path, min(bodies))
    over = Event()

    def replacing() -> None:
        while not over.is_set():
            for body in bodies:
                write(path, body)
                over.wait(0.005)

    writer = Thread(target=replacing)
    writer.start()
    try:
        with Server(tmp_path) as server:
            connection = HTTPConnection(server.host, server.port, timeout=10)
            for _ in range(counts(50_000)):
                assert path.read_bytes() in bodies
                connection.request("GET", "/a.ics")
                answer = connection.getresponse()
                body = answer.read()
                assert body in bodies
                assert answer.headers["etag"] == f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            connection.close()
    finally:
        over.set()
        writer.join()
