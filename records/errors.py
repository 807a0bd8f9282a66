"""Every way a run can fail, on one page: the class says who must act, the text what to do next."""

from __future__ import annotations

from typing import Final

LETTER: Final = "docs/brev-till-kommunen.md"
"""The letter that asks a city for leave; the next step wherever one refuses us."""

_REFUSALS: Final = frozenset({401, 403})


class KallelseError(Exception):
    """An error raised on purpose; its text is one sentence that says what to do next."""


class FetchError(KallelseError):
    """A page could not be had: nobody acts yet, the next run asks again and the old feed stands."""

    def __init__(self, url: str, reason: str, *, status: int | None = None) -> None:
        self.url = url
        self.reason = reason
        self.status = status
        step = f"ask the city with {LETTER}" if self.refused else "the next update asks again"
        super().__init__(f"{url} could not be read ({reason}): {step}")

    @property
    def refused(self) -> bool:
        """Whether we are kept out, and not the page away."""
        return self.status in _REFUSALS


class Forbidden(FetchError):
    """The city's robots.txt asks that this page is left alone: noted, and not a failure."""

    @property
    def refused(self) -> bool:
        """Always."""
        return True


class PageChanged(KallelseError):
    """A page no longer has the shape its parser was written for: a programmer mends the parser."""

    def __init__(self, url: str, missing: str) -> None:
        super().__init__(f"{url} no longer has {missing}: save the page and mend its parser")
        self.url = url
        self.missing = missing


class BadValue(KallelseError):
    """A phrase that gives no value: it is left out, and the record says so."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__(f"{value!r} is not read as a {field}: compare it with the city's page")
        self.field = field
        self.value = value


class StoreError(KallelseError):
    """The store cannot be used: the operator acts."""


class Busy(StoreError):
    """Another run holds the lock of this store and city; exit code 3."""


class PublishError(KallelseError):
    """The published folder cannot be written: the operator acts."""


class ConfigError(KallelseError):
    """Settings or options that cannot be obeyed: the operator acts; exit code 2."""


class Stopped(KallelseError):
    """The run was told to stop, and has left everything as the last one did.

    The daemon ends with exit code 0 then, a single update with 1.
    """

    def __init__(self) -> None:
        super().__init__("The update was told to stop: the next one reads what this one did not")
