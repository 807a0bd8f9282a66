"""Nothing is cancelled that the city did not cancel, and what it moved is moved."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.model import Status
from scraper.statuses import new_time, sentences, status

DAY = date(2026, 11, 30)

SAID = {
    "Sammanträdet är inställt.": Status.CANCELLED,
    "INSTÄLLT!": Status.CANCELLED,
    "OBS! Sammanträdet ställs in på grund av för få ärenden.": Status.CANCELLED,
    "Mötet utgår.": Status.CANCELLED,
    "Inställt på grund av sjukdom": Status.CANCELLED,
    "Sammanträdet den 30 november är inställt.": Status.CANCELLED,
    "Sammanträdet har ställts in.": Status.CANCELLED,
    "Sammanträdet är uppskjutet.": Status.POSTPONED,
    "Sammanträdet skjuts upp.": Status.POSTPONED,
    "Sammanträdet är flyttat.": Status.POSTPONED,
    "OBS! Nytt datum.": Status.POSTPONED,
    "Datumet är preliminärt.": Status.TENTATIVE,
    "Preliminärt datum": Status.TENTATIVE,
    "Preliminärt sammanträde enligt plan för nästa år.": Status.TENTATIVE,
}

NOT_OF_THIS_MEETING = (
    "Sammanträdet den 5 maj är inställt.",
    "Allmänhetens frågestund är inställd.",
    "Frågestunden ställs in, men sammanträdet hålls.",
    "Ärende 5 utgår.",
    "Utgår: ärende 7",
    "Punkt 3 på ärendelistan utgår.",
    "Webbsändningen är inställd.",
    "Bussar är inställda på grund av sammanträdet.",
    "Informationen om budget ställs in.",
    "Sammanträdet är inte inställt.",
    "Sammanträdet är inte längre inställt.",
    "Sammanträdet ställs inte in.",
    "Sammanträdet kan komma att ställas in.",
    "Om ärenden saknas ställs mötet in.",
    "Det tidigare inställda sammanträdet hålls i dag.",
    "Sammanträdet är flyttat till Röda rummet.",
    "Sammanträdet flyttas till Kulturhuset på grund av ombyggnad.",
    "Enligt beslut flyttas ärende 3 till nästa sammanträde.",
    "Motionen är uppskjuten.",
    "Preliminär ärendelista publiceras på torsdag.",
    "Preliminära handlingar läggs ut en vecka före.",
    "Ny lokal: Röda rummet.",
    "Ny tid meddelas.",
    "Sammanträdet är öppet för allmänheten.",
    "",
)


@pytest.mark.parametrize(("text", "expected"), SAID.items())
def test_what_the_city_says_of_the_meeting_is_its_status(text: str, expected: Status) -> None:
    """A resident who comes to a cancelled meeting has been failed; the words are kept beside it."""
    said = status([], [text], DAY)
    assert said is not None
    assert said.value is expected
    assert said.words in text


@pytest.mark.parametrize("text", NOT_OF_THIS_MEETING)
def test_what_is_said_of_something_else_cancels_nothing(text: str) -> None:
    """A false cancellation keeps people at home."""
    assert status([], [text], DAY) is None


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Kommunstyrelsen 30 november – inställd", Status.CANCELLED),
        ("Kulturnämnden, sammanträde 2026-11-30 17.00, inställt", Status.CANCELLED),
        ("INSTÄLLT: Kulturnämnden", Status.CANCELLED),
        ("3 december (inställt)", Status.CANCELLED),
        ("Inställt sammanträde", Status.CANCELLED),
        ("30 november kl. 14.00 UTGÅR", Status.CANCELLED),
        ("5 april 2024 (flyttat från 4 april)", Status.POSTPONED),
        ("Uppskjutet", Status.POSTPONED),
        ("Preliminärt 14.00", Status.TENTATIVE),
        ("Kulturnämnden, sammanträde, digitalt möte", None),
        ("Inställsamt tal", None),
        ("Frågestunden inställd", None),
        ("Extra sammanträde", None),
        ("", None),
    ],
)
def test_a_label_is_of_its_meeting(label: str, expected: Status | None) -> None:
    """A heading or a row speaks of nothing else."""
    said = status(["Kommunstyrelsen", label], [])
    assert (said.value if said else None) is expected


def test_a_cancellation_outweighs_what_else_is_said() -> None:
    """An office adds the word and leaves the rest as it was."""
    said = status(["preliminärt"], ["Sammanträdet är flyttat.", "Sammanträdet är inställt."])
    assert said is not None
    assert (said.value, said.words) == (Status.CANCELLED, "Sammanträdet är inställt.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mötet flyttas till den 10 december kl. 14.00.", "den 10 december kl. 14.00"),
        ("Sammanträdet är flyttat från 26 november till 30 november.", "30 november"),
        ("Nytt datum: 10 december 2026 kl. 15.00", "10 december 2026 kl. 15.00"),
        ("Observera ny tid kl. 13.00!", "kl. 13.00"),
        ("Ny tid: kl. 15.00", "kl. 15.00"),
        ("Sammanträdet är inställt och flyttas till 10 december.", "10 december"),
        ("Mötet skjuts upp till torsdag 3 december.", "torsdag 3 december"),
        ("Mötet flyttas inte till den 10 december.", None),
        ("Sammanträdet är flyttat till Röda rummet.", None),
        ("Nytt datum kommer.", None),
        ("Ny tid: kl. 25.70", None),
        ("Nästa sammanträde är den 10 december.", None),
    ],
)
def test_a_new_day_or_hour_is_found_in_its_sentence(text: str, expected: str | None) -> None:
    """The page's own address still has the old one."""
    said = new_time([text])
    assert (said.value if said else None) == expected


@given(st.lists(st.text(), max_size=4))
def test_no_text_is_too_strange(texts: list[str]) -> None:
    """An editor may paste anything; what is no sentence says nothing, and fails nothing."""
    assert list(sentences(texts)) == [part for part in sentences(texts) if part.strip()]
    status(texts, texts, DAY)
    new_time(texts)
