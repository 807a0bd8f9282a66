"""What the city's sentences mean: who may come, whether it is sent, whether it takes place."""

from __future__ import annotations

from dataclasses import astuple
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.terms import Access
from scraper import wording
from scraper.wording import is_clocked, is_notice, place, times

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
    "Sammanträdet är öppet för allmänheten, men på grund av pandemin ser vi helst att du följer"
    " sammanträdet via webben.": (Access.OPEN, True),
    "Sammanträdet är öppet för allmänheten från kl. 15.00.": (Access.PARTLY, None),
    "Delar av sammanträdet är öppna för allmänheten.": (Access.UNKNOWN, None),
    "En del av mötet är öppet för allmänheten.": (Access.PARTLY, None),
    "Sammanträdet är öppet för allmänheten utom vid ärenden som rör myndighetsutövning.": (
        Access.PARTLY,
        None,
    ),
    "Öppet sammanträde.": (Access.OPEN, None),
    "Slutet sammanträde.": (Access.CLOSED, None),
    "Allmänheten har inte tillträde.": (Access.CLOSED, None),
    "Sammanträdet hålls utan publik men direktsänds.": (Access.CLOSED, True),
    "Mötet webbsänds inte.": (Access.UNKNOWN, False),
    "Ingen webbsändning av mötet.": (Access.UNKNOWN, False),
    "Mötet sänds i närradion.": (Access.UNKNOWN, None),
    "Se mötet på webb-tv.": (Access.UNKNOWN, True),
    "Det går bra att strömma mötet.": (Access.UNKNOWN, True),
    "Kallelse och handlingar sänds ut en vecka före sammanträdet.": (Access.UNKNOWN, None),
    "Frågan ska sändas in senast kl. 12.00.": (Access.UNKNOWN, None),
    "Handlingar till sammanträdet finns på webben.": (Access.UNKNOWN, None),
    "Protokollet publiceras på webben.": (Access.UNKNOWN, None),
    "Webbsändning: Nej": (Access.UNKNOWN, False),
    "Sammanträdet kan inte ses via webben.": (Access.UNKNOWN, False),
    "Sammanträdet kan ses på webben.": (Access.UNKNOWN, True),
    "Allmänheten kan inte lämna frågor i förväg men är välkommen.": (Access.OPEN, None),
    "Sammanträdet är inte öppet för allmänheten vid behandling av sekretessärenden.": (
        Access.PARTLY,
        None,
    ),
    "Sammanträdet är öppet för allmänheten från klockan 13.": (Access.PARTLY, None),
    "Nämndens sammanträden är inte öppna för allmänheten.": (Access.CLOSED, None),
    "Mötet är inte offentligt.": (Access.CLOSED, None),
    "Stängt sammanträde": (Access.CLOSED, None),
    "Mötet är delvis öppet.": (Access.PARTLY, None),
    "Vi avråder allmänheten att ta del av mötet på plats på Borås Kongress.": (
        Access.UNKNOWN,
        None,
    ),
}


def access(notices: list[str]) -> Access:
    """Give who may attend; silence is unknown."""
    said = wording.access(notices)
    return said.value if said else Access.UNKNOWN


def webcast(notices: list[str]) -> bool | None:
    """Give whether it is sent; silence is None."""
    said = wording.webcast(notices)
    return said.value if said else None


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


