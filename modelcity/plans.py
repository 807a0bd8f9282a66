"""Which files a body's meeting pages get, under which headings, and when: one plan per style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from modelcity.blocks import Hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One file to come, so many days after the meeting (before it, if negative).

    `name` holds {name} {iso} {short} {words} {year} {party}; None is a heading with nothing under
    it. `one_in`: only some meetings have it. `role` is None where the name alone does not tell it.
    """

    heading: str
    name: str | None
    after: int
    one_in: int = 1
    size: tuple[int, int] = (600, 9000)  # tenths of a kB, least and most
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one office writes its pages."""

    plans: tuple[Plan, ...]
    agenda_headings: tuple[str | None, ...]
    decisions: str | None = None
    decisions_first: bool = False
    hint: Hint = "spaced"
    links: bool = False


_LARGE: Final = (9900, 160000)
_PAPERS: Final = "Handlingar och ärendelista"
_MINUTES: Final = "Beslut och protokoll"
_OPENING: Final = "{name} {iso} protokoll.pdf"

_COUNCIL: Final = (
    Plan(heading="Protokoll", name=_OPENING, after=8, role="minutes"),
    Plan(
        heading="Protokoll",
        name="Bilagor till {name} protokoll {iso}.pdf",
        after=8,
        one_in=2,
        role="appendix",
    ),
    Plan(
        heading="Protokoll", name="Voteringar {name} {iso}.pdf", after=8, one_in=3, role="appendix"
    ),
    Plan(
        heading="Debatt- och beslutsordning",
        name="Förslag till debattordning vid {name}s sammanträde den {words}.pdf",
        after=-1,
        one_in=3,
        role="other",
    ),
    Plan(
        heading="Stadsrevisionen",
        name="Rapport granskning {year}_slutlig.pdf",
        after=-4,
        one_in=3,
        role="report",
    ),
    Plan(heading=_PAPERS, name="{name} {iso} handlingar.pdf", after=-9, size=_LARGE, role="papers"),
    Plan(
        heading="Avsägelser", name="Avsägelser {words}.pdf", after=-1, one_in=2, role="resignation"
    ),
    Plan(heading="Kortrapport", name="Kortrapport {words}.pdf", after=-3, one_in=4, role="report"),
    Plan(heading="Motioner", name=None, after=-3, one_in=4),
    Plan(
        heading="Motioner", name="Motion gröna tak {party}.docx", after=-3, one_in=3, role="motion"
    ),
    Plan(
        heading="Frågor",
        name="Enkel fråga om lekplatser {party}.pdf",
        after=-2,
        one_in=2,
        role="question",
    ),
    Plan(
        heading="Frågor",
        name="Interpellation om buller {party}.pdf",
        after=-2,
        one_in=3,
        role="question",
    ),
    Plan(
        heading="Missiv", name="Missiv från Stadsrevisionen.pdf", after=-4, one_in=3, role="report"
    ),
    Plan(
        heading="Protokoll",
        name="{name} {iso} § 28 protokoll, omedelbar justering.pdf",
        after=1,
        one_in=4,
        role="immediate-minutes",
    ),
)
_BOARD: Final = (
    Plan(heading="Protokoll", name=_OPENING, after=9, role="minutes"),
    Plan(
        heading="Protokoll",
        name="{name} {iso} § 112 protokoll, omedelbar justering.pdf",
        after=1,
        one_in=4,
        role="immediate-minutes",
    ),
    Plan(heading=f"{_PAPERS} ", name="{name} {iso} ärendelista.pdf", after=-6, role="agenda"),
    Plan(heading=f"{_PAPERS} ", name="{name} {iso} anmälningsärenden.pdf", after=-5, one_in=2),
    Plan(heading=f"{_PAPERS} ", name="{name} {iso} delegationsbeslut.pdf", after=-5, one_in=2),
    Plan(
        heading=f"{_PAPERS} ",
        name="{name} {iso} handlingar Del 1.pdf",
        after=-6,
        size=_LARGE,
        role="papers",
    ),
    Plan(
        heading=f"{_PAPERS} ",
        name="{name} {iso} handlingar Del 2.pdf",
        after=-6,
        one_in=2,
        role="papers",
    ),
    Plan(
        heading="Alternativa förslag",
        name="KS{short} Tilläggsyrkande SP8.docx",
        after=1,
        one_in=3,
        role="proposal",
    ),
    Plan(
        heading="Alternativa förslag",
        name="{iso} Alt förslag {party} E5.docx",
        after=1,
        one_in=3,
        role="proposal",
    ),
    Plan(
        heading="Alternativa förslag",
        name="{iso} E10 Återremiss {party}.docx",
        after=1,
        one_in=3,
        role="proposal",
    ),
)
_CULTURE: Final = (
    Plan(
        heading=_MINUTES,
        name="{name} {iso} protokoll § 77 omedelbar justering",
        after=1,
        one_in=4,
        role="immediate-minutes",
    ),
    Plan(heading=_MINUTES, name="{name} {iso} protokoll", after=7, role="minutes"),
    Plan(
        heading=_MINUTES,
        name="{name} {iso}, bilaga 1 till protokoll",
        after=7,
        one_in=3,
        role="appendix",
    ),
    Plan(
        heading="Handlingar och Ärendelista",
        name="{name} {iso} ärendelista",
        after=-7,
        role="agenda",
    ),
    Plan(
        heading="Handlingar och Ärendelista",
        name="{name} {iso} handlingar",
        after=-7,
        size=_LARGE,
        role="papers",
    ),
)
_PRESCHOOL: Final = (
    Plan(heading=_MINUTES, name=_OPENING, after=5, role="minutes"),
    Plan(
        heading="Bilagor",
        name="Bilaga 1 - Ärende 5 - Alternativt förslag till beslut från {party}.pdf",
        after=5,
        one_in=3,
    ),
    Plan(heading=_PAPERS, name="{name} {iso} handlingar.pdf", after=-7, size=_LARGE, role="papers"),
)
_SCHOOL: Final = (
    Plan(heading=_MINUTES, name="{name} {iso} protokoll webb.pdf", after=10, role="minutes"),
    Plan(
        heading="Kallelse och handlingar",
        name="{name} {iso} kallelse och handlingar v5.pdf",
        after=-6,
        size=_LARGE,
    ),
    Plan(
        heading="Kallelse och handlingar",
        name="Alternativt förslag från {party} skolskjuts.pdf",
        after=1,
        one_in=3,
        role="proposal",
    ),
)
_EDUCATION: Final = (
    Plan(heading=_MINUTES, name="{name} {short} Protokoll.pdf", after=4, role="minutes"),
    Plan(
        heading=_MINUTES,
        name="Bilagor till {name} protokoll {short}.pdf",
        after=4,
        one_in=3,
        role="appendix",
    ),
    Plan(
        heading=_PAPERS, name="{name} {short} Handlingar.pdf", after=-8, size=_LARGE, role="papers"
    ),
)
_PREMISES: Final = (
    Plan(heading=_PAPERS, name="Kallelse samt handlingar {name} {iso}.pdf", after=-7, size=_LARGE),
    Plan(heading=_MINUTES, name=_OPENING, after=6, role="minutes"),
)

STYLES: Final = {
    "council": Style(
        plans=_COUNCIL,
        agenda_headings=(None,),
        decisions="Sammanfattning av beslut",
        decisions_first=True,
        hint="window",
    ),
    "board": Style(
        plans=_BOARD,
        agenda_headings=("Ärendelista",),
        decisions="Sammanfattning av beslut",
        decisions_first=True,
    ),
    "culture": Style(
        plans=_CULTURE,
        agenda_headings=(None, "Ärendelista"),
        hint="bare",
        links=True,
    ),
    "preschool": Style(
        plans=_PRESCHOOL, agenda_headings=("Beslutsärenden:", "Beslutsärenden"), hint="glued"
    ),
    "school": Style(plans=_SCHOOL, agenda_headings=("Ärenden",), hint="glued"),
    "education": Style(
        plans=_EDUCATION,
        agenda_headings=("Ärendelista:", "Ärendelista"),
        decisions="Beslut i korthet",
    ),
    "premises": Style(plans=_PREMISES, agenda_headings=("Föredragningslista",), hint="none"),
}
