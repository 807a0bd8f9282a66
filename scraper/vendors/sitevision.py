"""What SiteVision sites share: node ids, parts of a page, labelled fields, files, share names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from scraper.document import Document
from scraper.lines import Line
from scraper.raw import RawFile

_NODE: Final = re.compile(r"\.\d+\.(?P<node>[0-9a-f]{6,})\.html$")
_DOWNLOAD: Final = re.compile(r"/download/18\.[0-9a-f]{6,}/\d+/")
_SHARE: Final = re.compile(
    r"^dela sidan\s*:?\s*(?:\[(?P<day>[^\]]*)\]\s*)?(?P<name>.*)$", re.IGNORECASE
)
_FOOT: Final = re.compile(r"^(?:senast ändrad|ändrad av|dela sidan)\b", re.IGNORECASE)
_CONTACT: Final = re.compile(
    r"^(?:(?P<phrase>ikon: pratbubblor|om du har frågor|vid frågor|kontakta? ?(?:oss)?:?)"
    r"(?:(?<=frågor)\b.{0,40})?)$",
    re.IGNORECASE,
)
_WIDGETS: Final = {"nyheter": "news", "sammanträdeskalender": "calendar"}
_TABLE_HEAD: Final = frozenset({"filnamn", "filstorlek", "datum fil laddades upp"})
_SIZE: Final = re.compile(r"^\d+(?:[.,]\d+)?\s*(?:bytes|[kMG]?B)$", re.IGNORECASE)
_STAMP: Final = re.compile(r"^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}[.:]\d{2})?")


def node_id(url: str) -> str | None:
    """Give the id in an address such as `/folder/name.5.1f2b506b.html`: folder and name change."""
    match = _NODE.search(urlsplit(url).path)
    return match["node"] if match else None


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


def parts(page: Document) -> Parts:
    """Take a page apart by its headings and fixed phrases, in reading order."""
    main = next((n for n, line in enumerate(page.lines) if line.heading == 1), None)
    found: dict[str, list[Line]] = {name: [] for name in ("content", "foot", "news", "calendar")}
    here = ""
    for n, line in enumerate(page.lines):
        if n == main:
            here = "content"
            continue
        here = part(line, here)
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
    """A label, the line that holds its value, the words before the label, and where it stands."""

    label: str
    value: Line
    before: str
    at: int


def labelled(lines: Sequence[Line], labels: Collection[str]) -> Iterator[Labelled]:
    """Find «Plats: Stadshuset» in every form: one line or two, a table row, a definition list.

    A label is known by its words alone; case, and blanks before its colon, do not matter. Two
    labels on one line are two; a value that stands on the next line is taken from there.
    """
    names = "|".join(re.escape(label).replace(r"\ ", r"\s") for label in labels)
    pattern = re.compile(rf"(?<![a-zåäö])({names})\s*:\s*", re.IGNORECASE)
    whole = re.compile(rf"^({names})\s*:?$", re.IGNORECASE)
    for at, line in enumerate(lines):
        match line:
            case Line(kind="row", cells=(name, *values)) if values and whole.match(name.text):
                yield Labelled(label=_key(name.text), value=values[0], before="", at=at)
            case Line(kind="dt") if whole.match(line.text):
                yield Labelled(label=_key(line.text), value=_next(lines, at), before="", at=at)
            case _:
                yield from _in_line(lines, at, pattern)


def _key(label: str) -> str:
    return " ".join(label.lower().rstrip(": ").split())


def _in_line(lines: Sequence[Line], at: int, pattern: re.Pattern[str]) -> Iterator[Labelled]:
    line = lines[at]
    matches = list(pattern.finditer(line.text))
    for n, match in enumerate(matches):
        end = matches[n + 1].start() if n + 1 < len(matches) else len(line.text)
        text = line.text[match.end() : end].strip()
        times = tuple(time for time in line.times if len(matches) == 1 or time[1] in text)
        value = replace(line, text=text, times=times)
        if not text and not any(stamp for stamp, _ in times):
            following = _next(lines, at)
            value = value if pattern.search(following.text) else following
        before = line.text[: matches[0].start()].strip() if n == 0 else ""
        yield Labelled(label=_key(match[1]), value=value, before=before, at=at)


def _next(lines: Sequence[Line], at: int) -> Line:
    """Give the value that stands on the line after its label; only plain text is one."""
    following = lines[at + 1] if at + 1 < len(lines) else Line(kind="p")
    return following if following.kind in {"p", "li", "ol", "dd"} else Line(kind="p")


def share(foot: Sequence[Line]) -> tuple[str | None, str | None]:
    """Give the date in brackets and the page's name from «Dela sidan: [2023-01-25] Name»."""
    for line in foot:
        match = _SHARE.match(line.text)
        if match:
            return match["day"], re.sub(r"\s+,", ",", match["name"]).strip() or None
    return None, None


def is_download(url: str) -> bool:
    """Tell whether an address is that of a file in SiteVision's store."""
    return bool(_DOWNLOAD.search(url))


def files(page: Document, lines: Sequence[Line]) -> tuple[RawFile, ...] | None:
    """Give the files that a page lists: in tables, as links, in script state; None for no list.

    An empty list is a claim that there are none; no list at all claims nothing.
    """
    found: list[RawFile] = []
    listed, section = False, None
    for line in lines:
        if line.heading:
            section = line.text or None
        elif line.kind == "row" and _TABLE_HEAD & {cell.text.lower() for cell in line.cells}:
            listed = True
        else:
            stated = list(arrays([page.stated(line)], "files"))
            listed = listed or bool(stated)
            found.extend(raw for entries in stated for raw in _stated(entries, section))
            found.extend(_linked(line, section))
    return tuple(found) if found or listed else None


def _linked(line: Line, section: str | None) -> Iterator[RawFile]:
    texts = [cell.text for cell in line.cells]
    size = next((text for text in texts if _SIZE.match(text)), None)
    stamp = next((text for text in texts if _STAMP.match(text)), None)
    for source in line.cells or (line,):
        for url, name in source.links:
            if is_download(url):
                yield RawFile(name=name, url=url, section=section, size=size, modified=stamp)


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


def _stated(entries: Sequence[Mapping[str, Any]], section: str | None) -> Iterator[RawFile]:
    for entry in entries:
        url = str(entry.get("url") or entry.get("uri") or "")
        name = str(entry.get("name") or unquote(url.rpartition("/")[2]))
        if name:
            yield RawFile(
                name=name,
                url=url or None,
                section=section,
                size=_text(entry.get("fileSize") or entry.get("size")),
                modified=_text(entry.get("lastModifiedDateTime") or entry.get("lastModified")),
            )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


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
