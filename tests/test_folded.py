"""Lines are folded as icalendar folds them, byte for byte, and where no reader stumbles."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Event
from icalendar.parser import Contentline

from feeds.event import Text
from feeds.folded import LONGEST, folded, written

LETTERS = st.text(st.sampled_from("aåä–😀\\^;:, "), max_size=400)


@given(LETTERS)
@example("å" * 37 + "a")
@example("a" * 73 + "\\n")
@example("^" * 400)
def test_the_bytes_are_the_librarys(line: str) -> None:
    """Whoever reads our files has met such lines in those of many others."""
    librarys: Any = Contentline
    assert folded(line) == librarys(line).to_ical()


@given(LETTERS)
def test_no_line_is_too_long_and_none_is_lost(line: str) -> None:
    """Unfolded it is the same; each part is text by itself."""
    parts = folded(line).split(b"\r\n ")
    assert b"".join(parts).decode() == line
    assert all(len(part) <= LONGEST and part.decode() is not None for part in parts)


@given(st.text(max_size=300))
def test_a_component_is_written_as_the_library_writes_it(words: str) -> None:
    """With all its lines, and the one break at its end."""
    made = Event()
    made.add("summary", Text(words), encode=False)
    assert written(made) == bytes(made.to_ical())
