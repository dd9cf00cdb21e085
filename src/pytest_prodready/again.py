"""One trial or finding of an earlier run again, with everything that it saw: `--prodready-trial`, `--prodready-finding`."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from .judging import Judging
from .observation import observe
from .readiness import Survey
from .report.model import Report
from .sweep.plan import Plan, TrialSpec
from .sweep.sweeper import Sweeper
from .sweep.told import told, told_attack
from .verdicts import ERROR, Objection, TrialResult
from .waivers import Waivers, settle

INPUTS = "prodready/inputs"  # likewise: depth, way in, leaf and attack to the inputs that proved something there
KNOWN = "prodready/known"  # in pytest's cache: id to the test that shows it, its first trial and its level


class Again:
    """What is asked for again, and what came of it.

    Attributes:
        story: what it saw, in words; None before it ran.
        seen: what ordinary runs show of a finding that no trial shows.
    """

    def __init__(self, config: pytest.Config, judging: Judging) -> None:
        self.config, self.judging = config, judging
        self.settings = judging.selection.settings
        self.story: str | None = None
        self.seen: list[Objection] = []

    # --------------------------------------------------------------------------------------------------- remembered
    def _known(self) -> dict[str, Any]:
        cache = getattr(self.config, "cache", None)
        return (cache.get(KNOWN, {}) or {}) if cache is not None else {}

    def test(self) -> str | None:
        """The test that shows it, as far as an earlier run's cache tells."""
        key = self.settings.again
        known = self._known().get(key) if key is not None else None
        return known["test"] if known else None

    def remember(self, report: Report) -> None:
        """Write down where everything is seen, for a later run."""
        cache = getattr(self.config, "cache", None)
        if cache is None or self.settings.again:
            return
        known: dict[str, Any] = {}
        for finding in report.findings:
            if finding.test:
                known[finding.id] = {"test": finding.test, "trial": finding.first_trial, "level": finding.level}
        for result in report.trials:
            for objection in result.objections:
                known[result.id] = {"test": result.spec["test"], "level": objection.level}
            if result.outcome == "no-timeout":
                known[result.id] = {"test": result.spec["test"], "level": ERROR}
        with suppress(OSError):
            cache.set(KNOWN, known)
            cache.set(
                INPUTS, json.dumps({**self._inputs(), **self._found(report)})
            )  # ASCII: half a character can be input

    def inputs(self) -> dict[str, list[tuple[str, str]]]:
        """What proved something in an earlier run of this depth: tried first, and already as plain as can be."""
        prefix = self._prefix
        return {
            key.removeprefix(prefix): [(attack, template) for attack, template in found]
            for key, found in self._inputs().items()
            if key.startswith(prefix)
        }

    @property
    def _prefix(self) -> str:
        return f"{self.settings.depth} {self.settings.seed} "  # with others the same run would find something else

    def _inputs(self) -> dict[str, Any]:
        cache = getattr(self.config, "cache", None)
        try:
            stored = json.loads(cache.get(INPUTS, "{}")) if cache is not None else {}
        except (TypeError, ValueError):
            return {}
        return stored if isinstance(stored, dict) else {}

    def _found(self, report: Report) -> dict[str, Any]:
        tried = (
            result
            for result in report.trials
            if result.spec["input"] and (result.plainest or result.verdict == "handled")
        )
        return {self._prefix + _spec_of(result).view_leaf: result.plainest for result in tried}

    # ---------------------------------------------------------------------------------------------------------- run
    def run(self, sweeper: Sweeper, plan: Plan, survey: Callable[[], Survey], waivers: Waivers) -> None:
        """Run it.

        Args:
            survey: looks at the dependencies: a finding may be of them.

        Raises:
            pytest.UsageError: where the tests that ran have no such trial.
        """
        known = self._known()
        key = self.settings.trial or known.get(self.settings.finding or "", {}).get("trial")
        if self._attack(sweeper, plan, key, waivers):
            return
        spec = _spec(sweeper, plan, key)
        if spec is None and self._without_trial(survey(), waivers):
            return
        if spec is None:
            option = "trial" if self.settings.trial else "finding"
            raise pytest.UsageError(
                f"--prodready-{option}={self.settings.again}: no such trial in the tests that ran; "
                "give the test as its finding prints it"
            )
        result = sweeper.try_one(spec)
        level = known.get(spec.id, {}).get("level")
        if level is not None:  # what the whole suite knew decides
            result.objections = [replace(o, level=level) for o in result.objections]
            if result.verdict == "handled" and level == ERROR and result.objections:
                result.verdict, result.outcome = "failed", result.objections[0].check
        (result,) = settle([result], (), waivers)
        sweeper.results[result.id] = result
        self.story = told(spec, result, sweeper)

    def _attack(self, sweeper: Sweeper, plan: Plan, key: str | None, waivers: Waivers) -> bool:
        """One attack on one leaf again, if that is what was asked for."""
        attacks = self.judging.selection.attacks
        for planned in plan.sieges(attacks):
            for spec in planned.specs:
                if spec.id == key:
                    sweeper.besiege(planned, attacks, self.judging.attack, spec)
                    (result,) = settle([sweeper.results[spec.id]], (), waivers)
                    sweeper.results[spec.id] = result
                    self.story = told_attack(spec, result, sweeper)
                    return True
        return False

    def _without_trial(self, surveyed: Survey, waivers: Waivers) -> bool:
        """A finding that the ordinary run shows, with no trial to tell of: seen again, or not."""
        objections = [*self.judging.objections, *surveyed.objections]
        shown = self.judging.findings((), objections, waivers)
        finding = next((f for f in shown if f.id == self.settings.finding), None)
        if finding is None:
            return False
        from .report.terminal import story

        key = (finding.check.name, finding.family, finding.handler)
        self.seen = [o for o in objections if (o.check, o.family, o.handler) == key]
        self.story = "\n".join([*story(finding), "  seen:   in the ordinary run of the test, without any fault"])
        return True


def _spec_of(result: TrialResult) -> TrialSpec:
    return TrialSpec.from_json({key: value for key, value in result.spec.items() if key != "id"})


def _spec(sweeper: Sweeper, plan: Plan, key: str | None) -> TrialSpec | None:
    first, _, second = (key or "").removeprefix("t-").partition("-")
    spec = next((s for s in plan.everything() if s.id == f"t-{first}"), None)
    if spec is None or not second:
        return spec
    sweeper.try_one(spec)  # the point of a pair's second fault shows under the first
    assert sweeper.last is not None
    return next((s for s in plan.pairs(spec, observe(sweeper.last)) if s.id == key), None)
