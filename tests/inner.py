"""A suite inside the suite: tests that may fail, under our own conftest and golden module."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent


def run_inner(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    """Run the tests that stand in pytester's folder; their hypothesis profile stays theirs."""
    pytester.makeconftest((HERE / "conftest.py").read_text())
    pytester.makepyfile(golden=(HERE / "golden.py").read_text())
    ours = settings.get_current_profile_name()
    try:
        return pytester.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:cov", *options)
    finally:
        settings.load_profile(ours)
