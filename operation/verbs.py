"""The verbs beside the daily ones: probe, capture, explain, changes, replay, validate, forget."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from operation.options import (
    Config,
    Delay,
    Json,
    Now,
    Origin,
    Out,
    Quiet,
    Site,
    Store,
    Verbose,
    bar,
    logs_of,
    options_of,
    say,
    settings_of,
)

if TYPE_CHECKING:  # rooms are entered when a verb needs them: `--help` answers at once
    from operation.looking import Looked
    from operation.settings import Settings

To = Annotated[Path, typer.Option("--to", help="The folder to save pages in.")]
Captures = Path("captures")


def probe(
    what: Annotated[str, typer.Argument(metavar="URL|FILE|CITY", help="What to look at.")],
    *,
    url: Annotated[str | None, typer.Option(help="The address that a FILE is read as.")] = None,
    to: To = Captures,
    config: Config = None,
    store: Store = None,
    origin: Origin = None,
    now: Now = None,
    delay: Delay = None,
    as_json: Json = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Tell what the parsers find on a page, and by which signal; of a CITY, on one of each kind."""
    from operation.probing import probe as probed
    from scraper import shipped

    logs_of(verbose - 1, quiet=quiet)
    chosen = settings_of(config, store=store, origin=origin, now=now, delay=delay)
    if what in shipped.names():
        raise typer.Exit(_first_day(what, chosen, to, as_json=as_json, quiet=quiet))
    found = probed(_looked(what, url, chosen))
    print(json.dumps(found.content, ensure_ascii=False) if as_json else found.text)
    raise typer.Exit(found.exit)


def _looked(what: str, url: str | None, chosen: Settings) -> Looked:
    from operation import looking

    if looking.is_address(what):
        return looking.fetched(what, chosen)
    return looking.saved(Path(what), url, chosen)


def _first_day(name: str, chosen: Settings, folder: Path, *, as_json: bool, quiet: bool) -> int:
    from operation import firstday
    from scraper import cities

    city = cities.load(name)
    with bar(quiet=quiet) as tell:
        rows = firstday.check(city, chosen, folder, tell)
    if as_json:
        print(json.dumps(firstday.data(rows, folder), ensure_ascii=False))
    else:
        print(firstday.text(city, rows, folder))
    return firstday.well(rows)


def capture(
    url: Annotated[str, typer.Argument(metavar="URL", help="The page to save.")],
    *,
    to: To = Captures,
    config: Config = None,
    store: Store = None,
    origin: Origin = None,
    now: Now = None,
    delay: Delay = None,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Save a page as a test fixture, with its address and hour, contact boxes cut out."""
    from operation import looking
    from operation.capturing import save

    logs_of(verbose - 1, quiet=quiet)
    chosen = settings_of(config, store=store, origin=origin, now=now, delay=delay)
    saved = save(looking.fetched(url, chosen), to)
    print(saved.file)
    if not quiet:
        say(saved.sentence)


def explain(
    record: Annotated[
        str, typer.Argument(metavar="ID", help="An id, a committee's slug, or a page's address.")
    ],
    *,
    config: Config = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Explain one record: its values, their signals, its history, what each page says of it."""
    from operation import explaining

    found = explaining.explain(settings_of(config, store=store), record)
    print(
        json.dumps(explaining.data(found), ensure_ascii=False)
        if as_json
        else explaining.text(found)
    )


def changes(
    *,
    since: Annotated[
        str | None, typer.Option(help="ISO 8601: what was seen then or later.")
    ] = None,
    committee: Annotated[str | None, typer.Option(help="The slug of one committee.")] = None,
    config: Config = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Tell what changed, newest first."""
    from operation.chronicle import chronicle, text
    from records.codec import to_json

    found = chronicle(settings_of(config, store=store), since=since, committee=committee)
    if as_json:
        print(json.dumps([to_json(it.change) for it in found], ensure_ascii=False))
    else:
        print(text(found))


def replay(
    *,
    config: Config = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Read all stored pages again by today's parsers, and tell what would change."""
    from operation import replaying

    found = replaying.replay(settings_of(config, store=store))
    print(
        json.dumps(replaying.data(found), ensure_ascii=False) if as_json else replaying.text(found)
    )


def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="What to check.")],
) -> None:
    """Hold .ics, .rss, .atom and .json files against what apps and readers need of them."""
    from operation.validating import validate as findings

    found = False
    for finding in findings(files):
        print(finding)
        found = True
    raise typer.Exit(int(found))


class Asked(StrEnum):
    """What is done with the settings."""

    SHOW = "show"
    CHECK = "check"


def config(
    what: Annotated[Asked, typer.Argument(help="Show them, or name all mistakes at once.")],
    *,
    config: Config = None,
    site: Site = None,
    out: Out = None,
    store: Store = None,
    delay: Delay = None,
    origin: Origin = None,
    as_json: Json = False,
) -> None:
    """Show every setting and what said so, or check them for reading a city on a timetable."""
    from operation import configuring

    given = options_of(site=site, out=out, store=store, delay=delay, origin=origin)
    if what is Asked.CHECK:
        configuring.checked(config, given)
        print("The settings are good.")
        return
    for one in configuring.shown(config, given):
        row = {"name": one.name, "value": one.value, "source": one.source}
        value = json.dumps(one.value, ensure_ascii=False)
        plain = f"{one.name} = {value}  # {one.source}"
        print(json.dumps(row, ensure_ascii=False) if as_json else plain)


def forget(
    record: Annotated[
        str, typer.Argument(metavar="ID|URL", help="An id, or the address of the city's page.")
    ],
    *,
    config: Config = None,
    store: Store = None,
    out: Out = None,
    site: Site = None,
    now: Now = None,
) -> None:
    """Take a record down for good: out of the store, and out of every published file."""
    from operation import forgetting

    found = forgetting.forget(settings_of(config, store=store, out=out, site=site, now=now), record)
    for sentence in forgetting.sentences(found):
        print(sentence)
    raise typer.Exit(int(bool(found.left)))
