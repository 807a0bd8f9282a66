"""Serve beside nginx: `./run python -m bench.serving`, a small and a large calendar, 200 and 304.

Each server is one process on one core. Fifty readers keep their connections and ask again as soon
as they were answered; what counts is the CPU that the server took for each answer, for the asking
costs more than nginx does. Then the fifty ask four times a second each, as many as a city's readers
never are, and the slowest hundredth of the answers is timed.
"""

from __future__ import annotations

import os
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from bench import tables
from serving import alone, connect

READERS: Final = 50
SIZES: Final = {"small": 5_000, "large": 200_000}
OFTEN: Final = 0.25
"""Seconds between two questions of one reader who takes his time."""

_TICK: Final = os.sysconf("SC_CLK_TCK")
_LENGTH: Final = b"content-length: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What one server took for one kind of answer: CPU and the slowest of a hundred, in µs."""

    server: str
    what: str
    cpu: float
    p99: float


@dataclass(slots=True, eq=False)
class Reader:
    """One connection, and what it waits for."""

    socket: socket.socket
    asked: float = 0.0
    missing: int | None = None
    head: bytes = field(default=b"")

    def ask(self, question: bytes) -> None:
        """Ask, once the last answer is whole."""
        self.asked, self.missing, self.head = time.perf_counter(), None, b""
        self.socket.sendall(question)

    def hear(self) -> bool:
        """Take what has come; say whether the answer is whole."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise SystemExit("the server closed a connection that was to be kept")
        if self.missing is None:
            head, mark, body = (self.head + part).partition(b"\r\n\r\n")
            if not mark:
                self.head = head
                return False
            self.missing, part = _length(head), body
        self.missing -= len(part)
        return self.missing <= 0


def _length(head: bytes) -> int:
    found = head.lower().partition(_LENGTH)[2].partition(b"\r\n")[0]
    return 0 if b" 304 " in head.partition(b"\r\n")[0] else int(found)


def answers(port: int, question: bytes, number: int, pause: float = 0.0) -> list[float]:
    """Let all readers ask, so many times together; give how long each answer took, in seconds."""
    took, left = list[float](), number
    with selectors.DefaultSelector() as waiting:
        readers = [Reader(connect(port)) for _ in range(READERS)]
        due = [(at * pause / READERS + time.perf_counter(), one) for at, one in enumerate(readers)]
        for one in readers:
            waiting.register(one.socket, selectors.EVENT_READ, one)
        while len(took) < number:
            now = time.perf_counter()
            while due and left and due[0][0] <= now:
                due.pop(0)[1].ask(question)
                left -= 1
            rest = max(due[0][0] - now, 0) if due and left else None
            for key, _ in waiting.select(rest):
                if key.data.hear():
                    took.append(time.perf_counter() - key.data.asked)
                    due.append((key.data.asked + pause, key.data))
        for one in readers:
            one.socket.close()
    return took


def cpu(pid: int) -> float:
    """Give the CPU that a process and its children had, in seconds."""
    pids = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    stats = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in pids]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / _TICK


@contextmanager
def nginx(out: Path) -> Iterator[tuple[int, int]]:
    """Serve the folder by nginx, one worker, no log; gives its process and port."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        raise SystemExit("nginx is not installed: apt-get install nginx-light")
    with socket.create_server(("127.0.0.1", 0)) as free, tempfile.TemporaryDirectory() as place:
        port = int(free.getsockname()[1])
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        kept = "".join(f"{kind}_temp_path {place}/{kind};" for kind in kinds)
        file = Path(place) / "nginx.conf"
        file.write_text(
            ("user root;" if os.getuid() == 0 else "")
            + f"daemon off; worker_processes 1; pid {place}/pid; error_log {place}/error;"
            f"events {{}} http {{ access_log off; keepalive_requests 10000000; {kept}"
            f"server {{ listen 127.0.0.1:{port}; root {out};"
            " types { text/calendar ics; } charset utf-8; charset_types text/calendar; } }"
        )
        free.close()
        running = subprocess.Popen([program, "-e", f"{place}/error", "-p", place, "-c", file])  # noqa: S603 - ours
        try:
            connect(port).close()
            yield running.pid, port
        finally:
            running.terminate()
            running.wait()


def measured(number: int) -> Iterator[Served]:
    """Give what each server took for each kind of answer."""
    with tempfile.TemporaryDirectory() as work:
        out = Path(work)
        for name, size in SIZES.items():
            (out / f"{name}.ics").write_bytes(b"BEGIN:VCALENDAR\r\n".ljust(size, b"x"))
        with alone(out) as (ours, port):
            yield from _served("ours", ours.pid, port, number)
        with nginx(out) as (theirs, port):
            yield from _served("nginx", theirs, port, number)


def _served(server: str, pid: int, port: int, number: int) -> Iterator[Served]:
    for name in SIZES:
        tag = _tag(port, f"/{name}.ics")
        for status, header in ((200, ""), (304, f"If-None-Match: {tag}\r\n")):
            question = f"GET /{name}.ics HTTP/1.1\r\nHost: localhost\r\n{header}\r\n".encode()
            answers(port, question, number // 10)
            before = cpu(pid)
            answers(port, question, number)
            each = (cpu(pid) - before) / number
            calm = sorted(answers(port, question, max(number // 10, 1000), OFTEN))
            p99 = calm[len(calm) * 99 // 100]
            yield Served(server=server, what=f"{name}, {status}", cpu=each * 1e6, p99=p99 * 1e6)


def _tag(port: int, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    tag = connection.getresponse().headers["ETag"]
    connection.close()
    return str(tag)


def table(rows: list[Served]) -> str:
    """Give it as Markdown, beside nginx where it was measured."""
    theirs = {row.what: row.cpu for row in rows if row.server == "nginx"}
    return tables.table(
        2,
        ("calendar, answer", "server", "answers, of nginx's", "CPU an answer, µs", "p99, ms"),
        (
            (
                row.what,
                row.server,
                f"{theirs.get(row.what, row.cpu) / row.cpu:.2f}",
                f"{row.cpu:.0f}",
                f"{row.p99 / 1000:.1f}",
            )
            for row in rows
        ),
    )


def main() -> None:
    """Measure, and print the table."""
    print(table(list(measured(20_000))))


if __name__ == "__main__":
    main()
