"""What checks hold against an application, and how trials ended: plain data that travels between processes."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from .trace import Site, point_from

ERROR, WARNING = "error", "warning"
#: Stands for an entry in what is held against a distribution: no entry leads there.
PROJECT = "the project"


_CHANCE = (
    (re.compile(r"([/\\\\]pytest-(?:of-[^/\\\\]+[/\\\\]pytest-)?)[0-9]+"), r"\1N"),
    (re.compile(r"\b0x[0-9a-f]+"), "0x0"),
    (re.compile(r"(localhost|127\.0\.0\.1|\[::1\]):[0-9]+"), r"\1"),
)


def scrub(text: str) -> str:
    """Without what differs from run to run though nothing else does: numbers of folders, addresses, ports."""
    for pattern, plain in _CHANCE:
        text = pattern.sub(plain, text)
    return text


@dataclass(frozen=True)
class Objection:
    """One thing that one check holds against the application, at one site.

    `family` is the family of exceptions (or attack) and `handler` who should have handled it: together with the check
    they make the finding that this belongs to.
    """

    check: str
    level: str
    site: Site
    entry: str
    operation: str
    family: str
    handler: str
    message: str
    fix: str
    evidence: dict[str, Any] = field(default_factory=dict)
    test: str = ""

    def scrubbed(self) -> Objection:
        """As a report shows it: the same in every run."""
        evidence = {
            name: scrub(value)
            if isinstance(value, str)
            else [scrub(str(v)) for v in value]
            if isinstance(value, list)
            else value
            for name, value in self.evidence.items()
        }
        return replace(self, message=scrub(self.message), evidence=evidence)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Objection:
        return cls(**{**data, "site": Site(*data["site"])})


@dataclass
class TrialResult:
    """How a trial ended. `spec` is a `sweep.plan.TrialSpec` as plain data.

    `plainest` are the inputs that proved what is held against the application: (attack, input with `§` for its token).
    """

    id: str
    spec: dict[str, Any]
    verdict: str
    outcome: str | None = None
    reason: str | None = None
    seconds: float = 0.0
    objections: list[Objection] = field(default_factory=list)
    retried: bool = False
    plainest: list[tuple[str, str]] = field(default_factory=list)

    @property
    def point(self) -> Any:
        return point_from(self.spec["point"])

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> TrialResult:
        return cls(**{**data, "objections": [Objection.from_json(o) for o in data["objections"]]})
