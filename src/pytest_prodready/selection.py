"""Which checks, faults and attacks the user wants: by options, and by a test's own marker."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from .attacks import Attack
from .checks import Check
from .registries import Registries
from .settings import PILLARS, Settings, matches


class Selection:
    """What is wanted of all that is registered.

    Attributes:
        checks: those that the options leave in.
        marked: the `prodready` marker of each test that has one.
    """

    def __init__(self, settings: Settings, registries: Registries) -> None:
        self.settings, self.registries = settings, registries
        self.marked: dict[str, pytest.Mark] = {}
        self._faults: dict[tuple[str, str], bool] = {}  # what was asked for, by fault and by test where it has a marker
        self.checks = [c for c in registries.checks if self._chosen(c, settings.select, settings.ignore)]

    def _chosen(self, check: Check, select: Sequence[str], ignore: Sequence[str]) -> bool:
        """Patterns that name only faults do not choose checks."""
        names = (check.name, check.pillar)
        kinds = [n for c in self.registries.checks for n in (c.name, c.pillar)] + list(PILLARS)
        chosen = [p for p in select if matches(kinds, [p])]
        return not matches(names, ignore) and (not chosen or matches(names, chosen))

    def wants_check(self, name: str, test: str) -> bool:
        """Whether the test's own marker leaves this check in."""
        mark = self.marked.get(test)
        if mark is None:
            return True
        check = next((c for c in self.checks if c.name == name), None)
        select, ignore = mark.kwargs.get("select") or (), mark.kwargs.get("ignore") or ()
        return check is not None and self._chosen(check, select, ignore)

    def wants_fault(self, test: str, fault: str) -> bool:
        """Whether options and the test's own marker leave this fault in."""
        mark = self.marked.get(test)
        key = fault, test if mark is not None else ""
        if key not in self._faults:
            self._faults[key] = self._wants_fault(mark, fault)
        return self._faults[key]

    def _wants_fault(self, mark: pytest.Mark | None, fault: str) -> bool:
        select = list((mark.kwargs.get("select") if mark else None) or self.settings.select)
        ignore = [*self.settings.ignore, *((mark.kwargs.get("ignore") if mark else None) or ())]
        chosen = [p for p in select if matches(self.registries.faults.by_name, [p])]
        return not matches([fault], ignore) and (not chosen or matches([fault], chosen))

    @property
    def attacks(self) -> list[Attack]:
        """The attacks that a wanted check judges."""
        judged = {check.name for check in self.checks if type(check).attacked is not Check.attacked}
        return [attack for attack in self.registries.attacks if attack.name in judged]

    @property
    def swept(self) -> bool:
        """Whether any test is to be swept at all."""
        return self.settings.sweep or any(not mark.kwargs.get("skip") for mark in self.marked.values())
