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
    """Twelve of the network, three of manners, and the signs."""
    assert {f"F{n}" for n in range(1, 13)} | {"R1", "R2", "R3", "A"} <= set(ROWS)
