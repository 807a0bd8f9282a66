"""An agenda is read item by item, however the office typed it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.model import AgendaItem
from scraper.agenda import is_numbered, items


def told(*lines: str) -> list[tuple[str | None, str, str | None, str | None]]:
    """Give number, title, diary number and code of each item."""
    return [(it.number, it.title, it.reference, it.code) for it in items(lines)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Upprop", (None, "Upprop", None, None)),
        ("1. Upprop", ("1", "Upprop", None, None)),
        ("5.Almänhetens frågestund", ("5", "Almänhetens frågestund", None, None)),
        ("3) Budget 2027", ("3", "Budget 2027", None, None)),
        ("§ 12 Budget", ("§ 12", "Budget", None, None)),
        ("7. Kc1 Årsredovisning", ("7", "Årsredovisning", None, "Kc1")),
        ("PF1 Upphandling av måltider", (None, "Upphandling av måltider", None, "PF1")),
        ("SP8. Detaljplan", (None, "Detaljplan", None, "SP8")),
        ("Gröna tak (Nr 104)", (None, "Gröna tak (Nr 104)", None, None)),
        (
            "Ansökan om tillstånd (Sekretess)",
            (None, "Ansökan om tillstånd (Sekretess)", None, None),
        ),
        (
            "Köp av mark – omedelbar justering",
            (None, "Köp av mark – omedelbar justering", None, None),
        ),
        (
            "Avtal om arrende Dnr 2021-00003 3.5.4.0 1",
            (None, "Avtal om arrende", "2021-00003 3.5.4.0 1", None),
        ),
        ("Avtal (Dnr: 2021-00003)", (None, "Avtal", "2021-00003", None)),
        ("Dnr 5", (None, "Dnr 5", "5", None)),
        ("2025 års budget", (None, "2025 års budget", None, None)),
        ("1.5 procent till konst", (None, "1.5 procent till konst", None, None)),
    ],
)
def test_an_item_is_number_code_title_and_diary_number(
    line: str, expected: tuple[str | None, str, str | None, str | None]
) -> None:
    """The title is what a reader looks for; the rest is how the city files it."""
    assert told(line) == [expected]


def test_a_diary_number_on_a_line_of_its_own_belongs_to_the_item_above() -> None:
    """It is no item: nothing is decided on it."""
    assert told("Budget", "Dnr 2023-00341 1.1.2.25 Programområde 1", "Övriga frågor") == [
        (None, "Budget", "2023-00341 1.1.2.25 Programområde 1", None),
        (None, "Övriga frågor", None, None),
    ]


def test_an_item_that_is_wrapped_is_one() -> None:
    """A narrow column broke it; it goes on with a small letter, or before the next number."""
    assert told("1. Svar på motion om", "Östra stråket", "2. Budget för", "år 2027") == [
        ("1", "Svar på motion om Östra stråket", None, None),
        ("2", "Budget för år 2027", None, None),
    ]
    assert told("Upprop", "val av justerare", "Budget") == [
        (None, "Upprop val av justerare", None, None),
        (None, "Budget", None, None),
    ]


def test_what_follows_the_last_number_is_an_item_of_its_own() -> None:
    """«Övriga frågor» stands below the numbers of some offices."""
    assert [title for _, title, _, _ in told("1. Upprop", "2. Budget", "Övriga frågor")] == [
        "Upprop",
        "Budget",
        "Övriga frågor",
    ]


def test_a_numbered_line_is_known_by_its_number() -> None:
    """On pages where no heading says that an agenda begins."""
    assert is_numbered("1. Upprop")
    assert not is_numbered("Upprop")
    assert items([" ", ""]) == ()


@given(st.lists(st.text()))
def test_no_letter_of_an_agenda_is_lost(lines: list[str]) -> None:
    """Whatever an office types comes out again, in some field."""

    def letters(text: str) -> int:
        return sum(map(str.isalnum, text.lower().replace("dnr", "")))

    def whole(item: AgendaItem) -> str:
        return " ".join(filter(None, (item.number, item.code, item.title, item.reference)))

    assert sum(letters(whole(it)) for it in items(lines)) >= sum(map(letters, lines)) - sum(
        line.lower().count("diarien") * len("diarienummer") for line in lines
    )
