"""What the city's sentences mean: who may come, whether it is sent, whether it takes place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.model import Access, Status
from scraper.wording import access, is_notice, place, status, webcast

NOTICES = {
    "Sammanträdet är öppet för allmänheten och sänds även via webb.": (Access.OPEN, True),
    "Sammanträdet är öppet för allmänheten och inleds med allmänhetens frågestund.": (
        Access.OPEN,
        None,
    ),
    "Sammanträdet är öppet för allmänheten och beslutsdelen inleds kl. 17.00 med frågestund.": (
        Access.OPEN,
        None,
    ),
    "Beslutssammanträdet som börjar kl 15.00 är öppet för allmänheten": (Access.PARTLY, None),
    "Den öppna delen av mötet är öppen för allmänheten": (Access.PARTLY, None),
    "Observera! Sammanträdet är inte öppet för allmänheten men sänds även via webb.": (
        Access.CLOSED,
        True,
    ),
    "Sammanträdet är inte öppet för allmänheten.": (Access.CLOSED, None),
    "OBS! Under rådande omständigheter är sammanträdet inte öppet för allmänheten!": (
        Access.CLOSED,
        None,
    ),
    "Vänligen observera att mötet ej är öppet för allmänheten": (Access.CLOSED, None),
    "Enligt beslut 2020-03-19 ska sammanträdet hållas inför stängda dörrar.": (
        Access.CLOSED,
        None,
    ),
    "Mötet är öppet för allmänheten, men vi ser helst att du följer det via webben.": (
        Access.OPEN,
        True,
    ),
    "Allmänheten är välkommen. Mötet sänds inte.": (Access.OPEN, False),
    "Sammanträdet är slutet.": (Access.CLOSED, None),
    "Kommunstyrelsen börjar direkt efter": (Access.UNKNOWN, None),
    "Protokollet läggs ut i slutet av veckan": (Access.UNKNOWN, None),
    "": (Access.UNKNOWN, None),
}


@pytest.mark.parametrize(("notice", "expected"), NOTICES.items())
def test_who_may_come_and_whether_it_is_sent(
    notice: str, expected: tuple[Access, bool | None]
) -> None:
    """A resident decides by this whether to go there; silence stays silence."""
    assert (access([notice]), webcast([notice])) == expected


def test_a_closed_door_in_any_notice_outweighs_the_standing_sentence() -> None:
    """Editors add the exception and leave the rule."""
    standing = "Sammanträdet är öppet för allmänheten."
    assert access([standing, "OBS! Mötet är inte öppet för allmänheten."]) is Access.CLOSED
    assert access([]) is Access.UNKNOWN
    assert webcast([]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sammanträdet är inställt", Status.CANCELLED),
        ("INSTÄLLT", Status.CANCELLED),
        ("Mötet ställs in", Status.CANCELLED),
        ("Mötet utgår", Status.CANCELLED),
        ("Kommunstyrelsen 30 november – inställd", Status.CANCELLED),
        ("Mötet är inte inställt", None),
        ("Inställsamt tal", None),
        ("Sammanträdet flyttas", Status.POSTPONED),
        ("5 april 2024 (flyttat från 4 april)", Status.POSTPONED),
        ("Mötet är uppskjutet", Status.POSTPONED),
        ("Nytt datum kommer", Status.POSTPONED),
        ("Uppskjutet och inställt", Status.CANCELLED),
        ("Preliminärt 14.00", Status.TENTATIVE),
        ("Extra sammanträde", None),
        ("", None),
    ],
)
def test_whether_it_takes_place(text: str, expected: Status | None) -> None:
    """The city's own word, or none: a meeting stands until it says otherwise."""
    assert status(["Kommunstyrelsen", text]) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Borås Stadshus AB sammanträder kl 14.00. Kommunstyrelsen börjar direkt efter",
        "Kommunstyrelsens startar direkt efter att bolaget avslutat sitt arbetsmöte ca 14:30",
        "Ledamöterna kallas härmed till sammanträde i Huset, tisdagen den 26 januari kl. 17:00",
        "Kl. 18.00 startar ordinarie sammanträde",
        "OBS!",
        *(notice for notice, (known, _) in NOTICES.items() if known is not Access.UNKNOWN),
    ],
)
def test_a_notice_is_of_this_meeting(text: str) -> None:
    """Each is worth a line in a calendar."""
    assert is_notice(text)


@pytest.mark.parametrize(
    "text",
    ["Kommunfullmäktige är stadens högsta organ.", "Nämnden ansvarar för teknisk drift.", ""],
)
def test_what_presents_the_committee_is_no_notice(text: str) -> None:
    """It is the same on every page."""
    assert not is_notice(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kulturhuset, Röda rummet", ("Kulturhuset, Röda rummet", False, ())),
        ("Stadshuset.", ("Stadshuset", False, ())),
        ("Distansmöte", ("Distansmöte", True, ())),
        (
            "Microsoft Teams och i Kulturhuset, Röda rummet.",
            ("Microsoft Teams och i Kulturhuset, Röda rummet", True, ()),
        ),
        ("Digitalt sammanträde från Utgårdsgatan 9", None),
        (
            "Röda rummet. Vänligen observera att mötet ej är öppet för allmänheten",
            ("Röda rummet", False, ("Vänligen observera att mötet ej är öppet för allmänheten",)),
        ),
        ("Huset. Plan 5. OBS! Ny lokal.", ("Huset. Plan 5", False, ("OBS! Ny lokal.",))),
        (
            "Olovsholmsgatan 32, plan 5, samt virtuellt sammanträdesrum",
            ("Olovsholmsgatan 32, plan 5, samt virtuellt sammanträdesrum", True, ()),
        ),
    ],
)
def test_a_place_and_the_notice_on_its_line(
    text: str, expected: tuple[str, bool, tuple[str, ...]] | None
) -> None:
    """A map is asked for the place, not for the sentence after it."""
    assert place(text) == (expected or (text, True, ()))


@given(st.text())
def test_no_sentence_is_lost_from_a_place(text: str) -> None:
    """What is taken from the line is told as a notice."""
    words, _, torn = place(text)
    told = words + "".join(torn)
    assert all(told.count(char) <= text.count(char) for char in set(told) - {" "})
    assert sum(map(str.isalnum, told)) == sum(map(str.isalnum, text))
