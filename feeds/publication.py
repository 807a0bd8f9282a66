"""What one run published, apart from how: a run that publishes nothing loads none of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from feeds.marks import Mark
from records.state import Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What one run published: the paths written, how many were as before, what is held back.

    `paths` names every file of the edition that stands in the folder now, old or new; `marks` say
    what those that are as they should be were made of.
    """

    written: tuple[str, ...]
    unchanged: int
    held: tuple[Held, ...]
    paths: tuple[str, ...]
    marks: Mapping[str, Mark]


NOTHING: Final = Publication(written=(), unchanged=0, held=(), paths=(), marks={})
"""What a run published that did not publish."""
