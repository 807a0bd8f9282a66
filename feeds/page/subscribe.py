"""How to follow one calendar in the app that one has: the links that each app understands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode

import segno
from markupsafe import Markup

from feeds import happened
from feeds.edition import ALL
from feeds.event import summary
from feeds.hours import hours
from feeds.page.site import Site
from feeds.place import location
from feeds.rendered import Variant
from feeds.text import web
from feeds.topics import TITLE, Topic

GOOGLE: Final = "https://calendar.google.com/calendar/u/0/r/settings/addbyurl"
"""Google's own page for adding a calendar by its address; it works on a computer only."""

ONCE: Final = "https://calendar.google.com/calendar/render"
"""Google's own page for one event, which works on a phone too."""

OUTLOOK: Final = "https://outlook.live.com/calendar/0/addfromweb"
OFFICE: Final = "https://outlook.office.com/calendar/0/addfromweb"

_FORMATS: Final = (
    ("rss", "RSS", "application/rss+xml"),
    ("atom", "Atom", "application/atom+xml"),
    ("json", "JSON Feed", "application/feed+json"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed or calendar by its address; `title` names body and kind."""

    href: str
    title: str
    format: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The ways to follow one body; None for what is not published or not known."""

    name: str
    link: str
    ics: str | None
    webcal: str | None
    google: str | None
    reminders: str | None
    happened: str | None
    outlook: str | None
    office: str | None
    once: str | None
    mail: str
    email: str | None
    feeds: tuple[Feed, ...]


def panel(
    site: Site, slug: str, name: str, *, email: str | None = None, page: str | None = None
) -> Panel:
    """Give the ways to follow a committee, a bundle or, by `ALL`, the whole city.

    They stand on a `page` of that name, or else on one named by the slug.
    """
    ics = site.address(f"{slug}.ics")
    google = site.address(f"{slug}.{Variant.GOOGLE}.ics")
    link = site.edition.address(site.page(f"{page or slug}/"))
    subject = site.language.say("Kalender: {name}", name=name)
    body = "\n\n".join(filter(None, (google, GOOGLE, link)))
    named = urlencode({"url": ics or "", "name": name})
    return Panel(
        name=name,
        link=link,
        ics=ics,
        webcal=_webcal(ics),
        google=google,
        reminders=_webcal(site.address(f"{slug}.{Variant.REMINDERS}.ics")),
        happened=site.address(f"{slug}.{happened.ENDING}.ics"),
        outlook=f"{OUTLOOK}?{named}" if ics else None,
        office=f"{OFFICE}?{named}" if ics else None,
        once=_once(site, slug),
        mail=f"mailto:?{urlencode({'subject': subject, 'body': body}).replace('+', '%20')}",
        email=web(email),
        feeds=feeds(site, slug, name),
    )


def feeds(site: Site, slug: str, name: str) -> tuple[Feed, ...]:
    """Give what is published of a body: everything as feeds, each kind by itself, the calendar."""
    found = [
        Feed(href=href, title=f"{name} ({words})", format=words, type=kind)
        for ending, words, kind in _FORMATS
        if (href := site.file(f"{slug}.{ending}"))
    ]
    for topic in Topic:
        if href := site.file(f"{topic}.rss" if slug == ALL else f"{slug}.{topic}.rss"):
            words = site.language.say(TITLE[topic])
            title = f"{name}: {words}"
            found.append(Feed(href=href, title=title, format="RSS", type="application/rss+xml"))
    if href := site.file(f"{slug}.ics"):
        words = site.language.say("kalender")
        found.append(Feed(href=href, title=f"{name} ({words})", format=words, type="text/calendar"))
    return tuple(found)


def _webcal(address: str | None) -> str | None:
    return "webcal:" + address.partition(":")[2] if address else None


def _once(site: Site, slug: str) -> str | None:
    """Give Google's page for a copy of the next meeting, which will not follow its changes."""
    slugs = site.names.keys() if slug == ALL else _members(site, slug)
    meeting = site.next_of(slugs)
    if meeting is None:
        return None
    shown = hours(meeting)
    span = "/".join(_stamp(moment) for moment in (shown.start, shown.end))
    details = [site.edition.address(site.meeting_page(meeting)), web(meeting.url)]
    told = {
        "action": "TEMPLATE",
        "text": summary(meeting, site.names[meeting.committee]),
        "dates": span,
        "location": location(meeting.location, site.edition.city),
        "details": "\n".join(filter(None, details)),
    }
    return f"{ONCE}?{urlencode(told)}"


def _members(site: Site, slug: str) -> tuple[str, ...]:
    bundles = (b.committees for b in site.edition.city.bundles if b.slug == slug)
    return next(bundles, (slug,))


def _stamp(moment: object) -> str:
    """Give a moment in UTC or a day, as Google's page wants them."""
    if isinstance(moment, datetime):
        return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{moment:%Y%m%d}"


def code(address: str) -> Markup:
    """Give a QR code as an SVG element.

    Which mask it has is decided here: to try all eight takes ten times as long.
    """
    made = segno.make(address, error="l", mask=4, micro=False)
    return Markup(made.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S704 - the library's own element
