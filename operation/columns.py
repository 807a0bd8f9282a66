"""Values as lines and columns, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from records.codec import to_json

_EMPTY: Final[tuple[object, ...]] = (None, "", (), [], {})
_WIDEST: Final = 36  # letters of a column that is not the last: longer ones push the rest aside


def aligned(rows: Iterable[Sequence[str]], *, indent: int = 2) -> list[str]:
    """Set rows of cells in columns, each as wide as its widest cell."""
    found = [[*row] for row in rows]
    count = max((len(row) for row in found), default=0)
    widths = [
        min(_WIDEST, max((len(row[n]) for row in found if n < len(row)), default=0))
        for n in range(count)
    ]
    return [(" " * indent + "  ".join(_padded(row, widths))).rstrip() for row in found]


def _padded(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    return (cell.ljust(width) for cell, width in zip(row, widths, strict=False))


def filled(value: object) -> dict[str, Any]:
    """Give the fields of a dataclass that hold something, as JSON values, in their order."""
    given = to_json(value)
    names = (field.name for field in fields(value))  # type: ignore[arg-type]  # always a dataclass
    return {name: given[name] for name in names if given[name] not in _EMPTY}


def said(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Give a JSON value as lines: a list's items one by one, an object on one line."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [" · ".join(said(item)) for item in value] or ["none"]
    if isinstance(value, Mapping):
        return [", ".join(_named(value))]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return ["none" if value is None else str(value)]


def _named(value: Mapping[str, Any]) -> Iterator[str]:
    for name, part in value.items():
        if part not in _EMPTY:
            yield f"{name}: {' · '.join(said(part))}"


def rows(values: Mapping[str, Any], behind: Mapping[str, str] | None = None) -> list[list[str]]:
    """Give a row for each line of each value: name, words, and what `behind` has for the name."""
    found = []
    for name, value in values.items():
        for n, line in enumerate(said(value)):
            source = (behind or {}).get(name, "")
            mark = f"  [{source}]" if source and n == 0 else ""
            found.append(["" if n else name, f"{line}{mark}"])
    return found
