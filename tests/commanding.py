"""The program as an operator has it: a command that ends, or one that runs until it is told."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeAlias

import pytest
import requests

Process: TypeAlias = subprocess.Popen[bytes]
KALLELSE: Final = Path(sys.executable).with_name("kallelse")
_GIVEN: Final = Path("/proc/sys/net/ipv4/ip_local_port_range")


def kallelse(*words: str, here: Path) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder."""
    return subprocess.run(
        [KALLELSE, *words], cwd=here, capture_output=True, text=True, timeout=400, check=False
    )


def ready(url: str) -> requests.Response:
    """Ask until somebody answers."""
    for _ in range(1200):
        try:
            return requests.get(url, timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
    pytest.fail(f"{url} never answered")


def free_port() -> int:
    """Give a port that nobody has, and that no server is given who asks for any."""
    low = int(_GIVEN.read_text("ascii").split()[0]) if _GIVEN.exists() else 32768
    for port in random.sample(range(max(low - 12_000, 1024), low), k=100):
        with suppress(OSError), socket.socket() as one:
            one.bind(("127.0.0.1", port))
            return port
    pytest.fail("no port is free")


@contextmanager
def running(*words: str, cwd: Path, env: dict[str, str] | None = None) -> Iterator[Process]:
    """Have a command run that ends only when it is told; a test that fails leaves none behind."""
    with subprocess.Popen([KALLELSE, *words], cwd=cwd, env=env, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()
