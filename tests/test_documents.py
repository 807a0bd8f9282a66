"""Files become documents: a clean name, what they are to the meeting, type, size and stamp."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import MEETING, ROOT
from records.model import ZONE
from records.terms import Role
from scraper.documents import clean_name, document, media_type, named, role, size, stamp
from scraper.raw import RawFile

FILE = "/download/18.1f2b506b1969f6e9/1714900000000/Protokoll.pdf"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Protokoll.pdf Pdf, 754.8 kB.", "Protokoll.pdf", "pdf"),
        ("Bilaga.pdf Pdf, 5.5 MB, öppnas i nytt fönster.", "Bilaga.pdf", "pdf"),
        ("Yrkande.docx Word, 42.1 kB.", "Yrkande.docx", "document"),
        ("protokoll.pdfPdf, 497.8 kB.", "protokoll.pdf", "pdf"),
        ("Kulturnämnden 2021-05-17 ärendelistaPDF", "Kulturnämnden 2021-05-17 ärendelista", "pdf"),
        ("Initiativärende: KD+MWord", "Initiativärende: KD+M", "document"),
        ("protokoll Pdf, 355.8 kB, öppnas i nytt fönster.", "protokoll", "pdf"),
        ("Webbsändning länk till annan webbplats", "Webbsändning", None),
        ("Protokoll Öppnas i nytt fönster.", "Protokoll", None),
        ("Protokollöppnas i nytt fönster", "Protokoll", None),
        ("Brämhult..pdf", "Brämhult..pdf", "pdf"),
        ("Protokoll_.pdf", "Protokoll_.pdf", "pdf"),
        ("Budget.xlsx Excel, 2 MB.", "Budget.xlsx", "sheet"),
        ("Debattordning", "Debattordning", None),
        ("Pdf", "Pdf", "pdf"),
    ],
)
def test_a_name_without_its_hint(text: str, name: str, kind: str | None) -> None:
    """The hint is for the eye in the browser, and tells the type where the name does not."""
    assert clean_name(text) == name
    found = media_type(text)
    assert (found or "").endswith(kind or "")
    assert (found is None) is (kind is None)


@pytest.mark.parametrize(
    ("name", "section", "expected"),
    [
        ("KS 2024-06-19 Protokoll.pdf", "Handlingar", Role.MINUTES),
        ("2024-06-19 Protkoll.pdf", None, Role.MINUTES),
        ("Protokoll_.pdf", None, Role.MINUTES),
        ("§ 28 protokoll, omedelbar justering.pdf", "Protokoll", Role.IMMEDIATE_MINUTES),
        ("Protokoll § 28.pdf", None, Role.IMMEDIATE_MINUTES),
        ("Omedelbart justerad paragraf.pdf", None, Role.IMMEDIATE_MINUTES),
        ("Bilaga till protokoll.pdf", None, Role.APPENDIX),
        ("Voteringar.pdf", "Protokoll", Role.APPENDIX),
        ("Kallelse.pdf", None, Role.AGENDA),
        ("Ärendelista.pdf", None, Role.AGENDA),
        ("Debattordning.pdf", None, Role.OTHER),
        ("Kommunfullmäktige dagordning.pdf", None, Role.AGENDA),
        ("Protokoll § 45-60.pdf", None, Role.MINUTES),
        ("Protokoll §§ 45-60.pdf", None, Role.MINUTES),
        ("Protokollsbilaga 1.pdf", None, Role.APPENDIX),
        ("Motion om protokoll.pdf", None, Role.MOTION),
        ("kallelse och handlingar v5.pdf", None, Role.PAPERS),
        ("handlingar Del 1.pdf", None, Role.PAPERS),
        ("Del 2.pdf", None, Role.PAPERS),
        ("Anmälningsärenden.pdf", None, Role.PAPERS),
        ("Delegationsbeslut.pdf", None, Role.PAPERS),
        ("Alternativt förslag S.pdf", None, Role.PROPOSAL),
        ("Alt förslag.pdf", None, Role.PROPOSAL),
        ("Yrkande om återremiss.pdf", None, Role.PROPOSAL),
        ("Initiativärende: KD.pdf", None, Role.PROPOSAL),
        ("Avsägelse.pdf", None, Role.RESIGNATION),
        ("Motion om lekplatser.pdf", None, Role.MOTION),
        ("Enkel fråga.pdf", None, Role.QUESTION),
        ("Interpellation.pdf", None, Role.QUESTION),
        ("Kortrapport.pdf", None, Role.REPORT),
        ("KS190930.pdf", "Beslut och protokoll", Role.MINUTES),
        ("240326.pdf", "Missiv", Role.REPORT),
        ("a.pdf", "Frågor", Role.QUESTION),
        ("a.pdf", "Separata bilagor", Role.APPENDIX),
        ("a.pdf", "Övrigt", Role.OTHER),
        ("a.pdf", None, Role.OTHER),
    ],
)
def test_what_a_file_is_to_its_meeting(name: str, section: str | None, expected: Role) -> None:
    """Its name tells; the heading only where the name does not."""
    assert role(name, section) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 MB", 2 * 1024**2),
        ("15.1 MB", 15833498),
        ("1021.4 kB", 1045914),
        ("367,9 kB", 376730),
        ("512 bytes", 512),
        ("512 B", 512),
        ("1 GB", 1024**3),
        ("2048", 2048),
        ("9" * 5000, None),
        ("9" * 500 + " MB", None),
        ("²", None),
        ("stor", None),
        ("", None),
    ],
)
def test_a_size_in_bytes(text: str, expected: int | None) -> None:
    """The city's units are of 1024: «1021.4 kB» is seen."""
    assert size(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-08-04 07.55", datetime(2020, 8, 4, 7, 55, tzinfo=ZONE)),
        ("2020-08-04T07:55", datetime(2020, 8, 4, 7, 55, tzinfo=ZONE)),
        ("2020-08-04T05:55:00Z", datetime(2020, 8, 4, 7, 55, tzinfo=ZONE)),
        ("1596520500000", datetime(2020, 8, 4, 7, 55, tzinfo=ZONE)),
        ("2020-08-04", None),
        ("2020-13-04 07.55", None),
        ("0001-01-01T00:00+14:00", None),
        ("igår", None),
        ("9" * 30, None),
        ("²", None),
        ("", None),
        (None, None),
    ],
)
def test_an_upload_stamp(text: str | None, expected: datetime | None) -> None:
    """A moment in the city's zone; a day alone is none, and nonsense is left out."""
    assert stamp(text) == expected