def test_a_door_closed_for_some_items_leaves_the_rest_open() -> None:
    """Who comes for the budget may stay for it."""
    standing = "Sammanträdet är öppet för allmänheten."
    items = "Vid ärenden om enskilda är sammanträdet inte öppet för allmänheten."
    assert access([standing, items]) is Access.PARTLY
    assert access([items]) is Access.PARTLY


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
        ("Kulturhuset, Röda rummet", ("Kulturhuset, Röda rummet", None, False, None)),
        ("Stadshuset.", ("Stadshuset", None, False, None)),
        ("Distansmöte", ("Distansmöte", None, True, None)),
        (
            "Microsoft Teams och i Kulturhuset, Röda rummet.",
            ("Microsoft Teams och i Kulturhuset, Röda rummet", None, True, None),
        ),
        (
            "Digitalt sammanträde från Utgårdsgatan 9, Borås",
            (
                "Digitalt sammanträde från Utgårdsgatan 9, Borås",
                "Utgårdsgatan 9, Borås",
                True,
                None,
            ),
        ),
        (
            "Borås Kongress, Akademiplatsen 2, Borås",
            ("Borås Kongress, Akademiplatsen 2, Borås", "Akademiplatsen 2, Borås", False, None),
        ),
        (
            "Norrbyhuset, Västra Nygatan 52",
            ("Norrbyhuset, Västra Nygatan 52", "Västra Nygatan 52", False, None),
        ),
        (
            "Bäckängsgymnasiet, PA Halls Terrass 7, sal 108",
            (
                "Bäckängsgymnasiet, PA Halls Terrass 7, sal 108",
                "PA Halls Terrass 7",
                False,
                None,
            ),
        ),
        (
            "Olovsholmsgatan 32, plan 5, konferensrum Tämta",
            ("Olovsholmsgatan 32, plan 5, konferensrum Tämta", "Olovsholmsgatan 32", False, None),
        ),
        (
            "Arbetslivsförvaltningen Österlånggatan 72",
            ("Arbetslivsförvaltningen Österlånggatan 72", "Österlånggatan 72", False, None),
        ),
        (
            "Förskoleförvaltningen sammanträdeslokal Borgstena, (plan 1,) Olovsholmsgatan 32",
            (
                "Förskoleförvaltningen sammanträdeslokal Borgstena, (plan 1,) Olovsholmsgatan 32",
                "Olovsholmsgatan 32",
                False,
                None,
            ),
        ),
        (
            "Sessionssalen, Sturegatan 36 samt digitalt Microsoft Teams-möte",
            (
                "Sessionssalen, Sturegatan 36 samt digitalt Microsoft Teams-möte",
                "Sturegatan 36",
                True,
                None,
            ),
        ),
        (
            "Servicekontoret, lokal Ugglan plan 2",
            ("Servicekontoret, lokal Ugglan plan 2", None, False, None),
        ),
        (
            "Olovsholmsgatan 32, plan 5, samt virtuellt sammanträdesrum",
            (
                "Olovsholmsgatan 32, plan 5, samt virtuellt sammanträdesrum",
                "Olovsholmsgatan 32",
                True,
                None,
            ),
        ),
        (
            "Röda rummet. Vänligen observera att mötet ej är öppet för allmänheten",
            (
                "Röda rummet",
                None,
                False,
                "Vänligen observera att mötet ej är öppet för allmänheten",
            ),
        ),
        ("Huset. Plan 5. OBS! Ny lokal.", ("Huset. Plan 5", None, False, "OBS! Ny lokal.")),
    ],
)
def test_a_place_its_street_and_the_notice_on_its_line(
    text: str, expected: tuple[str, str | None, bool, str | None]
) -> None:
    """A map is asked for the place, not for the sentence after it."""
    assert astuple(place(text)) == expected


@given(st.text())
def test_no_sentence_is_lost_from_a_place(text: str) -> None:
    """What is taken from the line is told as a notice."""
    where = place(text)
    told = where.name + (where.notice or "")
    assert all(told.count(char) <= text.count(char) for char in set(told) - {" "})
    assert sum(map(str.isalnum, told)) == sum(map(str.isalnum, text))


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        (
            "Sammanträdet är öppet för allmänheten och beslutsdelen inleds kl. 17.00 med frågor.",
            time(17),
        ),
        ("Beslutssammanträdet som börjar kl 15.00 är öppet för allmänheten.", time(15)),
        ("Sammanträdet är öppet för allmänheten från klockan 15:30.", time(15, 30)),
        ("Sammanträdet är öppet för allmänheten.", None),
        ("Sammanträdet är inte öppet för allmänheten före kl. 15.00.", None),
        ("Öppet för allmänheten kl. 14.00 och kl. 16.00.", None),
        ("Öppet för allmänheten kl. 25.70.", None),
        ("Kommunstyrelsen startar ca 14:30.", None),
    ],
)
def test_from_when_it_is_open(notice: str, expected: time | None) -> None:
    """Whoever comes at the start would wait before a closed door."""
    said = wording.public_from([notice])
    assert (said.value if said else None) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Kl. 16.00 workshop om intern kontroll", ((time(16), "workshop om intern kontroll"),)),
        ("17:00 information.", ((time(17), "information"),)),
        ("Klockan 18.00 – ordinarie sammanträde", ((time(18), "ordinarie sammanträde"),)),
        ("09.00-10.30 studiebesök", ((time(9), "studiebesök"),)),
        (
            "Kl. 16.00 workshop, kl. 18.00 sammanträde",
            ((time(16), "workshop"), (time(18), "sammanträde")),
        ),
        ("Ordinarie sammanträde börjar kl. 18.00", ()),
        ("25.70 workshop", ()),
        ("16.00", ()),
        ("2026-11-30 protokoll", ()),
        ("5. Budget", ()),
    ],
)
def test_a_programme_is_read_clock_by_clock(
    line: str, expected: tuple[tuple[time, str], ...]
) -> None:
    """One evening may hold a workshop and a meeting."""
    assert times([line]) == expected
    assert is_clocked(line) == bool(expected)
