"""Editions to publish in tests: a small city that is made up, and records made to order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from feeds.edition import Edition
from records.model import (
    ZONE,
    AgendaItem,
    Bundle,
    Change,
    Committee,
    Decision,
    Document,
    Jurisdiction,
    Meeting,
    NewsItem,
    Notice,
    Place,
    Provenance,
    R,
    Revision,
)
from records.terms import Access, ChangeKind, Classification, Role, Status

SITE: Final = "https://example.org/kallelse"
HOME: Final = "https://www.example.se"
TODAY: Final = date(2026, 3, 2)
NOW: Final = datetime(2026, 3, 2, 7, 15, tzinfo=ZONE)
SEEN: Final = datetime(2026, 1, 12, 6, 30, tzinfo=ZONE)
CITY: Final = Jurisdiction(
    slug="boras",
    name="Borås Stad",
    url=HOME,
    places={"Kulturhuset, Röda rummet": "Röda rummet, Kulturhuset, Sturegatan 2, 503 31 Borås"},
    coordinates={"Röda rummet, Kulturhuset, Sturegatan 2, 503 31 Borås": (57.5, 12.5)},
    webcasts={"kommunstyrelsen": "https://webb.example.se/ks"},
    appeals=f"{HOME}/anslagstavla",
    bundles=(
        Bundle(
            slug="kultur",
            name="Kultur och bolag",
            committees=("kulturnamnden", "boras-stadshus-ab"),
        ),
    ),
)
COMMITTEE: Final = Committee(
    slug="kulturnamnden",
    name="Kulturnämnden",
    classification=Classification.COMMITTEE,
    url=f"{HOME}/kulturnamnden.4.aa01.html",
    colour="darkorchid",
)
COMMITTEES: Final = (
    Committee(
        slug="kommunfullmaktige", name="Kommunfullmäktige", classification=Classification.COUNCIL
    ),
    Committee(
        slug="kommunstyrelsen",
        name="Kommunstyrelsen",
        classification=Classification.BOARD,
        url=f"{HOME}/kommunstyrelsen.4.aa02.html",
    ),
    COMMITTEE,
    Committee(slug="aldrenamnden", name="Äldrenämnden", classification=Classification.COMMITTEE),
    Committee(
        slug="boras-stadshus-ab", name="Borås Stadshus AB", classification=Classification.COMPANY
    ),
    Committee(
        slug="revisorskollegiet", name="Revisorskollegiet", classification=Classification.AUDIT
    ),
)
AGENDA: Final = Document(
    id="18aa",
    name="Kallelse 2026-03-16.pdf",
    url=f"{HOME}/download/18.18aa/1772000000000/Kallelse%202026-03-16.pdf",
    role=Role.AGENDA,
    media_type="application/pdf",
    size=123_456,
)


def at(day: date | str, hour: str = "17:00") -> datetime:
    """Give a moment in the city."""
    whole = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(whole, time.fromisoformat(hour), ZONE)


def meeting(name: str = "1a2b3c", **changes: Any) -> Meeting:  # noqa: ANN401 - any field
    """Give an ordinary meeting of `COMMITTEE`, but for the fields named."""
    given: dict[str, Any] = {
        "id": f"boras:{name}",
        "uid": f"{name}@boras.kallelse",
        "committee": COMMITTEE.slug,
        "title": "Kulturnämnden, sammanträde",
        "start": at("2026-03-16"),
        "location": Place(name="Kulturhuset, Röda rummet"),
        "access": Access.OPEN,
        "url": f"{HOME}/kulturnamnden/sammantrade202603161700.5.{name}.html",
        "documents_known": True,
    }
    return Meeting(**(given | changes))


def revision(record: R, **changes: Any) -> Revision[R]:  # noqa: ANN401 - any field
    """Give a revision as the first run would leave it, but for the fields named."""
    given: dict[str, Any] = {
        "first_seen": SEEN,
        "last_changed": SEEN,
        "sequence": 0,
        "provenance": Provenance(url=HOME, fetched=SEEN, content_hash="c0ffee", parser=1),
    }
    return Revision(record=record, **(given | changes))


def change(
    record: str, kind: ChangeKind, moment: datetime = SEEN, *, number: int = 1, part: str = ""
) -> Change:
    """Give a change of a record; `part` is the document it tells of."""
    tail = f"{part}/{number}" if part else f"{number}"
    return Change(
        id=f"{record}/{kind}/{tail}", record=record, kind=kind, at=moment, text=f"Text om {kind}."
    )


def edition(
    meetings: Iterable[Revision[Meeting]] = (),
    *,
    committees: Iterable[Committee] = (COMMITTEE,),
    changes: Iterable[Change] = (),
    **given: Any,  # noqa: ANN401 - any field
) -> Edition:
    """Give an edition of the city with these records, but for the fields named."""
    held: dict[str, Any] = {"city": CITY, "site": SITE, "today": TODAY, "news": (), "notices": ()}
    return Edition(
        committees=tuple(revision(committee) for committee in committees),
        meetings=tuple(meetings),
        changes=tuple(changes),
        **(held | given),
    )


def article(name: str = "n1", **changes: Any) -> NewsItem:  # noqa: ANN401 - any field
    """Give an article that names no committee, but for the fields named."""
    given: dict[str, Any] = {
        "id": f"boras:{name}",
        "title": "Kommunstyrelsens möte – här hittar du besluten",
        "summary": "Ett nytt bad & en ny bro.",
        "published": date(2026, 2, 24),
        "url": f"{HOME}/nyheter/besluten.5.{name}.html",
    }
    return NewsItem(**(given | changes))


def notice(name: str = "kulturnamnden-20260209", **changes: Any) -> Notice:  # noqa: ANN401 - any field
    """Give adjusted minutes of `COMMITTEE` as the board tells of them, but for the fields named."""
    given: dict[str, Any] = {
        "id": f"boras:{name}",
        "title": "Kulturnämnden",
        "committee": COMMITTEE.slug,
        "held": date(2026, 2, 9),
        "adjusted": date(2026, 2, 16),
        "posted": date(2026, 2, 17),
        "document_url": f"{HOME}/download/18.18ab/1771000000000/Protokoll.pdf",
        "appeal_deadline": date(2026, 3, 10),
    }
    return Notice(**(given | changes))


def whole() -> Edition:
    """Give a city in which everything has happened that a file can show."""
    board = meeting(
        "5eed",
        committee="kommunstyrelsen",
        title="Kommunstyrelsen, sammanträde",
        start=at("2026-03-09", "14:00"),
        end=at("2026-03-09", "16:30"),
        webcast=True,
        location=Place(name="Sessionssalen", address="Sturegatan 36, Borås"),
        url=f"{HOME}/kommunstyrelsen/sammantrade202603091400.5.5eed.html",
    )
    council = meeting(
        "b0d6e7",
        committee="kommunfullmaktige",
        title="Budgetsammanträde",
        start=at("2026-11-25", "09:00"),
        end=date(2026, 11, 26),
        access=Access.PARTLY,
        public_from=at("2026-11-25", "10:00"),
        location=None,
        times=((time(9), "upprop"), (time(10), "Kl. 10.00 debatt")),
        url=f"{HOME}/fullmaktige/sammantrade202611250900.5.b0d6e7.html",
    )
    culture = meeting(
        documents=(AGENDA,),
        notices=("Observera lokalen!", "Mötet inleds med allmänhetens frågestund."),
        agenda=(AgendaItem(number="1", title="Upprop"), AgendaItem(title="Övriga frågor")),
        decisions=(Decision(title="Lekplats", text="Bifall."),),
    )
    moved = meeting("f00d", start=at("2026-04-20"), status=Status.CANCELLED, url=None)
    unknown = meeting(
        "da7e",
        committee="aldrenamnden",
        title="",
        start=date(2026, 5, 7),
        access=Access.UNKNOWN,
        documents_known=False,
        url=f"{HOME}/aldrenamnden/sammantrade.5.da7e.html",
    )
    past = meeting("0ld", start=at("2026-02-09"))
    company = meeting(
        "ab",
        committee="boras-stadshus-ab",
        title="Extra bolagsstämma",
        access=Access.CLOSED,
        start=at("2026-03-09", "14:00"),
        status=Status.MISSING,
        url=f"{HOME}/stadshus/sammantrade.5.ab.html",
    )
    later = NOW - timedelta(days=1)
    news = article(committees=("kommunstyrelsen",))
    records = (board, council, culture, moved, unknown, company, past)
    return edition(
        [
            revision(board),
            revision(council),
            revision(culture, last_changed=later),
            revision(moved, last_changed=later, sequence=1),
            revision(unknown),
            revision(company),
            revision(past),
            revision(meeting("01d", start=at("2023-05-15"))),
            revision(meeting("907e", start=at("2026-02-02")), withdrawn=True),
        ],
        committees=COMMITTEES,
        changes=[
            change(culture.id, ChangeKind.DOCUMENT_ADDED, later, part="18aa"),
            change(moved.id, ChangeKind.CANCELLED, later),
            change(news.id, ChangeKind.NEW, later),
            change(company.id, ChangeKind.MISSING, later),
            *(change(record.id, ChangeKind.NEW) for record in records),
        ],
        news=(revision(news), revision(article("n2"))),
        notices=(revision(notice(), first_seen=later, last_changed=later),),
    )
