"""Every setting is explained, and told with what said so; mistakes are told at once."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Final

import pytest
from pydantic import BaseModel

from operation import running
from operation.configuring import checked, shown, timetabled, unfit, wrong
from operation.settings import Settings, load
from records.errors import ConfigError

EXAMPLE: Final = Path(__file__).parent.parent / "docs/kallelse.toml"
FIT: Final = {"site": "https://example.org/k", "contact": "info@example.org"}
ONE_RUN: Final = {"now", "resume_from", "contact", "ping"}
"""Settings that have no value unless one is given: the example shows one."""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder without settings."""
    monkeypatch.chdir(tmp_path)


def uncommented() -> str:
    """Give the example with every setting in force; those for one run are no table's."""
    text = EXAMPLE.read_text("utf-8")
    lines = [re.sub(r"^# (?=\w+ = |\[\[)", "", line) for line in text.splitlines()]
    rest = next(at for at, line in enumerate(lines) if line.startswith("now = "))
    return "\n".join([*lines[rest:], *lines[:rest]])


def names(model: type[BaseModel]) -> dict[str, object]:
    """Give the defaults of a model by name, those of its parts within."""
    found: dict[str, object] = {}
    for name, field in model.model_fields.items():
        default = field.get_default(call_default_factory=True)
        part = isinstance(default, BaseModel)
        found[name] = names(type(default)) if part else default
    return found


def test_the_example_is_valid_as_it_stands_and_with_all_of_it_in_force() -> None:
    """Whoever copies it has settings that hold; whoever takes a # away has no mistake."""
    assert load(EXAMPLE, {}).model_dump() == load(None, {}).model_dump()
    all_of_it = Path("all.toml")
    all_of_it.write_text(uncommented(), encoding="utf-8")
    chosen = load(all_of_it, {})
    assert chosen.origin == {"boras": "http://127.0.0.1:8001"}
    left = wrong(all_of_it, {})  # what holds for one run or for this machine alone
    assert [one.partition(":")[0] for one in left] == ["site", "now"]


def test_the_example_names_every_setting_with_its_default() -> None:
    """A setting that is not there would be found by nobody; a wrong default would mislead."""
    told = tomllib.loads(uncommented())
    expected = names(Settings)
    assert told.keys() == expected.keys()
    for table in ("timetable", "notify"):
        told |= told.pop(table)
        part = expected.pop(table)
        assert isinstance(part, dict)
        expected |= part
    assert told.keys() == expected.keys()
    pages, own = told.pop("publisher"), expected.pop("publisher")
    assert isinstance(own, dict)
    assert pages.keys() == own.keys()
    assert all(pages[name] == own[name] for name in ("name", "official"))
    for name in told.keys() - ONE_RUN - {"origin", "watch"}:
        default = expected[name]
        assert told[name] == json.loads(json.dumps(default, default=str)), name


