"""What checks hold against an application, and how trials ended: plain data that travels between processes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from .trace import Site, point_from

ERROR, WARNING = "error", "warning"


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

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Objection:
        return cls(**{**data, "site": Site(*data["site"])})


@dataclass
class TrialResult:
    """How a trial ended. `spec` is a `sweep.plan.TrialSpec` as plain data."""

    id: str
    spec: dict[str, Any]
    verdict: str
    outcome: str | None = None
    reason: str | None = None
    seconds: float = 0.0
    objections: list[Objection] = field(default_factory=list)
    retried: bool = False

    @property
    def point(self) -> Any:
        return point_from(self.spec["point"])

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> TrialResult:
        return cls(**{**data, "objections": [Objection.from_json(o) for o in data["objections"]]})
