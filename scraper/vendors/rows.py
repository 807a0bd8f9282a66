"""Meetings as lists have them: labelled blocks, links, table rows, script state; in one reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin

from scraper import statuses, wording
from scraper.document import Document
from scraper.lines import Line
from scraper.raw import RawMeeting
from scraper.swedish import has_date
from scraper.vendors import sitevision
from scraper.vendors.labels import DAY, PLACE, REMARK, TIME, Labelled, fields

BODY: Final = "nämnd"
_COLUMNS: Final = {
    **dict.fromkeys(("dag", "datum", "när", "mötesdag"), DAY),
    **dict.fromkeys(("tid", "klockan", "klockslag", "starttid"), TIME),
    **dict.fromkeys(("nämnd", "organ", "sammanträde", "möte", "styrelse", "nämnd/styrelse"), BODY),
    **dict.fromkeys(("plats", "lokal", "var"), PLACE),
}
_KEYS: Final = {
    BODY: ("committee", "organization", "organ", "title", "name", "heading"),
    DAY: ("start", "startDate", "fromDate", "from", "date", "datum"),
    TIME: ("time", "startTime", "clock", "tid"),
    PLACE: ("location", "place", "plats"),
    "url": ("uri", "url", "href", "link"),
}
_WORDS: Final = ("title", "name", "heading")
_REMARKS: Final = ("subject", "status", "remark", "note", "comment")
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ROW: Final = re.compile(
    r"^(?:\w+\s)?(?:extra(?:insatt|ordinarie)?\s)?sammanträde(?:t|n|na)?\b", re.IGNORECASE
)
_NO_ROW: Final = re.compile(r"\bnästa\b|\bpubliceras\b|\bär\b|\bhar\b|\bska\b", re.IGNORECASE)
_BODY: Final = re.compile(
    r"(?:nämnden?|styrelsen?|fullmäktige|råd(?:et)?|utskott(?:et)?|kollegiet|förbund(?:et)?"
    r"|beredning(?:en)?|kommitté(?:n)?|bolag(?:et)?|\bAB)$"
)
_ISO: Final = re.compile(r"^\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list being read: its page, what kind of list it is (`where`), and whose.

    `body` is the committee that all its rows belong to, None where each row names its own; `year`
    is the one that the page's heading names; `wanted` tells whether an address is that of a
    meeting's page.
    """

    page: Document
    where: str
    body: str | None
    wanted: Callable[[str], bool]
    year: str | None = None

    def address(self, links: Sequence[tuple[str, str]]) -> str | None:
        """Give the first address that leads to a meeting's page."""
        return next((urljoin(self.page.url, href) for href, _ in links if self.wanted(href)), None)


def labelled(of: List, lines: Sequence[Line]) -> Iterator[RawMeeting]:
    """Give blocks such as: image text, the body's name, «Tid: … kl. …», «Plats: …», a remark.

    The name is the last heading above the labels, or else the first line there that is no remark on
    the block before. What stands between two blocks and above the second's name is the first's.
    """
    blocks = _blocks(lines, fields(lines))
    heads = [
        _head(lines, 0 if not n else _end(blocks[n - 1]), _begin(block))
        for n, block in enumerate(blocks)
    ]
    for n, block in enumerate(blocks):
        after = heads[n + 1] if n + 1 < len(blocks) else _tail(lines, _end(block))
        time = next((field for field in block if field.label == TIME), None)
        if time is None:
            continue
        place = next((field for field in block if field.label == PLACE), None)
        above, below = lines[heads[n] : _begin(block)], lines[_end(block) : after]
        inside = _inside(lines, block)
        name = block[0].before or _name_of(inside, above)
        url = of.address(
            [link for line in (*above, *lines[_begin(block) : after]) for link in line.links]
        )
        texts = (name or "", *(line.text for line in (*above, *inside, *below)))
        remarks = [text for text in dict.fromkeys(texts) if text and _remarks(text)]
        yield RawMeeting(
            where=of.where,
            committee=name or of.body,
            url=url,
            node=sitevision.node_id(url) if url else None,
            row=_joined(remarks),
            time=time.value.text,
            stamps=tuple(stamp for stamp, _ in time.value.times if stamp),
            place=(place.value.text or None) if place else None,
            remark=_joined(field.value.text for field in block if field.label == REMARK),
        )


