"""From what is so in the city to its pages: every address, and the page behind it in one form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import Final
from urllib.parse import unquote

from modelcity import (
    addresses,
    article_page,
    board,
    board_page,
    feed,
    markup,
    meeting_page,
    menu,
    pages,
    words,
)
from modelcity.addresses import SEED, SEED_STRIPPED
from modelcity.moments import FORMS, LATER_FORMS, Form
from modelcity.scene import Scene
from modelcity.truth import Truth

__all__ = ["FORMS", "LATER_FORMS", "SEED", "SEED_STRIPPED", "Form", "Site"]

_NODE: Final = re.compile(r"\.\d+\.([0-9a-f]{6,})\.html$")
_DOWNLOAD: Final = re.compile(r"^/download/18\.([0-9a-f]+)/")


class Site:
    """The pages of one truth in one form, each rendered once when first asked for."""

    def __init__(self, truth: Truth, form: Form) -> None:
        self.truth = truth
        self.form = form
        self._bodies: dict[str, bytes] = {}

    def page(self, address: str) -> bytes | None:
        """Give the page at an address (path and query), None where there is none."""
        if address not in self._bodies:
            if (made := self._pages.get(address)) is None:
                return None
            self._bodies[address] = made().encode()
        return self._bodies[address]

    def feed(self, address: str) -> bytes | None:
        """Give the city's own feed, if it lies at this address, percent-encoded or not."""
        return self._feed if unquote(address) == feed.ADDRESS else None

    def moved(self, address: str) -> str | None:
        """Give the present address of a page or file whose folder, name or stamp has changed."""
        if (node := _NODE.search(address)) is not None:
            return self._nodes.get(node[1])
        if (file := _DOWNLOAD.match(address)) is not None:
            return self._files.get(file[1])
        return None

    def holds_file(self, address: str) -> bool:
        """Say whether a file lies at an address."""
        file = _DOWNLOAD.match(address)
        return file is not None and self._files.get(file[1]) == address

    @property
    def addresses(self) -> tuple[str, ...]:
        """Give the address of every page."""
        return tuple(self._pages)

    @cached_property
    def _scene(self) -> Scene:
        truth = self.truth
        aside = pages.sidebars(self.form, truth.articles, truth.coming, truth.today)
        return Scene(form=self.form, today=truth.today, banner=truth.banner, aside=aside)

    @cached_property
    def _feed(self) -> bytes:
        return feed.render(self.truth.articles).encode()

    @cached_property
    def _pages(self) -> dict[str, Callable[[], str]]:
        return {address: made for address, made in self._all() if address is not None}

    @cached_property
    def _nodes(self) -> dict[str, str]:
        found = ((_NODE.search(address), address) for address in self._pages)
        return {node[1]: address for node, address in found if node is not None}

    @cached_property
    def _files(self) -> dict[str, str]:
        files = [file.path for meeting in self.truth.meetings for file in meeting.files]
        files += [item.document for item in self.truth.notices]
        files += [addresses.regulations(body) for body in self.truth.bodies]
        found = ((_DOWNLOAD.match(path), path) for path in files)
        return {file[1]: path for file, path in found if file is not None}

    def _all(self) -> Iterator[tuple[str | None, Callable[[], str]]]:
        yield from self._fixed()
        yield from self._of_bodies()
        yield from self._of_articles()
        for meeting in self.truth.paged:
            yield meeting.path, partial(meeting_page.render, self._scene, meeting)
        for item in self.truth.notices:
            yield item.path, partial(board_page.render_item, self._scene, item)
        for address, title in board.permits().items():
            yield address, partial(board_page.render_permit, self._scene, address, title)
        for address, (section, title) in menu.pages().items():
            content = menu.content(section, title)
            yield address, partial(pages.plain, self._scene, address, title, content)

    def _fixed(self) -> Iterator[tuple[str, Callable[[], str]]]:
        scene, truth = self._scene, self.truth
        notice_board = partial(board_page.render, scene, truth.notices, truth.announcements)
        seed = partial(pages.seed, scene, truth.articles, truth.queue)
        yield addresses.START, partial(pages.start, scene)
        yield addresses.ENTRY, partial(pages.entry, scene)
        yield addresses.CALENDAR, partial(pages.calendar, scene, truth.coming)
        yield addresses.COMMITTEES, partial(pages.committees, scene, truth.bodies)
        yield addresses.NOTICE_BOARD, notice_board
        yield addresses.NOTICE_BOARD_ALIAS, notice_board
        yield SEED, partial(seed, stripped=False)
        yield SEED_STRIPPED, partial(seed, stripped=True)
        text = markup.paragraphs(words.FILLER)
        for address, title in (
            (addresses.SUBSCRIPTION, "Prenumerera på handlingar"),
            (addresses.WEB_DIARY, "Webbdiarium"),
        ):
            yield address, partial(pages.plain, scene, address, title, text)

    def _of_bodies(self) -> Iterator[tuple[str | None, Callable[[], str]]]:
        scene, truth = self._scene, self.truth
        for body in truth.bodies:
            yield addresses.committee(body), partial(pages.committee, scene, body, truth.coming)
            yield addresses.listing(body), partial(pages.listing, scene, body, truth.meetings)
            yield addresses.planned(body), partial(pages.planned, scene, body, truth.coming)

    def _of_articles(self) -> Iterator[tuple[str, Callable[[], str]]]:
        scene, articles = self._scene, self.truth.articles
        for article in articles:
            yield article.path, partial(article_page.render, scene, article)
        for number in range(1, article_page.page_count(articles) + 1):
            address = article_page.page_address(number)
            yield address, partial(article_page.render_list, scene, articles, number)
