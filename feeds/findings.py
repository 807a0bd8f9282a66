"""One thing that is wrong with a published file: the rule, the place, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A broken rule; `where` is a line or a component, `says` what to do."""

    rule: str
    where: str
    says: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule}: {self.says}"
