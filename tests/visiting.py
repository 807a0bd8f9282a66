"""What tests of the model city share: one city, its pages in each form, and somebody who asks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from http.client import HTTPConnection
from typing import Any, Final

from lxml import html

from modelcity.render import FORMS, LATER_FORMS, Form, Site
from modelcity.server import ModelCity
from modelcity.truth import Truth, build

TODAY: Final = date(2026, 11, 23)
ALL_FORMS: Final = (*FORMS, *LATER_FORMS)
STATE: Final = re.compile(r"registerInitialState\('[^']+', (\{.*\})\);$", re.MULTILINE)
LINK: Final = re.compile(r'(?:href=|"ur[il]": )"(/[^"#]*)"')
QUIET: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back; headers by lower-case name."""

    status: int
    headers: dict[str, str]
    body: bytes


class Visitor:
    """One connection to a model city, kept open between its questions."""

    def __init__(self, city: ModelCity) -> None:
        """Connect when first asked."""
        self._connection = HTTPConnection(city.origin.removeprefix("http://"), timeout=QUIET)

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Reply:
        """Ask for a path; `If_None_Match=` is a header."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, headers=told)
        answer = self._connection.getresponse()
        body = answer.read()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(status=answer.status, headers=named, body=body)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


@cache
def truth() -> Truth:
    """Give the city of the day, which no test can change."""
    return build(TODAY)


@cache
def site(form: Form) -> Site:
    """Give the city's pages in a form."""
    return Site(truth(), form)


def page(form: Form, address: str) -> str:
    """Give a page that must be there."""
    body = site(form).page(address)
    assert body is not None
    return body.decode()


def texts(element: html.HtmlElement, *tags: str) -> list[str]:
    """Give the words of each such element, with single blanks."""
    return [" ".join(str(found.text_content()).split()) for found in element.iter(*tags)]


def states(markup: str) -> list[dict[str, Any]]:
    """Give the data that a page hands to its scripts."""
    return [json.loads(found) for found in STATE.findall(markup)]


def links(markup: str) -> set[str]:
    """Give the addresses on the city's own host that a page leads to, in links and in data."""
    return {found.replace("&amp;", "&") for found in LINK.findall(markup)}
