"""News as lists have them: a title that leads to an article, a day, a cut introduction; or state.

A day stands above its title on some sites and below it on others. Which it is, is told by the ends
of the list: a day above the first title, or one below the last. Where neither or both are so, a
day may be either neighbour's, and is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from scraper.document import Document
from scraper.lines import Line
from scraper.raw import RawNews
from scraper.swedish import MONTHS, WEEKDAYS, has_date
from scraper.vendors.sitevision import node_id, objects

Wanted = Callable[[str], str | None]
"""Gives the whole address of what is news, None for every other."""

_LABEL: Final = re.compile(
    r"^(?P<article>artikeln\s)?publicera(?:d|t|des|ts)(?![a-zåäö])\s*(?P<colon>:)?\s*",
    re.IGNORECASE,
)
_MORE: Final = re.compile(
    r"^(?:läs (?:mer|hela|vidare|artikeln|nyheten)\b.*|(?:till|visa) (?:artikeln|nyheten)|mer"
    r"|visa(?: mer)?|sida \d.*)$",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_AROUND: Final = frozenset({"den", "kl", "klockan", "och"})
_STEMS: Final = {name[:3] for name in MONTHS} | {name[:3] for name in WEEKDAYS}
_NAMES: Final = frozenset(MONTHS) | set(WEEKDAYS) | {f"{day}en" for day in WEEKDAYS} | _STEMS
_ISO: Final = re.compile(r"^\d{4}-\d\d-\d\d")
_DATE_KEYS: Final = ("date", "published", "publishDate", "publicationDate", "publicerad", "datum")
_INTRO_KEYS: Final = ("preamble", "intro", "ingress", "summary", "description")
_TITLE_KEYS: Final = ("title", "name", "heading")
_URL_KEYS: Final = ("uri", "url", "href", "link")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """When something was published: the words, and the machine-readable values among them."""

    text: str | None
    stamps: tuple[str, ...]


def is_day(line: Line) -> bool:
    """Tell a line that says a day, perhaps an hour, and nothing else."""
    words = {word.lower() for word in _WORD.findall(line.text)}
    alone = not line.heading and not line.links and words <= _NAMES | _AROUND
    return alone and (has_date(line.text) or any(stamp for stamp, _ in line.times))


def stamp(line: Line, following: Line | None = None) -> Stamp | None:
    """Read «Publicerad 8 november 2023», «Artikeln publicerades:» and a day that stands alone.

    `following` is where a value may stand that is not beside its label. None for any other line;
    what stands after a colon is the value, whatever it is.
    """
    if is_day(line):
        return _stamp(line, line.text)
    match = None if line.heading else _LABEL.match(line.text)
    if not match:
        return None
    value = line.text[match.end() :]
    if not value and not any(stamp for stamp, _ in line.times):
        return _stamp(following, following.text) if following and is_day(following) else _EMPTY
    told = is_day(Line(kind="p", text=value, times=line.times))
    return _stamp(line, value) if told or match["colon"] else None


_EMPTY: Final = Stamp(text=None, stamps=())


def _stamp(line: Line, text: str) -> Stamp:
    return Stamp(text=text or None, stamps=tuple(value for value, _ in line.times if value))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Title:
    """One title: it stands at `top`, and the link to its article at `at`."""

    url: str
    text: str
    top: int
    at: int


def headlines(page: Document, wanted: Wanted) -> Iterator[RawNews]:
    """Give the news of a page that was cut to its list; an address is told once."""
    known = set[str]()
    flat = [part for line in page.lines for part in line.cells or (line,)]
    for raw in (*_in_lines(flat, wanted), *_in_states(page.states, wanted)):
        if raw.url not in known:
            known.add(raw.url)
            yield raw


def _in_lines(lines: Sequence[Line], wanted: Wanted) -> Iterator[RawNews]:
    titles = list(_titles(lines, wanted))
    days = {n: told for n in range(len(lines)) if (told := stamp(*lines[n : n + 2]))}
    above = _days_above(titles, days)
    for n, title in enumerate(titles):
        floor = titles[n - 1].at + 1 if n else 0
        roof = titles[n + 1].top if n + 1 < len(titles) else len(lines)
        before = [days[at] for at in range(floor, title.top) if at in days]
        after = [days[at] for at in range(title.top + 1, roof) if at in days]
        near = before[-1:] if above else after[:1] if above is False else []
        told = _in_title(lines[title.at]) or next(iter(near), _EMPTY)
        below = [lines[at] for at in range(title.top + 1, roof) if at not in days]
        yield RawNews(
            where="list",
            url=title.url,
            node=node_id(title.url),
            title=title.text,
            published=told.text,
            stamps=told.stamps,
            summary=_summary(below, title.url, wanted),
        )


def _in_title(line: Line) -> Stamp | None:
    return _stamp(line, " ".join(text for _, text in line.times)) if line.times else None


def _titles(lines: Sequence[Line], wanted: Wanted) -> Iterator[_Title]:
    """Give each link to an article with its title, or the heading above a «Läs mer»."""
    known, head = set[str](), -1
    for n, line in enumerate(lines):
        head = n if line.heading else head
        for href, words in line.links if line.kind != "img" else ():
            url = wanted(href)
            if url is None or url in known:
                continue
            text = words or line.text
            if text and not _MORE.match(text):
                known.add(url)
                yield _Title(url=url, text=text, top=n, at=n)
            elif head >= 0:
                known.add(url)
                yield _Title(url=url, text=lines[head].text, top=head, at=n)
            head = -1


def _days_above(titles: Sequence[_Title], days: Mapping[int, Stamp]) -> bool | None:
    """Tell whether each day stands above its title (True) or below (False); None for unclear."""
    if not titles or not days:
        return None
    above, below = min(days) < titles[0].top, max(days) > titles[-1].at
    return above if above != below else None


def _summary(below: Sequence[Line], url: str, wanted: Wanted) -> str | None:
    """Give the first plain words below a title; in a card all of it leads to the article."""
    for line in below:
        if line.heading:
            return None
        mine = all(wanted(href) == url for href, _ in line.links)
        if line.kind not in {"img", "app"} and mine and line.text and not _MORE.match(line.text):
            return line.text
    return None


def _in_states(states: Sequence[Any], wanted: Wanted) -> Iterator[RawNews]:
    for entry in objects(states):
        href, title = _first(entry, _URL_KEYS), _first(entry, _TITLE_KEYS)
        url = wanted(href) if href else None
        if url and title:
            when = _first(entry, _DATE_KEYS)
            machine = bool(when and _ISO.match(when))
            yield RawNews(
                where="list",
                url=url,
                node=node_id(url),
                title=title,
                published=None if machine else when,
                stamps=(when,) if when and machine else (),
                summary=_first(entry, _INTRO_KEYS),
            )


def _first(entry: Mapping[str, Any], keys: Sequence[str]) -> str | None:
    return next((v for key in keys if isinstance(v := entry.get(key), str) and v.strip()), None)
