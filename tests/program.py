"""The program as its user has it: a process of its own, started from the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

KALLELSE: Final = Path(sys.executable).with_name("kallelse")


def kallelse(*words: str, here: Path) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder."""
    return subprocess.run(
        [KALLELSE, *words], cwd=here, capture_output=True, text=True, timeout=120, check=False
    )
