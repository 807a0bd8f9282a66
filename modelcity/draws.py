"""Stable choices: what a random generator would decide, decided by a hash of the thing's name."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


def number(*name: object) -> int:
    """Give a whole number, always the same for the same name."""
    return int.from_bytes(_digest(name)[:8], "big")


def node(*name: object) -> str:
    """Give a node id of 21-24 lower-case hex digits; no leading zero, as the city drops them."""
    digits = _digest(name).hex()
    return digits.lstrip("0")[: 21 + int(digits[-1], 16) % 4]


def pick(options: Sequence[T], *name: object) -> T:
    """Choose one of the options."""
    return options[number(*name) % len(options)]


def some(options: Sequence[T], count: int, *name: object) -> tuple[T, ...]:
    """Choose `count` different options, in the order they stand."""
    start = number(*name)
    step = 7 if len(options) % 7 else 5  # no two steps may meet
    places = sorted({(start + step * turn) % len(options) for turn in range(count)})
    return tuple(options[place] for place in places)


def seldom(one_in: int, *name: object) -> bool:
    """Say yes about once in so many."""
    return number(*name) % one_in == 0


def _digest(name: tuple[object, ...]) -> bytes:
    return sha256("\x1f".join(map(str, name)).encode()).digest()
