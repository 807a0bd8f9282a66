"""Memory handed back to the machine between two runs of a daemon."""

from __future__ import annotations

import ctypes
import gc


def give_back() -> None:
    """Let go of what a run has freed: without it the heap is cut up a little more by each.

    What glibc keeps for later it keeps for good where something small still lies above it
    (malloc_trim(3)); other libraries have no such call, and need none.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
