"""What the model city's server answers to a request: pure, but for the stamps it remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from modelcity import feed
from modelcity.faults import Fault, Robots
from modelcity.render import Site

HTML: Final = "text/html;charset=UTF-8"
PDF: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
_DRAWING: Final = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
_MISSING: Final = b"<!DOCTYPE html><title>Modell</title><h1>Sidan kan inte hittas</h1>"
_VALIDATORS: Final = {"ETag", "Last-Modified"}
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers and body; Content-Length is the server's to add."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Stamps:
    """When each page last became what it is, in whole seconds, as Last-Modified tells it."""

    def __init__(self, now: datetime) -> None:
        self._set = now.replace(microsecond=0)
        self._known: dict[str, tuple[str, datetime]] = {}

    def replaced(self, now: datetime) -> None:
        """Note that the pages were replaced: what differs is later by a second or more."""
        self._set = max(now.replace(microsecond=0), self._set + _SECOND)

    def of(self, address: str, body: bytes) -> tuple[str, datetime]:
        """Give entity tag and stamp of a page."""
        tag = f'"{sha256(body).hexdigest()[:20]}"'
        known = self._known.get(address)
        if known is None or known[0] != tag:
            known = self._known[address] = (tag, self._set)
        return known


def answer(
    site: Site, pages: Mapping[str, bytes], stamps: Stamps, address: str, asked: Mapping[str, str]
) -> Answer:
    """Answer as a sound server does; `asked` are the request's headers, by lower-case name."""
    plain = address.partition("?")[0]
    body = pages.get(address) or site.page(address) or site.feed(address) or site.page(plain)
    if body is not None:
        sound = _conditional(body, *stamps.of(address, body), asked)
        return sound if body != site.feed(address) else _as_feed(sound)
    if site.holds_file(plain):
        return Answer(status=200, headers={"Content-Type": "application/pdf"}, body=PDF)
    if (now_at := site.moved(plain)) is not None:
        return Answer(status=HTTPStatus.MOVED_PERMANENTLY, headers={"Location": now_at})
    if plain.startswith("/download/"):
        return Answer(status=200, headers={"Content-Type": "application/pdf"}, body=PDF)
    if plain.startswith(("/images/", "/sitevision/", "/favicon")):
        return Answer(status=200, headers={"Content-Type": "image/svg+xml"}, body=_DRAWING)
    return Answer(status=404, headers={"Content-Type": HTML}, body=_MISSING)


def robots(rules: Robots) -> Answer:
    """Answer for /robots.txt."""
    headers = {"Content-Type": "text/plain;charset=UTF-8", **rules.headers}
    return Answer(status=rules.status, headers=headers, body=rules.text.encode())


def spoilt(sound: Answer, fault: Fault) -> Answer:
    """Give the answer that a fault makes of a sound one."""
    headers = dict(sound.headers)
    status = fault.status or sound.status
    if fault.no_validators or fault.body is not None:
        headers = {name: told for name, told in headers.items() if name not in _VALIDATORS}
    headers |= fault.headers
    if fault.redirect is not None:
        headers["Location"] = fault.redirect
        status = fault.status or HTTPStatus.FOUND
    if fault.content_type is not None:
        headers["Content-Type"] = fault.content_type
    body = sound.body if fault.body is None else fault.body
    return replace(sound, status=status, headers=headers, body=body)


def _conditional(body: bytes, tag: str, stamp: datetime, asked: Mapping[str, str]) -> Answer:
    validators = {"ETag": tag, "Last-Modified": format_datetime(stamp, usegmt=True)}
    if _unchanged(tag, stamp, asked):
        return Answer(status=HTTPStatus.NOT_MODIFIED, headers=validators)
    headers = {
        "Content-Type": HTML,
        "Cache-Control": "no-cache",
        "Set-Cookie": "SiteVisionLTM=modell; path=/",
        **validators,
    }
    return Answer(status=HTTPStatus.OK, headers=headers, body=body)


def _as_feed(sound: Answer) -> Answer:
    """Give the answer of a feed, which differs from a page's in its type; a 304 has none."""
    typed = {name: feed.CONTENT_TYPE for name in sound.headers if name == "Content-Type"}
    return replace(sound, headers={**sound.headers, **typed})


def _unchanged(tag: str, stamp: datetime, asked: Mapping[str, str]) -> bool:
    """Say whether the asker has it already (RFC 9110, 13.2.2: the tag wins over the date)."""
    if (tags := asked.get("if-none-match")) is not None:
        return tags.strip() == "*" or tag in [each.strip() for each in tags.split(",")]
    try:
        return stamp <= parsedate_to_datetime(asked["if-modified-since"])
    except (KeyError, ValueError, TypeError):
        return False
