"""A version with a known vulnerability."""

from __future__ import annotations

from collections.abc import Iterator

from ...project import Advisory, Hit, Project
from ...verdicts import ERROR, WARNING, Objection
from ._common import Surveyed, through


class VulnerableDependency(Surveyed):
    name = "vulnerable-dependency"
    cwe = 1395
    summary = "an installed distribution that the project depends on has a known advisory"
    why = "What is known to all is tried by all: scanners find such versions within hours."
    fix = "Upgrade to a version without it, and ask for at least that one where it is declared."
    bad = "pyyaml==5.3"
    good = "pyyaml>=6.0.1"

    def blind(self, project: Project) -> str | None:
        return project.looked.blind

    def survey(self, project: Project) -> Iterator[Objection]:
        for hit in project.hits:
            ids = ", ".join(one.id for one in hit.advisories[:3])
            more = f" and {len(hit.advisories) - 3} more" if len(hit.advisories) > 3 else ""
            fixed = self.fixed(hit.advisories)
            better = f"; fixed in {fixed}" if fixed else "; no version without it is known"
            requirement = project.requirement(hit.name)
            where = "" if hit.installed or requirement is None else f" is pinned in {requirement.place}, and"
            yield self.hold(
                project, hit.name,
                f"{hit.name} {hit.version}{where} has {ids}{more}: {hit.advisories[0].summary}{better}{through(project, hit.name)}",
                ERROR if self.installed(hit) else WARNING, advisories=[one.id for one in hit.advisories],
                aliases=sorted({alias for one in hit.advisories for alias in one.aliases}), version=hit.version, fixed=fixed,
            )  # fmt: skip

    @staticmethod
    def installed(hit: Hit) -> bool:
        """A pin that is not installed here was not what the tests ran with."""
        return hit.installed

    @staticmethod
    def fixed(advisories: tuple[Advisory, ...]) -> str | None:
        """The version that has all of them fixed."""
        found = [one.fixed for one in advisories if one.fixed]
        return max(found, key=_order) if len(found) == len(advisories) else None


def _order(version: str) -> list[int]:
    return [int("".join(c for c in part if c.isdigit()) or 0) for part in version.split(".")]