def _blocks(lines: Sequence[Line], found: Sequence[Labelled]) -> list[list[Labelled]]:
    """Give the fields of each meeting; one that lacks its first must not take the next one's.

    A block begins below a heading or an image, where a label comes again, and at the label that
    most blocks begin with. A remark belongs to the fields beside it, unless a name parts them.
    """
    starts = [
        field for n, field in enumerate(found) if not n or _parted(lines, found[n - 1], field)
    ]
    lead = Counter(field.label for field in starts).most_common(1)[0][0] if starts else None
    blocks: list[list[Labelled]] = []
    for n, field in enumerate(found):
        own = {known.label for known in blocks[-1]} - {REMARK} if blocks else set()
        parted = n > 0 and _parted(lines, found[n - 1], field)
        if not blocks or parted or field.label in own or (own and field.label == lead):
            blocks.append([])
        blocks[-1].append(field)
    return blocks


def _parted(lines: Sequence[Line], one: Labelled, other: Labelled) -> bool:
    """Tell whether a heading or an image stands between two fields, or a name before a remark."""
    between = [lines[at] for at in range(max(one.lines) + 1, min(other.lines))]
    if other.label == REMARK and any(map(_may_name, between)):
        return True
    return any(line.heading or line.kind == "img" for line in between)


def _begin(block: Sequence[Labelled]) -> int:
    return min(at for field in block for at in field.lines)


def _end(block: Sequence[Labelled]) -> int:
    return max(at for field in block for at in field.lines) + 1


def _inside(lines: Sequence[Line], block: Sequence[Labelled]) -> list[Line]:
    """Give what stands between the fields of a block: the name below the badge of its day."""
    taken = {at for field in block for at in field.lines}
    return [lines[at] for at in range(_begin(block), _end(block)) if at not in taken]


def _head(lines: Sequence[Line], floor: int, roof: int) -> int:
    """Give where the words above a block begin: at its name, or at the image before that."""
    named = [at for at in range(floor, roof) if lines[at].heading]
    plain = [at for at in range(floor, roof) if _may_name(lines[at])]
    at = named[-1] if named else plain[0] if plain else roof
    return at - 1 if at > floor and lines[at - 1].kind == "img" else at


def _tail(lines: Sequence[Line], floor: int) -> int:
    """Give where the remarks on the last block end: at the next heading or image."""
    ends = (n for n in range(floor, len(lines)) if lines[n].heading or lines[n].kind == "img")
    return next(ends, len(lines))


def _may_name(line: Line) -> bool:
    if line.kind in {"img", "row", "app"} or not line.text:
        return False
    return bool(_BODY.search(line.text)) or not (
        _remarks(line.text) or wording.is_notice(line.text) or line.text.endswith((".", "!", "?"))
    )


def _remarks(text: str) -> bool:
    return statuses.status([text], []) is not None


def _name_of(inside: Sequence[Line], above: Sequence[Line]) -> str | None:
    """Give the heading below the badge of the day, or else what stands above."""
    heads = [line.text for lines in (above, inside) for line in lines if line.heading]
    plain = [line.text for lines in (above, inside) for line in lines if _may_name(line)]
    bodies = [text for text in plain if _BODY.search(text)]
    return next(iter((*heads[::-1], *bodies[::-1], *plain)), None)


