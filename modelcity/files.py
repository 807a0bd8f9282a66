"""File lists in six shapes: the city's table, SiteVision's list, links, spans, script data."""

from __future__ import annotations

from typing import Any, Final

from markupsafe import Markup

from modelcity import apps, badges, elements, markup, swedish
from modelcity.blocks import File, FileList, Shape
from modelcity.moments import Form

_SHAPES: Final[dict[Form, Shape]] = {
    "iso": "table",
    "split": "portlet",
    "text": "links",
    "state": "state",
    "table": "table",
    "badges": "spans",
    "elements": "data",
}
_HEADS: Final = ("Ikon som illustrerar filtyp", "Filnamn", "Filstorlek", "Datum fil laddades upp")
_ICON: Final = Markup('<img alt="" src="/sitevision/util/images/pdf.gif">')
_CAPTION: Final = "Filer tillgängliga för nedladdning"


def file_list(form: Form, page: str, place: int, listed: FileList) -> Markup:
    """Give a heading and what is under it: files, a sentence, a script's place, or nothing."""
    anchor = f"Filer{place}"
    head = markup.heading(2, listed.heading) if listed.heading is not None else markup.EMPTY
    told = markup.paragraph(listed.note) if listed.note else markup.EMPTY
    top = markup.text(page, f"Rubrik{place}", head + told)
    if listed.drawn:
        return top + apps.app(page, anchor, None)
    if not listed.files:
        return top
    shape = _shape(form, listed)
    if shape == "data":
        return top + apps.app(page, anchor, elements.files(listed.files))
    if shape == "state":
        return top + apps.app(page, anchor, {"files": [_data(file) for file in listed.files]})
    draw = _own_links if listed.shape == "links" else _SHOWN[shape]
    shown = draw(listed.files, with_icon=form != "table")
    return top + markup.portlet(page, "file", anchor, shown)


def _shape(form: Form, listed: FileList) -> Shape:
    """Choose the shape: a list's own, but a script draws all where scripts draw."""
    own = None if form in {"state", "elements"} else listed.shape
    return own or _SHAPES[form]


def _table(files: tuple[File, ...], *, with_icon: bool) -> Markup:
    """Write the table; one template leaves the icon's cell empty."""
    icon = _ICON if with_icon else ""
    rows = ((icon, _link(file), file.size, swedish.stamp(file.uploaded)) for file in files)
    return markup.table(_CAPTION, _HEADS, rows)


def _portlet(files: tuple[File, ...], *, with_icon: bool) -> Markup:
    """Write SiteVision's own list of files."""
    icon = _ICON if with_icon else markup.EMPTY
    row = Markup(
        '<li><div class="sv-file-portlet-fileicon">{}</div>'
        '<div class="sv-file-portlet-file">{}</div></li>'
    )
    rows = markup.join(row.format(icon, _link(file)) for file in files)
    return Markup("<ul>{}</ul>").format(rows)


def _links(files: tuple[File, ...], *, with_icon: bool) -> Markup:
    """Write one link a paragraph, the kind glued to its name; this shape has no icons."""
    del with_icon
    return markup.join(markup.paragraph(_glued(file)) for file in files)


def _own_links(files: tuple[File, ...], *, with_icon: bool) -> Markup:
    """Write one link a paragraph, its kind told as the office that writes such pages tells it."""
    del with_icon
    return markup.join(markup.paragraph(_link(file)) for file in files)


def _spans(files: tuple[File, ...], *, with_icon: bool) -> Markup:
    """Write kind, size and upload moment beside the link; this shape has no icons."""
    del with_icon
    return badges.documents(files)


_SHOWN: Final = {"table": _table, "portlet": _portlet, "links": _links, "spans": _spans}


def _link(file: File) -> Markup:
    return Markup('<a href="{}" class="normal">{}{}</a>').format(file.path, file.name, _hint(file))


def _hint(file: File) -> Markup:
    told = f"{file.kind}, {file.size}"
    written = {
        "spaced": f" {told}.",
        "window": f" {told}, öppnas i nytt fönster.",
        "glued": f"{told}.",
        "bare": file.kind if file.kind == "Word" else "PDF",
        "none": "",
    }[file.hint]
    return Markup('<span class="env-assistive-text">{}</span>').format(written)


def _glued(file: File) -> Markup:
    """Write a link with its kind set directly after the name, hidden from nobody."""
    kind = {"bare": "Word" if file.kind == "Word" else "PDF", "none": ""}
    written = kind.get(file.hint, f"{file.kind}, {file.size}.")
    return Markup('<a href="{}">{}{}</a>').format(file.path, file.name, written)


def _data(file: File) -> dict[str, Any]:
    """Give a file as script data has it; who changed it is in there too, and nobody's business."""
    return {
        "id": f"18.{file.node}",
        "name": file.name,
        "uri": file.path,
        "url": file.path,
        "fileSize": file.size,
        "lastModifiedDateTime": file.uploaded.isoformat(),
        "lastModifiedBy": "redaktor-0000",
    }
