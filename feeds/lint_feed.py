"""The rules for a feed (F1-F24 of docs/clients.md) that can be seen in the file alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import etree

from feeds.findings import Finding

MOST: Final = 100
"""How many entries a feed holds."""

JSON_FEED: Final = "https://jsonfeed.org/version/1.1"

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_ENCODED: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_RFC_822: Final = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r" \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT)"
)
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\w+|[a-z]+);")

Says = Iterator[tuple[str, str, str]]
"""Rule, place, what to do."""


def check_rss(_: str, body: bytes) -> list[Finding]:
    """Give what is wrong with an RSS 2.0 feed."""
    return _xml(body, "rss", _rss)


def check_atom(_: str, body: bytes) -> list[Finding]:
    """Give what is wrong with an Atom feed."""
    return _xml(body, f"{_ATOM}feed", _atom)


def check_json(_: str, body: bytes) -> list[Finding]:
    """Give what is wrong with a JSON Feed."""
    try:
        feed = json.loads(body.decode())
    except ValueError as error:
        return [Finding(rule="F16", where="file", says=f"write JSON in UTF-8 ({error})")]
    if not isinstance(feed, dict):
        return [Finding(rule="F16", where="file", says="write one JSON object")]
    return _findings(_json(feed))


def _findings(told: Says) -> list[Finding]:
    return [Finding(rule=rule, where=where, says=says) for rule, where, says in told]


def _xml(body: bytes, root: str, rules: Callable[[etree._Element], Says]) -> list[Finding]:
    found = []
    if not re.match(rb"<\?xml [^>]*encoding=[\"']utf-8[\"']", body, re.IGNORECASE):
        says = "declare UTF-8 in the first line, without a byte order mark"
        found.append(Finding(rule="F17", where="line 1", says=says))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        feed = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno
        return [*found, Finding(rule="F17", where=f"line {line}", says="write well-formed XML")]
    if feed.getroottree().docinfo.doctype:
        found.append(Finding(rule="F17", where="line 1", says="write no document type"))
    for node in feed.getroottree().xpath("/processing-instruction('xml-stylesheet')"):
        if "text/css" not in (node.text or ""):
            says = "style it by CSS or not at all: browsers drop XSLT"
            found.append(Finding(rule="F18", where=f"line {node.sourceline}", says=says))
    if feed.tag != root:
        says = f"begin it with <{root.rpartition('}')[2]}>"
        return [*found, Finding(rule="F17", where="line 1", says=says)]
    return found + _findings(rules(feed))


def _rss(feed: etree._Element) -> Says:
    channel = feed.find("channel")
    if channel is None:
        yield "F8", "rss", "write a channel"
        return
    for name in ("title", "link", "description", "language", "ttl"):
        if not channel.findtext(name):
            yield "F8", "channel", f"write its {name}"
    rels = [link.get("rel") for link in channel.findall(f"{_ATOM}link")]
    if "self" not in rels:
        yield "F8", "channel", "write an atom:link with rel=self"
    items = channel.findall("item")
    built = channel.findtext("lastBuildDate")
    if built is not None and _rfc_822(built) is None:
        yield "F7", "channel", "write lastBuildDate as in RFC 822, with English names"
    for number, item in enumerate(items, 1):
        yield from _item(f"item {number}, line {item.sourceline}", item)
    dates = [_rfc_822(item.findtext("pubDate", "")) for item in items]
    guids = [item.findtext("guid", "") for item in items]
    yield from _together(guids, [item.findtext("link", "") for item in items], dates)


def _item(where: str, item: etree._Element) -> Says:
    guid = item.find("guid")
    if guid is None or not guid.text or guid.get("isPermaLink") != "false":
        yield "F3", where, 'write a lasting guid with isPermaLink="false"'
    if _rfc_822(item.findtext("pubDate", "")) is None:
        yield "F7", where, "write pubDate as in RFC 822, with English names and the right weekday"
    names = [str(part.tag) for part in item]
    if "description" not in names[: names.index(_ENCODED) if _ENCODED in names else None]:
        yield "F9", where, "write a description, before content:encoded"
    yield from _enclosures(where, item.findall("enclosure"))
    if any("@" not in (author.text or "") for author in item.findall("author")):
        yield "F13", where, "write the body's name as dc:creator: an author is an e-mail address"
    yield from _title(where, item.findtext("title", ""))


def _enclosures(where: str, found: Sequence[etree._Element]) -> Says:
    if len(found) > 1:
        yield "F10", where, "write one enclosure: readers show the first alone"
    for enclosure in found:
        if not enclosure.get("url") or not enclosure.get("type"):
            yield "F10", where, "write url, length and type of the enclosure"
        if not (enclosure.get("length") or "").isdigit() or enclosure.get("length") == "0":
            yield "F11", where, "leave out an enclosure whose size is not known"


def _atom(feed: etree._Element) -> Says:
    for name in ("id", "title", "updated"):
        if not feed.findtext(f"{_ATOM}{name}"):
            yield "F14", "feed", f"write its {name}"
    if feed.find(f"{_ATOM}author/{_ATOM}name") is None:
        yield "F14", "feed", "write its author"
    if feed.get("{http://www.w3.org/XML/1998/namespace}lang") != "sv":
        yield "F14", "feed", 'write xml:lang="sv"'
    rels = {link.get("rel", "alternate") for link in feed.findall(f"{_ATOM}link")}
    if not rels >= {"self", "alternate"}:
        yield "F14", "feed", "write links with rel=self and rel=alternate"
    entries = feed.findall(f"{_ATOM}entry")
    for number, entry in enumerate(entries, 1):
        where = f"entry {number}, line {entry.sourceline}"
        for name in ("id", "updated", "published"):
            if not entry.findtext(f"{_ATOM}{name}"):
                yield "F14", where, f"write its {name}"
        yield from _title(where, entry.findtext(f"{_ATOM}title", ""))
    if any(_iso(entry.findtext(f"{_ATOM}updated", "")) is None for entry in (feed, *entries)):
        yield "F14", "feed", "write each updated with its zone"
    dates = [_iso(entry.findtext(f"{_ATOM}published", "")) for entry in entries]
    ids = [entry.findtext(f"{_ATOM}id", "") for entry in entries]
    links = [entry.find(f"{_ATOM}link") for entry in entries]
    hrefs = ["" if link is None else link.get("href", "") for link in links]
    yield from _together(ids, hrefs, dates)


def _json(feed: dict[str, Any]) -> Says:
    if feed.get("version") != JSON_FEED:
        yield "F16", "feed", f"write {JSON_FEED} as its version"
    for name in ("title", "home_page_url", "feed_url", "language"):
        if not isinstance(feed.get(name), str) or not feed[name]:
            yield "F16", "feed", f"write its {name}"
    items = feed.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        yield "F16", "feed", "write items as a list of objects"
        return
    for number, item in enumerate(items, 1):
        where = f"item {number}"
        if not isinstance(item.get("id"), str):
            yield "F16", where, "write its id as text"
        if not {"content_text", "content_html"} & set(item):
            yield "F16", where, "write content_text or content_html"
        yield from _title(where, str(item.get("title", "")))
    if any("author" in part for part in (feed, *items)):
        yield "F16", "feed", "write authors: author is that of version 1"
    dates = [_iso(str(item.get("date_published", ""))) for item in items]
    ids = [str(item.get("id", "")) for item in items]
    yield from _together(ids, [str(item.get("url", "")) for item in items], dates)


def _title(where: str, title: str) -> Says:
    if not title:
        yield "F8", where, "write its title"
    if _MARKUP.search(title):
        yield "F24", where, "write the title as plain text: readers show tags and entities"


def _together(ids: Sequence[str], links: Sequence[str], dates: Sequence[datetime | None]) -> Says:
    """Check what the entries of every format have to be beside each other."""
    if len(set(ids)) < len(ids):
        yield "F3", "feed", "give each entry an id of its own"
    if any(urlsplit(link).scheme not in {"http", "https"} for link in links):
        yield "F6", "feed", "write each entry's link as a whole address"
    if len(set(links)) < len(links):
        yield "F6", "feed", "give each entry a link of its own: some readers know it by that"
    known = [date for date in dates if date]
    if len(known) < len(dates):
        yield "F15", "feed", "date each entry, with its zone"
    if known != sorted(known, reverse=True):
        yield "F15", "feed", "write the newest entry first"
    if len(ids) > MOST:
        yield "F23", "feed", f"keep it to {MOST} entries"


def _rfc_822(text: str) -> datetime | None:
    """Read a date; None for one in another form, and for a weekday that is not that day's."""
    try:
        found = parsedate_to_datetime(text) if _RFC_822.fullmatch(text) else None
    except ValueError:
        return None
    return found if found and format_datetime(found)[:3] == text[:3] else None


def _iso(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
