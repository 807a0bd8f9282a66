"""Where the model city's pages lie: addresses of the real site where known, else of its grammar."""

from __future__ import annotations

from typing import Final

from modelcity import draws, model, swedish
from modelcity.model import Body

HOST: Final = model.HOST
ORGANISATION: Final = "/kommunochpolitik/kommunensorganisation"

START: Final = "/"
ENTRY: Final = "/kommunochpolitik/motenhandlingarochbeslut.4.1fef6289155e1318edf38e56.html"
COUNCIL_LISTING: Final = (
    f"{ORGANISATION}/kommunfullmaktige/"
    "handlingarochprotokollkommunfullmaktige.4.1fef6289155e1318edf1824d.html"
)
BOARD_LISTING: Final = (
    f"{ORGANISATION}/kommunstyrelsen/"
    "handlingarochprotokollkommunstyrelsen.4.25d9ccc5150fb715b722801e.html"
)
NOTICE_BOARD: Final = "/anslagstavla"
NOTICE_BOARD_ALIAS: Final = "/anslagstavlan"


def node(path: str) -> str:
    """Give the identity in an address of a page."""
    return path.rsplit(".", 2)[1]


def _page(folder: str, title: str) -> str:
    return f"{folder}/{swedish.squeeze(title)}.4.{draws.node('page', folder, title)}.html"


CALENDAR: Final = _page("/kommunochpolitik/motenhandlingarochbeslut", "Sammanträdeskalender")
NEWS: Final = _page("/nyheter", "Nyheter")
COMMITTEES: Final = _page(ORGANISATION, "Nämnder")
SUBSCRIPTION: Final = _page("/kommunochpolitik", "Prenumerera på handlingar")
WEB_DIARY: Final = "/kommunochpolitik/motenhandlingarochbeslut/webbdiarium"
SEED: Final = _page("/kommunochpolitik/utveckling", "Innovation i offentlig sektor")
SEED_STRIPPED: Final = _page("/kommunochpolitik/utveckling", "Innovation i offentlig sektor arkiv")


def generic(section: str, title: str) -> str:
    """Give the address of an ordinary page of the menu."""
    return _page(f"/{swedish.squeeze(section)}", title)


def committee(body: Body) -> str | None:
    """Give the address of a body's own page, None where the city's site has none."""
    return None if body.folder is None else f"{ORGANISATION}/{body.folder}.4.{body.node}.html"


def listing(body: Body) -> str | None:
    """Give the address of the list of a body's past meetings, None where there is none."""
    if body.listing is None:
        return None
    name = f"handlingarochprotokoll{swedish.squeeze(body.name)}"
    return f"{ORGANISATION}/{body.folder}/{name}.4.{body.listing}.html"


def planned(body: Body) -> str | None:
    """Give the address of the list of a body's coming meetings: council and board have one."""
    if body.style not in {"council", "board"}:
        return None
    return _page(f"{ORGANISATION}/{body.folder}", f"Sammanträden, {body.name}")


def meeting_folder(body: Body, year: int, this_year: int) -> str:
    """Give the folder a meeting's page lies in: last year's move to the archive folder."""
    own = swedish.squeeze(body.name)
    archived = body.archive is not None and year < this_year
    return f"{ORGANISATION}/{body.folder}/{body.archive if archived else own}"


def regulations(body: Body) -> str:
    """Give the address of a body's regulations, a file."""
    name = draws.node("regulations", body.name)
    return f"/download/18.{name}/1704100000000/{swedish.squeeze(body.name)}reglemente.pdf"
