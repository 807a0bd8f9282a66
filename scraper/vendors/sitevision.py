"""What SiteVision sites share: node ids, parts of a page, labelled fields, share names, states."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlsplit

from scraper.document import Document
from scraper.lines import HEADINGS, Line

_NODE: Final = re.compile(r"\.(?:\d+\.(?P<node>[0-9a-f]{6,})|(?P<short>n\d{2,}))\.html$")
_SHARE: Final = re.compile(
    r"^dela sidan\s*:?\s*(?:\[(?P<day>[^\]]*)\]\s*)?(?P<name>.*)$", re.IGNORECASE
)
_FOOT: Final = re.compile(
    r"^(?:senast (?:ändrad|uppdaterad)|ändrad av|dela sidan)\b", re.IGNORECASE
)
_CHANGED: Final = re.compile(r"^senast (?:ändrad|uppdaterad)\s*:?\s*(?P<stamp>.*)$", re.IGNORECASE)
_CONTACT: Final = re.compile(
    r"^(?:(?P<phrase>ikon: pratbubblor|om du har frågor|vid frågor|kontakta? ?(?:oss)?:?)"
    r"(?:(?<=frågor)\b.{0,40})?)$",
    re.IGNORECASE,
)
_WIDGETS: Final = {"nyheter": "news", "sammanträdeskalender": "calendar"}
PLAIN: Final = frozenset({"p", "li", "ol", "dd"})
"""The kinds of line that hold plain text."""

_ALONE: Final = PLAIN | {"dt"} | HEADINGS
_DAY: Final = re.compile(r"^\d{1,2}\.?$")
_MONTH: Final = re.compile(
    r"^(?:jan|feb|mars?|apr|maj|juni?|juli?|aug|sept?|okt|nov|dec)[a-zåäö]*\.?(?: \d{4})?$",
    re.IGNORECASE,
)
_DAY_MONTH: Final = re.compile(r"^\d{1,2}\.? [a-zåäö]+\.?$", re.IGNORECASE)
_YEAR: Final = re.compile(r"^20\d\d$")


def node_id(url: str) -> str | None:
    """Give the id in an address such as `/folder/name.5.1f2b506b.html`: folder and name change.

    The type before it may be any number (4 a page, 5 an article, 106 elsewhere); some sites have
    short ids instead (`.n329.html`). None for an address that has none, or that is none.
    """
    try:
        match = _NODE.search(urlsplit(url).path)
    except ValueError:  # half an IPv6 host
        return None
    return (match["node"] or match["short"]) if match else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A page's lines apart: what it is about, its foot, and the widgets that many pages carry.

    Contact boxes and what stands above the main heading (logos, the crisis banner) are in none.
    """

    heading: Line | None
    content: tuple[Line, ...] = ()
    foot: tuple[Line, ...] = ()
    news: tuple[Line, ...] = ()
    calendar: tuple[Line, ...] = ()

    def kept(self, *, widgets: bool) -> tuple[Line, ...]:
        """Give the lines worth keeping; `widgets` too only where the page is read for them."""
        heading = (self.heading,) if self.heading else ()
        return heading + self.content + self.foot + (self.news + self.calendar if widgets else ())


def parts(page: Document, resumes: Callable[[Line], bool] = lambda _: False) -> Parts:
    """Take a page apart by its headings and fixed phrases, in reading order.

    A contact box ends with the content, but where `resumes` knows the line that content goes on
    with: the notice board has its box above the notices.
    """
    main = next((n for n, line in enumerate(page.lines) if line.heading == 1), None)
    found: dict[str, list[Line]] = {name: [] for name in ("content", "foot", "news", "calendar")}
    here = ""
    for n, line in enumerate(page.lines):
        if n == main:
            here = "content"
            continue
        here = "content" if here == "contact" and resumes(line) else part(line, here)
        if here in found and not (here == "foot" and line.text.lower().startswith("ändrad av")):
            found[here].append(line)
    named = {name: tuple(lines) for name, lines in found.items()}
    return Parts(heading=None if main is None else page.lines[main], **named)


def part(line: Line, here: str) -> str:
    """Tell in which part a line stands, given the part of the line before it."""
    text = line.text.lower()
    if line.heading > 1 and text in _WIDGETS:
        return _WIDGETS[text]
    if _FOOT.match(text):
        return "foot"
    if here == "content" and _CONTACT.match(text):
        return "contact"
    if here == "foot":
        return "share"  # icons, whatever follows
    return here


