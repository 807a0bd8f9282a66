"""An event that was let through once, byte for byte, is known without being read whole again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import COMMITTEE, NOW, at, edition, meeting, revision, whole
from feeds.calendar import render
from feeds.catalogue import files
from feeds.contentlines import EVENT, sketch
from feeds.gate import Run, judge
from feeds.readback import read
from feeds.rendered import Variant

PATH = "boras/kulturnamnden.ics"
MADE = {file.path: file.render() for file in files(whole()) if file.path.endswith(".ics")}
STANDS = render(edition([revision(meeting(name)) for name in "abcdef"]), COMMITTEE)
CHANGED = render(
    edition(
        [revision(meeting(name, title="Ny rubrik" if name == "b" else "")) for name in "abcdef"]
    ),
    COMMITTEE,
)


@pytest.mark.parametrize("path", sorted(MADE))
def test_it_is_known_as_if_it_were_read_whole(path: str) -> None:
    """Its name, its moment with its zone, and whose it is, in every calendar of a full city."""
    body = MADE[path]
    events = frozenset(EVENT.findall(body))
    assert read(path, body, events) == read(path, body)


@given(
    name=st.text(
        st.characters(exclude_categories=("C", "Z")) | st.sampled_from(' ,;:\\"å'), max_size=120
    ),
    variant=st.sampled_from(Variant),
)
def test_whatever_its_committee_is_called(name: str, variant: Variant) -> None:
    """Signs that are escaped, and names so long that their lines are folded."""
    named = replace(COMMITTEE, name=f"N{name}", colour=None)
    made = edition([revision(meeting("a")), revision(meeting("b"))], committees=(named,))
    body = render(made, named, variant=variant)
    assert read(PATH, body, frozenset(EVENT.findall(body))) == read(PATH, body)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"DTSTAMP", b"DTSTAMP;X"),
        (b"TRANSP:TRANSPARENT", b"TRANSP:OPAQUE"),
        (b"UID:a@", b"UID:b@"),
        (b"END:VEVENT\r\n", b""),
        (b"BEGIN:VTIMEZONE", b"BEGIN:VTIMEZ"),
        (b"TZID:Europe/Stockholm", b"TZID:Europe/Berlin"),
    ],
)
def test_what_is_new_in_the_file_is_proved_all_the_same(old: bytes, new: bytes) -> None:
    """A fault in an event that changed, between two, or in the frame keeps the file back."""
    assert judge(PATH, CHANGED, STANDS, Run(now=NOW), None, proved=True) is None
    broken = CHANGED.replace(old, new, 1)
    assert broken != CHANGED
    held = judge(PATH, broken, STANDS, Run(now=NOW), None, proved=True)
    assert held is not None
    assert held.reason.startswith("is malformed")


def test_a_loss_is_seen_among_events_that_are_known() -> None:
    """More than a third of what is to come is gone."""
    made = [revision(meeting(name, start=at(NOW.date().replace(year=2027)))) for name in "abcdef"]
    before, after = (render(edition(some), COMMITTEE) for some in (made, made[:3]))
    held = judge(PATH, after, before, Run(now=NOW), None, proved=True)
    assert held is not None
    assert held == judge(PATH, after, before, Run(now=NOW), None)


@pytest.mark.parametrize("body", [b"", b"BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\n", b"\xff"])
def test_what_is_no_event_of_ours_is_said_to_be_none(body: bytes) -> None:
    """Whoever calls it proved is mistaken."""
    with pytest.raises(ValueError, match=r"event|utf-8"):
        sketch(body)
