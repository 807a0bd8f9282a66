"""A name means one committee however it is written, and every committee has a fit address."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reading import MEETING, ROOT
from records.errors import ConfigError
from records.terms import Classification
from scraper.bodies import RESERVED, committee, known, slugify
from scraper.cities import load
from scraper.shipped import names

BORAS = load("boras")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Kommunfullmäktige", "kommunfullmaktige"),
        ("Gymnasie- och vuxenutbildningsnämnden", "gymnasie-och-vuxenutbildningsnamnden"),
        ("Överförmyndarnämnden", "overformyndarnamnden"),
        ("Kafé André", "kafe-andre"),
        ("Çelik & Ñandú", "celik-nandu"),
        ("Nyheter", "nyheter-2"),
        ("Embed", "embed-2"),
        ("§§", "namnlos"),
        ("", "namnlos"),
        ("委員会", "namnlos"),
        ("n" * 200, "n" * 80),
    ],
)
def test_an_address_of_a_name(name: str, slug: str) -> None:
    """Lower-case ASCII that a person can type, and never a name that a folder already has."""
    assert slugify(name) == slug
    assert slugify(unicodedata.normalize("NFD", name)) == slug


@given(st.text())
@example("ß" * 200)
@example("a" * 79 + " b")
def test_any_name_has_a_fit_address(name: str) -> None:
    """It becomes a file name and a part of an address."""
    slug = slugify(name)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)
    assert len(slug) <= 82
    assert slug not in RESERVED


@pytest.mark.parametrize(
    "name",
    [
        "Kulturnämnden",
        "KULTURNÄMNDEN",
        " kulturnämnden ",
        "Kulturnämndens",
        "Kultur­nämnden",
        unicodedata.normalize("NFD", "Kulturnämnden"),
    ],
)
def test_one_committee_in_every_spelling(name: str) -> None:
    """A decomposed letter or a genitive would else become a committee of its own."""
    found = known(BORAS, name)
    assert found is not None
    assert found.slug == "kulturnamnden"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Vård och äldrenämnden", "vard-och-aldrenamnden"),
        ("Kommunfullmäktiges", "kommunfullmaktige"),
        ("Tekniska  nämnden", "tekniska-namnden"),
        ("Borås Stadshus AB", "boras-stadshus-ab"),
    ],
)
def test_hyphens_blanks_and_genitives_do_not_matter(name: str, slug: str) -> None:
    """The city writes them in more than one way."""
    found = known(BORAS, name)
    assert found is not None
    assert found.slug == slug


def test_a_name_that_is_not_known_becomes_a_new_committee() -> None:
    """A new nämnd is published from its first day; a known folder outweighs an odd name."""
    new = committee(BORAS, " Klimat\u00adnämnden ", None)
    assert new is not None
    assert (new.slug, new.name) == ("klimatnamnden", "Klimatnämnden")
    assert new.classification is Classification.OTHER
    assert known(BORAS, "Klimatnämnden") is None
    by_folder = committee(BORAS, "Styrelsens möte", MEETING)
    assert by_folder is not None
    assert by_folder.slug == "kommunstyrelsen"
    elsewhere = committee(BORAS, "Klimatnämnden", f"{ROOT}/a/b.5.1f2b506b.html")
    assert elsewhere is not None
    assert elsewhere.slug == "klimatnamnden"


def test_no_body_takes_a_topics_name() -> None:
    """A bundle's address is published: a committee that is called so gets one of its own."""
    for bundle in BORAS.jurisdiction.bundles:
        made = committee(BORAS, bundle.slug.replace("-", " ").capitalize(), None)
        assert made
        assert made.slug == f"{bundle.slug}-2"


@pytest.mark.parametrize(
    "name",
    [
        "INSTÄLLT: Kulturnämnden",
        "Inställd – Kulturnämnden",
        "Kulturnämnden (inställt)",
        "Kulturnämnden, flyttat",
        "Extra sammanträde: Kulturnämnden",
        "INSTÄLLT Kulturnämnden",
        "Kulturnämnden - inställt sammanträde",
        "Kulturnämnden ställs in",
        "Kulturnämnden (ny tid)",
        "Kulturnämnden, extra sammanträde",
        "Kulturnämnden, INSTÄLLT!",
        "Kulturnämnden INSTÄLLT",
        "SENARELAGT: Kulturnämnden",
        "Framflyttat: Kulturnämnden",
        "Kulturnämnden – tidigarelagt",
        "Kulturnämnden (uppskjutna)",
        "Kulturnämnden framskjutet",
        "Kulturnämnden, ändrad tid",
        "Kulturnämnden (ny dag)",
        "AVLYST: Kulturnämnden",
    ],
)
def test_a_remark_beside_a_name_makes_no_new_committee(name: str) -> None:
    """The cancelled meeting would leave its calendar, and stand as held in nobody's."""
    found = committee(BORAS, name, None)
    assert found is not None
    assert found.slug == "kulturnamnden"
    new = committee(BORAS, name.replace("Kultur", "Klimat"), None)
    assert new is not None
    assert (new.slug, new.name) == ("klimatnamnden", "Klimatnämnden")


@pytest.mark.parametrize(
    "words",
    [
        "Nästa sammanträde",
        "Sammanträdeskalender",
        "Kommande möten",
        "Läs mer",
        "2026-11-30",
        "Måndag 30 november",
        "Alla sammanträden som är bestämda.",
        "Här kan du se de möten som nämnder och styrelser har bestämt",
        "17",
    ],
)
def test_what_stands_above_a_list_is_no_committee(words: str) -> None:
    """Its meetings are counted as nobody's, not published as those of «Läs mer»."""
    assert committee(BORAS, words, None) is None


def test_neither_name_nor_known_folder_is_nobody() -> None:
    """Then nobody's calendar takes the meeting."""
    assert committee(BORAS, None, None) is None
    assert committee(BORAS, "", f"{ROOT}/a/b.5.1f2b506b.html") is None
    named = committee(BORAS, None, MEETING)
    assert named is not None
    assert named.slug == "kommunstyrelsen"


def test_the_citys_own_list_fits_its_addresses() -> None:
    """Slugs are those that the names give, each once."""
    slugs = [body.slug for body in BORAS.committees]
    assert slugs == [slugify(body.name) for body in BORAS.committees]
    assert len(set(slugs)) == len(slugs)


def test_a_city_that_is_not_shipped_is_told_with_those_that_are() -> None:
    """The message is what an operator reads who mistyped."""
    assert "boras" in names()
    with pytest.raises(ConfigError, match="boras"):
        load("borås")


def test_a_part_of_a_body_is_not_the_body() -> None:
    """Its arbetsutskott meets behind closed doors, and its pages lie in the body's folder."""
    for url in (None, MEETING):
        found = committee(BORAS, "Kommunstyrelsens arbetsutskott", url)
        assert found is not None
        assert found.slug == "kommunstyrelsens-arbetsutskott"
