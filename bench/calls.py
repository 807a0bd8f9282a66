"""Kill or refuse an update at each of its file calls in turn: `./run python -m bench.calls`.

After each the folder is checked, mended by the next run, and compared with an undisturbed one.
"""

from __future__ import annotations

import errno
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import structlog

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from faulty import faulty
from modelcity.truth import build
from runs import TODAY
from survival import KILL, calls, disturbed, refused

WAYS: Final = {
    "killed": KILL,
    "no space": errno.ENOSPC,
    "broken": errno.EIO,
    "forbidden": errno.EACCES,
}


def main() -> None:
    """Print, for each way to fail, how many calls were survived, and in how many seconds."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with (
        tempfile.TemporaryDirectory() as work,
        disturbed(build(TODAY), Path(work)) as pairs,
        faulty() as child,
    ):
        folder = Path(work) / "folder"
        total = calls(pairs[0], child, folder)
        for way, code in WAYS.items():
            begun = time.monotonic()
            refused(pairs[0], child, folder, code, range(1, total + 1))
            print(f"{way}: {total} of {total} calls, {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
