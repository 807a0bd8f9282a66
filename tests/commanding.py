"""The program as an operator has it: a command that ends, or one that runs until it is told."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

import pytest
import requests

Process: TypeAlias = subprocess.Popen[bytes]
KALLELSE: Final = Path(sys.executable).with_name("kallelse")


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
    """Give a port that nobody has."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(*words: str, cwd: Path, env: dict[str, str] | None = None) -> Iterator[Process]:
    """Have a command run that ends only when it is told; a test that fails leaves none behind."""
    with subprocess.Popen([KALLELSE, *words], cwd=cwd, env=env, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()
