"""Lists of meetings and news in each markup form: calendar, sidebar, past meetings, articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from markupsafe import Markup

from modelcity import apps, badges, elements, markup, moments, swedish
from modelcity.model import Article, Meeting
from modelcity.moments import Form

_CUT = 160


def calendar(  # noqa: PLR0913 - all of it is asked for at each call
    form: Form,
    page: str,
    name: str,
    meetings: Sequence[Meeting],
    today: date,
    *,
    stripped: bool = False,
) -> Markup:
    """Give a calendar; `stripped` leaves the times out, as text extraction has left them."""
    if form == "state":
        rows = [_event(meeting, stripped=stripped) for meeting in meetings]
        return apps.app(page, name, {"events": rows})
    if form == "elements":
        return apps.app(page, name, elements.calendar(meetings, stripped=stripped))
    if not meetings:
        shown = markup.paragraph("Det finns inga inplanerade sammanträden.")
    elif form == "table":
        heads = ("Nämnd", "Tid:", "Plats:")
        cells = (_cells(meeting, today, stripped=stripped) for meeting in meetings)
        shown = markup.table("Kommande sammanträden", heads, cells)
    else:
        items = (_item(form, meeting, today, stripped=stripped) for meeting in meetings)
        shown = Markup('<ul class="sv-channel">{}</ul>').format(markup.join(items))
    return markup.portlet(page, "archive", name, shown)


def _item(form: Form, meeting: Meeting, today: date, *, stripped: bool) -> Markup:
    told = Markup(" kl. ") if stripped else moments.row(form, meeting.start, today)
    if form == "badges":
        return badges.calendar_row(meeting, told, stripped=stripped)
    return Markup(
        '<li class="sv-channel-item">{image}<div class="cal-body"><h3 class="heading3">{name}</h3>'
        '<p class="normal">Tid: {time}</p>{place}{note}</div></li>\n'
    ).format(
        image=markup.image(meeting.body.image),
        name=markup.link(_path(meeting), meeting.body.name),
        time=told,
        place=markup.paragraph(f"Plats: {meeting.place}") if meeting.place else "",
        note=markup.paragraph(meeting.row_note) if meeting.row_note else "",
    )


def _cells(meeting: Meeting, today: date, *, stripped: bool) -> tuple[str, ...]:
    image = markup.image(meeting.body.image)
    name = image + Markup(" ") + markup.link(_path(meeting), meeting.body.name)
    told = Markup(" kl. ") if stripped else moments.row("table", meeting.start, today)
    if meeting.row_note:
        told = Markup("{}, {}").format(told, meeting.row_note)
    return (name, told, meeting.place or "")


def _event(meeting: Meeting, *, stripped: bool) -> dict[str, Any]:
    return {
        "title": meeting.body.name,
        "uri": _path(meeting),
        "fromDate": None if stripped else meeting.start.isoformat(),
        "toDate": None,
        "location": meeting.place,
        "subject": meeting.row_note,
        "image": {"alt": meeting.body.image, "uri": "/images/18.bild.svg"},
    }


def _path(meeting: Meeting) -> str | None:
    return meeting.path if meeting.node else None


def listing(form: Form, page: str, meetings: Iterable[Meeting]) -> Markup:
    """Give one link a meeting under a heading for each year, newest first."""
    newest = sorted(meetings, key=lambda meeting: meeting.start, reverse=True)
    if form == "state":
        return apps.app(page, "Lista", {"pages": [_row_data(meeting) for meeting in newest]})
    if form == "elements":
        rows_ = ((meeting, _row_text(meeting)) for meeting in newest)
        return apps.app(page, "Lista", elements.listing(rows_))
    years = groupby(newest, key=lambda meeting: meeting.start.year)
    shown = markup.join(_year(form, year, list(rows)) for year, rows in years)
    return markup.text(page, "Lista", shown)


def _row_text(meeting: Meeting) -> str:
    note = ", inställt" if meeting.status == "cancelled" else ""
    return f"Sammanträdet den {swedish.words(meeting.start)}{note}"


def _row_data(meeting: Meeting) -> dict[str, Any]:
    return {
        "title": _row_text(meeting),
        "uri": _path(meeting),
        "published": meeting.created.isoformat(),
        "organization": meeting.body.name,
        "fromDate": meeting.start.isoformat(),
    }


def _year(form: Form, year: int, meetings: list[Meeting]) -> Markup:
    if form == "table":
        rows = (
            (markup.link(_path(meeting), _row_text(meeting)), f"{meeting.start:%Y-%m-%d}")
            for meeting in meetings
        )
        return markup.heading(2, str(year)) + markup.table(
            f"Sammanträden {year}", ("Sammanträde", "Datum"), rows
        )
    links = (markup.link(_path(meeting), _row_text(meeting)) for meeting in meetings)
    if form == "badges":
        return badges.accordion(str(year), markup.bullets(links))
    return markup.heading(2, str(year)) + markup.bullets(links)


def news(form: Form, page: str, name: str, articles: Sequence[Article]) -> Markup:
    """Give a list of articles: day, title, and the intro cut short."""
    if form == "state":
        rows = [_news_data(article) for article in articles]
        return apps.app(page, name, {"articles": rows})
    if form == "elements":
        cut_rows = ((article, cut(article.intro)) for article in articles)
        return apps.app(page, name, elements.news(cut_rows))
    items = markup.join(_news_item(form, article) for article in articles)
    return markup.portlet(page, "archive", name, Markup("<ul>{}</ul>").format(items))


def _news_item(form: Form, article: Article) -> Markup:
    if form == "badges":
        return badges.news_row(article, cut(article.intro))
    return Markup(
        '<li class="sv-channel-item" style="margin-bottom:1em"><p class="normal">'
        '<span class="env-assistive-text">Publicerad</span> {day}</p>'
        '<h3 class="subheading">{title}</h3><span class="normal">{intro}</span></li>\n'
    ).format(
        day=moments.moment(form, article.published),
        title=markup.link(article.path, article.title),
        intro=cut(article.intro),
    )


def _news_data(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "preamble": cut(article.intro),
        "uri": article.path,
        "date": f"{swedish.words(article.published)} {article.published:%H:%M}",
    }


def cut(intro: str) -> str:
    """Cut an intro at about 160 characters, with three dots."""
    return intro if len(intro) <= _CUT else f"{intro[:_CUT]}..."
