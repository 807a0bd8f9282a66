"""What the settings are, whence each came, and all that is wrong with them at once."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_settings import EnvSettingsSource, SettingsError, TomlConfigSettingsSource

from operation.imprint import left_out
from operation.settings import FILE, LOCAL_SITE, Settings, load, mistakes, reading, stated, unread
from records.database import usable
from records.errors import ConfigError, StoreError
from scraper import shipped

_SECRET: Final = re.compile(r"(?<=://)([^:/@\s]*):[^/@\s]*@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as it holds: its value as JSON may have it, and what said so."""

    name: str
    value: Any
    source: str


def shown(config: Path | None, options: dict[str, Any]) -> tuple[Setting, ...]:
    """Give every setting with its source; raises `ConfigError` where one is wrong."""
    settings = load(config, options)
    said = _sources(config, options)
    return tuple(
        Setting(name=name, value=_plain(value), source=_source(said, name))
        for name, value in _leaves(settings)
    )


def wrong(config: Path | None, options: dict[str, Any]) -> list[str]:
    """Give all mistakes at once: what cannot be read, and what an operator may not leave out."""
    chosen = reading(config)
    try:
        settings = chosen(**stated(options))
    except ValidationError as error:
        left = _left_out(_sources(config, options))
        return [*mistakes(error), *_strange(chosen, os.environ), *left]
    except (SettingsError, ValueError, OSError) as error:
        raise unread(config, error) from error
    return [*_strange(chosen, os.environ), *unfit(settings)]


def unfit(settings: Settings) -> list[str]:
    """Give what is wrong with settings by which a real city would be read on a timetable."""
    strangers = {*settings.cities, *settings.origin} - set(shipped.names())
    found = [
        f"{name}: there is no such city, only {', '.join(shipped.names())}"
        for name in sorted(strangers)
    ]
    if settings.site == LOCAL_SITE:
        found.append(_NO_SITE)
    if _real(settings) and settings.contact is None:
        found.append(_NO_CONTACT)
    if settings.now is not None:
        found.append("now: leave it out: the clock of a timetable must go")
    try:
        usable(settings.store)
    except StoreError as error:
        found.append(f"store: {error}")
    found += left_out(settings.publisher)
    program = settings.notify.command[:1]
    if program and shutil.which(program[0]) is None:
        found.append(f"notify.command: there is no program {program[0]!r} that can be started")
    return found


def _strange(model: type[Settings], environment: Iterable[str]) -> list[str]:
    """Give the variables that begin as ours do and name no setting: nobody would read them."""
    prefix = str(model.model_config["env_prefix"])
    given = [name.upper() for name in environment if name.upper().startswith(prefix)]
    known = set(_variables(model, prefix))
    tables = tuple(f"{prefix}{name.upper()}__" for name in _FREE)
    return [
        f"{name}: there is no such setting; the parts of a name are joined by two underscores"
        for name in sorted(given)
        if name not in known and not name.startswith((f"{prefix}EVENT", *tables))
    ]


_FREE: Final = ("origin",)
"""Settings that are tables of any names."""


def _variables(model: type[BaseModel], before: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield f"{before}{name.upper()}"
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _variables(field.annotation, f"{before}{name.upper()}__")


_NO_SITE: Final = "site: give the public address of the folder, for links point to this machine"
_NO_CONTACT: Final = "contact: give a web or mail address, so that the city can turn to you"


def _left_out(said: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Give what nobody has said, where the settings cannot be read as a whole."""
    names = {name for values in said.values() for name in values}
    real = not any(name.startswith("origin") for name in names)
    sites = [] if "site" in names else [_NO_SITE]
    return [*sites, *([_NO_CONTACT] if real and "contact" not in names else [])]


def _sources(config: Path | None, options: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give by source, the nearest first, what it says by the settings' whole names."""
    chosen = reading(config)
    return {
        "option": _flat(stated(options)),
        "environment": _flat(EnvSettingsSource(chosen)()),
        str(config or FILE): _flat(TomlConfigSettingsSource(chosen, toml_file=config or FILE)()),
    }


def _source(said: Mapping[str, Mapping[str, Any]], name: str) -> str:
    for source, values in said.items():
        if any(one == name or one.startswith(f"{name}.") for one in values):
            return source
    return "default"


def _flat(values: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping) and value:
            found |= _flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = value
    return found


def _leaves(model: BaseModel, before: str = "") -> Iterator[tuple[str, Any]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _leaves(value, f"{before}{name}.")
        elif isinstance(value, Mapping) and value:
            yield from ((f"{before}{name}.{key}", one) for key, one in value.items())
        else:
            yield f"{before}{name}", value


def _plain(value: Any) -> Any:  # noqa: ANN401 - any setting
    """Give a value as JSON has it, without a password that stands in an address."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Path):
        return str(value)
    return _SECRET.sub(r"\1:…@", value) if isinstance(value, str) else value


def checked(config: Path | None, options: dict[str, Any]) -> None:
    """Raise one `ConfigError` for all mistakes, each on a line of its own."""
    _refuse(wrong(config, options))


def _refuse(found: list[str]) -> None:
    if found:
        raise ConfigError("\n".join(["Mend these settings:", *(f"  {one}" for one in found)]))


def timetabled(settings: Settings) -> None:
    """Raise `ConfigError` where a real city would be read on a timetable by nobody in particular.

    Of a model or a mirror, which an origin names, nobody has to know who asks.
    """
    if _real(settings):
        _refuse(unfit(settings))


def _real(settings: Settings) -> list[str]:
    return [name for name in settings.cities or shipped.names() if name not in settings.origin]
