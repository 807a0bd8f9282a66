"""Every word of the pages has its English one, and the city's own words are marked as Swedish."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import extract_from_ast

import feeds
from editions import edition, meeting, revision, whole
from feeds import phrases
from feeds.edition import GROUPS
from feeds.page.language import CODES, spoken
from feeds.topics import TITLE
from paged import some, trees, words
from records.model import AgendaItem

PAGE = Path(feeds.__file__).parent / "page"
ENGLISH = spoken("en").catalogue


def said() -> Iterator[str]:
    """Give what templates and code ask to be said."""
    for path in PAGE.glob("templates/*.html"):
        parsed = Environment(autoescape=True).parse(path.read_text())
        for _, _, message in extract_from_ast(parsed, ("_",)):
            first = message[0] if isinstance(message, tuple) else message
            yield first or ""
    for path in PAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(attr="say"), args=[ast.Constant(value=str(text))]):
                    yield text


def test_every_word_has_its_english() -> None:
    """A new sentence is put into both languages at once."""
    told = set(said())
    assert len(told) > 150
    told |= {*phrases.ACCESS.values(), *phrases.ROLE.values(), *phrases.STATUS_NOTE.values()}
    told |= {word.rstrip(": ").capitalize() for word in phrases.PREFIX.values() if word}
    told |= {title for title, _ in GROUPS} | {*TITLE.values()}
    assert told - ENGLISH.keys() == set()


def test_values_stand_in_both_languages() -> None:
    """A name in braces that one language lacks would leave a value unsaid, or end the run."""
    for swedish, english in ENGLISH.items():
        assert sorted(re.findall(r"{\w+}", swedish)) == sorted(re.findall(r"{\w+}", english))


def test_english_pages_stand_where_the_swedish_do() -> None:
    """The same tail under /en/, and each names the other."""
    paths = {path for path, _ in trees(whole())}
    assert {f"en/{path}" for path in paths if not path.startswith("en/")} < paths
    (page,) = some(whole(), "en/boras/moten/1a2b3c/")
    other = page.xpath("//footer//a[@hreflang='sv']/@href")
    assert other == ["../../../../boras/moten/1a2b3c/"]
    assert page.xpath("//link[@rel='alternate']/@hreflang") == ["sv", "en"]


def test_the_citys_words_are_marked_as_swedish() -> None:
    """A voice that reads English would make nothing of them (WCAG 3.1.2)."""
    made = edition([revision(meeting(agenda=(AgendaItem(title="Lekplats"),), notices=("Obs!",)))])
    (page,) = some(made, "en/boras/moten/1a2b3c/")
    for word in ("Lekplats", "Obs!"):
        (element,) = page.xpath(f"//main//*[normalize-space(text())='{word}']")
        assert element.xpath("ancestor-or-self::*[@lang][1]/@lang") == ["sv"]
    assert "Open to the public" in words(page)


def test_nothing_is_nothing_in_every_language() -> None:
    """A catalogue's own head stands under the empty text, and is no words for it."""
    assert [spoken(code).say("") for code in CODES] == ["", ""]
