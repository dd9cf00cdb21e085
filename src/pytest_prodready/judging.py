"""From traces to objections: the wanted checks look at ordinary runs, judge trials, and judge attacked requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from .checks import Suite, View, judge, reads_runs
from .observation import Observation, driven
from .report.model import CheckInfo, Finding, findings
from .selection import Selection
from .sweep.plan import TrialSpec
from .trace import Call, Entry, Point, Trace
from .verdicts import Objection, TrialResult
from .waivers import Waivers


@dataclass
class Judging:
    """What checks hold against the application.

    Attributes:
        objections: those of ordinary runs.
        looked_at: the (check, point) that checks looked at there.
    """

    selection: Selection
    objections: list[Objection] = field(default_factory=list)
    looked_at: list[tuple[str, Point]] = field(default_factory=list)

    def look(self, trace: Trace) -> None:
        """Let the checks look at an ordinary run."""
        points: dict[Call | Point, Point | None] = {}
        for check in self.selection.checks:
            if not reads_runs(check) or not self.selection.wants_check(check.name, trace.test):
                continue
            for objection in check.look(trace):
                self.objections.append(replace(self.levelled(objection.scrubbed()), test=trace.test))
            looked_at = list(check.looked_at(trace))
            for seen in looked_at:
                if seen not in points:
                    points[seen] = seen if isinstance(seen, Point) else seen.point
            found = dict.fromkeys(points[seen] for seen in looked_at)
            self.looked_at += [(check.name, point) for point in found if point is not None]

    def unseen(self, trace: Trace) -> list[tuple[str, Point, str, str]]:
        """What checks could not look at in an ordinary run: the check, the point, the statement, and why."""
        return [
            (check.name, call.point, call.statement, why)
            for check in self.selection.checks
            if self.selection.wants_check(check.name, trace.test)
            for call, why in check.unseen(trace)
            if call.point is not None
        ]

    def levelled(self, objection: Objection) -> Objection:
        """At the level that the user gave its check."""
        return replace(objection, level=dict(self.selection.settings.levels).get(objection.check, objection.level))

    def trial(
        self,
        suite: Suite,
        spec: TrialSpec,
        trace: Trace,
        control: Trace,
        entry: Entry,
        twin: Entry | None,
        alike: bool,
        repeated: Trace | None,
    ) -> list[Objection]:
        """What the checks hold against a trial: see `View`."""
        call = trace.struck
        assert call is not None
        view = View(spec.fault, trace, call, entry, control, twin, alike, suite, repeated)
        checks = [check for check in self.selection.checks if check.of_lasting or not spec.lasting]
        found = (self.levelled(o.scrubbed()) for o in judge(checks, view))
        wanted = [o for o in found if self.selection.wants_check(o.check, spec.test)]
        if spec.under is None:
            return wanted
        site = spec.under.point.site
        first = f"{spec.under.fault} at {site.file}:{site.line}"
        return [replace(o, evidence={**o.evidence, "after": first}) for o in wanted]

    def attack(self, spec: TrialSpec, trace: Trace) -> list[Objection]:
        """What its check holds against one attack on one leaf."""
        attempts = [attempt for attempt in trace.attempts if attempt.attack == spec.fault]
        return [
            replace(self.levelled(objection.scrubbed()), test=spec.test)
            for check in self.selection.checks
            if check.name == spec.fault and self.selection.wants_check(check.name, spec.test)
            for objection in check.attacked(attempts, trace)
        ]

    def findings(
        self,
        results: Iterable[TrialResult],
        objections: Iterable[Objection],
        waivers: Waivers,
        static: Mapping[tuple[str, Point], tuple[str, str]] = MappingProxyType({}),
    ) -> list[Finding]:
        """Everything that is held against the application, grouped: see `report.model.findings`."""
        checks = self.selection.checks
        infos = {c.name: CheckInfo(c.name, c.pillar, c.cwe) for c in checks}
        order = {c.name: n for n, c in enumerate(checks)}
        return findings(infos, order, results, objections, dict(self.selection.settings.levels), static, waivers.of)


def suite_of(observations: Iterable[Observation]) -> Suite:
    """What all tests together show of the application."""
    observations = list(observations)
    entered = [s for o in observations for s in o.sightings if s.entry_kind != "direct"]
    return Suite(driven(observations), frozenset(s.point.site for s in entered))
