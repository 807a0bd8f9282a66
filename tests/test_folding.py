"""Two hundred changes in a day are one entry, and nothing of them is lost in records or changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

import feeding
from editions import AGENDA, NOW, SEEN, at, change, edition, meeting, notice, revision
from feeds.edition import Edition
from feeds.folding import MANY, SOON, About, fold
from records.model import Change
from records.terms import ChangeKind

LATER: Final = NOW - timedelta(hours=3)
ADDED, REPLACED = ChangeKind.DOCUMENT_ADDED, ChangeKind.DOCUMENT_REPLACED


def read(made: Edition, slug: str = "kulturnamnden") -> list[feedparser.FeedParserDict]:
    """Give a feed's entries as feedparser reads them."""
    return list(feeding.read(made, slug).entries)


def held(days: Sequence[date], changes: Sequence[Change]) -> Edition:
    """Give meetings m0, m1 … on these days, which were all there from the first run on."""
    first = [change(f"boras:m{n}", ChangeKind.NEW) for n in range(len(days))]
    made = [
        revision(meeting(f"m{n}", start=at(day), documents=(AGENDA,))) for n, day in enumerate(days)
    ]
    told = sorted((*changes, *first), key=lambda it: (-it.at.timestamp(), it.id))
    return edition(made, changes=told)


def filed(numbers: Sequence[int], kind: ChangeKind = REPLACED) -> list[Change]:
    """Give that a file of each of these meetings changed in one run."""
    return [change(f"boras:m{n}", kind, LATER, part=AGENDA.id) for n in numbers]


@pytest.mark.parametrize(("count", "entries"), [(MANY, MANY), (MANY + 1, 1)])
def test_files_of_old_meetings_in_bulk_are_one_entry(count: int, entries: int) -> None:
    """The city once uploaded two-year-old minutes anew: eleven such files are one piece of news."""
    days = [date(2024, 1, 8) + timedelta(days=7 * n) for n in range(count)]
    found = read(held(days, filed(range(count))))
    assert len(found) == entries + 1
    if entries == 1:
        assert found[0].title == "11 ändringar av dokument till äldre sammanträden"
        assert found[0].id == "tag:boras.kallelse,2026:alla/summary/2026-03-02"
        assert found[0].description.count("Text om document-replaced.") == count


def test_files_of_new_meetings_are_told_one_by_one() -> None:
    """However many there are: each is what somebody waits for."""
    days = [date(2026, 3, 9) + timedelta(days=n) for n in range(20)]
    assert len(read(held(days, filed(range(20), ADDED)))) == 21


def test_a_bulk_keeps_nothing_else_from_being_told() -> None:
    """A meeting that was called off in that run has its own entry."""
    days = [date(2024, 1, 8) + timedelta(days=7 * n) for n in range(12)]
    cancelled = change("boras:m0", ChangeKind.CANCELLED, LATER)
    titles = [entry.title for entry in read(held(days, [*filed(range(12)), cancelled]))]
    assert len(titles) == 3
    assert any("inställt" in title for title in titles)


def slip(kind: ChangeKind, after: timedelta) -> list[str]:
    """Give the titles and bodies of what is told when a new meeting is corrected so much later."""
    new = change("boras:m1", ChangeKind.NEW, LATER)
    corrected = replace(change("boras:m1", kind, LATER + after), text="Flyttat från 17 till 18.")
    made = held([date(2026, 3, 9)], [])
    meetings = (*made.meetings, revision(meeting("m1", start=at("2026-04-01"))))
    told = sorted((*made.changes, new, corrected), key=lambda it: (-it.at.timestamp(), it.id))
    found = read(replace(made, meetings=meetings, changes=tuple(told)))
    return [f"{entry.title}\n{entry.description}" for entry in found]


def test_a_slip_of_the_first_hour_stands_in_the_first_entry() -> None:
    """A time typed wrongly and mended at once is no news of its own."""
    first, _ = slip(ChangeKind.MOVED, SOON)
    assert "nytt sammanträde" in first
    assert "Rättat inom en timme: Flyttat från 17 till 18." in first


@pytest.mark.parametrize(
    ("kind", "after"),
    [(ChangeKind.MOVED, SOON + timedelta(seconds=1)), (ChangeKind.CANCELLED, timedelta(minutes=5))],
)
def test_what_comes_later_or_is_called_off_is_news(kind: ChangeKind, after: timedelta) -> None:
    """Nobody misses a cancelled meeting because it was new."""
    assert len(slip(kind, after)) == 3


