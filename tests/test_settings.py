"""Settings: option over environment over file over default, and every mistake told at once."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from operation.settings import load
from records.errors import ConfigError


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder without settings."""
    monkeypatch.chdir(tmp_path)


def test_without_anything_the_defaults_hold() -> None:
    """A store and a folder here, a second between two requests, links to this machine."""
    chosen = load(None, {})
    assert (chosen.store, str(chosen.out)) == ("sqlite:///kallelse.db", "public")
    assert (chosen.delay, chosen.site) == (1.0, "http://localhost:8000")


def test_option_wins_over_environment_over_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each setting can be said in three places, and the nearest one counts."""
    Path("kallelse.toml").write_text(
        'site = "https://file.example"\ndelay = 3\nout = "file"\n', encoding="utf-8"
    )
    monkeypatch.setenv("KALLELSE_DELAY", "4")
    monkeypatch.setenv("KALLELSE_OUT", "environment")
    chosen = load(None, {"out": Path("option"), "delay": None})
    assert (chosen.site, chosen.delay, str(chosen.out)) == ("https://file.example", 4, "option")


def test_a_nested_setting_can_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two underscores stand for the dot."""
    monkeypatch.setenv("KALLELSE_ORIGIN__BORAS", "http://127.0.0.1:8001/")
    assert load(None, {}).origin == {"boras": "http://127.0.0.1:8001"}


@pytest.mark.parametrize("origin", ["http://127.0.0.1:1/path", "http://u:p@127.0.0.1", "boras"])
def test_an_origin_is_a_host_and_nothing_more(origin: str) -> None:
    """It stands in for the city's host: every path is the city's own."""
    with pytest.raises(ConfigError, match=r"origin\.boras: write"):
        load(None, {"origin": {"boras": origin}})


@pytest.mark.parametrize(
    "address",
    ["ftp://example.org", "file:///srv/public", "https://u:p@example.org", "https://a.example/?b"],
)
def test_a_published_folder_is_resumed_from_a_plain_web_address(address: str) -> None:
    """What a new store believes is asked for over the web, without a secret in the settings."""
    with pytest.raises(ConfigError, match="resume_from: write"):
        load(None, {"resume_from": address})
    assert load(None, {"resume_from": "https://a.example/k/"}).resume_from == "https://a.example/k"


def test_the_last_slash_of_the_site_is_dropped() -> None:
    """Addresses are made by adding a slash and a path."""
    assert load(None, {"site": "https://example.org/k/"}).site == "https://example.org/k"


def test_another_file_can_be_named(tmp_path: Path) -> None:
    """What it says counts, and not what kallelse.toml says."""
    Path("kallelse.toml").write_text("delay = 3\n", encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text("delay = 5\n", encoding="utf-8")
    assert load(other, {}).delay == 5


def test_a_named_file_that_is_missing_is_a_mistake() -> None:
    """A default file may be missing; one that was asked for may not."""
    with pytest.raises(ConfigError, match=r"There is no settings file elsewhere\.toml"):
        load(Path("elsewhere.toml"), {})


def test_all_mistakes_are_told_at_once() -> None:
    """One run of the command is enough to mend them all."""
    Path("kallelse.toml").write_text(
        'delay = -1\nsite = "example.org"\nshade = 1\n[timetable]\ncron = "5 7 * * 1"\n',
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as caught:
        load(None, {"now": "yesterday"})
    told = str(caught.value)
    assert all(name in told for name in ("delay:", "site:", "shade:", "timetable.cron:", "now:"))
    assert "there is no such setting" in told


@pytest.mark.parametrize("cron", ["0 7 * *", "0 7 * * 1-5", "61 * * * *"])
def test_a_timetable_is_one_that_can_be_kept(cron: str) -> None:
    """Cron's 1 is Monday, our library takes it for Tuesday; and no hour has 61 minutes."""
    Path("kallelse.toml").write_text(f'[timetable]\ncron = "{cron}"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"timetable\.cron"):
        load(None, {})


def test_a_file_that_is_no_toml_is_a_mistake() -> None:
    """Nothing is guessed from half a file."""
    Path("kallelse.toml").write_text("site = ", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"cannot be read .* mend kallelse\.toml"):
        load(None, {})


def test_a_clock_without_offset_is_in_the_citys_zone() -> None:
    """`--now 2026-07-01T12:00` is noon in Borås, wherever the machine stands."""
    assert load(None, {"now": "2026-07-01T12:00"}).moment.isoformat() == "2026-07-01T12:00:00+02:00"
    away = load(None, {"now": "2026-07-01T12:00Z"}).moment
    assert away.isoformat() == "2026-07-01T14:00:00+02:00"


def test_we_say_who_asks() -> None:
    """The User-Agent names the program and whom to turn to: the site, unless a contact is given."""
    assert load(None, {"site": "https://example.org"}).agent.endswith("(+https://example.org)")
    contact = load(None, {"contact": "https://example.org/om"}).agent
    assert contact == f"Kallelse/{version('kallelse')} (+https://example.org/om)"
