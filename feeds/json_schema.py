"""What each exported line is made of, as JSON Schema: written from the records' own types."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from pydantic import TypeAdapter

from feeds.exports import NOTICED, RECORD
from feeds.kinds import Kind
from records.model import Change, Revision

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
ENDING: Final = "schema.json"
"""What stands behind the kind in the file's name."""

_CLOCK: Final = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}


def schema(kind: Kind, address: str) -> bytes:
    """Give the schema of one kind's lines, itself published at `address`: each holds by it."""
    record = RECORD[kind]
    whole: Any = record if record is Change else Revision[record]  # type: ignore[valid-type]  # a type that is looked up
    told = TypeAdapter(whole).json_schema(mode="serialization")
    types = told.pop("$defs", {})
    row = told if record is Change else types.pop(record.__name__)
    if record is not Change:
        row["properties"] |= {name: told["properties"][name] for name in NOTICED}
        row["properties"]["withdrawn"] = {"const": True}
    made = {
        "$schema": DIALECT,
        "$id": address,
        **_exact(row),
        "title": str(kind),
        "$defs": {name: _exact(types[name]) for name in sorted(_used(row, types))},
    }
    if record is not Change:
        made["required"] = [name for name in made["required"] if name != "withdrawn"]
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()


def _exact(node: Any) -> Any:  # noqa: ANN401 - JSON
    """Give a part as it is written: every field is there and no other, and a clock is minutes."""
    if isinstance(node, list):
        return [_exact(part) for part in node]
    if not isinstance(node, dict):
        return node
    if node.get("format") == "time":
        return dict(_CLOCK)
    fields = node.get("properties")
    made = {name: _exact(part) for name, part in node.items() if name not in {"title", "default"}}
    if fields is None:
        return made
    return made | {
        "properties": {name: _exact(part) for name, part in fields.items()},
        "required": list(fields),
        "additionalProperties": False,
    }


def _used(node: Any, types: dict[str, Any]) -> set[str]:  # noqa: ANN401 - JSON
    """Give the names of the types that a part refers to, and those refer to."""
    found: set[str] = set()

    def walk(part: Any) -> None:  # noqa: ANN401 - JSON
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                walk(types[name])
            _each(part.values(), walk)
        elif isinstance(part, list):
            _each(part, walk)

    walk(node)
    return found


def _each(parts: Any, walk: Callable[[Any], None]) -> None:  # noqa: ANN401 - JSON
    for part in parts:
        walk(part)
