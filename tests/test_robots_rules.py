"""The rules of a robots.txt mean to us what RFC 9309 says, worked out here a second time."""

from __future__ import annotations

import re
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from asking import AGENT, CITY
from scraper.robots import Rules

WORDS: Final = ("kalender", "nyheter", "a", "b", "å", "p.pdf", "x=1")
PATHS: Final = st.lists(st.sampled_from([*WORDS, "/", "?", "."]), min_size=0, max_size=5).map(
    lambda parts: "/" + "".join(parts)
)
VALUES: Final = PATHS | st.lists(
    st.sampled_from([*WORDS, "/", "*", "$", "?"]), min_size=1, max_size=5
).map(lambda parts: "/" + "".join(parts))
LINES: Final = st.lists(
    st.tuples(st.sampled_from(["Allow", "Disallow", "disallow"]), VALUES | st.just("")),
    min_size=1,  # names without a rule between them are names of one group
    max_size=6,
)
GROUPS: Final = st.lists(
    st.tuples(st.sampled_from(["*", "Kallelse", "KALLELSE", "Googlebot", "https"]), LINES),
    min_size=1,
    max_size=4,
)


def written(groups: list[tuple[str, list[tuple[str, str]]]]) -> str:
    """Give a robots.txt of these groups."""
    lines = []
    for agent, rules in groups:
        lines += [f"User-agent: {agent}", *(f"{name}: {value}" for name, value in rules), ""]
    return "\n".join(lines)


def allowed(groups: list[tuple[str, list[tuple[str, str]]]], path: str) -> bool:
    """Say by RFC 9309, 2.2, whether Kallelse may ask for a path.

    All groups for our name count as one, and those for everyone only where there is none for us.
    The longest value that fits counts, and of two that are as long the one that allows. A `?` is
    as long as its escape: the library compares so, and only rules of nearly one length notice.
    """
    ours = [rules for agent, rules in groups if agent.lower() == "kallelse"]
    all_s = [rules for agent, rules in groups if agent == "*"]
    fitting = [
        (len(_octets(value.replace("?", "%3F"))), name.lower() == "allow")
        for rules in ours or all_s
        for name, value in rules
        if value and _fits(value, path)
    ]
    return max(fitting, default=(0, True))[1]


def _octets(text: str) -> bytes:
    """Compare as what is sent: letters beyond ASCII escaped, an escaped plain letter plain."""
    return "".join(c if c.isascii() else _escaped(c) for c in text).encode()


def _escaped(letter: str) -> str:
    return "".join(f"%{octet:02X}" for octet in letter.encode())


def _fits(value: str, path: str) -> bool:
    """Say whether a rule's value fits a path: `*` is anything, a last `$` the end."""
    pattern = _octets(value).decode()
    end = pattern.endswith("$")
    parts = [re.escape(part) for part in pattern.removesuffix("$" if end else "").split("*")]
    return bool(re.match(".*".join(parts) + ("$" if end else ""), _octets(path).decode()))


@given(groups=GROUPS, path=PATHS)
@example(groups=[("*", [("Disallow", "/a"), ("Allow", "/a")])], path="/a")
@example(groups=[("*", [("Disallow", "/")]), ("Kallelse", [("Disallow", "")])], path="/a")
@example(groups=[("Kallelse", [("Disallow", "/a")]), ("KALLELSE", [("Allow", "/ab")])], path="/ab")
@example(groups=[("*", [("Disallow", "/*.pdf$")])], path="/p.pdf?x=1")
@example(groups=[("*", [("Disallow", "/å")])], path="/åa")
@example(groups=[("*", [("Allow", "/a*"), ("Disallow", "/a?")])], path="/a?")
def test_a_path_is_allowed_where_the_rfc_allows_it(
    groups: list[tuple[str, list[tuple[str, str]]]], path: str
) -> None:
    """Two who have read the same rules come to the same answer, for every file and path."""
    address = f"{CITY}{''.join(c if c.isascii() else _escaped(c) for c in path)}"
    assert Rules(written(groups), AGENT).allow(address) is allowed(groups, path)


@pytest.mark.parametrize(
    ("text", "path", "may"),
    [
        ("user-agent: kallelse\ndisallow: /\n", "/x/y", False),
        ("foo: kallelse\nbar: /\n", "/x/y", True),
        ("user-agent: kallelse\ndisallow: /\nallow: /x/\n", "/x/y", True),
        ("user-agent: kallelse\ndisallow: /x/\nallow: /x/page.html\n", "/x/page.html", True),
        ("user-agent: kallelse\ndisallow: /x/page.html\nallow: /x/\n", "/x/page.html", False),
        ("user-agent: kallelse\ndisallow:\nallow:\n", "/x", True),
        ("user-agent: kallelse\ndisallow: /\nallow: /\n", "/x", True),
        ("user-agent: kallelse\ndisallow: /X/\n", "/x/y", True),
        ("user-agent: kallelse bot\ndisallow: /\n", "/x", False),
        ("User-Agent : Kallelse/1.0\ndisallow: /\n", "/x", False),
        ("user-agent: kallelsebot\ndisallow: /\n", "/x", True),
        ("user-agent: a\nuser-agent: kallelse\ndisallow: /\n", "/x", False),
        ("user-agent: *\ndisallow: /\n\nuser-agent: kallelse\nallow: /\n", "/x", True),
        ("user-agent: kallelse\nallow: /foo*bar\ndisallow: /foo\n", "/foo/quz/bar", True),
        (
            "user-agent: kallelse\ndisallow: /path/file-with-a-%2A.html\n",
            "/path/file-with-a-*.html",
            False,
        ),
        ("user-agent: kallelse\ndisallow: /foo/bar?qux=taz\n", "/foo/bar?qux=taz&a=1", False),
        ("\xef\xbb\xbfuser-agent: other\nallow: /\n", "/x", True),
    ],
)
def test_the_known_riddles_of_robots_txt(text: str, path: str, *, may: bool) -> None:
    """The cases that readers of robots.txt have disagreed on, as the largest of them reads them."""
    assert Rules(text, AGENT).allow(f"{CITY}{path}") is may
