"""Every setting: what it means, what it is when nobody says, and where its value came from."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from operation.imprint import Contact, Publisher
from operation.watches import Watches
from records.errors import ConfigError
from records.model import ZONE
from scraper.limits import LIMITS, Limits
from scraper.rota import Depth

FILE = Path("kallelse.toml")
LOCAL_SITE = "http://localhost:8000"

_LEAP: Final = datetime(2024, 1, 1, tzinfo=ZONE)  # a year that has every day of the calendar


def _address(value: str) -> str:
    """Check an http address and drop its last slash."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("write a whole address, such as https://example.org/kallelse")
    return value.rstrip("/")


def _origin(value: str) -> str:
    """Check the address of a host: scheme, name and port, nothing behind them."""
    address = _address(value)
    parts = urlsplit(address)
    if parts.path or parts.query or parts.fragment or parts.username:
        raise ValueError("write scheme, host and port alone, such as http://127.0.0.1:8001")
    return address


def _folder(value: str) -> str:
    """Check the address of a published folder: a path is allowed, nothing behind it."""
    address = _address(value)
    parts = urlsplit(address)
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError("write the folder's address alone, such as https://example.org/kallelse")
    return address


def _moment(value: str) -> str:
    """Check a moment; `Settings.moment` reads it."""
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError("write a moment such as 2026-11-23T09:00") from error
    return value


def _cron(value: str) -> str:
    """Check a crontab line; its weekday must be a name, for 1 means Monday to cron only."""
    fields = value.split()
    if len(fields) != 5:  # noqa: PLR2004 - minute, hour, day, month, weekday
        raise ValueError("write five fields: minute hour day month weekday")
    if re.search(r"\d", fields[4]):
        raise ValueError("write weekdays as names (mon-fri): numbers mean other days to others")
    from operation.crontab import Trigger  # noqa: PLC0415 - the timetable is seldom needed

    try:
        comes = Trigger(value).get_next_fire_time(None, _LEAP)
    except ValueError as error:
        raise ValueError(f"write values that exist, such as 23 * * * * ({error})") from error
    if comes is None:
        raise ValueError("write a day that comes: there is no such date")
    return value


def _either(full: bool, given: ValidationInfo) -> bool:  # noqa: FBT001 - the library's signature
    """Refuse a run that is to ask for little and for everything."""
    if full and given.data.get("light"):
        raise ValueError("choose light or full")
    return full


Address = Annotated[str, AfterValidator(_address)]
Origin = Annotated[str, AfterValidator(_origin)]
FolderAddress = Annotated[str, AfterValidator(_folder)]
Moment = Annotated[str, AfterValidator(_moment)]
Cron = Annotated[str, AfterValidator(_cron)]
Full = Annotated[bool, AfterValidator(_either)]


class Timetable(BaseModel):
    """When the daemon updates: lightly by `cron`, and the archive's share too by `nightly`."""

    model_config = ConfigDict(extra="forbid")

    cron: Cron = "23 * * * *"
    nightly: Cron = "47 3 * * *"
    jitter: int = Field(default=120, ge=0, le=3600)


class Notify(BaseModel):
    """Whom to tell: an address that expects a call after each good run, a program to start."""

    model_config = ConfigDict(extra="forbid")

    ping: Address | None = None
    command: tuple[str, ...] = ()


class Serve(BaseModel):
    """How the published folder is served."""

    model_config = ConfigDict(extra="forbid")

    unpacked: tuple[str, ...] = Field(
        default=(), description="words in the User-Agent of those that are sent nothing packed"
    )


