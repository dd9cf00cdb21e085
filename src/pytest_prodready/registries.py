"""The built-in seams, faults, checks and reports, registered through the hooks that everybody uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from . import attacks, checks, faults, report, seams
from .settings import PILLARS


class BuiltIn:
    """A plugin like any other."""

    def pytest_prodready_seams(self) -> list[Any]:
        return list(seams.built_in())

    def pytest_prodready_faults(self) -> list[Any]:
        return [*faults.built_in_faults(), *faults.built_in_drivers()]

    def pytest_prodready_attacks(self) -> list[Any]:
        return list(attacks.built_in())

    def pytest_prodready_checks(self) -> list[Any]:
        return list(checks.built_in())

    def pytest_prodready_reports(self) -> list[Any]:
        return list(report.built_in())


@dataclass(frozen=True)
class Registries:
    """Everything that this session knows."""

    seams: list[seams.Seam]
    faults: faults.Faults
    attacks: list[attacks.Attack]
    checks: list[checks.Check]
    reports: dict[str, report.Reporter]

    @property
    def names(self) -> list[str]:
        """What can be selected and ignored."""
        return [*PILLARS, *(check.name for check in self.checks), *self.faults.by_name]


def gather(manager: pytest.PytestPluginManager) -> Registries:
    """Ask every plugin; the built-in ones come first."""
    if not manager.has_plugin("prodready-built-in"):
        manager.register(BuiltIn(), "prodready-built-in")
    failures = _all(manager.hook.pytest_prodready_faults())
    return Registries(
        _all(manager.hook.pytest_prodready_seams()),
        faults.Faults(
            [one for one in failures if isinstance(one, faults.Fault)],
            [one for one in failures if not isinstance(one, faults.Fault)],
        ),
        _all(manager.hook.pytest_prodready_attacks()),
        _all(manager.hook.pytest_prodready_checks()),
        {reporter.kind: reporter for reporter in _all(manager.hook.pytest_prodready_reports())},
    )


def _all(answers: Iterable[Iterable[Any]]) -> list[Any]:
    # pluggy asks the newest plugin first; the built-in one was registered before any conftest's
    return [one for answer in reversed(list(answers)) for one in answer]
