"""The suite keeps its own promises: no silent skip, no road to the world, counts that scale."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from conftest import LONG
from inner import run_inner

pytest_plugins = ["pytester"]

SKIPS = """
import pytest

def test_skips_in_the_middle():
    pytest.skip("no browser here")

@pytest.mark.skipif(True, reason="not on this machine")
def test_is_skipped_by_mark():
    raise AssertionError

@pytest.mark.xfail(reason="known", strict=True)
def test_fails_as_expected():
    raise AssertionError

def test_passes():
    pass
"""


def test_a_skip_is_a_failure_when_told_so(pytester: pytest.Pytester) -> None:
    """In the gate nothing may be left out because a tool happens to be missing."""
    pytester.makepyfile(test_skips=SKIPS)
    run_inner(pytester).assert_outcomes(skipped=2, xfailed=1, passed=1)
    strict = run_inner(pytester, "--no-skips")
    strict.assert_outcomes(failed=1, errors=1, xfailed=1, passed=1)  # a mark acts in the setup
    strict.stdout.fnmatch_lines_random(
        ["*no browser here (--no-skips*", "*not on this machine (--no-skips*"]
    )


@pytest.mark.slow
def test_a_module_that_skips_itself_is_a_failure_too(pytester: pytest.Pytester) -> None:
    """`importorskip` hides a whole file of tests at once."""
    pytester.makepyfile(test_module='import pytest\npytest.importorskip("no_such_module")\n')
    run_inner(pytester).assert_outcomes(skipped=1)
    run_inner(pytester, "--no-skips").assert_outcomes(errors=1)


def test_what_is_slow_is_left_to_those_who_ask(pytester: pytest.Pytester) -> None:
    """Everyday runs take minutes, and say how much they left out; the gate leaves out nothing."""
    pytester.makepyfile("import pytest\n\n@pytest.mark.slow\ndef test_it():\n    pass\n")
    run_inner(pytester).assert_outcomes(skipped=1)
    run_inner(pytester, "--slow").assert_outcomes(passed=1)
    run_inner(pytester, "--full", "--no-skips").assert_outcomes(passed=1)


def test_counts_follow_the_examples(
    counts: Callable[[int], int], pytestconfig: pytest.Config
) -> None:
    """One ratio cuts loops and properties alike, and never down to nothing."""
    assert counts(2000) == settings().max_examples
    assert counts(1) == 1
    assert counts(200) == (200 if pytestconfig.getoption("--full") else 3)


def test_what_takes_longest_begins_first(pytester: pytest.Pytester) -> None:
    """Else the last process works alone for minutes; and no file of the list may be misspelt."""
    suite = Path(__file__).parent
    assert all((suite / name).is_file() for name in LONG)
    for name in ("test_a.py", *reversed(LONG)):
        pytester.path.joinpath(name).write_text("def test_it():\n    pass\n")
    # by their paths, for files of these names may have been imported before
    ran = run_inner(pytester, "-v", "--import-mode=importlib").stdout.str()
    assert sorted((*LONG, "test_a.py"), key=ran.index) == [*LONG, "test_a.py"]


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_no_road_to_the_world(host: str) -> None:
    """A test that would ask the real city is stopped before a packet leaves (RFC 5737, 3849)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with (
        socket.socket(family, socket.SOCK_STREAM) as door,
        pytest.raises(UserWarning, match="allowed: "),
    ):
        door.connect((host, 80))


def test_the_road_home_is_open() -> None:
    """Real sockets on this machine are what our servers are tested with."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_a_failure_is_told_when_it_comes(pytester: pytest.Pytester) -> None:
    """A run that is stopped for its length has told by then which tests failed, and why."""
    pytester.makepyfile(test_two="def test_a():\n    assert 0, 'no reason'\ndef test_b(): pass\n")
    told = run_inner(pytester).stdout.str().partition("FAILURES")[0]
    assert "test_two.py::test_a (call): AssertionError: no reason" in told