class Settings(BaseSettings):
    """Options over environment (`KALLELSE_A__B`) over `kallelse.toml` over these defaults."""

    model_config = SettingsConfigDict(
        env_prefix="KALLELSE_", env_nested_delimiter="__", extra="forbid", frozen=True
    )
    file: ClassVar[Path] = FILE

    cities: tuple[str, ...] = ()
    store: str = "sqlite:///kallelse.db"
    out: Path = Path("public")
    site: Address = LOCAL_SITE
    contact: Contact | None = None
    origin: dict[str, Origin] = Field(default_factory=dict)
    now: Moment | None = None
    delay: float = Field(default=1.0, ge=0)
    deadline: float = Field(default=LIMITS.total, gt=0)
    light: bool = False
    full: Full = False
    dry_run: bool = False
    force: tuple[str, ...] = ()
    resume_from: FolderAddress | None = None
    tell_once: bool = False
    missing_days: int = Field(
        default=14,
        ge=2,
        description="on how many days a meeting must be absent before it leaves the calendars",
    )
    pages: bool = Field(default=True, description="whether there are web pages beside the feeds")
    news_body: bool = False
    watch: Watches = ()
    log: Literal["auto", "console", "json"] = "auto"
    timetable: Timetable = Timetable()
    notify: Notify = Notify()
    serve: Serve = Serve()
    publisher: Publisher = Publisher()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the file below the environment; no `.env` and no secrets folder."""
        file = TomlConfigSettingsSource(settings_cls, toml_file=cls.file)
        return init_settings, env_settings, file

    @property
    def moment(self) -> datetime:
        """The clock of this run, in the city's zone: `now` where it is set, else the machine's."""
        if self.now is None:
            return datetime.now(ZONE).replace(microsecond=0)
        moment = datetime.fromisoformat(self.now)
        return moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)

    @property
    def depth(self) -> Depth:
        """How much a run asks for."""
        return Depth.LIGHT if self.light else Depth.FULL if self.full else Depth.DUE

    @property
    def limits(self) -> Limits:
        """How far a page may try our patience: `deadline` seconds with all that belongs to it."""
        return replace(LIMITS, total=self.deadline)

    @property
    def agent(self) -> str:
        """What we call ourselves when we ask: the program, and whom to turn to."""
        from operation.version import VERSION  # noqa: PLC0415 - reading the metadata takes time

        return f"Kallelse/{VERSION} (+{self.contact or self.site})"


def load(config: Path | None, options: dict[str, Any]) -> Settings:
    """Read settings; `options` are those given on the command line, None for not given.

    Raises `ConfigError`, which names every mistake at once.
    """
    try:
        return reading(config)(**stated(options))
    except ValidationError as error:
        raise ConfigError("Mend these settings: " + "; ".join(mistakes(error))) from error
    except (SettingsError, ValueError, OSError) as error:  # no TOML, no right, no JSON
        raise unread(config, error) from error


def stated(options: dict[str, Any]) -> dict[str, Any]:
    """Give the options that were given."""
    return {name: value for name, value in options.items() if value is not None}


def reading(config: Path | None) -> type[Settings]:
    """Give the settings as they are read with this file; ConfigError where there is none."""
    if config is None and not (FILE.exists() and not FILE.is_file()):
        return Settings
    config = config or FILE
    if not config.is_file():
        raise ConfigError(f"There is no settings file {config}: write it or leave out --config")
    return type("Settings", (Settings,), {"file": config, "__module__": __name__})


def unread(config: Path | None, error: ValueError | OSError) -> ConfigError:
    """Give the error of a file or an environment that is no settings at all."""
    if found := _VARIABLE.search(str(error)):
        return ConfigError(
            f"KALLELSE_{found[1].upper()} in the environment, or what begins so, cannot be read:"
            ' lists are written as JSON there, such as \'["one", "two"]\''
        )
    return ConfigError(f"The settings cannot be read ({error}): mend {config or FILE}")


def mistakes(error: ValidationError) -> list[str]:
    """Name every mistake, with the setting it is in."""
    return [
        f"{'.'.join(str(part) for part in mistake['loc'])}: {_said(mistake)}"
        for mistake in error.errors()
    ]


_VARIABLE: Final = re.compile(r'field "(\w+)" from source "EnvSettingsSource"')


def _said(mistake: Any) -> str:  # noqa: ANN401 - the library's own dictionary
    if mistake["type"] == "extra_forbidden":
        return "there is no such setting"
    if mistake["type"] == "tuple_type":
        return f'write a list, such as ["one", "two"] (it is {mistake["input"]!r})'
    message = str(mistake["msg"]).removeprefix("Value error, ")
    return f"{message} (it is {mistake['input']!r})"
