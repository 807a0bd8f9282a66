"""One page in a process of its own: what became of it, in what time and in how much memory.

A process that has run other tests has long been larger than any limit that could be checked in it.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How it ended, in seconds of the clock and of the processor, and its peak in kilobytes."""

    outcome: str
    seconds: float
    worked: float
    peak: int


def asked(origin: str, path: str) -> Measured:
    """Ask a city that answers at `origin` for a page, by the limits that hold without settings."""
    return _child({"origin": origin, "path": path})


def read(body: Path, kinds: tuple[str, ...]) -> Measured:
    """Read a file as a page of each of these kinds; `worked` is the slowest of them."""
    return _child({"body": str(body), "kinds": kinds})


def _child(order: dict[str, Any]) -> Measured:
    ended = subprocess.run(
        [sys.executable, Path(__file__)],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
    )
    assert ended.returncode == 0, ended.stderr
    return Measured(**json.loads(ended.stdout.splitlines()[-1]))


def _fetch(origin: str, path: str) -> str:
    from asking import AGENT, CITY, HOST, NOW, Notes, unruled  # noqa: PLC0415 - in the child alone
    from records.errors import FetchError  # noqa: PLC0415 - as above
    from scraper.fetch import LIMITS, Fetcher  # noqa: PLC0415 - as above

    with Fetcher(
        hosts=(HOST,),
        origins={HOST: origin},
        agent=AGENT,
        delay=0,
        now=NOW,
        memory=Notes([unruled()]),
        limits=LIMITS,
    ) as fetcher:
        try:
            fetcher.get(f"{CITY}{path}")
        except FetchError as error:
            return error.reason
        return "a page"


def _parse(body: bytes, kind: str) -> float:
    from asking import CITY, NOW  # noqa: PLC0415 - in the child alone
    from records.errors import KallelseError  # noqa: PLC0415 - as above
    from scraper.cities import load  # noqa: PLC0415 - as above
    from scraper.crawl import bring  # noqa: PLC0415 - as above
    from scraper.page import Page  # noqa: PLC0415 - as above

    boras = load("boras")
    page = Page(url=f"{CITY}/kommunochpolitik/sida.4.1fef6289.html", body=body, fetched=NOW)
    begun = time.process_time()
    with contextlib.suppress(KallelseError):
        boras.read(bring(page, kind), kind)
    return time.process_time() - begun


def _peak() -> int:
    """Give the most memory that this process had; what it was forked from does not count."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def _main() -> None:
    order = json.load(sys.stdin)
    begun, worked, outcome = time.monotonic(), 0.0, "read"
    if "origin" in order:
        outcome = _fetch(order["origin"], order["path"])
    else:
        body = Path(order["body"]).read_bytes()
        worked = max(_parse(body, kind) for kind in order["kinds"])
    seconds = time.monotonic() - begun
    told = Measured(outcome=outcome, seconds=seconds, worked=worked, peak=_peak())
    print(json.dumps(asdict(told)))  # noqa: T201 - the answer


if __name__ == "__main__":
    _main()
