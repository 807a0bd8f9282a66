"""A meeting's own page: heading, time and place, notices, files, agenda, decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from records.errors import PageChanged
from scraper import agenda, statuses, wording
from scraper.cities import City, Parsed
from scraper.document import Document
from scraper.lines import Line
from scraper.raw import RawMeeting
from scraper.vendors import files, labels, sitevision
from scraper.vendors.labels import Labelled

AGENDA: Final = frozenset(
    {"ärendelista", "föredragningslista", "ärenden", "beslutsärenden", "dagordning"}
)
DECISIONS: Final = frozenset({"sammanfattning av beslut", "beslut i korthet"})
_LATER: Final = re.compile(
    r"\b(?:protokoll|kallelse|handlingar|ärendelista)\w* (?:kommer att )?(?:publiceras|läggs ut)"
    r"(?: här)?(?: (?:efter|när|en|två|tre|cirka|senast)\b| på denna sida)"
    r"|\bdet finns inga (?:handlingar|dokument|filer)\b"
    r"|\binga (?:handlingar|dokument|filer) (?:finns|ännu)\b",
    re.IGNORECASE,
)
_SPOKEN: Final = frozenset({"p", "li", "ol"})
_FIRST: Final = re.compile(r"^(?:§\s*)?1[.)]\s*\D")
_DECIDED: Final = re.compile(r"^beslut\s*:\s*", re.IGNORECASE)


def parse_meeting(_: City, page: Document) -> Parsed:
    """One meeting's own page."""
    parts = sitevision.parts(page)
    content: Sequence[Line] = parts.content
    name = sitevision.share(parts.foot)[1]
    heading = parts.heading.text if parts.heading else None
    if not any("sammanträde" in (text or "").lower() for text in (heading, name)):
        raise PageChanged(page.url, "a heading with the word «sammanträde»")
    content = sitevision.badges(content)
    roof = next((n for n, line in enumerate(content) if line.heading > 1), len(content))
    fields = labels.fields(content, alone=roof)
    time = next((f.value for f in fields if f.label == labels.TIME), None)
    place = next((f.value for f in fields if f.label == labels.PLACE), None)
    remarks = [f for f in fields if f.label == labels.REMARK]
    intro, notes, rest = _split(content, [f for f in fields if f not in remarks])
    decided, others = _apart(rest)
    items, loose = _agenda(others)
    kept = page.only(parts.kept(widgets=False))
    drawn = files.draws_files(page, rest)
    listed = files.files(page, rest)
    raw = RawMeeting(
        where="page",
        committee=re.split(r"\s*,", heading or name or "")[0] or None,
        url=page.url,
        node=sitevision.node_id(page.url),
        heading=heading,
        share_name=name,
        time=time.text if time else None,
        stamps=tuple(stamp for stamp, _ in time.times if stamp) if time else (),
        place=(place.text or None) if place else None,
        place_url=_linked(page, place),
        remark=" | ".join(_apart_from_prose(remarks, roof)) or None,
        modified=sitevision.modified(parts.foot),
        intro=tuple(line.text for line in intro),
        notes=(*(line.text for line in notes), *loose),
        files=() if listed is None and not drawn and _says_later(rest) else listed,
        drawn=drawn,
        agenda=tuple(items),
        decisions=tuple(_decisions(decided)),
    )
    return (raw,), kept


def _apart_from_prose(remarks: Sequence[Labelled], roof: int) -> Iterator[str]:
    """Give the remarks that stand in terms and tables above the sections; others are notes."""
    for remark in remarks:
        if remark.at < roof and remark.value.kind not in _SPOKEN:
            yield remark.value.text


def _says_later(lines: Sequence[Line]) -> bool:
    """Tell whether the page says that its files are still to come: then there are none."""
    return any(_LATER.search(line.text) for line in lines if _is_prose(line))


def _linked(page: Document, place: Line | None) -> str | None:
    """Give where a place's own words lead, such as to a meeting on the web."""
    href = next((href for href, _ in place.links), None) if place else None
    return page.absolute(href) if href else None


