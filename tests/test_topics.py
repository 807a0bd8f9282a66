"""What can be followed by itself: each kind of happening, for the city and for each committee."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from editions import AGENDA, HOME, NOW, SEEN, article, change, edition, meeting, notice, revision
from feeding import body, read
from feeds.entries import entries
from feeds.syndication import feeds
from feeds.topics import Topic
from records.model import Notice
from records.terms import ChangeKind, Role

LATER: Final = NOW - timedelta(hours=1)


@pytest.mark.parametrize(
    ("kind", "topic"),
    [
        (ChangeKind.AGENDA_CHANGED, Topic.AGENDAS),
        (ChangeKind.DECISIONS_PUBLISHED, Topic.DECISIONS),
        (ChangeKind.MOVED, Topic.CHANGES),
        (ChangeKind.CANCELLED, Topic.CHANGES),
        (ChangeKind.RELOCATED, Topic.CHANGES),
        (ChangeKind.ACCESS_CHANGED, Topic.CHANGES),
    ],
)
def test_each_kind_can_be_followed_alone(kind: ChangeKind, topic: Topic) -> None:
    """For a committee and for the city; a bundle and the whole feeds have it too."""
    changes = [change("boras:1a2b3c", kind, LATER), change("boras:1a2b3c", ChangeKind.NEW)]
    made = edition([revision(meeting())], changes=changes)
    slugs = {feed.slug for feed in feeds(made) if any(e.kind is kind for e in feed.entries)}
    assert slugs == {"alla", "kultur", topic, "kulturnamnden", f"kulturnamnden.{topic}"}


@pytest.mark.parametrize(
    ("role", "word", "topic"),
    [
        (Role.AGENDA, "Kallelse publicerad", Topic.AGENDAS),
        (Role.MINUTES, "Protokoll publicerat", Topic.MINUTES),
        (Role.IMMEDIATE_MINUTES, "Omedelbart justerat protokoll publicerat", Topic.MINUTES),
        (Role.PAPERS, "Handlingar publicerade", Topic.PAPERS),
        (Role.MOTION, "Motion publicerad", Topic.PAPERS),
    ],
)
def test_files_are_followed_by_what_they_are(role: Role, word: str, topic: Topic) -> None:
    """Also when the meeting has the file no more: what was told of it says what it was."""
    record = meeting(documents=(replace(AGENDA, role=role),))
    added = change(record.id, ChangeKind.DOCUMENT_ADDED, LATER, part=AGENDA.id)
    told_of = [replace(added, text=f"{word}: x.pdf"), change(record.id, ChangeKind.NEW)]
    for documents in (record.documents, ()):
        held = revision(replace(record, documents=documents))
        (entry, _) = entries(edition([held], changes=told_of))
        assert entry.topics == (topic,)


def test_the_notice_board_is_a_feed() -> None:
    """Minutes by their committee, anything else by title and link; none of them in other feeds."""
    loose = Notice(id="boras:k2", title="Kungörelse om torghandel", url=f"{HOME}/torg.5.k2.html")
    hung = (revision(loose), revision(notice()))
    put_up = [change(one.record.id, ChangeKind.NOTICE_POSTED, LATER) for one in hung]
    first = change("boras:k1", ChangeKind.NOTICE_POSTED)
    made = edition(
        [revision(meeting())],
        notices=(*hung, revision(replace(loose, id="boras:k1"))),
        changes=[*put_up, first, change("boras:1a2b3c", ChangeKind.NEW)],
    )
    found = {entry.title: entry for entry in read(made, "anslagstavla").entries}
    assert list(found) == [
        "Borås Stad: nytt anslag – Kungörelse om torghandel",
        "Kulturnämnden 9 februari 2026: protokollet anslaget",
        "Anslagstavlan: 1 anslag",
    ]
    assert [entry.title for entry in read(made, "kulturnamnden.anslagstavla").entries] == [
        "Kulturnämnden 9 februari 2026: protokollet anslaget"
    ]
    assert not [entry for entry in read(made, "alla").entries if "torg" in entry.title]
    summary = found["Anslagstavlan: 1 anslag"]
    assert summary.id == "tag:boras.kallelse,2026:anslagstavla/summary/2026-01-12"


def test_what_the_city_takes_down_leaves_the_feed() -> None:
    """A notice that names people is gone from the edition, and with it every word of it."""
    loose = Notice(id="boras:k2", title="Bygglov för Exempelgatan 1", url=f"{HOME}/lov.5.k2.html")
    posted = change(loose.id, ChangeKind.NOTICE_POSTED, LATER)
    up = edition(notices=(revision(loose),), changes=[posted])
    assert b"Exempelgatan" in body(up, "anslagstavla")
    for changes in ([], [posted]):
        down = edition(notices=(), changes=changes)
        assert not [one.slug for one in feeds(down) if b"Exempelgatan" in body(down, one.slug)]


def test_a_first_notice_that_goes_makes_no_summary_of_the_next() -> None:
    """What was told singly stays told singly: a new guid would tell it anew (F3)."""
    loose = Notice(id="boras:k2", title="Torghandel", url=f"{HOME}/torg.5.k2.html")
    first = replace(loose, id="boras:k1")
    posted = change(loose.id, ChangeKind.NOTICE_POSTED, LATER)
    before = edition(
        notices=(revision(loose), revision(first)),
        changes=[posted, change(first.id, ChangeKind.NOTICE_POSTED)],
    )
    after = edition(notices=(revision(loose),), changes=[posted], unseen={Topic.BOARD: SEEN})
    told = [entry.id for entry in read(before, "anslagstavla").entries]
    assert [entry.id for entry in read(after, "anslagstavla").entries] == told[:1]


def test_roadworks_never_drown_the_meetings() -> None:
    """News that concern no committee stand in the city's news alone."""
    works, reported = article("n1"), article("n2", committees=("kulturnamnden",))
    changes = [change(one.id, ChangeKind.NEW, LATER) for one in (works, reported)]
    made = edition(
        [revision(meeting())],
        news=(revision(works), revision(reported)),
        changes=[*changes, change("boras:1a2b3c", ChangeKind.NEW)],
    )
    standing = {
        feed.slug: {
            entry.id.rpartition(":")[2] for entry in feed.entries if Topic.NEWS in entry.topics
        }
        for feed in feeds(made)
    }
    own = {"n2/new/1"}
    assert standing["nyheter"] == {"n1/new/1", "n2/new/1"}
    assert standing["alla"] == standing["kulturnamnden"] == standing["kulturnamnden.nyheter"] == own
