"""A page under other names: every class and every element id replaced, as a redesign would."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from modelcity import draws

References: TypeAlias = Literal["kept", "broken"]
"""What points to an id by name: follows it, or points to what is no longer there."""

_PIECE: Final = re.compile(
    r"(?P<script><script\b.*?</script>)|(?P<style><style\b.*?</style>)"
    r"|(?P<comment><!--.*?-->)|(?P<tag><[a-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(
    r"""(?P<before>\s)(?P<name>[a-z-]+)=(?P<value>"[^"]*"|'[^']*'|[^\s"'<>]+)""",
    re.IGNORECASE,
)
_REFERRING: Final = {
    "for", "headers", "list", "aria-controls", "aria-describedby", "aria-labelledby", "data-cid",
}  # fmt: skip
_PORTLET: Final = re.compile(r"""(?P<quote>["'])(?P<id>12\.[0-9a-z]+)(?P=quote)""")
_ELEMENT: Final = re.compile(r"""(?P<before>htmlElementId:["'])(?P<id>[^"']+)""")
_RULE: Final = re.compile(r"\.(?P<name>[A-Za-z][\w-]*)")


def mask(page: str, seed: int, *, references: References = "kept") -> str:
    """Give a page with random names for all classes and ids, the same for the same seed.

    Words, addresses, elements and all other attributes stay. Style rules follow their classes;
    anchors, labels and the portlets of scripts follow their ids or are broken.
    """
    masked = _Mask(seed=seed, ids=_ids(page), follow=references == "kept")
    return _PIECE.sub(masked.piece, page)


def _ids(page: str) -> frozenset[str]:
    tags = (piece["tag"] for piece in _PIECE.finditer(page) if piece["tag"])
    found = (each for tag in tags for each in _ATTRIBUTE.finditer(tag))
    return frozenset(each["value"].strip("\"'") for each in found if each["name"].lower() == "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mask:
    """The new names of one page; `ids` are those that its elements had."""

    seed: int
    ids: frozenset[str]
    follow: bool
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def piece(self, match: re.Match[str]) -> str:
        """Give one tag, script, style or comment under new names."""
        kinds: dict[str, Callable[[str], str]] = {
            "script": self.script,
            "style": self.style,
            "comment": self.comment,
            "tag": self.tag,
        }
        return kinds[match.lastgroup or ""](match[0])

    def tag(self, tag: str) -> str:
        """Give a start tag."""
        return _ATTRIBUTE.sub(self._attribute, tag)

    def script(self, script: str) -> str:
        """Give a script: portlets and the elements they draw in."""
        head, close, rest = script.partition(">")
        if self.follow:
            rest = _PORTLET.sub(lambda m: m["quote"] + self.portlet(m["id"]) + m["quote"], rest)
            rest = _ELEMENT.sub(lambda m: m["before"] + self.id(m["id"]), rest)
        return self.tag(head + close) + rest

    def style(self, style: str) -> str:
        """Give style rules for the new classes."""
        return _RULE.sub(lambda match: f".{self.name('class', match['name'])}", style)

    def comment(self, comment: str) -> str:
        """Give a comment; SiteVision repeats an anchor's id in one."""
        said = comment[4:-3].strip()
        return f"<!-- {self.id(said)} -->" if said in self.ids else comment

    def name(self, kind: str, old: str) -> str:
        """Give the new name of a class or id."""
        letter = kind[0]
        return self.names.setdefault((kind, old), letter + draws.node(self.seed, kind, old)[:11])

    def id(self, old: str) -> str:
        """Give the new name of an id."""
        return self.name("id", old)

    def portlet(self, old: str) -> str:
        """Give the new id of a portlet, of the same shape."""
        return f"12.{draws.node(self.seed, 'portlet', old)}"

    def _attribute(self, match: re.Match[str]) -> str:
        name, value = match["name"].lower(), match["value"].strip("\"'")
        new = value
        if name == "class":
            new = " ".join(self.name("class", each) for each in value.split())
        elif name == "id":
            new = self.id(value)
        elif name == "href" and value.startswith("#"):
            new = f"#{self._reference(value[1:])}"
        elif name in _REFERRING:
            new = " ".join(self._reference(each) for each in value.split())
        return match[0] if new == value else f'{match["before"]}{match["name"]}="{new}"'

    def _reference(self, old: str) -> str:
        if not self.follow:
            return old
        return self.portlet(old) if old.startswith("12.") else self.id(old)
