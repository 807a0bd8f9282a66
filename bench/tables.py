"""Tables of figures in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(words: int, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a table of which the first columns, so many, are words; the others are figures."""
    rule = ["---" if at < words else "---:" for at in range(len(head))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))
