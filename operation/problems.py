"""What a person should look at after a run, though nothing failed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from operation.gathering import Gathered
from records.model import Committee, Revision
from scraper.cities import City


def problems(found: Gathered, city: City, stored: Iterable[Revision[Committee]]) -> Iterator[str]:
    """Say each in a sentence; `stored` are the committees that the store knows."""
    yield from found.notes
    bodies = {one.record.slug: one.record for one in stored}
    bodies |= {it.slug: it for it in found.made.values() if isinstance(it, Committee)}
    for own in city.committees:
        bodies.pop(own.slug, None)
    yield from (_unknown(body) for _, body in sorted(bodies.items()))
    if found.nameless:
        yield (
            f"{found.nameless} notices have neither page, day nor file to be known by:"
            " they are not published"
        )
    undated = sum(found.undated.values())
    if undated:
        yield (
            f"{undated} meetings were seen without a day, or without a committee:"
            " they are in no calendar"
        )


def _unknown(body: Committee) -> str:
    """Propose the lines by which the city's file would know a committee."""
    said = {"slug": body.slug, "name": body.name, "classification": body.classification.value}
    lines = "\n".join(f"{field} = {_quoted(value)}" for field, value in said.items())
    return (
        f"{body.name!r} is not in the city's file: it was published as a committee of its own."
        f" If it is one, add these lines, else its name to another's aliases:\n"
        f"[[committees]]\n{lines}"
    )


def _quoted(text: str) -> str:
    """Write a basic string of TOML 1.0: as JSON has it, but that it refuses DELETE unescaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