def in_text(of: List, lines: Sequence[Line]) -> Iterator[RawMeeting]:
    """Give links and lines such as «Sammanträdet den 30 november», below a heading with a year."""
    year = of.year
    for line in lines:
        if line.heading:
            year = year_in(line.text) or year
        links = [] if line.kind == "row" else [pair for pair in line.links if of.wanted(pair[0])]
        if not links and _is_row(line):
            yield RawMeeting(where=of.where, committee=of.body, row=line.text, year=year)
        for href, text in links:
            alone = len(links) == 1
            yield RawMeeting(
                where=of.where,
                committee=of.body,
                url=of.address([(href, text)]),
                node=sitevision.node_id(href),
                row=line.text if alone else text,
                year=year,
                stamps=tuple(stamp for stamp, _ in line.times if stamp and alone),
            )


def _is_row(line: Line) -> bool:
    """Tell a meeting that is only written out from a sentence about one, and from a file."""
    return bool(
        not line.heading
        and not line.links
        and _ROW.match(line.text)
        and not _NO_ROW.search(line.text)
        and has_date(line.text)
    )


def in_tables(of: List, lines: Sequence[Line]) -> Iterator[RawMeeting]:
    """Give the rows of tables whose head names a day or a time; other tables hold no meetings."""
    year, columns = of.year, dict[int, str]()
    for line in lines:
        if line.heading:
            year, columns = year_in(line.text) or year, {}
        head = {
            n: _COLUMNS.get(cell.text.lower().rstrip(": "), "") for n, cell in enumerate(line.cells)
        }
        if {DAY, TIME} & set(head.values()):
            columns = head
        elif columns and line.kind == "row":
            cells = {name: line.cells[n] for n, name in columns.items() if n < len(line.cells)}
            yield _row(of, line, cells, year)


def year_in(text: str) -> str | None:
    """Give the year that a heading names."""
    found = _YEAR.search(text)
    return found[0] if found else None


def _row(of: List, line: Line, cells: Mapping[str, Line], year: str | None) -> RawMeeting:
    when = [cells[name] for name in (DAY, TIME) if name in cells]
    url = of.address([link for cell in line.cells for link in cell.links])
    return RawMeeting(
        where=of.where,
        committee=(cells[BODY].text if BODY in cells else None) or of.body,
        url=url,
        node=sitevision.node_id(url) if url else None,
        row=" | ".join(cell.text for cell in line.cells),
        year=year,
        time=" ".join(cell.text for cell in when),
        stamps=tuple(stamp for cell in when for stamp, _ in cell.times if stamp),
        place=(cells[PLACE].text if PLACE in cells else None) or None,
    )


def in_states(of: List) -> Iterator[RawMeeting]:
    """Give the objects in script state that lead to a meeting, or name a body and a place.

    Where the words name a day, a date beside them is when the page was made.
    """
    for entry in sitevision.objects(of.page.states):
        value = {name: _first(entry, keys) for name, keys in _KEYS.items()}
        worded = has_date(value[BODY] or "")
        when = [found for found in (value[DAY], value[TIME]) if found and not worded]
        url = of.address([(value["url"], "")] if value["url"] else [])
        if not url and not (value[BODY] and value[PLACE]):
            continue
        yield RawMeeting(
            where=of.where,
            committee=of.body or value[BODY],
            url=url,
            node=sitevision.node_id(url) if url else None,
            row=_first(entry, _WORDS) or value[BODY],
            time=" ".join(found for found in when if not _ISO.match(found)) or None,
            stamps=tuple(found for found in when if _ISO.match(found)),
            place=value[PLACE],
            remark=_joined(_first(entry, [key]) for key in _REMARKS),
        )


def _joined(texts: Iterable[str | None]) -> str | None:
    return " | ".join(text for text in texts if text) or None


def _first(entry: Mapping[str, Any], keys: Sequence[str]) -> str | None:
    values = (entry.get(key) for key in keys)
    named = (v.get("name") if isinstance(v, dict) else v for v in values)
    return next((v for v in named if isinstance(v, str) and v), None)