def test_each_value_is_told_with_what_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Option over environment over file over default, one setting at a time."""
    Path("kallelse.toml").write_text(
        'delay = 3\nout = "file"\n[timetable]\njitter = 5\n', encoding="utf-8"
    )
    monkeypatch.setenv("KALLELSE_OUT", "environment")
    monkeypatch.setenv("KALLELSE_ORIGIN__BORAS", "http://127.0.0.1:8001")
    found = {
        one.name: (one.value, one.source) for one in shown(None, {"site": "https://a.example"})
    }
    assert found["site"] == ("https://a.example", "option")
    assert found["out"] == ("environment", "environment")
    assert found["origin.boras"] == ("http://127.0.0.1:8001", "environment")
    assert found["delay"] == (3.0, "kallelse.toml")
    assert found["timetable.jitter"] == (5, "kallelse.toml")
    assert found["timetable.cron"] == ("23 * * * *", "default")
    assert found["notify.ping"] == (None, "default")


def test_a_named_file_is_told_by_its_name() -> None:
    """Who has two of them wants to know which."""
    Path("other.toml").write_text("delay = 3\n", encoding="utf-8")
    found = {one.name: one.source for one in shown(Path("other.toml"), {})}
    assert (found["delay"], found["out"]) == ("other.toml", "default")


def test_no_password_is_shown() -> None:
    """What is shown is what is pasted into a question."""
    (store,) = [
        one.value
        for one in shown(None, {"store": "postgresql://me:hemligt@db/kallelse"})
        if one.name == "store"
    ]
    assert store == "postgresql://me:…@db/kallelse"


def test_all_that_is_wrong_is_told_at_once() -> None:
    """What cannot be read and what is left out, each on a line of its own."""
    Path("kallelse.toml").write_text(
        'delay = -3\nshade = 1\n[timetable]\ncron = "1 2 3"\n', encoding="utf-8"
    )
    with pytest.raises(ConfigError) as caught:
        checked(None, {})
    first, *lines = str(caught.value).splitlines()
    assert first == "Mend these settings:"
    assert {line.split(":")[0].strip() for line in lines} == {
        *("delay", "shade", "timetable.cron", "site", "contact")
    }


def test_a_real_city_is_not_read_on_a_timetable_by_nobody() -> None:
    """Links that lead somewhere and a contact, or an origin that is no real city."""
    assert [one.partition(":")[0] for one in unfit(load(None, {}))] == ["site", "contact"]
    assert [one.partition(":")[0] for one in unfit(load(None, {"site": FIT["site"]}))] == [
        "contact"
    ]
    checked(None, FIT)
    timetabled(load(None, FIT))
    with pytest.raises(ConfigError, match="contact: give a web or mail address"):
        timetabled(load(None, {"site": FIT["site"]}))
    timetabled(load(None, {"origin": {"boras": "http://127.0.0.1:1"}}))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"cities": ("atlantis",)}, "atlantis: there is no such city"),
        ({"origin": {"atlantis": "http://127.0.0.1:1"}}, "atlantis: there is no such city"),
        ({"notify": {"command": ("no-such-program",)}}, "there is no program 'no-such-program'"),
        ({"now": "2026-11-23T09:00"}, "now: leave it out"),
        ({"store": "mysql://x/y"}, "store: A store cannot be kept in mysql"),
        ({"store": "postgresql+pg8000://x/y"}, "store: The driver for postgresql+pg8000://x/y"),
    ],
)
def test_what_would_only_show_at_night_is_told_now(options: dict[str, object], says: str) -> None:
    """A city without a file, a program that is not there."""
    found = wrong(None, FIT | options)
    assert len(found) == 1
    assert says in found[0]


@pytest.mark.parametrize(
    "contact", ["me", "a b@c.se", "x@y", "https://a.se/\r\nX: 1", "a@b.se)", ""]
)
def test_a_contact_is_an_address(contact: str) -> None:
    """It stands in a header of every request, in brackets."""
    with pytest.raises(ConfigError, match="contact: write a web or mail address"):
        load(None, {"contact": contact})


@pytest.mark.parametrize("contact", ["https://example.org/om?x=1", "info@example.org"])
def test_a_contact_stands_in_every_request(contact: str) -> None:
    """As it was given."""
    assert load(None, {"contact": contact}).agent.endswith(f" (+{contact})")


@pytest.mark.parametrize("ping", ["file:///etc/passwd", "ftp://example.org", "example.org"])
def test_what_is_called_is_a_web_address(ping: str) -> None:
    """Anything else would be opened by this machine."""
    with pytest.raises(ConfigError, match=r"notify\.ping: write a whole address"):
        load(None, {"notify": {"ping": ping}})


def test_a_day_that_never_comes_is_no_timetable() -> None:
    """The daemon would wait for the 31st of February."""
    with pytest.raises(ConfigError, match="there is no such date"):
        load(None, {"timetable": {"nightly": "0 3 31 feb *"}})


def test_little_and_everything_is_neither() -> None:
    """A run asks for one of them."""
    with pytest.raises(ConfigError, match="full: choose light or full"):
        load(None, {"light": True, "full": True})


def test_a_citys_own_pages_need_its_statement() -> None:
    """The law asks a city for it; whoever else publishes may leave it out."""

    def missing(**said: object) -> list[str]:
        return unfit(load(None, {**FIT, "publisher": said}))

    assert missing(name="Tidningen") == []
    name, contact, statement = missing(official=True)
    assert name.startswith("publisher.name: ")
    assert contact.startswith("publisher.contact: ")
    assert statement.startswith("publisher.accessibility: ")
    said = {"compliance": "full", "tested": "2026-11-20", "method": "Provat."}
    whole = {"name": "Staden", "contact": "info@example.org", "official": True}
    assert missing(**whole, accessibility=said) == []


def test_a_statement_is_checked_word_by_word() -> None:
    """A city that is «nearly» accessible says partial."""
    Path("kallelse.toml").write_text(
        '[publisher.accessibility]\ncompliance = "nearly"\ntested = "x"\n', encoding="utf-8"
    )
    found = " ".join(wrong(None, dict(FIT)))
    for name in ("compliance", "tested", "method"):
        assert f"publisher.accessibility.{name}: " in found


def test_a_slip_in_the_environment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Containers have nothing else, and what nobody reads is found by nobody."""
    for name in ("KALLELSE_CONTAKT", "KALLELSE_TIMETABLE_CRON"):
        monkeypatch.setenv(name, "x")
    for name in ("KALLELSE_ORIGIN__BORAS", "KALLELSE_SITE", "KALLELSE_NOTIFY__PING"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("KALLELSE_EVENT_CITY", "boras")  # what a command is told
    found = wrong(None, {})
    assert [one.partition(":")[0] for one in found] == [
        "KALLELSE_CONTAKT",
        "KALLELSE_TIMETABLE_CRON",
    ]


@pytest.mark.parametrize("name", ["KALLELSE_CITIES", "KALLELSE_NOTIFY__COMMAND"])
def test_a_list_in_the_environment_is_asked_for_as_json(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not the file that is to be mended."""
    monkeypatch.setenv(name, "boras")
    with pytest.raises(ConfigError, match=rf"{name.partition('__')[0]} in the environment.*JSON"):
        wrong(None, {})
    monkeypatch.delenv(name)
    Path("kallelse.toml").write_text('cities = "boras"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"cities: write a list"):
        load(None, {})


def test_settings_that_cannot_be_read_are_one_sentence() -> None:
    """A folder of that name is no file that is missing: whoever made it meant something."""
    Path("kallelse.toml").mkdir()
    with pytest.raises(ConfigError, match=r"no settings file kallelse\.toml"):
        load(None, {})


def test_a_file_that_may_not_be_read_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read anything, so the system's word is given in its place."""
    Path("kallelse.toml").write_text("", encoding="utf-8")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "kallelse.toml")

    monkeypatch.setattr(Path, "open", refused)
    for read in (load, wrong):
        with pytest.raises(ConfigError, match=r"Permission denied.*mend kallelse\.toml"):
            read(None, {})


def test_an_origin_of_no_city_is_refused_before_anything_is_asked() -> None:
    """Else the city itself would be asked, by whoever meant to ask a model of it."""
    mistyped = load(None, {"origin": {"Boras": "http://127.0.0.1:1"}})
    with pytest.raises(ConfigError, match="--origin Boras: there is no such city, only boras"):
        running.chosen(mistyped)
