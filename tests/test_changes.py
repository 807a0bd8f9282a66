"""What a subscriber is told when a record changes, and what is never told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import changes
from records.model import (
    ZONE,
    AgendaItem,
    Committee,
    Decision,
    Document,
    Meeting,
    NewsItem,
    Notice,
    Place,
    Problem,
    Record,
)
from records.terms import Access, ChangeKind, Classification, Role, Status
from records.wording import instant

START: Final = datetime(2026, 12, 3, 18, 0, tzinfo=ZONE)
PAPERS: Final = Document(
    id="18.ab", name="Handlingar 3 december", url="https://example.se/a.pdf", role=Role.PAPERS
)
ITEM: Final = AgendaItem(title="Budget", number="1")
MEETING: Final = Meeting(
    id="boras:12.ab",
    uid="12.ab@boras.kallelse",
    committee="kulturnamnden",
    title="Kulturnämnden",
    start=START,
    end=START + timedelta(hours=2),
    location=Place(name="Röda rummet"),
    access=Access.OPEN,
    documents=(PAPERS,),
    documents_known=True,
    agenda=(ITEM,),
    decisions=(Decision(title="Budget", text="Antas."),),
    notices=("Observera tiden!",),
)
NEWS: Final = NewsItem(
    id="boras:12.cd", title="Ny park", url="https://example.se/p", content_html="<p>En park.</p>"
)
NOTICE: Final = Notice(id="boras:12.ef", title="Protokoll", posted=date(2026, 12, 4))
COMMITTEE: Final = Committee(
    slug="kulturnamnden", name="Kulturnämnden", classification=Classification.COMMITTEE
)
SHOWN: Final[dict[type[Record], dict[str, st.SearchStrategy[Any]]]] = {
    Meeting: {
        "committee": st.text(),
        "title": st.text(),
        "start": st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(ZONE))
        | st.dates(),
        "end": st.none() | st.dates(),
        "times": st.lists(st.tuples(st.just(time(16)), st.text())).map(tuple),
        "status": st.sampled_from(Status),
        "location": st.none() | st.builds(Place, address=st.none() | st.text()),
        "access": st.sampled_from(Access),
        "public_from": st.none() | st.just(START),
        "webcast": st.none() | st.booleans(),
        "agenda": st.lists(st.builds(AgendaItem)).map(tuple),
        "decisions": st.lists(st.builds(Decision)).map(tuple),
        "notices": st.lists(st.text(), unique=True).map(lambda told: tuple(sorted(told))),
    },
    NewsItem: {
        "title": st.text(),
        "summary": st.none() | st.text(),
        "published": st.none() | st.dates(),
    },
    Notice: {
        "title": st.text(),
        "committee": st.none() | st.text(),
        "posted": st.none() | st.dates(),
        "held": st.none() | st.dates(),
        "adjusted": st.none() | st.dates(),
        "immediate": st.booleans(),
        "kept_at": st.none() | st.text(),
        "document_url": st.none() | st.text(),
        "appeal_deadline": st.none() | st.dates(),
    },
    Committee: {
        "name": st.text(),
        "until": st.none() | st.dates(),
        "successors": st.lists(st.text()).map(tuple),
    },
}
FIELDS: Final = [(kind, field) for kind, fields in SHOWN.items() for field in fields]
RECORDS: Final[dict[type[Record], Record]] = {
    type(it): it for it in (MEETING, NEWS, NOTICE, COMMITTEE)
}


def _told(old: Record, new: Record) -> list[tuple[str, str]]:
    return [(it.kind.value, it.words.sv) for it in changes.between(old, new)]


@given(st.data(), st.sampled_from(FIELDS))
def test_every_difference_that_a_reader_sees_is_told(
    data: st.DataObject, place: tuple[type[Record], str]
) -> None:
    """A change that nobody is told of is worse than none; equal values tell nothing."""
    kind, field = place
    one, other = data.draw(SHOWN[kind][field]), data.draw(SHOWN[kind][field])
    record: Any = RECORDS[kind]
    old: Any = replace(record, **{field: one})
    new: Any = replace(old, **{field: other})

    assert bool(changes.between(old, new)) == (instant(one) != instant(other))
    assert changes.between(old, old) == ()
    assert changes.same(old, old)


def test_equal_records_give_no_change() -> None:
    """Reading the same page twice is no news."""
    for record in RECORDS.values():
        assert changes.same(record, replace(record))
        assert not changes.visible(record, replace(record))
        assert not changes.significant(record, replace(record))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"start": START + timedelta(days=1)},
            ("moved", "Flyttat från torsdag 3 december kl. 18.00 till fredag 4 december kl. 18.00"),
        ),
        ({"start": START + timedelta(hours=1)}, ("moved", "Flyttat från 18.00 till 19.00")),
        (
            {"start": date(2027, 1, 7)},
            ("moved", "Flyttat från torsdag 3 december 2026 kl. 18.00 till torsdag 7 januari 2027"),
        ),
        ({"start": date(2026, 12, 3)}, ("moved", "Klockslag inte längre angivet")),
        ({"end": None}, ("moved", "Sluttid inte längre angiven")),
        ({"end": date(2026, 12, 4)}, ("moved", "Pågår till och med fredag 4 december")),
        ({"end": START + timedelta(hours=3)}, ("moved", "Ny sluttid: 21.00")),
        (
            {"location": Place(name="Blå rummet", address="Storgatan 1")},
            ("relocated", "Ny plats: Blå rummet, Storgatan 1"),
        ),
        ({"location": None}, ("relocated", "Plats inte längre angiven")),
        (
            {"location": Place(name="Röda rummet", online=True)},
            ("relocated", "Ny plats: Röda rummet (digitalt)"),
        ),
        (
            {"location": Place(name="Röda rummet", url="https://example.se/r")},
            ("relocated", "Ny länk till platsen: https://example.se/r"),
        ),
        ({"status": Status.CANCELLED}, ("cancelled", "Inställt")),
        ({"status": Status.MISSING}, ("missing", "Visas inte längre av kommunen")),
    ],
)
def test_a_new_time_place_or_status_is_told_and_counts_as_significant(
    change: dict[str, Any], told: tuple[str, str]
) -> None:
    """People plan by these: calendars must be made to notice."""
    new = replace(MEETING, **change)

    assert _told(MEETING, new) == [told]
    assert changes.significant(MEETING, new)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"access": Access.CLOSED}, ("access-changed", "Nu inte öppet för allmänheten")),
        ({"public_from": START}, ("access-changed", "Öppet för allmänheten från kl. 18.00")),
        ({"agenda": ()}, ("agenda-changed", "Ärendelistan borttagen")),
        (
            {"agenda": (AgendaItem(title="Val"), AgendaItem(title="Avtal"))},
            ("agenda-changed", "Ärendelistan ändrad: 2 tillkom, 1 utgick"),
        ),
        ({"agenda": (replace(ITEM, number="2"),)}, ("agenda-changed", "Ärendelistan ändrad")),
        ({"decisions": ()}, ("decisions-published", "Beslut borttagna")),
        (
            {"decisions": (Decision(title="Budget", text="Avslås."),)},
            ("decisions-published", "Beslut ändrade"),
        ),
        ({"notices": ()}, ("text", "Meddelande borttaget: Observera tiden!")),
        ({"title": "Möte"}, ("text", "Ny rubrik: Möte")),
        ({"webcast": True}, ("text", "Webbsändning: ja")),
        ({"times": ((time(16), "workshop"),)}, ("text", "Tider: 16.00 workshop")),
        ({"documents": ()}, ("document-removed", "Handlingar borttagna: Handlingar 3 december")),
        (
            {"documents": (replace(PAPERS, url="https://example.se/b.pdf"),)},
            ("document-replaced", "Handlingar utbytta: Handlingar 3 december"),
        ),
        (
            {"documents": (replace(PAPERS, url=None),)},
            ("document-removed", "Handlingar borttagna: Handlingar 3 december"),
        ),
        (
            {"documents": (replace(PAPERS, name="Handlingar"),)},
            ("text", "Dokumentet Handlingar 3 december heter nu Handlingar"),
        ),
    ],
)
def test_what_else_is_new_is_told_without_moving_the_meeting(
    change: dict[str, Any], told: tuple[str, str]
) -> None:
    """A document must not make every calendar ask its owner to look again."""
    new = replace(MEETING, **change)

    assert _told(MEETING, new) == [told]
    assert not changes.significant(MEETING, new)


@pytest.mark.parametrize(
    "change",
    [
        {"problems": (Problem(code="end", text="otolkad"),)},
        {"url": "https://example.se/annan"},
        {"documents": (replace(PAPERS, size=4096),)},
        {"documents": (replace(PAPERS, published=START),)},
        {"documents": (replace(PAPERS, role=Role.REPORT, section="Bilagor"),)},
        {"documents": (replace(PAPERS, id="18.ny"),)},
        {"documents": (), "documents_known": False},
    ],
    ids=str,
)
def test_our_own_filing_is_kept_but_not_told(change: dict[str, Any]) -> None:
    """What we learn or doubt is no news of the city's, yet it is no longer the same record."""
    new = replace(MEETING, **change)

    assert changes.between(MEETING, new) == ()
    assert not changes.same(MEETING, new)


