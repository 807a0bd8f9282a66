"""Records as JSON values and back, by one rule everywhere: store, exports and command line."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from types import NoneType
from typing import Any, Final, TypeVar, get_args

from cattrs import Converter

from records.model import ZONE, When

T = TypeVar("T")


def _moment(value: str, _: object) -> datetime:
    """Read a moment back into the city's zone: an offset alone would lose summer time."""
    return datetime.fromisoformat(value).astimezone(ZONE)


def _when(value: str | None, _: object) -> When | None:
    """Read a moment or a plain date: the text tells which, a union of types cannot."""
    if value is None:
        return None
    return _moment(value, _) if "T" in value else date.fromisoformat(value)


def _is_when(kind: object) -> bool:
    return {datetime, date} <= set(get_args(kind)) <= {datetime, date, NoneType}


def _converter() -> Converter:
    made = Converter(forbid_extra_keys=True)
    made.register_unstructure_hook(StrEnum, lambda value: value.value)
    made.register_unstructure_hook_func(
        _is_when, lambda value: None if value is None else value.isoformat()
    )
    made.register_unstructure_hook(datetime, datetime.isoformat)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook(time, lambda value: f"{value:%H:%M}")
    made.register_structure_hook_func(_is_when, _when)
    made.register_structure_hook(datetime, _moment)
    made.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    made.register_structure_hook(time, lambda value, _: time.fromisoformat(value))
    return made


_CONVERTER: Final = _converter()


def to_json(value: object) -> Any:  # noqa: ANN401 - JSON is whatever the value holds
    """Give plain dicts, lists, strings, numbers and None for a record or anything it holds."""
    return _CONVERTER.unstructure(value)


def from_json(kind: type[T], value: object) -> T:
    """Read back what `to_json` gave for a value of `kind`."""
    return _CONVERTER.structure(value, kind)
