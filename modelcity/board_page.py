"""The notice board with its two sections on meetings, and an item's own page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from modelcity import addresses, apps, badges, board, elements, markup, moments, swedish
from modelcity.model import Announcement, BoardItem, Look, Meeting
from modelcity.moments import Form
from modelcity.scene import Piece, Scene

PAGE: Final = "anslagstavla"
TITLE: Final = "Anslagstavla"
COMING: Final = "Kommunfullmäktige och nämndsammanträden"
ADJUSTED: Final = "Justering av protokoll från nämnder och kommunalförbund"
_NONE: Final = "Just nu finns inga anslagna nämndsammanträden."
_BREAK: Final = Markup("<br>\n")


def render(scene: Scene, items: Sequence[BoardItem], announcements: Sequence[Announcement]) -> str:
    """Give the notice board."""
    coming = _coming(scene.form, announcements)
    shown = content(scene.form, coming, items, ADJUSTED) + markup.text(PAGE, "Bygglov", _permits())
    return scene.ordinary(addresses.NOTICE_BOARD, TITLE, shown)


def content(
    form: Form, coming: Markup, items: Sequence[BoardItem], adjusted_heading: str
) -> Markup:
    """Give what stands on the board about meetings, in its two sections."""
    where = markup.paragraph("Anslagstavlan")
    intro = where + markup.paragraph("Här anslås kungörelser och justerade protokoll.")
    appeal = markup.heading(2, "Överklaga") + markup.paragraph("Så överklagar du")
    ask = markup.paragraph("Vid frågor om anslagstavlan: Modellkontoret, telefon 000-00 00 00")
    return markup.join(
        (
            markup.text(PAGE, "Ingress", intro + appeal + ask),
            markup.text(PAGE, "Kommande", markup.heading(2, COMING) + coming),
            markup.text(PAGE, "Justering", markup.heading(2, adjusted_heading)),
            _adjusted(form, PAGE, items),
        )
    )


def render_permit(scene: Scene, address: str, title: str) -> str:
    """Give the page of a permit, which is no minutes of anybody."""
    lines = ("Fastighet: Modellen 1", "Ärende: nybyggnad av förråd", "Anslaget den: 2026-01-02")
    told = markup.paragraph(_BREAK.join(Markup("{}").format(line) for line in lines))
    return scene.ordinary(address, title, told)


def render_item(scene: Scene, item: BoardItem) -> str:
    """Give an item's own page: one paragraph of labelled lines, then the link."""
    if item.node is None or item.path is None:
        raise LookupError(f"{item.title} has no page")
    head = markup.text(item.node, "Rubrik", markup.heading(1, item.title))
    told = markup.text(item.node, "Anslag", _lines(scene.form, item) + _link(item))
    piece = Piece(
        node=item.node,
        address=item.path,
        title=item.title,
        share=item.title,
        created=item.posted,
        changed=None,
        look=Look(),
    )
    return scene.article(piece, head + told)


def _coming(form: Form, announcements: Sequence[Announcement]) -> Markup:
    if not announcements:
        return markup.paragraph(_NONE)
    if form == "elements":
        told = [(each, _summons(each.meeting)) for each in announcements]
        return apps.app(PAGE, "Kommande", elements.announcements(told))
    return markup.join(_announcement(form, each) for each in announcements)


def _summons(meeting: Meeting) -> str:
    when = f"{swedish.spoken(meeting.start)} kl. {swedish.clock(meeting.start)}"
    return f"Sammanträde {when}, {meeting.place}" if meeting.place else f"Sammanträde {when}"


def _announcement(form: Form, announcement: Announcement) -> Markup:
    meeting = announcement.meeting
    path = meeting.path if meeting.node else None
    return (
        markup.heading(3, meeting.body.name)
        + Markup('<p class="normal">Anslaget den: {}</p>').format(_day(form, announcement.posted))
        + markup.paragraph(_summons(meeting))
        + markup.paragraph(markup.link(path, "Kallelse och handlingar"))
    )


def _day(form: Form, day: date) -> Markup:
    return moments.day(form, day)


def _adjusted(form: Form, page: str, items: Sequence[BoardItem]) -> Markup:
    if form == "state":
        return apps.app(page, "Protokoll", {"pages": [_data(item) for item in items]})
    if form == "elements":
        return apps.app(page, "Protokoll", elements.notices(items))
    rows = markup.join(_row(form, item) for item in items)
    return markup.portlet(page, "archive", "Protokoll", Markup("<ul>{}</ul>").format(rows))


def _row(form: Form, item: BoardItem) -> Markup:
    if form == "badges":
        return badges.board_row(item, _day(form, item.posted), _link(item))
    return Markup('<li class="sv-channel-item"><h3 class="heading3">{}</h3>{}{}</li>\n').format(
        markup.link(item.path, item.title), _lines(form, item), _link(item)
    )


def _lines(form: Form, item: BoardItem) -> Markup:
    posted = Markup("Anslaget den: {}").format(_day(form, item.posted))
    if form == "badges":
        return badges.board_facts(item, _day(form, item.posted))
    lines = (Markup("{}").format(line) for line in item.lines)
    return markup.paragraph(_BREAK.join((posted, *lines)))


def _link(item: BoardItem) -> Markup:
    return Markup(
        '<p class="normal"><a href="{}">{}<span class="env-assistive-text">{}</span></a></p>'
    ).format(item.document, item.link_text, item.link_hint)


def _data(item: BoardItem) -> dict[str, Any]:
    return {
        "title": item.title,
        "uri": item.path,
        "published": item.posted.isoformat(),
        "organization": item.committee,
        "preamble": "\n".join(item.lines),
        "subject": "Justering av protokoll",
        "fromDate": item.posted.isoformat(),
        "toDate": None,
        "link": {"text": item.link_text, "uri": item.document},
    }


def _permits() -> Markup:
    links = (markup.link(address, title) for address, title in board.permits().items())
    return markup.heading(2, "Kungörelser") + markup.bullets(links)
