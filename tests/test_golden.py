"""Goldens are compared to the byte, and rewritten only when asked, and then read."""

from __future__ import annotations

import pytest

from inner import run_inner

pytest_plugins = ["pytester"]

CASE = """
from pathlib import Path
from golden import assert_golden

def test_case(request):
    assert_golden(Path("golden/case.ics"), {got!r}, request)
"""


def give(pytester: pytest.Pytester, got: str | bytes, *options: str) -> pytest.RunResult:
    """Run the one test with `got` as what our code gives."""
    pytester.makepyfile(test_case=CASE.format(got=got))
    return run_inner(pytester, *options)


def test_missing_golden_says_what_to_do(pytester: pytest.Pytester) -> None:
    """A new golden is never accepted by itself."""
    result = give(pytester, "a\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*case.ics is missing*--update-golden*"])
    assert not (pytester.path / "golden").exists()


def test_update_writes_and_fails_once(pytester: pytest.Pytester) -> None:
    """The failure is what makes someone read the diff; the next run is green."""
    first = give(pytester, "åäö\r\n", "--update-golden")
    first.assert_outcomes(failed=1)
    first.stdout.fnmatch_lines(["*rewritten: read the diff*"])
    assert (pytester.path / "golden/case.ics").read_bytes() == "åäö\r\n".encode()
    give(pytester, "åäö\r\n", "--update-golden").assert_outcomes(passed=1)
    give(pytester, "åäö\r\n".encode()).assert_outcomes(passed=1)


def test_difference_is_shown_and_nothing_written(pytester: pytest.Pytester) -> None:
    """Without the option a golden is only read, and a lost CR is a difference that can be seen."""
    golden = pytester.path / "golden/case.ics"
    golden.parent.mkdir()
    golden.write_bytes(b"STATUS:CONFIRMED\r\n")
    result = give(pytester, "STATUS:CONFIRMED\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*-STATUS:CONFIRMED␍", "*+STATUS:CONFIRMED"])
    assert golden.read_bytes() == b"STATUS:CONFIRMED\r\n"
