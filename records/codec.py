"""Records as JSON values and back, by one rule everywhere: store, exports and command line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import StrEnum
from types import NoneType
from typing import Any, Final, TypeVar, get_args

from cattrs import BaseValidationError, Converter, transform_error

from records.model import ZONE, When

T = TypeVar("T")


def _in_zone(value: datetime) -> datetime:
    """Put a moment in the city's zone, by way of UTC: an hour that spring skips is no hour."""
    if value.utcoffset() is None:  # `astimezone` would take it for this machine's own time
        raise ValueError(f"{value.isoformat()} has no offset")
    return value.astimezone(UTC).astimezone(ZONE)


def _exactly(value: object, kind: type[T]) -> T:
    """Let through what has the very type: a missing title must not be read as «None»."""
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not of type {kind.__name__}")
    return value


def _moment(value: str, _: object) -> datetime:
    """Read a moment back into the city's zone: an offset alone would lose summer time."""
    return _in_zone(datetime.fromisoformat(value))


def _when(value: str | None, kind: object) -> When | None:
    """Read a moment or a plain date: the text tells which, a union of types cannot."""
    if value is None and NoneType in get_args(kind):
        return None
    text = _exactly(value, str)
    return _moment(text, kind) if "T" in text else date.fromisoformat(text)


def _is_when(kind: object) -> bool:
    return {datetime, date} <= set(get_args(kind)) <= {datetime, date, NoneType}


def _converter() -> Converter:
    made = Converter(forbid_extra_keys=True, unstruct_collection_overrides={tuple: list})
    made.register_unstructure_hook(StrEnum, lambda value: value.value)
    made.register_unstructure_hook_func(_is_when, made.unstructure)
    made.register_unstructure_hook(datetime, lambda value: _in_zone(value).isoformat())
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook(time, lambda value: f"{value:%H:%M}")
    for kind in (str, int, bool):
        made.register_structure_hook(kind, _exactly)
    made.register_structure_hook(StrEnum, lambda value, kind: kind(value))  # else taken for a str
    made.register_structure_hook_func(_is_when, _when)
    made.register_structure_hook(datetime, _moment)
    made.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    made.register_structure_hook(time, lambda value, _: time.fromisoformat(value))
    return made


_CONVERTER: Final = _converter()


def to_json(value: object) -> Any:  # noqa: ANN401 - JSON is whatever the value holds
    """Give plain dicts, lists, strings, numbers and None for a record or anything it holds.

    Moments come out in the city's zone, clocks to the minute. A moment without a zone is a
    ValueError.
    """
    return _CONVERTER.unstructure(value)


def from_json(kind: type[T], value: object) -> T:
    """Read back what `to_json` gave for a value of `kind`; anything else is a ValueError."""
    try:
        return _CONVERTER.structure(value, kind)
    except (BaseValidationError, ValueError, TypeError, AttributeError) as error:
        raise ValueError("; ".join(transform_error(error))) from error
