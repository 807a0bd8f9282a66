"""Mail addresses and telephone numbers are taken out; dates, sums and numbers of cases are not."""

from __future__ import annotations

import pytest

from reading import read
from scraper.lines import Line
from scraper.personal import CALL, MAIL, MARKS, redacted
from scraper.private import impersonal, line

APP = (
    '<script>AppRegistry.registerInitialState("12.a", {"articles": [{"preamble":'
    ' "Skriv till a@example.org", "uri": "/nyheter/07017406055.5.abcdef.html", "n": 1}]});</script>'
)


@pytest.mark.parametrize(
    "number",
    [
        *("031-390 06 00", "0980-319200", "031 - 390 06 00", "0980/31 92 00", "070-174 06 05"),
        *(
            "0701740605",
            "+46 31 390 06 00",
            "+46 (0)980-31 92 00",
            "0046 980 319200",
            "08-465 004 01",
        ),
        *("0980 31 92 00", "0980-319 20", "08–46 50 04"),
    ],
)
def test_a_telephone_number_is_taken_out(number: str) -> None:
    """In the ways that Swedish ones are written."""
    assert redacted(f"Ring {number}.") == f"Ring {MARKS[CALL]}."


@pytest.mark.parametrize(
    "address", ["a.b@example.org", "a.b(at)example.org", "a-b+c@x.example.org"]
)
def test_a_mail_address_is_taken_out(address: str) -> None:
    """An office's cannot be told from a person's."""
    assert redacted(f"Skriv till {address}, tack") == f"Skriv till {MARKS[MAIL]}, tack"


@pytest.mark.parametrize(
    "words",
    [
        *("2026-11-23", "kl. 08.00-12.00", "08:30–16:30", "2021-016-17", "Dnr 2023-00341 1.1.2.25"),
        *("09-12", "0,5 procent", "100 000 000 kronor", "§ 28", "2026–2030", "1 021 miljoner"),
        *("212000-1561", "kl 09-16", "05 okt", "https://www.boras.se/0701740605"),
    ],
)
def test_other_numbers_stay(words: str) -> None:
    """Days, hours, sums and numbers of cases are what people look for."""
    assert redacted(words) == words


def test_a_link_to_a_person_leaves_no_name() -> None:
    """Its words are often the name itself; other links stay, in cells too."""
    found = line(
        Line(
            kind="row",
            cells=(
                Line(
                    kind="td",
                    text="Fråga Hemlig eller läs mer",
                    links=(("MAILTO:a@example.org", "Hemlig"), ("/x", "läs mer"), ("tel:1", "")),
                ),
            ),
        )
    )
    (cell,) = found.cells
    assert (cell.text, cell.links) == (f"Fråga {MARKS[MAIL]} eller läs mer", (("/x", "läs mer"),))


def test_what_a_script_draws_is_cleared_too() -> None:
    """But for addresses, which would lead nowhere."""
    (state,) = impersonal(read(f"<p>a.b@example.org</p>{APP}")).states
    (entry,) = state["articles"]
    assert entry["preamble"] == f"Skriv till {MARKS[MAIL]}"
    assert (entry["uri"], entry["n"]) == ("/nyheter/07017406055.5.abcdef.html", 1)
