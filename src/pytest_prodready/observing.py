"""The ordinary run: what each test does is kept, and the checks look at it."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable
from typing import Any

import pytest

from .checks import judges
from .judging import Judging
from .observation import Observation, driven, observe
from .observed import SeenTrace
from .seams import clock, hub
from .seams.called import CALLS
from .settings import matches
from .source import SourceMap
from .sweep import compat
from .sweep.run import Runner
from .sweep.share import Solo
from .trace import Point, Trace
from .verdicts import Objection


class Observing:
    """Hears what each test of the ordinary run does.

    Args:
        share: is told of each test that has ended.
        notes: where there is something to say.

    Attributes:
        items: the tests by node id, once they are collected.
        observations: what was kept of each.
    """

    def __init__(self, judging: Judging, sources: SourceMap, share: Solo, notes: list[str]) -> None:
        self.judging, self.selection = judging, judging.selection
        self.sources, self.share, self.notes = sources, share, notes
        self.items: dict[str, pytest.Item] = {}
        self.observations: dict[str, Observation] = {}

    def _why_unswept(self, item: pytest.Item) -> str | None:
        mark = self.selection.marked.get(item.nodeid)
        if mark is not None and mark.kwargs.get("skip"):
            return f"skipped: {mark.kwargs['skip']}"
        if self._injects(item):
            return "the test injects its own fault"
        if compat.uses_our_fixture(item, "attack_client"):
            return "the test attacks by itself"
        if compat.is_doctest(item):
            return "doctests are not swept"
        return None

    def observes(self, item: pytest.Item) -> bool:
        if self.selection.settings.sweep or item.nodeid in self.selection.marked:
            return True
        return self._injects(item) or self._looks(item) or compat.uses_our_fixture(item, "attack_client")

    @staticmethod
    def _injects(item: pytest.Item) -> bool:
        return item.get_closest_marker("fault") is not None or compat.uses_our_fixture(item, "faults")

    @staticmethod
    def _looks(item: pytest.Item) -> bool:
        return compat.uses_our_fixture(item, "trace") or compat.uses_our_fixture(item, "growth")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: Any) -> Generator[None, object, object]:
        if hub.trace is not None or not self.observes(item):  # a run of our own, or not ours to watch
            return (yield)
        trace = Trace(item.nodeid)
        hub.start(trace)
        try:
            hub.paused = compat.is_hypothesis(item) and not (self._injects(item) or self._looks(item))
            return (yield)
        finally:
            hub.stop()
            hub.paused = False
            if compat.is_hypothesis(item):  # how many examples there are is chance: see `discover`
                trace = Trace(item.nodeid, passed=trace.passed, seconds=trace.seconds)
            try:
                self._keep(item, trace)
            except Exception as exc:
                hub.internal_error(f"what {item.nodeid} did could not be kept", exc)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: Any
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        trace = hub.trace
        if trace is not None and hub.run == 0 and trace.test == item.nodeid:
            if report.when == "call":
                trace.passed = report.passed and not hasattr(report, "wasxfail")
                trace.seconds = report.duration
            elif not report.passed:
                trace.passed = False
            if report.failed and self._looks(item):
                report.sections.append(("prodready: trace", str(SeenTrace(trace))))
        return report

    def discover(self, runner: Runner) -> None:
        """What Hypothesis tests do is observed in a run of their own, with examples that are always the same."""
        for nodeid, item in self.items.items():
            known = self.observations.get(nodeid)
            if known is not None and known.passed and not known.unswept and compat.is_hypothesis(item):
                self._keep(item, runner.control(item, known.seconds))

    def hear_calls(self, runner: Runner, began: float) -> None:
        """Which functions of source the tests call is heard in a run of its own, where that may be the only way in.

        Where the application has entries, only those calls count that a test of Hypothesis makes.
        """
        if not self.selection.attacks:
            return
        by_itself = driven(self.observations.values())
        budget = self.selection.settings.budget
        for nodeid, item in self.items.items():
            known = self.observations.get(nodeid)
            if known is None or not known.passed or known.unswept or (by_itself and not compat.is_hypothesis(item)):
                continue
            if budget is not None and time.perf_counter() - began >= budget:
                return
            trace = runner.control(item, known.seconds, calls=True)
            known.sightings += [one for one in observe(trace).sightings if one.seam == CALLS]

    def read_clock(self, runner: Runner, began: float) -> None:
        """Who reads the clock is observed in a run of its own, and only where source may read it at all."""
        faults = [
            name for name, fault in self.selection.registries.faults.by_name.items() if fault.family == clock.SEAM
        ]
        named = any(matches(faults, [pattern]) for pattern in self.selection.settings.select)
        if self.selection.settings.depth == "quick" and not (named or self.selection.settings.again):
            return
        if not any(
            judges(check, fault) and check.concerns(False, fault) for check in self.selection.checks for fault in faults
        ):
            return
        tests = [
            (item, known)
            for nodeid, item in self.items.items()
            if (known := self.observations.get(nodeid)) is not None
            and known.passed and not known.unswept and any(self.selection.wants_fault(nodeid, fault) for fault in faults)
        ]  # fmt: skip
        if not tests or not clock.is_read_in(self.sources.files()):
            return
        lost = 0
        for item, known in tests:
            if (
                self.selection.settings.budget is not None
                and time.perf_counter() - began >= self.selection.settings.budget
            ):
                return
            trace = runner.control(item, known.seconds, clock=True)
            lost += not trace.passed
            if trace.passed:
                found = [s for s in observe(trace).sightings if s.family == clock.SEAM]
                known.sightings += found
                if found:
                    known.seams[clock.SEAM] = sum(c.family == clock.SEAM for c in trace.calls)
        if lost:
            self.notes.append(
                f"{lost} test{'s do' if lost > 1 else ' does'} not pass once more under freezegun: no clock faults there"
            )

    def _keep(self, item: pytest.Item, trace: Trace) -> None:
        found = observe(trace)
        found.unswept = self._why_unswept(item)
        found.location = item.location
        self.observations[item.nodeid] = found
        objections, looked_at = len(self.judging.objections), len(self.judging.looked_at)
        if hub.deprecations:  # by imports, while tests were collected: the first test stands for all
            early = Trace(min(self.items, default=item.nodeid))
            early.deprecations, hub.deprecations = hub.deprecations, []
            self.judging.look(early)
        if not found.unswept:
            self.judging.look(trace)
            found.unseen = self.judging.unseen(trace)
            found.unswept = trace.unswept
        self.share.observed(
            lambda: plain([found], self.judging.objections[objections:], self.judging.looked_at[looked_at:])
        )

    def all(self) -> dict[str, Any]:
        """Everything that was observed, as plain data."""
        return plain(self.observations.values(), self.judging.objections, self.judging.looked_at)


def plain(
    observations: Iterable[Observation], objections: list[Objection], looked_at: list[tuple[str, Point]]
) -> dict[str, Any]:
    return {
        "observations": [o.to_json() for o in observations],
        "objections": [o.to_json() for o in objections],
        "looked_at": looked_at,
    }
