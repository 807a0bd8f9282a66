"""What apps need is written down rule by rule, and each rule has a test that exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

import pytest

TESTS: Final = Path(__file__).parent
ROWS: Final = dict(
    re.findall(
        r"^\| ([CF]\d+) \| (.+) \|$", (TESTS.parent / "docs/clients.md").read_text(), re.MULTILINE
    )
)


def test_every_rule_has_its_row() -> None:
    """A rule that is left out is a rule that nobody keeps."""
    calendars = [f"C{number}" for number in range(1, 40)]
    assert list(ROWS) == calendars + [f"F{number}" for number in range(1, 25)]


@pytest.mark.slow
@pytest.mark.parametrize("rule", ROWS)
def test_a_rule_is_held_by_tests_that_exist(rule: str) -> None:
    """A test that was renamed or removed leaves its rule without one; some have a reason."""
    if "no test: " in ROWS[rule]:
        return
    named = re.findall(r"`(test_\w+)::(test_\w+)`", ROWS[rule])
    assert named
    for file, name in named:
        tree = ast.parse((TESTS / f"{file}.py").read_text())
        assert name in {part.name for part in tree.body if isinstance(part, ast.FunctionDef)}
