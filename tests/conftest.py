"""What every test stands on: four options, the number of cases, and what a skip means."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from typing import Final, TypeVar

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["standing", "serving", "browsing", "surviving"]

R = TypeVar("R", pytest.TestReport, pytest.CollectReport)

FULL: Final = 2000
"""How many examples each property is given by `--full`."""

QUICK: Final = 30
"""How many without it; every other count shrinks by the same ratio."""

LONG: Final = (
    "test_survival.py",
    "test_publish_faults.py",
    "test_refusals.py",
    "test_end_to_end.py",
    "test_history.py",
    "test_many_runs.py",
    "test_lost_store.py",
    "test_scheduler.py",
    "test_absence.py",
    "test_marks.py",
    "test_fetching.py",
    "test_browser.py",
)
"""Files that take minutes: they begin first, and the others fill up what each process has left."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of this suite; CONTRIBUTING.md says when to use which."""
    group = parser.getgroup("kallelse")
    group.addoption("--slow", action="store_true", help="also what takes seconds; --full does")
    group.addoption("--full", action="store_true", help="run every case, not one in sixty-six")
    group.addoption("--no-skips", action="store_true", help="count a skipped test as failed")
    group.addoption(
        "--update-golden", action="store_true", help="rewrite goldens that differ, and fail once"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Load the hypothesis profile that `--full` asks for.

    Everyday runs and the gate (CI is set) draw the same examples each time, so that red means the
    change and not the luck of the draw. `--full` by hand draws new ones, and prints how to repeat.
    """
    full = bool(config.getoption("--full"))
    settings.register_profile(
        "full" if full else "quick",
        max_examples=FULL if full else QUICK,
        deadline=None,  # a busy machine is no fault
        derandomize=not full or "CI" in os.environ,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],  # the same busy machine
    )
    settings.load_profile("full" if full else "quick")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the files that take longest first; within a file the order stays.

    What is marked as slow, mostly for whole runs of a city, is left to `--slow` and to the gate.
    """
    if not (config.getoption("--full") or config.getoption("--slow")):
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="takes seconds: --slow or --full runs it"))
    turns = {name: turn for turn, name in enumerate(LONG)}
    items.sort(key=lambda item: turns.get(item.path.name, len(LONG)))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Have failures told as they come: a run that is cut short prints no list of them."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and not hasattr(session.config, "workerinput"):
        session.config.pluginmanager.register(_Telling(reporter), "telling")


class _Telling:
    """Writes the name of each test that failed, and the last line of why."""

    def __init__(self, reporter: pytest.TerminalReporter) -> None:
        self._reporter = reporter

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tell of a failure."""
        if report.failed:
            why = getattr(report.longrepr, "reprcrash", None)
            words = str(getattr(why, "message", report.longrepr)).strip().partition("\n")[0]
            self._reporter.write_line(f"\n{report.nodeid} ({report.when}): {words[:200]}")


@pytest.fixture(scope="session")
def counts(pytestconfig: pytest.Config) -> Callable[[int], int]:
    """Give how many of `wanted` cases to run: all by `--full`, else cut as the examples are."""
    full = bool(pytestconfig.getoption("--full"))
    return lambda wanted: wanted if full else max(wanted * QUICK // FULL, 1)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one where `--no-skips` says so."""
    report = yield
    return _unskipped(report, item.config)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Do the same for a module that skips itself while it is read."""
    report = yield
    return _unskipped(report, collector.config)


def _unskipped(report: R, config: pytest.Config) -> R:
    expected = hasattr(report, "wasxfail")  # an expected failure is no skip
    if report.skipped and not expected and config.getoption("--no-skips"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason} (--no-skips lets no test be skipped)"
    return report
