"""From the sightings of one article to its record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from records.codec import from_json
from records.model import NewsItem, Problem, Revision
from records.state import Seen
from scraper import bodies, mentions
from scraper.article_body import content_html
from scraper.cities import City
from scraper.known import Known, provenance_of, raw_of
from scraper.published import TRUST, Entry, published
from scraper.raw import RawNews
from scraper.vendors.sitevision import node_id

MATCHED: Final = "title (our match)"
"""The signal of a committee that no link led to: its name stands in the title."""

_PASSING: Final = frozenset({"list", "feed"})
_CUT: Final = re.compile(r"(?:\.\.\.|…)\s*(?:läs mer)?$", re.IGNORECASE)


def news(
    city: City, seen: Sequence[Seen], meetings: Mapping[str, str] | None = None
) -> Known[NewsItem] | None:
    """Give one article from its own page, and what lists and feeds have for it.

    `meetings` gives by node the name of a meeting that was named before it had its page. What it
    no longer stands in has taken nothing back: see `lasting`.
    """
    raws = [(raw_of(RawNews, one), one) for one in seen]
    if not raws:
        return None
    ordered = sorted(raws, key=lambda entry: (TRUST.index(entry[0].where), entry[1].page.key))
    raw, one = ordered[0]
    when = published(ordered)
    summary, intro = _summary(ordered)
    committees, matched = _committees(city, raw)
    meeting, unclear = _meeting(city, raw, meetings or {})
    name = raw.node or local_name(raw.url)
    content = content_html(raw.body, raw.url)
    signals = {
        "title": raw.where,
        "summary": intro,
        "content_html": raw.where if content else None,
        "published": when.signal,
        "image": raw.where if raw.image else None,
        "committees": matched,
        "meeting": "link" if meeting else None,
    }
    record = NewsItem(
        id=f"{city.slug}:{name}",
        title=raw.title,
        summary=summary,
        content_html=content,
        published=when.when,
        url=raw.url,
        image=raw.image,
        image_text=raw.image_text,
        committees=committees,
        meeting=meeting,
        problems=(*when.problems, *unclear),
    )
    told = {field: signal for field, signal in signals.items() if signal}
    return Known(record=record, keys=(f"node:{name}",), provenance=provenance_of(one.page, told))


def lasting(
    known: Known[NewsItem], seen: Sequence[Seen], last: Revision[NewsItem]
) -> Known[NewsItem]:
    """Give an article with what a list or a feed told of it before it moved out of there.

    The newest news push out older ones, which says nothing of these: their hour stands, and is no
    news when the list's next page is read.
    """
    here = {from_json(RawNews, one.sighting.data).where for one in seen}
    record, signals = known.record, dict(known.provenance.signals)
    for field in ("published", "summary"):
        signal = last.provenance.signals.get(field)
        now, before = getattr(record, field), getattr(last.record, field)
        if signal in _PASSING and signal not in here and _less(now, before):
            record = replace(record, **{field: before})
            signals[field] = signal
    return replace(known, record=record, provenance=replace(known.provenance, signals=signals))


def _less(now: object, before: object) -> bool:
    """Tell whether a value says less than the one before: nothing, or the day without its hour."""
    if isinstance(before, datetime):
        return now is None or (type(now) is date and now == before.date())
    return now is None


def local_name(url: str) -> str:
    """Give the id of an article whose address has no node: its path, and what tells it apart.

    Different paths may be the same once they are written in few letters.
    """
    path = urlsplit(url).path.rstrip("/")
    return f"{bodies.slugify(path)}-{sha256(path.encode()).hexdigest()[:8]}"


def _summary(ordered: Sequence[Entry]) -> tuple[str | None, str | None]:
    """Give the introduction: the article's own, else the first that is whole, else a cut one."""
    told = [(raw.summary, raw.where) for raw, _ in ordered if raw.summary]
    whole = (pair for pair in told if pair[1] == "page" or not _CUT.search(pair[0]))
    return next(whole, next(iter(told), (None, None)))


def _committees(city: City, raw: RawNews) -> tuple[tuple[str, ...], str | None]:
    """Give the committees that an article links to, and those its title names; and how each came.

    Never one that only its text names: an article may speak of any.
    """
    links = [city.link(url) for url in raw.links]
    slugs = {body.slug for body in city.committees}
    linked = {link.source for link in links if link} & slugs
    named = set(mentions.named(city.committees, raw.title)) - linked
    all_of_them = tuple(sorted(linked | named))
    if linked and named:
        words = (("link", sorted(linked)), (MATCHED, sorted(named)))
        return all_of_them, "; ".join(f"{signal}: {', '.join(who)}" for signal, who in words)
    return all_of_them, "link" if linked else MATCHED if named else None


def _meeting(
    city: City, raw: RawNews, known: Mapping[str, str]
) -> tuple[str | None, tuple[Problem, ...]]:
    """Give the meeting that an article links to; of several none, as it may report any."""
    links = [city.link(url) for url in raw.links]
    nodes = [node_id(link.url) for link in links if link and link.kind == "meeting"]
    names = dict.fromkeys(known.get(node, node) for node in nodes if node)
    if len(names) > 1:
        return None, (Problem(code="several-meetings", text=", ".join(names)),)
    return next((f"{city.slug}:{name}" for name in names), None), ()