def contact_phrase(text: str) -> str:
    """Give the fixed words that open a contact box, without a name that follows them."""
    match = _CONTACT.match(text)
    return match["phrase"] if match else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A label, the line that holds its value, the words before the label, and where it stands.

    `lines` are the numbers of all lines that it takes up: its own, and its value's where that is
    another.
    """

    label: str
    value: Line
    before: str
    at: int
    lines: frozenset[int]


def labelled(lines: Sequence[Line], labels: Collection[str]) -> Iterator[Labelled]:
    """Find «Plats: Stadshuset» in every form: one line or two, a table row, a definition list.

    A label is known by its words alone; case, and blanks before its colon, do not matter. Two
    labels on one line are two; a value that stands on the next line is taken from there.
    """
    names = "|".join(re.escape(label).replace(r"\ ", r"\s") for label in labels)
    pattern = re.compile(rf"(?<![a-zåäö])({names})\s*:\s*", re.IGNORECASE)
    whole = re.compile(rf"^({names})\s*[:?]?$", re.IGNORECASE)
    for at, line in enumerate(lines):
        match line:
            case Line(kind="row", cells=(name, *values)) if (
                values and whole.match(name.text) and not whole.match(values[0].text)
            ):
                yield field(name.text, values[0], at, at)
            case Line() if line.kind in _ALONE and whole.match(line.text) and not line.times:
                value, value_at = _next(lines, at, pattern)
                yield field(line.text, value, at, value_at)
            case _:
                yield from _in_line(lines, at, pattern)


def field(label: str, value: Line, at: int, value_at: int, before: str = "") -> Labelled:
    """Give a labelled field; its label in small letters, without what ends it."""
    key = " ".join(label.lower().rstrip(":? ").split())
    return Labelled(label=key, value=value, before=before, at=at, lines=frozenset({at, value_at}))


def _in_line(lines: Sequence[Line], at: int, pattern: re.Pattern[str]) -> Iterator[Labelled]:
    line = lines[at]
    matches = list(pattern.finditer(line.text))
    for n, match in enumerate(matches):
        end = matches[n + 1].start() if n + 1 < len(matches) else len(line.text)
        text = line.text[match.end() : end].strip()
        times = tuple(time for time in line.times if len(matches) == 1 or time[1] in text)
        value, value_at = replace(line, text=text, times=times), at
        if not text and not any(stamp for stamp, _ in times):
            value, value_at = _next(lines, at, pattern)
        before = line.text[: matches[0].start()].strip() if n == 0 else ""
        yield field(match[1], value, at, value_at, before)


def _next(lines: Sequence[Line], at: int, pattern: re.Pattern[str]) -> tuple[Line, int]:
    """Give the value on the line after its label, and that line's number.

    Only plain text is one, and no line that has a label of its own; but a definition is its term's
    as far as that label.
    """
    following = lines[at + 1] if at + 1 < len(lines) else Line(kind="h1")
    label = pattern.search(following.text)
    if following.kind in PLAIN and label is None:
        return following, at + 1
    if label and (lines[at].kind, following.kind) == ("dt", "dd"):
        return replace(following, text=following.text[: label.start()].strip()), at
    return Line(kind="p"), at


def badges(lines: Sequence[Line]) -> list[Line]:
    """Give lines with the badges of a calendar put together: «05» above «okt» is one date."""
    found: list[Line] = []
    for line in lines:
        day = found[-1] if found else Line(kind="h1")
        if day.kind in PLAIN and _DAY.match(day.text) and _MONTH.match(line.text):
            found[-1] = replace(day, text=f"{day.text} {line.text}", times=day.times + line.times)
        elif day.kind in PLAIN and _DAY_MONTH.match(day.text) and _YEAR.match(line.text):
            found[-1] = replace(day, text=f"{day.text} {line.text}")
        else:
            found.append(line)
    return found


def share(foot: Sequence[Line]) -> tuple[str | None, str | None]:
    """Give the date in brackets and the page's name from «Dela sidan: [2023-01-25] Name»."""
    for line in foot:
        match = _SHARE.match(line.text)
        if match:
            return match["day"], re.sub(r"\s+,", ",", match["name"]).strip() or None
    return None, None


def modified(foot: Sequence[Line]) -> str | None:
    """Give the stamp of «Senast ändrad: 2020-09-30 12.55», by its machine-readable value if any."""
    for line in foot:
        match = _CHANGED.match(line.text)
        if match:
            return next((stamp for stamp, _ in line.times if stamp), None) or match["stamp"] or None
    return None


def arrays(states: Sequence[Any], key: str) -> Iterator[list[Mapping[str, Any]]]:
    """Give every list of objects that stands under `key`, however deep in the app states."""
    for state in states:
        if isinstance(state, dict):
            value = state.get(key)
            if isinstance(value, list):
                yield [item for item in value if isinstance(item, dict)]
            yield from arrays([v for k, v in state.items() if k != key], key)
        elif isinstance(state, list):
            yield from arrays(state, key)


def objects(states: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    """Give every object in the app states, outermost first."""
    for state in states:
        if isinstance(state, dict):
            yield state
            yield from objects(list(state.values()))
        elif isinstance(state, list):
            yield from objects(state)


def stated_links(states: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Give (address, text) of every object in the app states that has an address."""
    for entry in objects(states):
        url = next((entry[key] for key in ("uri", "url", "href") if entry.get(key)), None)
        text = next((entry[key] for key in ("title", "name", "heading") if entry.get(key)), "")
        if isinstance(url, str):
            yield url, str(text)
