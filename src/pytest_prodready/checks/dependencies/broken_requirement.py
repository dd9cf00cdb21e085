"""An installed distribution lacks what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from ...project import DEV, LOCKED, Project, Requirement
from ...verdicts import WARNING, Objection
from ._common import Surveyed


class BrokenRequirement(Surveyed):
    name = "broken-requirement"
    cwe = None
    summary = "an installed distribution's requirement is not met"
    why = "It was built against another version: what it needs is missing or behaves otherwise, and only some path will show it."
    fix = (
        "Install versions that fit each other: let pip, uv or poetry resolve all of them together, and lock the result."
    )
    bad = "pip install flask==3.1 --no-deps    # flask 3.1 needs werkzeug>=3.1, there is 2.3"
    good = "pip install flask==3.1"

    def survey(self, project: Project) -> Iterator[Objection]:
        for one in project.unmet:
            there = f"there is {one.found}" if one.found else "it is not installed"
            if one.by == project.own and one.found is None:
                continue
            by = project.installed[one.by]
            yield self.hold(
                project, one.by, f"{by.written} {by.version} needs {one.requirement}, {there}",
                requirement=one.requirement, found=one.found,
            )  # fmt: skip
        for requirement in project.declared.requirements:
            found = project.installed.get(requirement.name)
            if found is not None and self.matters(requirement) and requirement.name in project.mismatched:
                yield self.hold(
                    project, requirement.name,
                    f"{requirement.place} declares {requirement.written}{requirement.specifier}, the tests ran with {found.version}",
                    WARNING, requirement=requirement.specifier, found=found.version,
                )  # fmt: skip

    @staticmethod
    def matters(requirement: Requirement) -> bool:
        """A lock file is for every platform, and tools are not the application's."""
        return requirement.group not in (DEV, LOCKED)
