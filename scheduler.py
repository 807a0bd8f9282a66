"""The front door: one command line, and the timetable that runs it."""

from __future__ import annotations

import json
import signal
import sys
from contextlib import nullcontext
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from feeds.kinds import Kind
from operation import verbs
from operation.options import (
    Cities,
    Config,
    Delay,
    DryRun,
    Force,
    Full,
    Host,
    Json,
    Light,
    Now,
    Origin,
    Out,
    Port,
    Quiet,
    ResumeFrom,
    Site,
    Store,
    TellOnce,
    Verbose,
    bar,
    logs_of,
    say,
    settings_of,
)
from records.errors import Busy, ConfigError, KallelseError

if TYPE_CHECKING:  # rooms are entered when a verb needs them: `--help` answers at once
    from operation.report import Report
    from operation.settings import Settings

app = typer.Typer(
    name="kallelse",
    help="Calendars and feeds for a city's political meetings, read from its own web pages.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """The forms of an export."""

    JSONL = "jsonl"
    CSV = "csv"


@app.command()
def update(
    cities: Cities = None,
    *,
    config: Config = None,
    store: Store = None,
    out: Out = None,
    site: Site = None,
    origin: Origin = None,
    now: Now = None,
    delay: Delay = None,
    light: Light = None,
    full: Full = None,
    dry_run: DryRun = None,
    force: Force = None,
    resume_from: ResumeFrom = None,
    tell_once: TellOnce = None,
    as_json: Json = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Fetch, parse, store and publish: the verb for cron."""
    chosen = settings_of(
        config,
        cities=tuple(cities) if cities else None,
        store=store,
        out=out,
        site=site,
        origin=origin,
        now=now,
        delay=delay,
        light=light,
        full=full,
        dry_run=dry_run,
        force=tuple(force) if force else None,
        resume_from=resume_from,
        tell_once=tell_once,
    )
    logs_of(verbose, quiet=quiet, form=chosen.log)
    raise typer.Exit(_update(chosen, as_json=as_json, quiet=quiet))


def _update(chosen: Settings, *, as_json: bool, quiet: bool) -> int:
    """Update every chosen city; the exit code is the worst of theirs."""
    from operation import running, signs
    from operation.settings import LOCAL_SITE
    from operation.stopping import listening

    if chosen.site == LOCAL_SITE and not quiet:
        say(f"Links point to this machine ({LOCAL_SITE}): give --site the folder's public address.")
    reports = []
    for name in running.chosen(chosen):
        with bar(quiet=quiet) as progress, listening(signal.SIGTERM) as stop:
            report = running.run(name, chosen, progress=progress, stop=stop)
        _tell(report, chosen, as_json=as_json, real=name not in chosen.origin)
        reports.append(report)
    if not chosen.dry_run and not any(report.exit for report in reports):
        signs.well(chosen)
    return max(report.told if chosen.tell_once else report.exit for report in reports)


def _tell(report: Report, chosen: Settings, *, as_json: bool, real: bool) -> None:
    from operation.first import first_day
    from operation.report import status

    if report.fresh or not chosen.tell_once:
        for sentence in (*report.troubles, *report.run.problems):
            say(sentence)
    if as_json:
        print(
            json.dumps(
                status(report.city, report.run, report.sources, report.held), ensure_ascii=False
            )
        )
    elif report.first and real:
        for line in first_day(chosen, report.city):
            print(line)
    elif chosen.dry_run:
        for change in report.changes:
            print(f"{change.record}: {change.text}")


@app.command()
def demo(
    *,
    once: Annotated[bool, typer.Option("--once", help="Stop after the update.")] = False,
    now: Now = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Show it all on a model of the city: one update, and the result served."""
    from feeds.serve import serve as serve_folder
    from operation import demo as demonstration

    logs_of(verbose, quiet=quiet)
    chosen = demonstration.settings(f"http://localhost:{port}", now)
    with bar(quiet=quiet) as progress:
        report = demonstration.run(chosen, chosen.moment.date(), progress)
    _tell(report, chosen, as_json=False, real=False)
    count = report.run.counts["meetings"]
    print(f"{count} meetings of a model city were published in {chosen.out}.")
    if once or report.exit:
        raise typer.Exit(report.exit)
    print(f"Open http://localhost:{port}/ in a browser; Ctrl-C ends it.", flush=True)
    serve_folder(chosen.out, host=host, port=port)


@app.command()
def serve(
    *,
    config: Config = None,
    out: Out = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Serve the published folder."""
    from feeds.serve import serve as serve_folder
    from operation.serving import serving

    logs_of(verbose, quiet=quiet)
    chosen = settings_of(config, out=out)
    folder = chosen.out
    if not folder.is_dir():
        raise ConfigError(f"There is no folder {folder}: run kallelse update first, or give --out")
    serve_folder(folder, host=host, port=port, serving=serving(chosen))


@app.command()
def schedule(
    *,
    config: Config = None,
    store: Store = None,
    out: Out = None,
    site: Site = None,
    origin: Origin = None,
    delay: Delay = None,
    serving: Annotated[bool, typer.Option("--serve", help="Serve the folder too.")] = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Update on a timetable, until told to stop."""
    from feeds.serve import Server
    from operation import configuring, running
    from operation.serving import serving as told
    from operation.timetable import keep

    chosen = settings_of(config, store=store, out=out, site=site, origin=origin, delay=delay)
    configuring.timetabled(chosen)
    logs_of(verbose, quiet=quiet, form=chosen.log)
    served = Server(chosen.out, host=host, port=port, serving=told(chosen)) if serving else None
    with served or nullcontext():
        keep(
            chosen.timetable,
            lambda depth, stop: running.scheduled(chosen, depth, stop),
            lambda depth: running.last(chosen, depth),
        )


@app.command()
def status(
    *,
    config: Config = None,
    store: Store = None,
    now: Now = None,
    as_json: Json = False,
    check: Annotated[bool, typer.Option("--check", help="Exit 1 when something is wrong.")] = False,
) -> None:
    """Tell how fresh, how many, and what is wrong."""
    from operation.overview import overview

    report = overview(settings_of(config, store=store, now=now))
    print(json.dumps(report.content, ensure_ascii=False) if as_json else report.text)
    raise typer.Exit(int(check and not report.well))


@app.command()
def export(
    *,
    kind: Annotated[Kind, typer.Option(help="Which records.")],
    as_format: Annotated[Format, typer.Option("--format", help="In which form.")] = Format.JSONL,
    city: Annotated[str, typer.Option(help="Of which city.")] = "boras",
    config: Config = None,
    store: Store = None,
) -> None:
    """Write all records of a kind to stdout."""
    from operation.exporting import export as records

    chosen = settings_of(config, store=store)
    sys.stdout.write(records(chosen, city, kind, as_csv=as_format is Format.CSV))


for verb in (verbs.probe, verbs.capture, verbs.explain, verbs.changes, verbs.replay):
    app.command()(verb)
app.command()(verbs.validate)
app.command()(verbs.forget)
app.command()(verbs.config)


def main() -> None:
    """Run the command line; an error made on purpose is one sentence and its exit code."""
    try:
        app()
    except KallelseError as error:
        from operation.report import BUSY, NOT_ALL_WELL, WRONG

        say(str(error))
        wrong, busy = isinstance(error, ConfigError), isinstance(error, Busy)
        sys.exit(WRONG if wrong else BUSY if busy else NOT_ALL_WELL)