@pytest.mark.parametrize(
    ("field", "empty", "told"),
    [
        ("start", date(2026, 12, 3), ("moved", "Börjar kl. 18.00")),
        ("location", None, ("relocated", "Plats: Röda rummet")),
        (
            "access",
            Access.UNKNOWN,
            ("access-changed", "Enligt kommunen öppet för allmänheten"),
        ),
        ("agenda", (), ("agenda-changed", "Ärendelistan publicerad")),
        ("decisions", (), ("decisions-published", "Beslut publicerade")),
        ("notices", (), ("text", "Meddelande: Observera tiden!")),
    ],
)
def test_what_is_said_for_the_first_time_is_not_told_as_another_than_before(
    field: str,
    empty: Any,  # noqa: ANN401 - whatever that field is without a word
    told: tuple[str, str],
) -> None:
    """«New place» would send people looking for the old one, which never was."""
    silent = replace(MEETING, **{field: empty})
    assert _told(silent, MEETING) == [told]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            replace(MEETING, public_from=START),
            MEETING,
            ("access-changed", "Inte längre angivet från när mötet är öppet"),
        ),
        (
            replace(MEETING, location=Place(name="Röda rummet", url="https://example.se/r")),
            MEETING,
            ("relocated", "Länk till platsen borttagen"),
        ),
        (NOTICE, replace(NOTICE, posted=None), ("text", "Anslaget: inte längre angivet")),
        (
            COMMITTEE,
            replace(COMMITTEE, successors=("fritidsnamnden", "miljonamnden")),
            ("text", "Efterträds av: fritidsnamnden, miljonamnden"),
        ),
    ],
)
def test_what_is_no_longer_said_is_told_as_silence(
    old: Record, new: Record, told: tuple[str, str]
) -> None:
    """What the city took back is missing, not false; and lists are read as people write them."""
    assert _told(old, new) == [told]


