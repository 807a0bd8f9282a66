"""What would break a feed reader is found in the feed, and no file breaks the linter."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.contentlines import parse
from feeds.lint import lint
from linting import GOOD, JSON, RSS, replaced, rules


@pytest.mark.parametrize(("path", "body"), GOOD.items())
def test_a_good_file_has_no_finding(path: str, body: bytes) -> None:
    """The examples that the rest of these tests break one by one."""
    assert lint(path, body) == []


@pytest.mark.parametrize(
    ("rule", "path", "edit"),
    [
        ("F3", "x.rss", replaced(b'isPermaLink="false"', b"")),
        ("F3", "x.rss", replaced(b">tag:b<", b">tag:a<")),
        ("F6", "x.rss", replaced(b"https://example.se/a", b"/a")),
        ("F6", "x.rss", replaced(b"https://example.se/a", b"https://example.se/b")),
        ("F7", "x.rss", replaced(b"Sun, 01 Mar", b"Mon, 01 Mar")),
        ("F7", "x.rss", replaced(b"Sun, 01 Mar", b"son, 01 mars")),
        ("F7", "x.rss", replaced(b"Sun, 01 Mar", b"Sun, 32 Mar")),
        ("F7", "x.rss", replaced(b"<lastBuildDate>Mon, 02", b"<lastBuildDate>2")),
        ("F8", "x.rss", replaced(b"<language>sv</language>", b"")),
        ("F8", "x.rss", replaced(b'rel="self"', b'rel="hub"')),
        ("F8", "x.rss", replaced(b"<title>A</title>", b"")),
        ("F8", "x.rss", lambda _: b'<?xml version="1.0" encoding="utf-8"?><rss/>'),
        ("F9", "x.rss", replaced(b"<description>b</description>\n", b"")),
        ("F10", "x.rss", replaced(b"<enclosure ", b'<enclosure url="x"/><enclosure ')),
        ("F11", "x.rss", replaced(b'length="12"', b'length="0"')),
        ("F13", "x.rss", replaced(b"<item>", b"<item><author>Kulturnamnden</author>")),
        ("F15", "x.rss", replaced(b"01 Mar 2026", b"15 Mar 2026")),
        ("F15", "x.atom", replaced(b"T07:15:00+01:00</published>", b"</published>")),
        ("F14", "x.atom", replaced(b"T07:15:00+01:00</updated>\n", b"</updated>")),
        ("F17", "x.rss", lambda body: b"\xef\xbb\xbf" + body),
        ("F17", "x.rss", lambda body: body[:-40]),
        ("F17", "x.rss", replaced(b"<rss", b"<!DOCTYPE rss><rss")),
        ("F17", "x.atom", lambda _: RSS),
        ("F18", "x.rss", replaced(b"text/css", b"text/xsl")),
        ("F24", "x.rss", replaced(b"<title>A<", b"<title>A &amp;amp; B<")),
        ("F14", "x.atom", replaced(b"<id>tag:x</id>", b"")),
        ("F14", "x.atom", replaced(b'xml:lang="sv"', b"")),
        ("F14", "x.atom", replaced(b"author>", b"x>")),
        ("F14", "x.atom", replaced(b'rel="self"', b'rel="hub"')),
        ("F14", "x.atom", replaced(b"<published>2026-03-02T07:15:00+01:00</published>", b"")),
        ("F16", "x.json", replaced(b"version/1.1", b"version/1")),
        ("F16", "x.json", replaced(b'"language"', b'"lang"')),
        ("F16", "x.json", replaced(b'"tag:a"', b"7")),
        ("F16", "x.json", replaced(b'"content_text"', b'"text"')),
        ("F16", "x.json", replaced(b'"content_text"', b'"author": {}, "content_text"')),
        ("F16", "x.json", replaced(b'"items": [', b'"items": [1, ')),
        ("F16", "x.json", lambda _: b"[]"),
        ("F16", "x.json", lambda _: b"{"),
        ("F15", "x.json", replaced(b"+01:00", b"")),
        ("F15", "x.json", replaced(b"2026-03-02T", b"i dag ")),
    ],
)
def test_a_broken_feed_rule_is_found(rule: str, path: str, edit: Callable[[bytes], bytes]) -> None:
    """One fault, its rule, in each of the three formats."""
    assert rule in rules(path, edit(GOOD[path]))


def test_a_feed_of_hundreds_is_found() -> None:
    """Readers cut it off where they like (F23)."""
    one = json.loads(JSON)
    items = [
        {**one["items"][0], "id": f"tag:{n}", "url": f"https://example.se/{n}"} for n in range(101)
    ]
    assert rules("x.json", json.dumps({**one, "items": items}).encode()) == {"F23"}


@given(body=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_nothing_breaks_the_linter(body: bytes) -> None:
    """Whatever the file is, it is told, and never a traceback."""
    for path in GOOD:
        assert lint(path, body)
    parse(body.decode(errors="replace"))


@given(cut=st.integers(0, 3000), noise=st.binary(max_size=8))
def test_a_damaged_file_breaks_no_linter(cut: int, noise: bytes) -> None:
    """Nor what was a good file once."""
    for path, body in GOOD.items():
        at = cut % len(body)
        lint(path, body[:at] + noise + body[at + len(noise) :])
