"""A name that nobody has and no index knows."""

from __future__ import annotations

from collections.abc import Iterator

from ...project import Import, Project, Requirement, normal
from ...trace import NOWHERE, Site
from ...verdicts import ERROR, WARNING, Objection
from ._common import Surveyed, may_hold


class UnknownDependency(Surveyed):
    name = "unknown-dependency"
    cwe = 1357
    summary = "a declared or imported name is one that no installed distribution and no index knows"
    why = "Assistants invent names, and whoever registers an invented one next gets to run code in your production."
    fix = "Use the real name, or take the line out. A private distribution belongs to an index or an address that is declared."
    bad = "flask-sqlalchmey==3.1"
    good = "flask-sqlalchemy==3.1"

    def surveyed(self, project: Project) -> Iterator[tuple[str, Site]]:
        for one in project.declared.requirements:
            if not one.direct:
                yield one.name, Site(one.file, one.line, "")

    def survey(self, project: Project) -> Iterator[Objection]:
        told = set()
        for one in project.declared.requirements:
            if one.name in told:
                continue
            if one.name in project.unknown and not self.elsewhere(one):
                told.add(one.name)
                level = WARNING if self.own_index(project) else ERROR
                yield self.hold(
                    project, one.name,
                    f"{one.place} declares {one.written}, which is not installed and not among the names of PyPI"
                    f"{self.day(project)}{self.meant(project.unknown[one.name])}", level, self.site(project, one.name),
                )  # fmt: skip
            elif one.name in project.lookalikes:
                told.add(one.name)
                yield self.hold(
                    project, one.name, f"{one.place} declares {one.written}, which is not installed: was "
                    f"{project.lookalikes[one.name]} meant?", WARNING, NOWHERE,
                )  # fmt: skip
        for each in project.imports:
            name = normal(each.top)
            if each.providers or name in told:
                continue  # one finding a name
            if name in project.unknown:
                yield self.hold(
                    project, name,
                    f"{each.module} is imported, which is not installed and not among the names of PyPI"
                    f"{self.day(project)}{self.meant(project.unknown[name])}",
                    WARNING if self.doubtful(project, each) else ERROR, each.site, module=each.module,
                )  # fmt: skip
            elif name in project.lookalikes and not each.guarded:
                yield self.hold(
                    project, name, f"{each.module} is imported, which is not installed: was {project.lookalikes[name]} meant?",
                    WARNING, each.site, module=each.module,
                )  # fmt: skip

    @staticmethod
    def site(project: Project, name: str) -> Site:
        """The line that imports what cannot be installed."""
        return min(
            (one.site for one in project.imports if not one.providers and normal(one.top) == name), default=NOWHERE
        )

    @staticmethod
    def doubtful(project: Project, one: Import) -> bool:
        """The application does without it, or something declared that is not installed here may hold it."""
        return one.guarded or one.dynamic or may_hold(project, one)

    @staticmethod
    def elsewhere(one: Requirement) -> bool:
        """It comes from an address, a path or a repository: no index needs to know it."""
        return one.direct

    @staticmethod
    def own_index(project: Project) -> bool:
        """The project names an index of its own, which may know what the public one does not."""
        return project.declared.private

    @staticmethod
    def day(project: Project) -> str:
        return f" ({project.names_date})" if project.names_date else ""

    @staticmethod
    def meant(name: str | None) -> str:
        return f"; was {name} meant?" if name else ""
