"""What is written as JSON is read back as it was, in the city's zone, or refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.codec import from_json, to_json
from records.model import ZONE, Committee, Meeting, NewsItem, Notice, Provenance, Record, Revision
from records.state import Held, HostState, PageState, RunState, SourceState
from records.terms import Cause

_DAYS: Final = st.dates(date(1990, 1, 1), date(2090, 1, 1))
_MOMENTS: Final = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(
    lambda value: value.replace(tzinfo=UTC).astimezone(ZONE)
)
_CLOCKS: Final = st.times().map(lambda value: value.replace(second=0, microsecond=0))

st.register_type_strategy(datetime, _MOMENTS)
st.register_type_strategy(date, _DAYS)
st.register_type_strategy(time, _CLOCKS)
st.register_type_strategy(Mapping, st.dictionaries(st.text(), st.text()))

RECORDS: Final = st.one_of(*(st.from_type(kind) for kind in (Committee, Meeting, NewsItem, Notice)))
REMEMBERED: Final = st.one_of(
    *(st.from_type(kind) for kind in (Held, HostState, PageState, SourceState))
)
MEETING: Final = {
    "id": "boras:12.ab",
    "uid": "12.ab@boras.kallelse",
    "committee": "kulturnamnden",
    "title": "Kulturnämnden",
    "start": "2026-12-03T18:00:00+01:00",
}


def _through_text(kind: Any, value: object) -> Any:  # noqa: ANN401 - any kind, and a value of it
    return from_json(kind, json.loads(json.dumps(to_json(value))))


@given(RECORDS)
def test_any_record_reads_back_equal(record: Record) -> None:
    """The store, exports and adopted folders all stand on this."""
    again = _through_text(type(record), record)

    assert again == record
    assert to_json(again) == to_json(record)  # equality alone would not see the repeated hour


@given(REMEMBERED)
def test_any_remembered_state_reads_back_equal(state: object) -> None:
    """A stamp or a link that came back otherwise would have every page asked for again."""
    assert _through_text(type(state), state) == state


@given(
    st.builds(
        Revision,
        record=st.from_type(Meeting),
        first_seen=_MOMENTS,
        last_changed=_MOMENTS,
        sequence=st.integers(0),
        provenance=st.from_type(Provenance),
        cause=st.sampled_from(Cause),
        withdrawn=st.booleans(),
    )
)
def test_any_revision_reads_back_with_its_own_kind_of_record(revised: Revision[Meeting]) -> None:
    """The kind stands beside the row, not in it: it must be obeyed."""
    assert _through_text(Revision[Meeting], revised) == revised


@given(_MOMENTS)
def test_a_moment_keeps_its_instant_and_its_zone(moment: datetime) -> None:
    """With an offset alone, a weekly time would slip by an hour at the end of March."""
    again = _through_text(datetime, moment)

    assert again.astimezone(UTC) == moment.astimezone(UTC)
    assert again.tzinfo is ZONE


def test_the_hour_that_autumn_repeats_stays_two_hours() -> None:
    """02:30 comes twice on 25 October 2026; a meeting log of that night keeps its order."""
    early = datetime(2026, 10, 25, 2, 30, tzinfo=ZONE)
    late = early.replace(fold=1)

    assert [_through_text(datetime, it).fold for it in (early, late)] == [0, 1]
    assert to_json(late) == "2026-10-25T02:30:00+01:00"


def test_an_hour_that_spring_skips_becomes_the_one_that_the_clocks_show() -> None:
    """02:30 on 29 March 2026 is no time of day: written twice it must not wander."""
    written = to_json(datetime(2026, 3, 29, 2, 30, tzinfo=ZONE))

    assert written == "2026-03-29T03:30:00+02:00"
    assert to_json(from_json(datetime, written)) == written


def test_a_plain_date_stays_a_date() -> None:
    """An unknown clock time must never come back as midnight."""
    meeting = from_json(Meeting, MEETING | {"start": "2026-12-03"})

    assert type(meeting.start) is date
    assert to_json(meeting)["start"] == "2026-12-03"


def test_a_moment_from_another_zone_is_put_in_the_citys() -> None:
    """A calendar with TZID cannot be made of an offset."""
    assert to_json(datetime(2026, 7, 1, 12, tzinfo=UTC)) == "2026-07-01T14:00:00+02:00"


def test_a_moment_without_a_zone_is_refused() -> None:
    """Guessing would take this machine's zone for the city's."""
    with pytest.raises(ValueError, match="has no offset"):
        to_json(datetime(2026, 12, 3, 18, 0))
    with pytest.raises(ValueError, match="invalid value"):
        from_json(datetime, "2026-12-03T18:00:00")


def test_plain_values_come_out_as_a_reader_would_write_them() -> None:
    """Exports show these very words."""
    run = RunState(at=datetime(2026, 1, 1, tzinfo=ZONE) + timedelta(hours=6), exit=0, requests=3)
    meeting = from_json(Meeting, MEETING | {"times": [["18:00", "ordinarie sammanträde"]]})

    assert to_json(run)["at"] == "2026-01-01T06:00:00+01:00"
    assert to_json(meeting)["times"] == [["18:00", "ordinarie sammanträde"]]
    assert to_json(meeting)["status"] == "confirmed"
    assert to_json(meeting)["end"] is None
    assert to_json(meeting)["documents"] == []


@pytest.mark.parametrize(
    "mistake",
    [
        {"title": None},
        {"title": 3},
        {"start": None},
        {"start": 20261203},
        {"start": "i morgon"},
        {"start": "2026-02-30"},
        {"status": "inställt"},
        {"documents_known": "no"},
        {"webcast": 1},
        {"documents": [{"id": "a"}]},
        {"agenda": 7},
        {"heading": "what we do not know"},
    ],
    ids=str,
)
def test_a_value_of_another_shape_is_refused(mistake: dict[str, object]) -> None:
    """A missing title must not be read as the word «None», nor a typing error be dropped."""
    with pytest.raises(ValueError, match=r"\S"):
        from_json(Meeting, MEETING | mistake)


@pytest.mark.parametrize("value", [None, [], "meeting", 7, {}])
def test_what_is_no_record_at_all_is_refused(value: object) -> None:
    """Whoever hands in a file of something else learns it, by one kind of error."""
    with pytest.raises(ValueError, match=r"\S"):
        from_json(Meeting, value)
