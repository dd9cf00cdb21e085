"""Source uses what its own dependencies are about to remove."""

from __future__ import annotations

from collections.abc import Iterator

from ...project import Project, normal
from ...trace import NOWHERE, Deprecation, Site, Trace, normalise
from ...verdicts import PROJECT, WARNING, Objection
from .. import Check
from ._common import place_of


class DeprecatedApi(Check):
    name = "deprecated-api"
    pillar = "dependencies"
    cwe = 477
    level = WARNING
    summary = "a DeprecationWarning or FutureWarning is raised by a line of source, or it imports a name that its framework removed"
    why = "The next release of what raises it takes the name away, and then an update breaks production."
    fix = "Use what the warning names instead, before the version that removes the old name."
    bad = "datetime.utcnow()"
    good = "datetime.now(timezone.utc)"

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False

    def surveyed(self, project: Project) -> Iterator[tuple[str, Site]]:
        names = sorted({name for one in project.imports for name in one.providers})
        return ((name, place_of(project, name)) for name in names)

    def survey(self, project: Project) -> Iterator[Objection]:
        for one in project.removed:
            told = (
                f"{one.name} is not in the installed {one.by} {one.version}: it was removed in {one.gone}"
                if one.already
                else f"{one.name} was removed in {one.by} {one.gone} ({one.version} is installed): an update breaks this line"
            )
            evidence = {"gone": one.gone, "instead": one.instead, "source": one.source}
            yield Objection(
                self.name, self.level, one.site, PROJECT, normal(one.by), one.name, PROJECT, told,
                f"Use {one.instead}.", evidence,
            )  # fmt: skip

    def look(self, trace: Trace) -> Iterator[Objection]:
        for one in trace.deprecations:
            if self.announced(one):
                continue
            text = " ".join(one.text.split())
            if one.site is not None:
                yield self.hold(one.site, one.by, normalise(text)[:120], f"{one.category}: {text[:300]}", one)
            else:
                message = (
                    f"{one.by} uses what is deprecated itself ({one.category}: {text[:150]}): an update may be due"
                )
                yield self.hold(NOWHERE, one.by, one.by, message, one)

    def hold(self, site: Site, operation: str, family: str, message: str, one: Deprecation) -> Objection:
        evidence = {"text": one.text[:1000], "category": one.category}
        return Objection(self.name, self.level, site, PROJECT, operation, family, PROJECT, message, self.fix, evidence)

    @staticmethod
    def announced(one: Deprecation) -> bool:
        """Source itself says of its own function that it is deprecated: that is good manners."""
        return one.own
