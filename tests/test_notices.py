"""A notice comes from its page and the board's item; what cannot be true is said, never told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import NOW, ROOT, seen
from records.model import Notice
from records.state import Seen
from scraper.cities import load
from scraper.notices import name, notice
from scraper.raw import RawDay, RawNotice

BORAS = load("boras")
URL: Final = f"{ROOT}/funktioner/anslagstavla/justering/kulturnamnden.5.1f2b506b.html"
FILE: Final = f"{ROOT}/download/18.4f2b506b1969f6e9/1714900000000/Protokoll.pdf"
MEETING: Final = (
    f"{ROOT}/kommunochpolitik/kommunensorganisation/kommunstyrelsen/kommunstyrelsen/"
    "kommunstyrelsensammantrade202612071400.5.3f2b506b.html"
)
ITEM: Final = RawNotice(
    where="board",
    about="minutes",
    title="Kulturnämnden",
    posted=RawDay(text="2026-11-20"),
    held=RawDay(text="2026-11-09"),
    adjusted=RawDay(text="2026-11-19"),
    kept_at="Kulturhuset",
    document=FILE,
)
PERMIT: Final = RawNotice(where="board", about="other", title="Bygglov", url=f"{ROOT}/a b?c=1")


def sighted(raw: RawNotice, position: int = 0, **state: Any) -> Seen:  # noqa: ANN401 - any field of a page's state
    """Give a sighting on the board, or on the item's own page."""
    return seen(
        raw, key="/anslagstavla" if raw.where == "board" else "1f2b506b", position=position, **state
    )


def told(*raws: RawNotice) -> Notice:
    """Give the notice that these sightings make."""
    found = notice(BORAS, [sighted(raw, n) for n, raw in enumerate(raws)])
    assert found is not None
    return found.record


def day(text: str) -> RawDay:
    """Give a day in words."""
    return RawDay(text=text)


def codes(record: Notice) -> list[str]:
    """Give what is wrong with a notice."""
    return [problem.code for problem in record.problems]


def test_adjusted_minutes_whole() -> None:
    """Everything that the board says, and the last day to appeal by our own sum."""
    assert told(ITEM) == Notice(
        id="boras:kulturnamnden-20261109",
        title="Kulturnämnden",
        committee="kulturnamnden",
        posted=date(2026, 11, 20),
        held=date(2026, 11, 9),
        adjusted=date(2026, 11, 19),
        kept_at="Kulturhuset",
        document_url=FILE,
        appeal_deadline=date(2026, 12, 11),
    )
    assert told(ITEM).about_minutes


def test_nothing_seen_or_nothing_to_know_it_by_is_no_notice() -> None:
    """A bucket may be empty, or hold what has neither page, day nor file."""
    assert notice(BORAS, []) is None
    assert notice(BORAS, [sighted(RawNotice(where="board", about="minutes", title="x"))]) is None


def test_page_and_board_are_one_notice() -> None:
    """The page's words come first, the board's where it is silent; each day says whence it is."""
    page = RawNotice(
        where="page",
        about="minutes",
        title="Kulturnämnden, rättad",
        url=URL,
        held=day("2026-11-10"),
    )
    board = replace(ITEM, url=URL)
    found = notice(BORAS, [sighted(board), sighted(page)])
    assert found is not None
    record = found.record
    assert (record.id, record.title, record.url) == ("boras:1f2b506b", "Kulturnämnden, rättad", URL)
    assert (record.held, record.adjusted) == (date(2026, 11, 10), date(2026, 11, 19))
    assert record.problems[0].text == "«Sammanträdet hölls»: 2026-11-10 är valt; board: 2026-11-09"
    assert codes(record) == ["held-disagrees"]
    assert found.provenance.signals == {
        "title": "page",
        "posted": "board",
        "held": "page",
        "adjusted": "board",
    }


