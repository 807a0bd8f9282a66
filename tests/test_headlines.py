"""A list of news gives each its own title, day and introduction, and never a neighbour's."""

from __future__ import annotations

import json

import pytest

from reading import ROOT, read
from scraper.cities import load
from scraper.raw import RawNews
from scraper.vendors.headlines import headlines

BORAS = load("boras")
ONE, TWO, THREE = (f"/nyheter/nyheter/nytt.5.{n}f2b506b.html" for n in (1, 2, 3))
Row = tuple[str, str | None, tuple[str, ...], str | None]


def listed(body: str) -> list[RawNews]:
    """Read a list."""

    def wanted(href: str) -> str | None:
        link = BORAS.link(ROOT + href)
        return link.url if link and link.kind == "news" else None

    return list(headlines(read(body, f"{ROOT}/nyheter"), wanted))


def rows(body: str) -> list[Row]:
    """Give what matters of each row."""
    return [(raw.title, raw.published, raw.stamps, raw.summary) for raw in listed(body)]


A1, A2 = f"<h3><a href='{ONE}'>Ett</a></h3>", f"<h3><a href='{TWO}'>Två</a></h3>"
D1 = "<p>Publicerad <time datetime='2026-11-20T09:00:00+01:00'>20 november 2026</time></p>"
D2 = "<p><time datetime='2026-11-19'>19 november 2026 09:00</time></p>"
S1, S2 = "<p>Först.</p>", "<p>Sedan ...</p>"
E1 = ("Ett", "20 november 2026", ("2026-11-20T09:00:00+01:00",), "Först.")
E2 = ("Två", "19 november 2026 09:00", ("2026-11-19",), "Sedan ...")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (D1 + A1 + S1 + D2 + A2 + S2, [E1, E2]),
        (A1 + D1 + S1 + A2 + D2 + S2, [E1, E2]),
        (A1 + S1 + D1 + A2 + S2 + D2, [E1, E2]),
        (f"<ul><li>{D1}{A1}{S1}</li><li>{D2}{A2}{S2}</li></ul>", [E1, E2]),
        ((f"<table><tr><td>{D1}<td><a href='{ONE}'>Ett</a><td>{S1}<tr><td>{D2}<td>"
         f"<a href='{TWO}'>Två</a><td>{S2}</table>"), [E1, E2]),
        # whose day is it?
        (A1 + S1 + D2 + A2 + S2, [(*E1[:1], None, (), "Först."), (*E2[:1], None, (), "Sedan ...")]),
        (D1 + A1 + A2 + D2, [("Ett", None, (), None), ("Två", None, (), None)]),
        (A1 + S1 + A2 + S2, [("Ett", None, (), "Först."), ("Två", None, (), "Sedan ...")]),
        # the second has none
        (D1 + A1 + S1 + A2 + S2, [E1, ("Två", None, (), "Sedan ...")]),
        (A1 + S1 + A2 + D2 + S2, [("Ett", None, (), "Först."), E2]),
    ],
)  # fmt: skip
def test_a_day_belongs_to_its_title(body: str, expected: list[Row]) -> None:
    """Above it or below it, as the ends of the list tell; where they do not, it is nobody's."""
    assert rows(f"<h1>Nyheter</h1>{body}") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # a card that is a link as a whole, an image first
        (f"<a href='{ONE}'><img alt='Hus' src='/h'><h3>Ett</h3><p>Först.</p></a>{A2}",
         [("Ett", "Först."), ("Två", None)]),
        # only «Läs mer» is a link
        (f"<h3>Ett</h3><p>Först.</p><p><a href='{ONE}'>Läs mer om detta</a></p>{A2}{S2}",
         [("Ett", "Först."), ("Två", "Sedan ...")]),
        (f"<p>Text</p><p><a href='{ONE}'>Läs mer</a></p>{A2}", [("Två", None)]),
        (f"{A1}{S1}<p><a href='{ONE}'>Läs mer</a></p>", [("Ett", "Först.")]),
        (f"{A1}<p><a href='/annat'>Se även</a></p>{S1}", [("Ett", "Först.")]),
        (f"{A1}<h2>Äldre</h2><p>Ur arkivet.</p>{A2}", [("Ett", None), ("Två", None)]),
        (f"{A1}<p>Sida 1 av 6</p>", [("Ett", None)]),
        (f"<p><a href='{ONE}'>Ett</a>, <a href='{TWO}'>Två</a></p>",
         [("Ett", None), ("Två", None)]),
        (f"{A1}{S1}{A1}{S2}", [("Ett", "Först.")]),
        ("<p>Inget</p>", []),
    ],
)  # fmt: skip
def test_titles_and_introductions(body: str, expected: list[tuple[str, str | None]]) -> None:
    """In the forms that lists of news have."""
    assert [(raw.title, raw.summary) for raw in listed(body)] == expected


def test_a_day_inside_the_title() -> None:
    """The link may hold all of it."""
    body = f"<p><a href='{ONE}'>Ett <time datetime='2026-11-20'>20 nov 2026 kl. 9</time></a></p>"
    ((_, published, stamps, _),) = rows(body)
    assert (published, stamps) == ("20 nov 2026 kl. 9", ("2026-11-20",))


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Publicerad: 2026-11-20", "2026-11-20"),
        ("Publicerad 2026-11-20 kl. 14.05", "2026-11-20 kl. 14.05"),
        ("fredag den 20 november 2026 kl. 09.00", "fredag den 20 november 2026 kl. 09.00"),
        ("20 nov", "20 nov"),
        ("Publicerad</p><p>20 november 2026", "20 november 2026"),
        ("Publicerad", None),
        ("Publicerad: snart", "snart"),
        ("Publicerade handlingar 20 november", None),
        ("Vi ses den 20 november", None),
    ],
)
def test_a_line_that_is_a_day(line: str, published: str | None) -> None:
    """A sentence with a day in it says something else."""
    ((_, found, _, _),) = rows(f"<p>{line}</p>{A1}")
    assert found == published


def test_a_list_that_a_script_draws() -> None:
    """Every object that leads to news, once; a day in ISO is for machines."""
    state = {
        "articles": [
            {"title": "Ett", "uri": ONE, "date": "20 november 2026 09:00", "preamble": "Först."},
            {"title": "Två", "uri": TWO, "published": "2026-11-19T09:00:00+01:00", "x": 1},
            {"title": "Tre", "uri": THREE, "date": 1_700_000_000, "preamble": " "},
            {"title": "Möte", "uri": "/annat"},
            {"uri": ONE},
            {"title": "Ett igen", "uri": ONE},
        ]
    }
    body = f"<script>AppRegistry.registerInitialState('12.a', {json.dumps(state)});</script>"
    assert rows(f"<p>x</p>{body}") == [
        ("Ett", "20 november 2026 09:00", (), "Först."),
        ("Två", None, ("2026-11-19T09:00:00+01:00",), None),
        ("Tre", None, (), None),
    ]
