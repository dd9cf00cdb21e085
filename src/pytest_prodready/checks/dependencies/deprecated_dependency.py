"""A distribution that nobody looks after any more."""

from __future__ import annotations

from collections.abc import Iterator

from ...project import OPTIONAL, RUNTIME, Abandoned, Project, normal
from ...trace import Site
from ...verdicts import ERROR, WARNING, Objection
from ._common import Surveyed, asked_for, place_of, through


class DeprecatedDependency(Surveyed):
    name = "deprecated-dependency"
    cwe = 1104
    summary = "a dependency is marked inactive, archived, yanked or superseded"
    why = "Nobody fixes it any more: not the next vulnerability, and not what the next Python breaks."
    fix = "Change to its successor while both still work."
    bad = 'dependencies = ["aioredis"]'
    good = 'dependencies = ["redis>=4.2"]    # it has redis.asyncio'

    def surveyed(self, project: Project) -> Iterator[tuple[str, Site]]:
        direct = {name for name, path in project.depends.items() if len(path) == 1}
        return ((name, asked_for(project, name)) for name in sorted(direct | self.declared(project)))

    def blind(self, project: Project) -> str | None:
        return project.silent

    def survey(self, project: Project) -> Iterator[Objection]:
        for name in sorted({*project.depends, *self.declared(project), *self.imported(project)}):
            known = project.abandoned.get(name)
            if name in project.status:
                yield self.hold(project, name, f"{name} is {project.status[name]}", self.whose(project, name))
            elif known is not None:
                yield self.hold(
                    project, name, f"{name} is {self.told(known)}{through(project, name)}", self.whose(project, name),
                    self.site(project, name), instead=known.instead, since=known.since, source=known.source,
                )  # fmt: skip
            elif name in project.installed and project.installed[name].inactive:
                message = f"{name} {project.version(name)} is marked inactive by its authors{through(project, name)}"
                yield self.hold(project, name, message, self.whose(project, name))

    @staticmethod
    def told(known: Abandoned) -> str:
        return f"given up ({known.why}; last heard of {known.since}): use {known.instead}"

    @staticmethod
    def declared(project: Project) -> set[str]:
        """Also what is not installed here: production will install it."""
        return {one.name for one in project.declared.requirements if not one.direct}

    @staticmethod
    def imported(project: Project) -> set[str]:
        """What source imports and nobody installed, by the name of the module."""
        return {normal(one.top) for one in project.imports if not one.providers and not one.guarded}

    @staticmethod
    def site(project: Project, name: str) -> Site:
        lines = [one.site for one in project.imports if not one.providers and normal(one.top) == name]
        return min(lines, default=place_of(project, name))

    @staticmethod
    def whose(project: Project, name: str) -> str:
        """A warning for what only a dependency asks for, or only development: the project cannot change the one, the other is not in production."""
        direct = len(project.depends.get(name, (name,))) == 1
        asked = any(one.name == name for one in project.declared.of(RUNTIME, OPTIONAL))
        used = any(name in (one.providers or (normal(one.top),)) for one in project.imports)
        return ERROR if direct and (asked or used) else WARNING
