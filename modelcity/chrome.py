"""The dead weight of a real page: style rules, drawings and script settings."""

from __future__ import annotations

from functools import cache
from typing import Final

from markupsafe import Markup

_SIDES: Final = ("top", "right", "bottom", "left")
_TYPES: Final = ("sida", "artikel", "start", "sok", "kontakt", "karta", "nyhet", "anslag")
_BOOTSTRAP: Final = """
window.AppRegistry=window.AppRegistry||(function(){var apps=[],states={};return{
registerInitialState:function(id,state){states[id]=state;},
registerApp:function(app){apps.push(app);},
getInitialState:function(id){return states[id];}};})();
window.sv=window.sv||{};sv.UNSAFE_MAY_CHANGE_AT_ANY_GIVEN_TIME_webAppExternals={};
"""


@cache
def styles() -> Markup:
    """Give the inlined style rules."""
    spaces = "".join(
        f".env-m-{side}--{step}{{margin-{side}:{step * 4}px}}"
        f".env-p-{side}--{step}{{padding-{side}:{step * 4}px}}"
        for side in _SIDES
        for step in range(12)
    )
    templates = "".join(
        f".sv-template-{name} .sv-column-{width}{{flex:0 0 {width * 100 / 12:.2f}%;max-width:100%}}"
        for name in _TYPES
        for width in range(1, 13)
    )
    return Markup("<style>{}</style>").format(Markup(spaces + templates))  # noqa: S704 - own rules


@cache
def drawing(name: str) -> Markup:
    """Give an inlined drawing; who draws it differently changes nothing."""
    waves = " ".join(f"M{x} {x % 7 * 9}C{x + 3} {x % 11} {x + 6} {x % 5 * 7} {x + 9} {x % 13}"
                     for x in range(0, 360, 9))  # fmt: skip
    return Markup(
        '<svg class="lp-{}" aria-hidden="true" focusable="false" viewBox="0 0 360 60">'
        '<path d="{}"/></svg>'
    ).format(name, waves)


def context(page: str) -> Markup:
    """Give the script settings of one page."""
    return Markup("<script>{}{}</script>\n").format(
        Markup(  # noqa: S704 - a page's id is hex digits
            f"sv.PageContext={{pageId:'{page}',siteId:'2.1fef6289155e1318edf00000',"
            "userLocale:'sv',state:'',language:'sv',isMobile:false};"
        ),
        Markup(_BOOTSTRAP),  # noqa: S704 - a constant
    )
