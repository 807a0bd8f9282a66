"""Which cities are shipped; to know that takes none of what reads their pages."""

from __future__ import annotations

from importlib.resources import files


def names() -> tuple[str, ...]:
    """Give the cities that are shipped: each is a TOML file among `scraper.cities`."""
    folder = files("scraper") / "cities"
    found = (path.name for path in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))
