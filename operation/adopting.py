"""A lost store is not a lost past: a new one adopts what stands published."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import structlog

from feeds import gone, past, told
from feeds.exports import FORGOTTEN
from feeds.folder import last, place, put, stands
from feeds.kinds import Kind
from feeds.past import Past
from operation import vanishing
from operation.settings import Settings
from records.codec import from_json, to_json
from records.errors import FetchError, StoreError
from records.model import Committee, Meeting
from records.state import GONE
from records.writer import Writer
from scraper.address import netloc
from scraper.crawl import Failure, Gone, Outcome, Read, key
from scraper.fetch import Fetcher, Limits, Memory
from scraper.naming import keys
from scraper.page import Page

log = structlog.get_logger(__name__)

WAITING: Final = "waiting"
"""The note of adopted records whose page has not been read since: [page, bucket, parser] by id."""

LIMITS: Final = Limits(body=64 << 20, total=300.0)
"""How much of a published file is taken, and how long it may last: it holds all that is known."""

NAMES: Final = (*map(str, Kind), FORGOTTEN, told.FILE)
"""The files that hold what is known, by their names without ending."""

TYPES: Final = (
    "application/jsonl",
    "application/x-ndjson",
    "application/json",
    "application/octet-stream",
    "text/plain",
    "",  # many servers know no type for .jsonl
)
"""The media types under which web servers send JSON Lines; an error page is none of them."""


def find(city: str, settings: Settings, now: datetime, memory: Memory) -> Past | None:
    """Read what stands published of a city; None where nothing does.

    StoreError where it stands and cannot be read: without it everything would be told again. Nor
    may what was taken down come back by a damaged line.
    """
    try:
        if settings.resume_from:
            data = _fetched(settings.resume_from, city, settings, now, memory)
        else:
            data = _on_disk(city, settings.out)
    except (OSError, FetchError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StoreError(
            f"The store is new, and what is published of {city} cannot be read ({reason}):"
            " mend that and run again, else all would be told as new"
        ) from error
    if not data:
        return None
    found = past.read(city, data, now)
    damaged = found.left_out.get(FORGOTTEN)
    if damaged:
        raise StoreError(
            f"The store is new, and lines of {city}/data/{FORGOTTEN}.jsonl are damaged ({damaged}):"
            " what was taken down would come back. Put the file back from a copy; where there is"
            " none delete those lines, run again, and forget those records once more"
        )
    return found


def _on_disk(city: str, out: Path) -> dict[str, bytes]:
    found = {name: last(out / city / f"data/{name}.jsonl") for name in NAMES}
    return {name: body for name, body in found.items() if body is not None}


def _fetched(
    address: str, city: str, settings: Settings, now: datetime, memory: Memory
) -> dict[str, bytes]:
    """Ask a published folder for its data, as politely as the city, and at its host alone."""
    host = netloc(address)
    with Fetcher(
        hosts={host},
        origins={host: f"{urlsplit(address).scheme}://{host}"} if _near(address) else {},
        agent=settings.agent,
        delay=settings.delay,
        now=now,
        memory=memory,
        limits=LIMITS,
    ) as fetcher:
        found = {name: _file(fetcher, f"{address}/{city}/data/{name}.jsonl") for name in NAMES}
        if not settings.dry_run:
            _take_down(settings.out, gone.names(_file(fetcher, f"{address}/{gone.FILE}") or b""))
    return {name: body for name, body in found.items() if body is not None}


def _file(fetcher: Fetcher, address: str) -> bytes | None:
    try:
        answer = fetcher.get(address, accept=TYPES)
    except FetchError as error:
        if error.status in GONE:
            return None
        raise
    return answer.body if isinstance(answer, Page) else None


def _take_down(out: Path, names: Collection[str]) -> None:
    """List what was taken down there, and put a bare page where one stood.

    Hosts that serve files as they are tell it; our own server keeps the list to itself.
    """
    if not names:
        return
    vanishing.put(out, vanishing.listed(out).union(names))
    for name in names:
        if name.endswith("index.html") and not stands(out / name):
            put(place(out, name), gone.PAGE)


def _near(address: str) -> bool:
    """Say whether an address may be in a private network: by number, or this very machine."""
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ip_address(host) is not None
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """The page that told an adopted record, as its `parser` read it; the record's `bucket`."""

    page: str
    bucket: str
    parser: int


def waiting(note: str | None) -> dict[str, Awaited]:
    """Read which adopted records still wait for their page, by id."""
    return from_json(dict[str, Awaited], json.loads(note or "{}"))


def adopt(writer: Writer, city: str, found: Past) -> dict[str, Awaited]:
    """Write what was published before; give which records wait for their page, by id.

    Ids, UIDs, sequences, dates and what was told stand as they were. Of a record's versions only
    the newest was published, and only that one is known from now on.
    """
    awaited: dict[str, Awaited] = {}
    writer.forget(found.forgotten)
    meetings: list[Meeting] = []
    for revision in found.revisions:
        writer.adopt(revision)
        record, source = revision.record, revision.provenance
        if isinstance(record, Committee):
            continue  # from the city's file, which is always at hand
        bucket = f"meeting/{record.committee}" if isinstance(record, Meeting) else ""
        awaited[record.id] = Awaited(page=key(source.url), bucket=bucket, parser=source.parser)
        meetings += [record] if isinstance(record, Meeting) else []
    for body, known in keys(meetings).items():
        writer.identify(f"meeting/{body}", known)
    for change, kind in found.changes:
        writer.recall(change, kind)
    log.info("adopted", city=city, records=len(found.revisions), changes=len(found.changes))
    return awaited


def wait(
    writer: Writer, awaited: Mapping[str, Awaited], outcomes: Iterable[Outcome], parser: int
) -> None:
    """Let an adopted record stand until the page that told it has been read again.

    The lists that name it know less: by them alone it would lose its documents, and that would be
    told. Where the city has no such page any more, the lists are all there is. What another parser
    read before is our correction, and not the city's news.
    """
    read, gone = _met(outcomes)
    known = {name: it for name, it in awaited.items() if it.page in read | gone}
    writer.reread = frozenset(name for name, it in known.items() if it.parser != parser)
    writer.standing = frozenset(awaited.keys() - known.keys())
    writer.touched |= {it.bucket for it in known.values() if it.bucket and it.page in gone}
    left = {name: awaited[name] for name in sorted(writer.standing)}
    writer.put_note(WAITING, json.dumps(to_json(left)))


def _met(outcomes: Iterable[Outcome]) -> tuple[set[str], set[str]]:
    """Give the pages that were read, and those that the city has no more."""
    read: set[str] = set()
    gone: set[str] = set()
    for outcome in outcomes:
        match outcome:
            case Read(state=state):
                read.add(state.key)
            case Gone(state=state):
                gone.add(state.key)
            case Failure(link=link, error=FetchError(status=status)) if status in GONE:
                gone.add(key(link.url))
            case _:
                pass
    return read, gone


def missing(found: Past | None, settings: Settings) -> Iterator[str]:
    """Say in one sentence each what a new store could not take over of its past."""
    if found is None and settings.resume_from:
        yield (
            f"Nothing was published yet at {settings.resume_from}, so all begins anew: if something"
            " should be there, move the store away, give the right address and run again"
        )
    if found and found.left_out:
        lines = ", ".join(f"{kind} {count}" for kind, count in sorted(found.left_out.items()))
        yield (
            f"The store is new, and lines of the published data were left out ({lines}), as they"
            " are not as we wrote them: what they held is read from the site again, or lost"
        )
