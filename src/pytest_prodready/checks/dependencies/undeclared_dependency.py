"""An import that the project does not declare."""

from __future__ import annotations

from collections.abc import Iterator

from ...project import DEV, LOCKED, OPTIONAL, RUNTIME, Import, Project, normal
from ...trace import Site
from ...verdicts import ERROR, WARNING, Objection
from ._common import Surveyed, may_hold


class UndeclaredDependency(Surveyed):
    name = "undeclared-dependency"
    cwe = 1357
    summary = "source imports a distribution that the project does not declare"
    why = "It is there by chance, in this environment: where only what is declared gets installed, the import fails."
    fix = "Declare it beside the others, with the lowest version that works."
    bad = 'dependencies = ["flask"]    # and in app.py: import requests'
    good = 'dependencies = ["flask", "requests>=2.31"]'

    def surveyed(self, project: Project) -> Iterator[tuple[str, Site]]:
        if self.blind(project):
            return
        for one in project.imports:
            if not self.does_without(one):
                yield self.called(project, one), one.site

    def blind(self, project: Project) -> str | None:
        if project.declared.files:
            return None
        return "; ".join(project.declared.unread) or "no file declares what the application needs"

    def survey(self, project: Project) -> Iterator[Objection]:
        if self.blind(project):
            return
        for one in project.imports:
            if self.does_without(one) or self.is_declared(project, one) or not self.is_real(project, one):
                continue
            name = self.called(project, one)
            files = ", ".join(project.declared.files)
            group = project.requirement(name)
            if group is not None and group.group == DEV:
                message = (
                    f"{one.module} is imported, but {group.written} is declared for development only ({group.place})"
                )
            elif one.providers:
                message = f"{one.module} is imported, but {files} does not declare {self.written(project, name)}"
            else:
                message = f"{one.module} is imported, but neither declared in {files} nor installed"
            yield self.hold(project, name, message, self.doubt(project, one), one.site, module=one.module)

    @staticmethod
    def called(project: Project, one: Import) -> str:
        return one.providers[0] if one.providers else normal(one.top)

    @staticmethod
    def written(project: Project, name: str) -> str:
        found = project.installed.get(name)
        return found.written if found else name

    @staticmethod
    def does_without(one: Import) -> bool:
        """`try/except ImportError`, `TYPE_CHECKING`, a test of the platform: it need not be there."""
        return one.guarded

    @staticmethod
    def is_declared(project: Project, one: Import) -> bool:
        """By itself, by an extra of another one, by lying in the project, or under another name that may hold the module."""
        names = {own.name for own in project.declared.of(RUNTIME, OPTIONAL)}
        if names.intersection(one.providers) or project.extras.intersection(one.providers):
            return True
        if project.own in one.providers or project.inside.intersection(one.providers):
            return True
        if len(project.declared.files) == 1 and project.declared.files[0].endswith((".lock", "pylock.toml")):
            return bool(names.intersection(one.providers))
        top = normal(one.top)
        missing = {name for name in names if name not in project.installed}
        return any(name in (top, one.called) or top in name.split("-") for name in missing)

    @staticmethod
    def is_real(project: Project, one: Import) -> bool:
        """What nobody knows is `unknown-dependency`'s."""
        return normal(one.top) not in project.unknown

    @staticmethod
    def doubt(project: Project, one: Import) -> str:
        """A warning where it comes with what is declared, whose own manual says to import it, and where nobody can tell."""
        names = {own.name for own in project.declared.of(RUNTIME, OPTIONAL)}
        family = {other for name in names for other in project.documented.get(name, ())}
        family |= {other for name in family for other in project.documented.get(name, ())}
        locked = {own.name for own in project.declared.of(LOCKED)}
        if (
            may_hold(project, one)
            or one.dynamic
            or family.intersection(one.providers)
            or (locked.intersection(one.providers) and not names)
        ):
            return WARNING
        return ERROR