@pytest.mark.parametrize(
    ("given", "problems", "deadline"),
    [
        ({}, [], "2026-12-11"),
        ({"posted": None}, ["appeal-posted-unknown"], None),
        ({"posted": RawDay()}, ["appeal-posted-unknown"], None),
        ({"posted": RawDay(stamps=("2026-11-20",))}, [], "2026-12-11"),
        (
            {"posted": RawDay(stamps=("2026-011-20",))},
            ["posted-unread", "appeal-posted-unknown"],
            None,
        ),
        (
            {"adjusted": day("2026-011-19")},
            ["adjusted-unread", "appeal-adjusted-unknown"],
            None,
        ),
        ({"adjusted": day("2026-10-19")}, ["adjusted-before-held"], "2026-12-11"),
        (
            {"posted": day("2026-11-18")},
            ["posted-before-adjusted", "appeal-posted-early"],
            None,
        ),
        ({"held": day("31 februari 2026")}, ["held-unread"], "2026-12-11"),
        ({"held": None}, [], "2026-12-11"),
        ({"title": "Borås Stadshus AB"}, ["appeal-body"], None),
        ({"title": "Revisorskollegiet"}, ["appeal-body"], None),
        ({"title": "Södra Älvsborgs Räddningstjänstförbund"}, ["appeal-body"], None),
        ({"title": "Klimatrådet"}, ["committee-unknown", "appeal-body"], None),
        ({"posted": day("2026-11-24")}, ["appeal-posted-ahead"], None),
        ({"posted": day("2026-11-23")}, [], "2026-12-14"),
    ],
)
def test_what_cannot_be_true_is_said(
    given: dict[str, Any], problems: list[str], deadline: str | None
) -> None:
    """A broken date is null and a problem; so is an impossible order; so is no last day."""
    record = told(replace(ITEM, **given))
    assert codes(record) == problems
    assert record.appeal_deadline == (date.fromisoformat(deadline) if deadline else None)


def test_a_broken_date_is_told_in_the_citys_words() -> None:
    """The reader can compare."""
    record = told(replace(ITEM, adjusted=day("2021-016-17"), posted=RawDay(stamps=("nyss",))))
    assert [problem.text for problem in record.problems][:2] == [
        "«Anslaget den: nyss» är ingen dag",
        "«Protokollet justerades: 2021-016-17» är ingen dag",
    ]
    assert (record.posted, record.adjusted) == (None, None)


def test_the_day_of_posting_counts_when_the_city_shows_it_on_that_day() -> None:
    """Our clock is that of the page: the same sightings give the same record, whenever asked."""
    raw = replace(ITEM, posted=day("2026-11-24"))
    early = notice(BORAS, [sighted(raw)])
    late = notice(BORAS, [sighted(raw, checked=NOW + timedelta(days=1))])
    assert early is not None
    assert late is not None
    assert early.record.appeal_deadline is None
    assert late.record.appeal_deadline == date(2026, 12, 15)


@pytest.mark.parametrize("about", ["meeting", "other"])
def test_what_is_not_about_minutes_is_title_and_link(about: str) -> None:
    """A title that is a body's name files it with that body, and that is all."""
    record = told(replace(PERMIT, about=about, title="Kulturnämnden", url=MEETING))
    assert record == Notice(
        id=record.id, title="Kulturnämnden", url=MEETING, committee="kulturnamnden"
    )
    assert not record.about_minutes


@pytest.mark.parametrize(
    ("title", "committee"),
    [
        ("Kulturnämnden", "kulturnamnden"),
        ("KULTURNÄMNDENS", "kulturnamnden"),
        ("Kulturnämnden, § 28 omedelbar justering", "kulturnamnden"),
        ("Protokoll Gymnasie- och vuxenutbildningsnämnden 2026-11-09",
         "gymnasie-och-vuxenutbildningsnamnden"),
        ("Kommunstyrelsens arbetsutskott", None),
        ("Kommunstyrelsen, arbetsutskottet", None),
        ("Kommunfullmäktiges valberedning", None),
        ("Valnämnden och Kulturnämnden", None),
        ("Ny-Kulturnämnden", None),
    ],
)  # fmt: skip
def test_whose_minutes_they_are(title: str, committee: str | None) -> None:
    """A part of a body is not that body, and a name that is not known makes no committee."""
    assert told(replace(ITEM, title=title)).committee == committee
    record = told(replace(ITEM, title="Justering av protokoll", committee="Valnämnden"))
    assert record.committee == "valnamnden"


