"""What happened to a meeting's documents: published, replaced, renamed or removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from records.model import Document, Meeting
from records.terms import ChangeKind
from records.wording import Happening, document, instant, say


def between(old: Meeting, new: Meeting) -> Iterator[Happening]:
    """Tell what became of each file; where the new list is not known, nothing was removed.

    A file is the same under the same id, or else under the same name. Role, section and media type
    are how we file it, and no news.
    """
    left = list(old.documents)
    same = {id(found): _take(left, "id", found) for found in new.documents}
    for found in new.documents:
        before = same[id(found)] or _take(left, "name", found)
        if before is None:
            yield _happening(ChangeKind.DOCUMENT_ADDED, found)
        else:
            yield from _compared(before, found)
    if new.documents_known:
        for gone in left:
            yield _happening(ChangeKind.DOCUMENT_REMOVED, gone)


def remembered(past: Iterable[Meeting]) -> tuple[Document, ...]:
    """All files known of a meeting since its list was last known whole; `past` is newest first.

    A list that was unknown for a while comes back as it was: its files are not published again.
    """
    found: dict[str, Document] = {}
    for meeting in past:
        for known in meeting.documents:
            found.setdefault(known.id, known)
        if meeting.documents_known:
            break
    return tuple(found.values())


def _take(left: list[Document], field: str, like: Document) -> Document | None:
    """Take out of `left` the first file that has the same `field`."""
    for position, candidate in enumerate(left):
        if getattr(candidate, field) == getattr(like, field):
            return left.pop(position)
    return None


def _compared(old: Document, new: Document) -> Iterator[Happening]:
    """Compare one file with itself; what only became known (a size, a stamp) has not changed."""
    if old.url is None and new.url is not None:
        yield _happening(ChangeKind.DOCUMENT_ADDED, new)
    elif old.url is not None and new.url is None:
        yield _happening(ChangeKind.DOCUMENT_REMOVED, new)
    elif (
        old.url != new.url
        or _other(old.size, new.size)
        or _other(instant(old.published), instant(new.published))
    ):
        yield _happening(ChangeKind.DOCUMENT_REPLACED, new)
    elif old.name != new.name:
        words = say(
            "Dokumentet {old} heter nu {new}",
            "The document {old} is now called {new}",
            old=old.name,
            new=new.name,
        )
        yield Happening(kind=ChangeKind.TEXT, words=words)


def _other(old: object, new: object) -> bool:
    return old is not None and new is not None and old != new


def _happening(kind: ChangeKind, file: Document) -> Happening:
    return Happening(kind=kind, words=document(kind, file.role, file.name), document=file.id)