def test_a_file_is_known_by_its_id_and_lies_at_its_full_address() -> None:
    """A new upload has a new stamp in the address, and is the same document."""
    found = document(RawFile(name="P.pdfPdf, 2 MB.", url=FILE, section="Protokoll"), MEETING)
    assert (found.id, found.url) == ("1f2b506b1969f6e9", ROOT + FILE)
    assert (found.name, found.role, found.size) == ("P.pdf", Role.MINUTES, 2 * 1024**2)
    assert found.published == datetime(2024, 5, 5, 11, 6, 40, tzinfo=ZONE)
    nameless = document(RawFile(name="Ärendelista", url=None), MEETING)
    assert (nameless.id, nameless.url, nameless.published) == ("arendelista", None, None)


def test_a_file_of_another_host_has_no_id_of_the_citys() -> None:
    """Whatever its path looks like: it lies at its own address, under its name."""
    found = document(RawFile(name="Protokoll", url=f"https://example.org{FILE}"), MEETING)
    assert (found.id, found.url) == (named("Protokoll"), f"https://example.org{FILE}")
    bare = document(RawFile(name="Protokoll", url=f"https://boras.se{FILE}"), MEETING)
    assert bare.id == "1f2b506b1969f6e9"


def test_no_password_is_kept() -> None:
    """An address is kept, and published, without the user that a page wrote into it."""
    raw = RawFile(name="Protokoll", url=f"https://user:secret@www.boras.se{FILE}?a=b#c")
    assert document(raw, MEETING).url == f"https://www.boras.se{FILE}?a=b#c"


def test_what_is_listed_outweighs_the_address() -> None:
    """Size and stamp of the table before those of hint and address."""
    raw = RawFile(name="P.pdf Pdf, 2 MB.", url=FILE, size="1 MB", modified="2024-05-06 10.25")
    found = document(raw, MEETING)
    assert found.size == 1024**2
    assert found.published == datetime(2024, 5, 6, 10, 25, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("one", "other"),
    [("委員会", "議事録"), ("Bilaga Ω.pdf", "Bilaga Ψ.pdf"), ("a" * 90 + " 1", "a" * 90 + " 2")],
)
def test_two_files_without_an_id_stay_two(one: str, other: str) -> None:
    """In letters that no address has, or alike for longer than an address is."""
    ids = {document(RawFile(name=name, url="/files/x.pdf"), MEETING).id for name in (one, other)}
    assert len(ids) == 2
    assert all(re.fullmatch(r"[a-z0-9-]{1,100}", name) for name in ids)


@given(st.text(), st.text() | st.integers().map(str), st.text() | st.integers().map(str))
def test_any_file_becomes_a_document(name: str, length: str, modified: str) -> None:
    """Editors name files as they please."""
    raw = RawFile(name=name, url=FILE, size=length, modified=modified)
    found = document(raw, MEETING)
    assert found.name == name.strip() or name.startswith(found.name) or found.name in name


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_milliseconds_are_the_moment(moment: datetime) -> None:
    """The stamp in an address and the one in the table are one clock."""
    whole = datetime.fromtimestamp(int(moment.timestamp()), ZONE)
    assert stamp(str(int(moment.timestamp()) * 1000)) == whole
    assert whole - moment < timedelta(seconds=1)
