"""A demonstration: a model of the city on 127.0.0.1, and one update from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from modelcity.server import ModelCity
from modelcity.truth import build
from operation.report import Report
from operation.settings import Settings
from operation.settings import load as load_settings
from operation.update import Progress, update
from scraper.cities import load

FOLDER = Path("demo")


def settings(site: str, now: str | None) -> Settings:
    """Give the settings of a demonstration: a store and a folder of its own, and no delay.

    ConfigError for a clock that is none.
    """
    own = {"store": f"sqlite:///{FOLDER / 'kallelse.db'}", "out": FOLDER / "public", "delay": 0}
    return load_settings(None, {**own, "site": site, "contact": site, "now": now})


def run(chosen: Settings, today: date, progress: Progress) -> Report:
    """Start the model city, update once from it, and stop it."""
    FOLDER.mkdir(exist_ok=True)
    with ModelCity(build(today)) as city:
        here = chosen.model_copy(update={"origin": {"boras": city.origin}})
        return update(load("boras"), here, model=True, progress=progress)
