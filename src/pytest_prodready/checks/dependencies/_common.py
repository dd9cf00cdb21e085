"""What the checks of this pillar share: where a distribution stands, and an objection to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...project import OPTIONAL, RUNTIME, Import, Project, normal
from ...trace import NOWHERE, Site
from ...verdicts import PROJECT, Objection
from .. import Check


class Surveyed(Check):
    """A check that reads no trace: it looks at what the project depends on, once."""

    pillar = "dependencies"

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False

    def surveyed(self, project: Project) -> Iterator[tuple[str, Site]]:
        """Every distribution that the project itself asks for."""
        return ((name, asked_for(project, name)) for name, path in sorted(project.depends.items()) if len(path) == 1)

    def hold(
        self, project: Project, name: str, message: str, level: str | None = None, site: Site | None = None, **evidence: Any
    ) -> Objection:  # fmt: skip
        """An objection to a distribution: at the line that imports it, nowhere in particular where none does."""
        requirement = project.requirement(name)
        path = project.depends.get(name, ())
        if requirement is None and len(path) > 1:
            requirement = project.requirement(path[0])
        place = requirement.file if requirement else next(iter(project.declared.files), "the environment")
        evidence["declared"] = requirement.place if requirement else place
        if len(path) > 1:
            evidence["path"] = list(path)
        imported = [f"{one.site.file}:{one.site.line}" for one in project.imported(name)]
        evidence["imported"] = imported[:10]
        return Objection(
            self.name, level or self.level, site or place_of(project, name), PROJECT, name, name, place, message, self.fix,
            evidence,
        )  # fmt: skip


def place_of(project: Project, name: str) -> Site:
    """The first line of source that imports a distribution."""
    return min((one.site for one in project.imported(name)), default=NOWHERE)


def asked_for(project: Project, name: str) -> Site:
    """The line that asks for a distribution: its declaration, else its import, else that of what needs it."""
    for one in (name, *project.depends.get(name, ())[:1]):
        requirement = project.requirement(one)
        if requirement is not None:
            return Site(requirement.file, requirement.line, "")
        site = place_of(project, one)
        if site != NOWHERE:
            return site
    return NOWHERE


def may_hold(project: Project, one: Import) -> bool:
    """Whether something that is declared and not installed here may be what holds a module: its name need not tell."""
    imported = {normal(each.top) for each in project.imports}
    return not one.providers and any(
        each.name not in project.installed and each.name not in project.unknown and each.name not in imported
        for each in project.declared.of(RUNTIME, OPTIONAL)
        if each.name != project.own
    )


def through(project: Project, name: str) -> str:
    """How a distribution that nobody asked for got here: `, needed by celery`."""
    path = project.depends.get(name, ())
    return f", needed by {path[-2]}" if len(path) > 1 else ""
