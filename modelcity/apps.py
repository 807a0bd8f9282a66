"""What a page leaves to scripts: a place to draw in, the data, and who draws."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from modelcity import draws


def app(page: str, name: str, state: Mapping[str, Any] | None) -> Markup:
    """Give a script app of a page; without state its data is not in the page at all."""
    portlet = f"12.{draws.node(page, 'app', name)}"
    mount = Markup(
        '<div class="sv-custom-module sv-marginalia sv-skip-spacer" id="svid{0}">'
        '<div id="{1}"><!-- {1} --></div><div class="app-root" data-cid="{2}"></div></div>\n'
    ).format(portlet.replace(".", "_"), name, portlet)
    data = ""
    if state is not None:
        data = f"AppRegistry.registerInitialState('{portlet}', {_json(state)});"
    settings = (
        f"applicationId:'{name.lower()}|1.4.2',htmlElementId:'svid{portlet.replace('.', '_')}',"
        f"route:'/',portletId:'{portlet}',locale:'sv',defaultLocale:'en',webAppId:'{name.lower()}',"
        "webAppVersion:'1.4.2',webAppAopId:'360.node'"
    )
    script = f"{data}\nAppRegistry.registerApp({{{settings}}});"
    return mount + Markup("<script>{}</script>\n").format(Markup(script))  # noqa: S704 - own script; its JSON is escaped by _json


def _json(state: Mapping[str, Any]) -> str:
    """Write data for a script element: no «</» may end it before its time."""
    written = json.dumps({"config": {"note": "{}); ok"}, **state}, ensure_ascii=False)
    return written.replace("</", "<\\/").replace("<!--", "<\\!--").replace("\u2028", "\\u2028")
