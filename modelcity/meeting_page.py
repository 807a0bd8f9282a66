"""A meeting's own page: heading, time and place, notices, files, agenda and decisions."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup, escape

from modelcity import apps, badges, elements, files, markup, moments, swedish
from modelcity.blocks import Agenda, Block, Decision, Decisions, FileList, Item, Words
from modelcity.model import Meeting
from modelcity.moments import Form
from modelcity.scene import Piece, Scene

_BREAK: Final = Markup("<br>\n")


def render(scene: Scene, meeting: Meeting) -> str:
    """Give the page of a meeting that has one."""
    page, form = meeting.key, scene.form
    content = markup.join(
        (
            markup.text(page, "Rubrik", markup.heading(1, meeting.heading)),
            markup.text(page, "Ingress", markup.paragraph(meeting.body.about)),
            _sentences(page, "Notis", meeting.before),
            _time_and_place(form, meeting),
            _sentences(page, "Information", meeting.after),
            *(_block(form, page, place, block) for place, block in enumerate(meeting.blocks)),
            markup.portlet(page, "image", "Bild", _picture(meeting)),
        )
    )
    piece = Piece(
        node=page,
        address=meeting.path,
        title=meeting.page_name,
        share=meeting.page_name,
        created=meeting.created,
        changed=meeting.changed,
        look=meeting.look,
    )
    return scene.article(piece, content)


def _picture(meeting: Meeting) -> Markup:
    caption = markup.paragraph(meeting.caption) if meeting.caption else markup.EMPTY
    return markup.image(meeting.image, name="sammantrade") + caption


def _sentences(page: str, anchor: str, sentences: tuple[str, ...]) -> Markup:
    if not sentences:
        return markup.EMPTY
    return markup.text(page, anchor, markup.paragraphs(sentences))


def _time_and_place(form: Form, meeting: Meeting) -> Markup:
    """Give the two labelled values; a script draws the time where scripts draw."""
    if meeting.untimed:
        return markup.EMPTY
    time, place = _time(form, meeting), meeting.place_line or ""
    if form == "table":
        cells = Markup(
            '<table class="env-table"><tbody><tr><th scope="row">Tid:</th><td>{}</td></tr>'
            '<tr><th scope="row">Plats:</th><td>{}</td></tr></tbody></table>'
        ).format(time, place)
        return markup.text(meeting.key, "Tid", cells)
    if form in {"badges", "elements"}:
        facts = badges.facts if form == "badges" else elements.facts
        return markup.text(meeting.key, "Tid", facts([("Tid", time), ("Plats", place)]))
    shown = Markup(
        '<p class="normal"><strong>Tid: </strong>{}<br><strong>Plats: </strong>{}</p>'
    ).format(time, place)
    app = apps.app(meeting.key, "Sammantrade", _state(meeting)) if form == "state" else ""
    return markup.text(meeting.key, "Tid", shown) + app


def _time(form: Form, meeting: Meeting) -> str:
    if meeting.look.plain_dates:
        return swedish.stamp(meeting.start)
    return moments.moment(form, meeting.start)


def _state(meeting: Meeting) -> dict[str, object]:
    return {
        "events": [
            {
                "title": meeting.body.name,
                "uri": meeting.path,
                "fromDate": meeting.start.isoformat(),
                "toDate": None,
                "location": meeting.place,
                "subject": meeting.row_note,
            }
        ]
    }


def _block(form: Form, page: str, place: int, block: Block) -> Markup:
    match block:
        case FileList():
            return files.file_list(form, page, place, block)
        case Agenda():
            return markup.text(page, f"Arenden{place}", _agenda(form, block))
        case Decisions():
            return markup.text(page, f"Beslut{place}", _decisions(form, block))
        case Words():
            told = markup.paragraphs(block.paragraphs)
            listed = markup.bullets(block.bullets) if block.bullets else markup.EMPTY
            after = markup.paragraphs(block.after)
            return markup.text(page, f"Text{place}", told + listed + after)


def _agenda(form: Form, agenda: Agenda) -> Markup:
    rows = _agenda_rows(agenda)
    if agenda.heading is None:
        return rows
    if form == "badges":
        return badges.accordion(agenda.heading, rows)
    return markup.heading(2, agenda.heading) + rows


def _agenda_rows(agenda: Agenda) -> Markup:
    match agenda.form:
        case "numbered":
            return Markup("<ol>{}</ol>").format(_rows(agenda))
        case "bullets":
            return Markup('<ul class="sv-font-brodtext">{}</ul>').format(_rows(agenda))
        case "typed":
            lines = (Markup("{}.{}{}").format(i.number, i.gap, _item(i)) for i in agenda.items)
            return markup.paragraphs(lines)
        case "lines":
            return markup.paragraph(_BREAK.join(_item(item) for item in agenda.items))


def _rows(agenda: Agenda) -> Markup:
    return markup.join(Markup("<li>{}</li>\n").format(_item(item)) for item in agenda.items)


def _item(item: Item) -> Markup:
    title = escape(f"{item.code} {item.title}" if item.code else item.title)
    if item.reference is None:
        return title
    gap = Markup(" ") if item.reference_inline else _BREAK
    return title + gap + item.reference


def _decisions(form: Form, decisions: Decisions) -> Markup:
    intro = markup.paragraph(decisions.intro) if decisions.intro else markup.EMPTY
    told = markup.join(_decision(form, decision) for decision in decisions.items)
    return markup.heading(2, decisions.heading) + intro + told


def _decision(form: Form, decision: Decision) -> Markup:
    text = markup.paragraph(decision.text)
    if form == "badges":
        return badges.accordion(decision.title, text)
    return markup.heading(3, decision.title) + text
