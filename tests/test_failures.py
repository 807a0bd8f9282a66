"""The page of what goes wrong names tests that are there, for every case that it promises."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

TESTS: Final = Path(__file__).parent
ROWS: Final = re.findall(
    r"^\| (?P<case>[A-Z]\d*) .*$",
    (TESTS.parent / "docs/failures.md").read_text("utf-8"),
    re.MULTILINE,
)
NAMED: Final = re.findall(
    r"`(test_\w+\.py)::(test_\w+)`", (TESTS.parent / "docs/failures.md").read_text("utf-8")
)


@pytest.mark.parametrize(("module", "name"), NAMED)
def test_a_test_that_is_named_is_there(module: str, name: str) -> None:
    """A promise whose proof was renamed away is looked for in vain."""
    assert f"\ndef {name}(" in (TESTS / module).read_text("utf-8")


def test_every_case_has_a_row() -> None:
    """Those of the network, of manners, of writing, of the store, of the city, and the signs."""
    last = {"F": 12, "R": 3, "W": 7, "S": 6, "C": 4}
    every = {f"{group}{n}" for group, most in last.items() for n in range(1, most + 1)}
    assert every | {"A"} <= set(ROWS)
