"""The options that verbs share, and what is made of them: settings, logs, a bar on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from records.errors import ConfigError

if TYPE_CHECKING:  # rooms are entered when a verb needs them: `--help` answers at once
    from operation.settings import Settings

Config = Annotated[Path | None, typer.Option(help="Settings file (default: kallelse.toml).")]
Store = Annotated[str | None, typer.Option(help="Where records are kept: sqlite:///FILE.")]
Out = Annotated[Path | None, typer.Option(help="The folder to publish into.")]
Site = Annotated[str | None, typer.Option(help="The public address of that folder.")]
Origin = Annotated[
    list[str] | None, typer.Option(help="CITY=URL: ask there instead of the city's own host.")
]
Now = Annotated[str | None, typer.Option(help="ISO 8601: the clock of this run.")]
Delay = Annotated[float | None, typer.Option(help="Seconds between two requests to one host.")]
Light = Annotated[
    bool | None, typer.Option("--light", help="Ask only for lists, what is coming, what is new.")
]
Full = Annotated[bool | None, typer.Option("--full", help="Ask for every page that lists lead to.")]
DryRun = Annotated[
    bool | None,
    typer.Option("--dry-run", help="Store nothing but what hosts ask; publish nothing."),
]
Force = Annotated[list[str] | None, typer.Option(help="Let this held-back file through.")]
ResumeFrom = Annotated[
    str | None, typer.Option(help="A new store adopts from this published address, not --out.")
]
TellOnce = Annotated[
    bool | None, typer.Option("--tell-once", help="Exit 1 only for trouble not told today.")
]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Verbose = Annotated[int, typer.Option("-v", "--verbose", count=True, help="Tell more.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Tell only what is wrong.")]
Cities = Annotated[list[str] | None, typer.Argument(help="Which cities (default: all).")]
Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")]


def say(sentence: str) -> None:
    """Tell the operator one sentence on stderr."""
    print(sentence, file=sys.stderr)


def settings_of(config: Path | None, **options: Any) -> Settings:  # noqa: ANN401 - any setting
    """Read the settings, with these options over them; raises `ConfigError`."""
    from operation import settings

    return settings.load(config, options_of(**options))


def options_of(**options: Any) -> dict[str, Any]:  # noqa: ANN401 - any setting
    """Give options by the settings that they are; a list without anything in it was not given."""
    pairs = options.pop("origin", None)
    if pairs:
        options["origin"] = dict(_pair(pair) for pair in pairs)
    return {name: value or None if value == [] else value for name, value in options.items()}


def _pair(text: str) -> tuple[str, str]:
    city, mark, url = text.partition("=")
    if not mark:
        raise ConfigError(f"--origin {text} names no city: write it as boras=http://127.0.0.1:8001")
    return city, url


def logs_of(verbose: int, *, quiet: bool, form: str = "auto") -> None:
    """Log as loudly as `-v` and `-q` ask for, for people or as JSON."""
    from operation import logs

    logs.configure(-1 if quiet else verbose, form)


@contextmanager
def bar(*, quiet: bool) -> Iterator[Callable[[object], None]]:
    """Show on a terminal how many pages were read; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} pages read"), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("pages", total=None)
        yield lambda _: bars.advance(task)
