"""What the parsers find on one page, as text and as data, for `kallelse probe`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from operation.columns import aligned, filled, rows, said
from operation.looking import Looked
from operation.report import NOT_ALL_WELL, OK
from records.codec import to_json
from records.errors import PageChanged
from scraper.crawl import bring
from scraper.document import Document
from scraper.findings import Findings, find, readable
from scraper.known import AnyKnown

_WHOLE: Final = 3
"""Up to so many sightings or records are shown field by field, more of them on a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a page was found to be: as data, as text, and the exit code of who asked."""

    content: Mapping[str, Any]
    text: str
    exit: int


def probe(looked: Looked) -> Probe:
    """Read a page as a run would; one that no rule fits is tried by every parser."""
    try:
        page = bring(looked.page, looked.link.kind if looked.link else "")
        if looked.link is None:
            return _unknown(looked, page)
        return _found(looked, find(looked.city, page, looked.state))
    except PageChanged as error:
        return _changed(looked, error)


def _head(looked: Looked, kind: str) -> list[tuple[str, str]]:
    page = looked.page
    return [
        ("page", page.url),
        ("read", f"{page.fetched:%Y-%m-%d %H:%M}, {len(page.body)} bytes"),
        ("kind", kind),
    ]


def _about(looked: Looked, kind: str | None) -> dict[str, Any]:
    return {"url": looked.page.url, "fetched": looked.page.fetched.isoformat(), "kind": kind}


def _changed(looked: Looked, error: PageChanged) -> Probe:
    kind = looked.link.kind if looked.link else None
    lines = aligned([*_head(looked, kind or "unknown"), ("missing", error.missing)], indent=0)
    return Probe(
        content=_about(looked, kind) | {"error": "PageChanged", "missing": error.missing},
        text="\n".join([*lines, "", str(error)]),
        exit=NOT_ALL_WELL,
    )


def _unknown(looked: Looked, page: Document) -> Probe:
    """Say which parsers would read a page that the city's file has no rule for."""
    would = {
        kind: {"sightings": len(reading.raws), "links": len(reading.links)}
        for kind, reading in readable(looked.city, page)
    }
    gave = [
        (kind, f"{number['sightings']} sightings, {number['links']} links")
        for kind, number in would.items()
    ]
    lines = [
        *aligned(_head(looked, "unknown: no rule of the city's file fits its address"), indent=0),
        *_section("parsers that would read it", aligned(gave)),
        "",
        "Add a rule to the city's file if links to such pages should be followed.",
    ]
    return Probe(
        content=_about(looked, None) | {"would": would}, text="\n".join(lines), exit=NOT_ALL_WELL
    )


def _found(looked: Looked, found: Findings) -> Probe:
    lines = aligned(_head(looked, found.kind), indent=0)
    lines += _section("its own words", list(_sightings(found)))
    lines += _section("records", list(_records(found.known)))
    lines += _section("every signal of a time", [f"  {text}" for text in found.told])
    leads = [f"  {count} {kind}" for kind, count in sorted(found.leads.items())]
    lines += _section("links", leads)
    lines += _section("disagrees", aligned((it.code, it.text) for it in found.doubts))
    lines += _section("looked for and not found", [f"  {text}" for text in found.missing])
    return Probe(content=_about(looked, found.kind) | data(found), text="\n".join(lines), exit=OK)


def data(found: Findings) -> dict[str, Any]:
    """Give findings as JSON values."""
    return {
        "sightings": [to_json(raw) for raw in found.raws],
        "records": [
            {
                "record": to_json(one.record),
                "signals": dict(one.provenance.signals),
            }
            for one in found.known
        ],
        "told": list(found.told),
        "links": dict(sorted(found.leads.items())),
        "disagrees": [to_json(problem) for problem in found.doubts],
        "missing": list(found.missing),
    }


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *(lines or ["  none"])]


def _sightings(found: Findings) -> Iterator[str]:
    for raw in found.raws:
        if len(found.raws) <= _WHOLE:
            yield from aligned(rows(filled(raw)))
        else:
            yield f"  {_on_one_line(filled(raw))}"


def _records(known: Sequence[AnyKnown]) -> Iterator[str]:
    for one in known:
        values = filled(one.record)
        values.pop("problems", None)  # they have a section of their own
        if len(known) <= _WHOLE:
            yield from aligned(rows(values, one.provenance.signals))
        else:
            yield f"  {_on_one_line(values)}"


def _on_one_line(values: Mapping[str, Any]) -> str:
    """Give a row of a list on one line; a page's node is its address in short."""
    aside = {"where", "uid", *(("url",) if "node" in values else ())}
    shown = {name: value for name, value in values.items() if name not in aside}
    return "; ".join(f"{name}: {' · '.join(said(value))}" for name, value in shown.items())
