"""Nothing is cancelled that the city did not cancel, and what it moved is moved."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.terms import Status
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
    "Sammanträdet är inställt, nästa sammanträde är den 14 december.": Status.CANCELLED,
    "Mötet inställt, nästa möte 14 december.": Status.CANCELLED,
    "Observera att sammanträdet den 30 november, kl. 14.00, är inställt.": Status.CANCELLED,
    "På grund av få ärenden ställs sammanträdet in.": Status.CANCELLED,
    "Med anledning av rådande situation ställs sammanträdet in.": Status.CANCELLED,
    "Då inga beslutsärenden finns ställs mötet in.": Status.CANCELLED,
    "På grund av ärendebrist är sammanträdet inställt.": Status.CANCELLED,
    "Inställt på grund av för få ärenden": Status.CANCELLED,
    "Eftersom det saknas ärenden har mötet ställts in.": Status.CANCELLED,
    "Ordföranden har beslutat att ställa in sammanträdet.": Status.CANCELLED,
    "Ordföranden har beslutat att sammanträdet ställs in.": Status.CANCELLED,
    "Sammanträdet är avlyst.": Status.CANCELLED,
    "Sammanträdet avlyses.": Status.CANCELLED,
    "Sammanträdet den 30 november – inställt": Status.CANCELLED,
    "Sammanträdet kommer att ställas in.": Status.CANCELLED,
    "Ordföranden har ställt in sammanträdet.": Status.CANCELLED,
    "Sammanträdet ställs tyvärr in.": Status.CANCELLED,
    "Nämnden ställer in sammanträdet.": Status.CANCELLED,
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
    "§ 12 utgår.",
    "Ärende 7, detaljplan för Lunden – utgår",
    "Allmänhetens frågestund - inställd",
    "Studiebesöket på museet - inställt",
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
    "Det fysiska mötet är inställt, sammanträdet hålls på Teams.",
    "Det fysiska sammanträdet ställs in och ersätts av ett digitalt möte.",
    "Sammanträdet ställs in om inga ärenden inkommer.",
    "Sammanträdet som var inställt genomförs ändå.",
    "Detta sammanträde ersätter det inställda mötet.",
    "Delar av mötet är inställda.",
    "Nästa sammanträde är inställt.",
    "Sammanträdet i januari ställs in.",
    "Preliminär ärendelista",
    "Preliminär dagordning",
    "Preliminärt program:",
    "Beslutet att ställa in mötet är överklagat.",
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
        ("Extra sammanträde den 7 december (ersätter inställt möte 30 november)", None),
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
        ("Sammanträdet är flyttat från 30 november till 7 december.", "7 december"),
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
        ("Ärende 7 flyttas till sammanträdet den 14 december.", None),
        ("Nästa sammanträde är flyttat till den 14 december.", None),
        ("Sammanträdet den 23 november är flyttat till den 7 december.", None),
        ("Ny dag för budgetdialogen: 7 december.", None),
        ("Sista dag för anmälan är flyttad till den 25 november.", None),
        ("Allmänhetens frågestund skjuts upp till 14 december.", None),
        ("Justeringen senareläggs till den 9 december.", None),
        ("Gruppmötet är flyttat till kl. 09.00.", None),
        ("Ny tid för allmänhetens frågestund är kl. 18.00.", None),
        ("Lokalen är ändrad till rum 1.11.", None),
        ("Nytt datum för nästa möte: 14 december.", None),
        ("Ny tid för sammanträdet är kl. 18.00.", "kl. 18.00"),
        ("Sammanträdet den 30 november flyttas till 7 december.", "7 december"),
        ("Flyttat till den 7 december", "den 7 december"),
        ("Tiden är ändrad till kl. 15.00.", "kl. 15.00"),
        ("Ny tid: sammanträdet börjar kl. 15.00", None),
        ("Frågorna flyttas till nästa sammanträde den 14 december.", None),
        ("Sammanträdet är inställt och flyttas till nästa sammanträde den 14 december.", None),
        ("30 november, flyttat till 7 december", "7 december"),
        ("Valen flyttas till den 14 december.", None),
        ("Interpellationerna flyttas till den 14 december 2026.", None),
        ("Mötet flyttas till sammanträdet den 14 december.", None),
    ],
)
def test_a_new_day_or_hour_is_found_in_its_sentence(text: str, expected: str | None) -> None:
    """The page's own address still has the old one."""
    said = new_time([text], DAY)
    assert (said.value if said else None) == expected


@given(st.lists(st.text(), max_size=4))
def test_no_text_is_too_strange(texts: list[str]) -> None:
    """An editor may paste anything; what is no sentence says nothing, and fails nothing."""
    assert list(sentences(texts)) == [part for part in sentences(texts) if part.strip()]
    status(texts, texts, DAY)
    new_time(texts)