def _split(
    content: Sequence[Line], fields: Sequence[Labelled]
) -> tuple[Sequence[Line], Sequence[Line], Sequence[Line]]:
    """Give the lines before time and place, those after them, and the sections that follow."""
    taken = {at for field in fields for at in field.lines}
    own = sorted(taken)
    starts = [
        n for n, line in enumerate(content) if n not in taken and (_section(line) or _is_item(line))
    ]
    first = min([n for n in starts if not own or n > own[0]], default=len(content))
    inside = [at for at in own if at < first]
    after = inside[-1] + 1 if inside else 0
    intro = content[: inside[0]] if inside else content[:first]
    between = [content[n] for n in range(inside[0], after) if n not in taken] if inside else []
    notes = content[after:first] if inside else ()
    return _prose(intro), _prose([*between, *notes]), content[first:]


def _section(line: Line) -> bool:
    return (bool(line.heading) and not _declares(line)) or _begins_files(line)


def _declares(line: Line) -> bool:
    """Tell a heading that says whether the meeting takes place, and heads nothing."""
    return bool(line.heading) and statuses.status([], [line.text]) is not None


def _is_item(line: Line) -> bool:
    """Tell an agenda that begins below no heading, by its first number."""
    return _is_prose(line) and bool(_FIRST.match(line.text))


def _prose(lines: Sequence[Line]) -> list[Line]:
    """Give what is said in lines; some offices set «Sammanträdet är inställt» as a heading."""
    return [line for line in lines if line.text and (line.kind in _SPOKEN or line.heading)]


def _is_file(line: Line) -> bool:
    inside = (link for part in (line, *line.cells) for link in part.links)
    return any(files.is_download(url) for url, _ in inside)


def _begins_files(line: Line) -> bool:
    header = line.kind == "row" and any(cell.text.lower() == "filnamn" for cell in line.cells)
    return header or line.kind == "caption" or _is_file(line)


def _heading(line: Line) -> str:
    return line.text.lower().rstrip(": ")


def _apart(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Give the section that sums up the decisions, and all other lines.

    It ends at a heading above those of its decisions, or at the agenda's.
    """
    level: int | None = None  # of the decisions' headings; 0 before the first, None outside
    inside, outside = list[Line](), list[Line]()
    for line in lines:
        if line.heading and _heading(line) in DECISIONS:
            level = 0
        elif line.heading and level is not None:
            ends = line.heading < level or _heading(line) in AGENDA
            level = None if ends else level or line.heading
        (outside if level is None else inside).append(line)
    return inside, outside


def _agenda(lines: Sequence[Line]) -> tuple[list[str], list[str]]:
    """Give the agenda's lines, and the sentences that stand loose among the other sections.

    An agenda is what stands below a heading of that name; where there is none, numbered lines. It
    ends at the next heading or image.
    """
    items, loose = list[str](), list[str]()
    here, bare = False, False
    for line in lines:
        if _declares(line):
            loose.append(line.text)
        elif line.heading or _heading(line) in AGENDA:
            here, bare = _heading(line) in AGENDA, False
        elif line.kind == "img":
            here, bare = False, False
        elif line.kind == "row" and here:
            items += _tabled(line)
        elif _is_prose(line):
            bare = bare or line.kind == "ol" or bool(_FIRST.match(line.text))
            numbered = line.kind == "ol" or agenda.is_numbered(line.text)
            if here or (bare and (numbered or not _speaks(line))):
                items.append(line.text)
            elif _speaks(line):
                loose.append(line.text)
    return items, loose


def _tabled(row: Line) -> Iterator[str]:
    """Give an item that stands in a table's row, its head left out: «1. Upprop Dnr 2026-1»."""
    texts = [cell.text for cell in row.cells if cell.text]
    if texts and not any(cell.kind == "th" for cell in row.cells) and not _is_file(row):
        first, *rest = texts
        yield " ".join([f"{first}." if first.isdecimal() and rest else first, *rest])


def _speaks(line: Line) -> bool:
    """Tell a sentence about this meeting: a notice, or a line of its programme."""
    return wording.is_notice(line.text) or wording.is_clocked(line.text)


def _is_prose(line: Line) -> bool:
    return line.kind in {"p", "li", "ol"} and not _is_file(line)


def _decisions(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Give (title, text) of each decision summed up: a heading and what stands below it."""
    title, text = "", list[str]()
    for line in (*lines, Line(kind="h2")):
        if line.heading:
            if title:
                yield title, " ".join(text)
            title, text = "" if _heading(line) in DECISIONS else line.text, []
        elif title and _is_prose(line):
            text.append(_DECIDED.sub("Beslut: ", line.text))