def test_a_first_sight_says_when_and_whether() -> None:
    """A meeting that was called off before we looked must not be announced as if it were held."""
    told = [
        changes.first(replace(MEETING, start=start, status=status))[0].words
        for start, status in (
            (START, Status.CONFIRMED),
            (START.date(), Status.TENTATIVE),
            (START, Status.CANCELLED),
        )
    ]

    assert [words.sv for words in told] == [
        "Nytt möte: torsdag 3 december 2026 kl. 18.00",
        "Nytt möte: torsdag 3 december 2026, preliminärt",
        "Nytt möte: torsdag 3 december 2026 kl. 18.00, inställt",
    ]
    assert told[2].en == "New meeting: Thursday 3 December 2026 at 18:00, cancelled"


def test_both_hours_of_the_night_that_repeats_one_are_different_times() -> None:
    """In one zone their clocks are equal; whoever goes by the wrong one comes an hour early."""
    early = datetime(2026, 10, 25, 2, 30, tzinfo=ZONE)
    late = early.replace(fold=1)

    assert changes.significant(replace(MEETING, start=early), replace(MEETING, start=late))


def test_a_published_file_is_one_change_that_names_it() -> None:
    """A file that was only announced, and one not known before, are published alike."""
    announced = replace(MEETING, documents=(replace(PAPERS, url=None),))
    none = replace(MEETING, documents=())

    for old in (announced, none):
        (told,) = changes.between(old, MEETING)
        assert (told.kind, told.document) == (ChangeKind.DOCUMENT_ADDED, "18.ab")
        assert told.words.sv == "Handlingar publicerade: Handlingar 3 december"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (Status.CANCELLED, Status.CONFIRMED, ("restored", "Inte längre inställt")),
        (Status.MISSING, Status.TENTATIVE, ("restored", "Visas åter av kommunen, preliminärt")),
        (Status.POSTPONED, Status.CONFIRMED, ("restored", "Inte längre uppskjutet")),
        (Status.TENTATIVE, Status.CONFIRMED, ("text", "Nu bestämt")),
        (Status.MISSING, Status.CANCELLED, ("cancelled", "Inställt")),
    ],
)
def test_a_meeting_that_comes_back_says_so(old: Status, new: Status, told: tuple[str, str]) -> None:
    """Whoever crossed it out learns that it is on."""
    assert _told(replace(MEETING, status=old), replace(MEETING, status=new)) == [told]


def test_the_new_day_of_a_postponed_meeting_is_one_move() -> None:
    """One happening is told once, not as a move and a return."""
    waiting = replace(MEETING, status=Status.POSTPONED)
    moved = replace(MEETING, start=START + timedelta(days=7), end=None)

    assert [kind for kind, _ in _told(waiting, moved)] == ["moved"]


def test_an_articles_markup_is_no_difference_but_its_words_and_links_are() -> None:
    """A new editor tool at the city must not tell all articles anew."""
    marked = replace(NEWS, content_html='<div><p class="x">En  park.</p></div>')
    worded = replace(NEWS, content_html="<p>Två parker.</p>")
    linked = replace(NEWS, content_html='<p>En <a href="/p">park</a>.</p>')

    assert changes.same(NEWS, marked)
    assert _told(NEWS, worded) == [("text", "Ny text")]
    assert not changes.same(NEWS, linked)


def test_what_is_first_seen_withdrawn_and_back_has_words_for_each_kind() -> None:
    """Who follows a notice board reads of notices; that we list a committee is no happening."""
    told = {
        tell.__name__: [it.kind.value for record in RECORDS.values() for it in tell(record)]
        for tell in (changes.first, changes.withdrawn, changes.returned)
    }

    assert told == {
        "first": ["new", "new", "notice-posted"],
        "withdrawn": ["withdrawn", "withdrawn", "notice-removed"],
        "returned": ["restored", "restored", "notice-posted"],
    }