def test_a_file_that_is_mended_at_once_is_told_once() -> None:
    """Published, and replaced half an hour later."""
    added, replaced = filed([0], ADDED)[0], filed([0])[0]
    made = held([date(2026, 3, 9)], [added, replace(replaced, at=LATER + timedelta(minutes=30))])
    found = read(made)
    assert len(found) == 2
    assert "Rättat inom en timme" in found[0].description


def test_another_wording_is_not_told() -> None:
    """`text` is in the records and in `kallelse changes`, and no entry."""
    made = held([date(2026, 3, 9)], [change("boras:m0", ChangeKind.TEXT, LATER)])
    assert len(read(made)) == 1


def test_adjusted_minutes_are_told_to_those_who_follow_the_committee() -> None:
    """Posted and taken down, each once, with the day that the city gives."""
    posted = notice(committee="kulturnamnden")
    changes = [
        change(posted.id, ChangeKind.NOTICE_REMOVED, NOW),
        replace(change(posted.id, ChangeKind.NOTICE_POSTED, LATER), stated=posted.posted),
        change("boras:m0", ChangeKind.NEW),
    ]
    made = replace(
        held([date(2026, 3, 9)], []), notices=(revision(posted),), changes=tuple(changes)
    )
    removed, put_up, _ = read(made)
    assert "protokollet anslaget" in put_up.title
    assert "Enligt kommunen: " in put_up.description
    assert "Beräknat: sista dag för laglighetsprövning" in put_up.description
    assert "Beräknat av Kallelse, inte av Borås Stad" in put_up.description
    assert "anslaget nedtaget" in removed.title
    assert put_up.link != removed.link


def test_every_entry_ends_with_where_it_comes_from() -> None:
    """The city's own time, ours, our last look, the source: in this order."""
    moved = replace(
        change("boras:m0", ChangeKind.MOVED, LATER),
        stated=at("2026-03-02", "05:00"),
        previous=LATER - timedelta(hours=1),
    )
    last = read(held([date(2026, 3, 9)], [moved]))[0].description.split("<br />\n")
    assert last[-2] == "Enligt kommunen: måndag 2 mars 2026 kl. 05.00."
    assert last[-1].startswith(
        "Först sett av Kallelse: måndag 2 mars 2026 kl. 04.15,"
        " föregående kontroll måndag 2 mars 2026 kl. 03.15. Källa: https://www.example.se/"
    )


KINDS: Final = st.sampled_from([kind for kind in ChangeKind if not kind.startswith("notice")])
MOMENTS: Final = st.integers(0, 5).map(lambda n: SEEN + timedelta(minutes=25 * n))


@given(
    told=st.lists(st.tuples(st.integers(0, 30), KINDS, MOMENTS), max_size=60),
    committees=st.lists(st.sampled_from("ab"), min_size=31, max_size=31),
    day=st.sampled_from([date(2020, 1, 1), date(2026, 1, 12)]),
)
def test_every_change_is_told_exactly_once(
    told: list[tuple[int, ChangeKind, datetime]], committees: list[str], day: date
) -> None:
    """By itself, as a slip, in a summary or in a bulk; but for another wording, never twice."""
    changes = [
        change(f"boras:m{n}", kind, moment, number=at_, part="18aa" if "document" in kind else "")
        for at_, (n, kind, moment) in enumerate(told)
    ]
    about = {f"boras:m{n}": About(committee=c, day=day) for n, c in enumerate(committees)}
    found = fold(changes, about)
    alone = [it for one in found.singles for it in (one.change, *one.corrections)]
    batched = [it for batch in found.batches for it in batch.changes]
    batched += [it for bulk in found.bulks for it in bulk.changes]
    names = sorted(it.id for it in (*alone, *batched))
    expected = {it.id for it in changes if it.kind is not ChangeKind.TEXT}
    assert len(names) == len(set(names))
    assert set(names) <= expected
    slips = expected - set(names)  # those that are in the list of a summary as they are now
    firsts = {it.record for it in batched if it.kind in {ChangeKind.NEW, ADDED}}
    assert {name.split("/")[0] for name in slips} <= firsts