@pytest.mark.parametrize(
    ("raw", "local"),
    [
        (ITEM, "kulturnamnden-20261109"),
        (replace(ITEM, url=URL), "1f2b506b"),
        (replace(ITEM, url=f"{ROOT}/x/y.5.9f2b506b.html"), "9f2b506b"),
        (replace(ITEM, url=MEETING), "kulturnamnden-20261109"),
        (replace(ITEM, immediate="§ 28 omedelbar justering"), "kulturnamnden-20261109-28"),
        (replace(ITEM, immediate="§ 3 och 5"), "kulturnamnden-20261109-3-5"),
        (replace(ITEM, immediate="Omedelbar justering"), "kulturnamnden-20261109-omedelbar"),
        (replace(ITEM, held=day("9 november")), "kulturnamnden-j20261119"),
        (replace(ITEM, held=day("2026-011-09")), "kulturnamnden-j20261119"),
        (replace(ITEM, held=None), "kulturnamnden-j20261119"),
        (
            replace(ITEM, held=RawDay(stamps=("2026-11-08T23:00:00+01:00",))),
            "kulturnamnden-20261108",
        ),
        (replace(ITEM, held=RawDay(stamps=("2026-11-08T23:30:00Z",))), "kulturnamnden-20261109"),
        (replace(ITEM, held=RawDay(stamps=("2026-11-08T12:00",))), "kulturnamnden-20261108"),
        (
            replace(ITEM, held=RawDay(stamps=("Torsdag", "0001-01-01T00:00Z"))),
            "kulturnamnden-j20261119",
        ),
        (replace(ITEM, held=RawDay(stamps=("2026-13-01T00:00",))), "kulturnamnden-j20261119"),
        (replace(ITEM, held=day("Torsdag 12 november 2026")), "kulturnamnden-20261112"),
        (replace(ITEM, held=None, adjusted=None), "4f2b506b1969f6e9"),
        (replace(ITEM, title="Klimatrådet"), "4f2b506b1969f6e9"),
        (replace(ITEM, title=""), None),
        (replace(ITEM, held=None, adjusted=None, document=None), None),
        (PERMIT, "www-boras-se-a-b-c-1"),
        (replace(PERMIT, url=FILE), "4f2b506b1969f6e9"),
        (replace(PERMIT, url=None), None),
        (replace(PERMIT, about="meeting", url=MEETING), "kungorelse-3f2b506b"),
        (replace(PERMIT, about="meeting", url=URL), "1f2b506b"),
        (
            replace(PERMIT, about="meeting", title="Valnämnden", url=None, held=day("8 dec 2026")),
            "kungorelse-valnamnden-20261208",
        ),
        (replace(PERMIT, about="meeting", title="Valnämnden", url=None, held=day("8 dec")), None),
    ],
)
def test_what_a_notice_is_known_by(raw: RawNotice, local: str | None) -> None:
    """Its page, or what lasts as long as it hangs; never title, place on the board, or today."""
    assert name(BORAS, raw) == local
    found = notice(BORAS, [sighted(raw, 7)])
    assert (found.record.id if found else None) == (local and f"boras:{local}")


DAYS: Final = st.dates(date(2020, 1, 1), date(2030, 12, 31))
WRITTEN: Final = st.none() | st.text(max_size=12) | DAYS.map(str) | DAYS.map("{:%Y-0%m-%d}".format)


@given(posted=WRITTEN, held=WRITTEN, adjusted=WRITTEN, checked=DAYS)
def test_minutes_have_a_last_day_or_a_reason(
    posted: str | None, held: str | None, adjusted: str | None, checked: date
) -> None:
    """Whatever stands on the board; and a day that is told is after the city's own day."""
    days = [day(text) if text else None for text in (posted, held, adjusted)]
    raw = replace(ITEM, posted=days[0], held=days[1], adjusted=days[2])
    moment = NOW.replace(year=checked.year, month=checked.month, day=checked.day)
    found = notice(BORAS, [sighted(raw, checked=moment, fetched=moment)])
    assert found is not None
    record = found.record
    reasons = [code for code in codes(record) if code.startswith("appeal-")]
    assert len(reasons) == (record.appeal_deadline is None)
    if record.appeal_deadline:
        assert record.posted
        assert record.adjusted
        assert record.adjusted <= record.posted <= checked
        assert record.appeal_deadline - record.posted >= timedelta(weeks=3)


def test_addresses_that_begin_alike_are_two_notices() -> None:
    """What is cut of a long address tells them apart; an address that fits is spelled whole."""
    long = f"{ROOT}/byggaochbo/byggaandraochriva/kungorelserombygglov/fastigheternaitrandared"
    found = [name(BORAS, replace(PERMIT, url=f"{long}/gata{n}")) for n in (1, 2)]
    assert len({*found, None}) == 3
    assert all(it and len(it) < 100 for it in found)
    assert name(BORAS, PERMIT) == "www-boras-se-a-b-c-1"
