"""A process that runs the command line in children of its own, each with one fault armed.

What it is told, and what it answers, is one JSON object a line. Modules are loaded once, before the
first child, so that a fault hits the work and not its preparation. The faults are the system's: a
call that Python is about to make for a file below the folder is refused, or kills the process
(`sys.addaudithook`), or files may grow no larger than so many bytes (`RLIMIT_FSIZE`).
"""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

CALLS: Final = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "os.utime", "os.fsync"}
    | {"sqlite3.connect"}
)
"""What is counted; `os.fsync` is no event of Python's, and is told of by us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a child ended: its code (negative: the signal), what it said, how many calls it made."""

    code: int
    said: str
    calls: int


@dataclass(slots=True)
class Faulty:
    """The process, seen from the test."""

    process: subprocess.Popen[str]

    def warm(self, folder: Path, *words: str) -> None:
        """Run `kallelse` in the process itself: what is made once is then made for all children."""
        self._order(folder, words, warm=True)

    def run(self, folder: Path, *words: str, **fault: object) -> Ended:
        """Run `kallelse` with these words in a folder.

        `at` is the number of the call that fails, with `errno` or, where that is 0, a kill; `room`
        is how large a file may become; `seconds` is when the child is killed, if it is not done by
        then; `umask` and `env` are the child's.
        """
        assert self.process.stdout
        self._order(folder, words, **fault)
        return Ended(**json.loads(self.process.stdout.readline()))

    def _order(self, folder: Path, words: Sequence[str], **more: object) -> None:
        assert self.process.stdin
        order = {"folder": str(folder), "words": words, **more}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()


@contextmanager
def faulty() -> Iterator[Faulty]:
    """Start the process, and end it."""
    root = Path(__file__).parent.parent
    with subprocess.Popen(
        [sys.executable, Path(__file__)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root), "KALLELSE_PAGES": "false"},  # as `runs.run`
    ) as process:
        try:
            yield Faulty(process)
        finally:
            process.kill()


class _Guard:
    """Counts the calls for files below a folder, and lets one of them fail."""

    def __init__(self, folder: str, at: int, code: int) -> None:
        self.calls = 0
        self._folder = folder
        self._at = at
        self._code = code

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if event not in CALLS or not self._below(args[0]):
            return
        self.calls += 1
        if self.calls != self._at:
            return
        if not self._code:
            os.kill(os.getpid(), signal.SIGKILL)
        if event == "sqlite3.connect":  # as SQLite itself would put it
            raise sqlite3.OperationalError("unable to open database file")
        raise OSError(self._code, os.strerror(self._code))

    def _below(self, named: object) -> bool:
        if isinstance(named, int):
            named = Path(f"/proc/self/fd/{named}").readlink()
        if not isinstance(named, str | bytes | os.PathLike):
            return False
        path = os.fsdecode(named).removeprefix("file://")
        return os.path.abspath(path).startswith(f"{self._folder}/")  # noqa: PTH100 - resolve() asks


def _tell_of_fsync(guard: _Guard) -> None:
    fsync = os.fsync

    def told(fd: FileDescriptorLike) -> None:
        guard("os.fsync", (fd,))
        fsync(fd)

    os.fsync = told


def _child(order: dict[str, Any], said: Path) -> None:
    """Become the command line, in the order's folder."""
    import scheduler  # noqa: PLC0415 - loaded by the parent already

    os.chdir(order["folder"])
    os.umask(order.get("umask", 0o022))
    os.environ.update(order.get("env", {}))
    descriptor = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(descriptor, stream)
    if "room" in order:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["room"], resource.RLIM_INFINITY))
    guard = _Guard(order["folder"], order.get("at", 0), order.get("errno", errno.EIO))
    if "seconds" not in order:  # who is killed by the clock counts no calls, and has no time for it
        _tell_of_fsync(guard)
        sys.addaudithook(guard)
    sys.argv = ["kallelse", *order["words"]]
    code: object = 1
    try:
        scheduler.main()
    except SystemExit as end:
        code = end.code or 0
    except BaseException:  # noqa: BLE001 - as the interpreter does at its own end
        sys.excepthook(*sys.exc_info())
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    sys.stdout.flush()
    os.write(descriptor, f"\n{guard.calls}".encode())
    os._exit(code if isinstance(code, int) else 1)


def _end(pid: int, seconds: float | None) -> int:
    """Wait for a child, and kill it when its time is over; give how it ended."""
    if seconds is not None:
        over = time.monotonic() + seconds
        while time.monotonic() < over:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                return status
            time.sleep(0.0005)
        os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def _main() -> None:
    """Do what each line of stdin orders."""
    import operation.update  # noqa: F401, PLC0415 - what an update needs, loaded once
    import scheduler  # noqa: PLC0415 - as above

    for line in sys.stdin:
        order = json.loads(line)
        if order.get("warm"):
            os.chdir(order["folder"])
            sys.argv = ["kallelse", *order["words"]]
            with suppress(SystemExit):
                scheduler.main()
            continue
        said = Path(order["folder"]).with_suffix(".said")
        said.unlink(missing_ok=True)
        pid = os.fork()
        if pid == 0:
            _child(order, said)
        code = os.waitstatus_to_exitcode(_end(pid, order.get("seconds")))
        text = said.read_text() if said.exists() else ""
        words, _, calls = text.rpartition("\n") if code >= 0 else (text, "", "0")
        print(json.dumps({"code": code, "said": words, "calls": int(calls or 0)}), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    _main()
