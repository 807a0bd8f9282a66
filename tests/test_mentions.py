"""A title names a committee by its whole name, and nothing that merely looks like it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.cities import load
from scraper.mentions import named

BODIES = load("boras").committees


@pytest.mark.parametrize(
    ("title", "slugs"),
    [
        ("Kommunstyrelsens möte – här hittar du besluten", ["kommunstyrelsen"]),
        ("Kommunfullmäktiges möte - här hittar du besluten", ["kommunfullmaktige"]),
        ("Kommunfullmäktige 20-21 november, budget 20", ["kommunfullmaktige"]),
        ("Beslut i Kommunstyrelsen den 5 maj 2025", ["kommunstyrelsen"]),
        ("KOMMUNSTYRELSEN SAMMANTRÄDER", ["kommunstyrelsen"]),
        ("Så tycker tekniska nämnden", ["tekniska-namnden"]),
        ("Gymnasie-  och vuxen\u00adutbildnings\u00adnämndens plan",
         ["gymnasie-och-vuxenutbildningsnamnden"]),
        ("Borås Stadshus AB:s nya vd", ["boras-stadshus-ab"]),
        ("Kulturnämnden och Valnämnden möts", ["kulturnamnden", "valnamnden"]),
        ("Valnämnden, Kulturnämnden, Valnämnden", ["valnamnden", "kulturnamnden"]),
        ("Revisorskollegiets granskning", ["revisorskollegiet"]),
        ("Kommunstyrelseordföranden svarar", []),
        ("Kommunstyrelsen-beslutet", []),
        ("Länsvalnämnden räknar", []),
        ("Förskole- och grundskolenämnden slås ihop", []),
        ("Borås Stad får pris", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_title_names_committees(title: str, slugs: list[str]) -> None:
    """As the city's titles do, in the genitive too; compounds and halves name another thing."""
    assert list(named(BODIES, title)) == slugs


def test_the_longest_name_is_meant() -> None:
    """A name that stands inside another is not that other's, by alias neither."""
    short, long, other = BODIES[:3]
    bodies = (
        replace(short, name="Nämnden", aliases=()),
        replace(long, name="Tekniska nämnden", aliases=("TN",)),
        replace(other, name="Nämnden för arbete", aliases=()),
    )
    assert named(bodies, "Tekniska nämnden säger ja") == (long.slug,)
    assert named(bodies, "TN:s plan") == (long.slug,)
    assert named(bodies, "Nämnden för arbete, och nämnden") == (other.slug, short.slug)
