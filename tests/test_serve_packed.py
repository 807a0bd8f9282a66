"""What is sent packed: to those who take it, with a tag of its own, and always the file's bytes."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from feeds import twin
from feeds.answer import Serving
from feeds.conditional import part, takes_gzip, unchanged
from feeds.folder import write
from feeds.serve import Server
from serving import ICS, Got, ask

TEXT = b"BEGIN:VCALENDAR\r\n" * 200
WORDS = st.text(st.characters(max_codepoint=0xFF), max_size=40)


@pytest.fixture
def lone(tmp_path: Path) -> Iterator[Server]:
    """A folder with one file and its twin, served; nothing packed goes to «Plain»."""
    twin.write(tmp_path / "a.ics", TEXT)
    with Server(tmp_path, serving=Serving(unpacked=("plain/1",))) as running:
        yield running


def packed(server: Server, path: str = "/a.ics", method: str = "GET", **headers: str) -> Got:
    """Ask as one who takes gzip."""
    return ask(server, path, method, **{"Accept_Encoding": "gzip, deflate, br", **headers})


def test_who_takes_gzip_gets_the_twin(server: Server, public: Path) -> None:
    """As it lies in the folder: nothing is packed for a request."""
    got = packed(server, ICS)
    assert got.headers["content-encoding"] == "gzip"
    assert got.headers["content-type"] == "text/calendar; charset=utf-8"
    assert got.body == (public / f"{ICS[1:]}.gz").read_bytes()
    assert got.headers["content-length"] == str(len(got.body))
    assert gzip.decompress(got.body) == ask(server, ICS).body
    assert ask(server, f"{ICS}.gz").status == 404


def test_each_form_has_its_own_tag(lone: Server) -> None:
    """A strong one, of its bytes; a cache that has one form is not told that it has the other."""
    plain, form = ask(lone, "/a.ics"), packed(lone)
    tags = [got.headers["etag"] for got in (plain, form)]
    assert tags == [f'"{hashlib.sha256(got.body).hexdigest()[:32]}"' for got in (plain, form)]
    assert tags[0] != tags[1]
    assert ask(lone, "/a.ics", If_None_Match=tags[0]).status == 304
    assert ask(lone, "/a.ics", If_None_Match=tags[1]).status == 200
    again = packed(lone, If_None_Match=f"{tags[0]}, {tags[1]}")
    assert (again.status, again.headers["etag"], again.body) == (304, tags[1], b"")
    for got in (plain, form, again):
        assert "accept-encoding" in got.headers["vary"]
        assert "max-age" in got.headers["cache-control"]
    assert "content-encoding" not in again.headers


def test_head_and_parts_are_of_the_form_that_is_sent(lone: Server) -> None:
    """A download that broke off goes on in the bytes that it began with."""
    whole = packed(lone)
    head = packed(lone, method="HEAD")
    assert (head.body, head.headers["content-length"]) == (b"", str(len(whole.body)))
    rest = packed(lone, Range="bytes=9-", If_Range=whole.headers["etag"])
    assert (rest.status, rest.body) == (206, whole.body[9:])
    assert rest.headers["content-encoding"] == "gzip"
    other = packed(lone, Range="bytes=9-", If_Range=ask(lone, "/a.ics").headers["etag"])
    assert (other.status, other.body) == (200, whole.body)


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        ("gzip", True),
        ("GZIP;q=0.5", True),
        ("deflate, gzip ; q=1.000", True),
        ("x-gzip", True),
        ("*", True),
        ("br;q=1, *;q=0.1", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
        ("identity", False),
        ("", False),
        ("gzippy, notgzip", False),
        ("gzip;q=2", False),
        ("gzip;q=x", False),
    ],
)
def test_only_who_names_it_is_sent_it(lone: Server, asked: str, *, taken: bool) -> None:
    """With a weight above none (RFC 9110, 12.5.3); what is nonsense takes nothing."""
    got = ask(lone, "/a.ics", Accept_Encoding=asked)
    assert ("content-encoding" in got.headers) == taken
    assert (gzip.decompress(got.body) if taken else got.body) == TEXT


def test_a_listed_client_is_sent_nothing_packed(lone: Server) -> None:
    """The first thing to try when an app cannot subscribe (H8); caches are told of it."""
    for agent, taken in (("Mozilla Plain/1.2", False), ("PLAIN/1", False), ("Plain/2", True)):
        got = packed(lone, User_Agent=agent)
        assert ("content-encoding" in got.headers) == taken
        assert got.headers["vary"] == "accept-encoding, user-agent"


@pytest.mark.parametrize("found", [gzip.compress(b"other", mtime=0), b"nonsense", None])
def test_a_twin_of_other_bytes_is_never_sent(tmp_path: Path, found: bytes | None) -> None:
    """Whoever put it there; the file goes as it is, and packed again once its twin is right."""
    path = tmp_path / "a.ics"
    write(path, TEXT)
    if found is not None:
        twin.beside(path).write_bytes(found)
    with Server(tmp_path) as server:
        for _ in range(2):
            got = packed(server)
            assert (got.body, got.headers.get("content-encoding")) == (TEXT, None)
        twin.write(path, TEXT)
        assert packed(server).headers["content-encoding"] == "gzip"
        twin.write(path, TEXT * 2)
        assert gzip.decompress(packed(server).body) == TEXT * 2
        twin.beside(path).unlink()
        assert packed(server).body == TEXT * 2


def test_a_linked_twin_is_not_followed(tmp_path: Path) -> None:
    """A twin is a file of ours, or none."""
    (tmp_path / "public").mkdir()
    write(tmp_path / "public/a.ics", TEXT)
    write(tmp_path / "other.gz", gzip.compress(TEXT))
    os.symlink(tmp_path / "other.gz", tmp_path / "public/a.ics.gz")  # noqa: PTH211 - plainer
    with Server(tmp_path / "public") as server:
        assert packed(server).body == TEXT


@given(
    asked=st.fixed_dictionaries(
        {},
        optional={
            "accept-encoding": WORDS,
            "if-none-match": WORDS,
            "if-modified-since": WORDS,
            "if-range": WORDS,
            "range": WORDS | st.from_regex(r"\Abytes=[0-9]{0,20}-[0-9]{0,20}\Z"),
        },
    ),
    size=st.integers(0, 10**12),
)
def test_no_header_is_too_odd(asked: dict[str, str], size: int) -> None:
    """Whatever stands in it is a condition or none; a part lies within the file."""
    headers = Headers(asked)
    assert takes_gzip(headers) in {True, False}
    assert unchanged(headers, '"tag"', 0) in {True, False}
    span = part(headers, '"tag"', 0, size)
    assert span is None or 0 <= span.start <= size + 10**15
    assert not span or span.stop <= size
