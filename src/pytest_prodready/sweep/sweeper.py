"""The sweep: wave by wave, each trial beside the control run of its test, judged as soon as it has ended."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from ..attacks import Attack
from ..observation import Observation, observe
from ..seams import hub
from ..trace import ENDING, Call, Entry, Outcome, Point, Trace
from ..verdicts import ERROR, Objection, TrialResult, scrub
from .outcome import same
from .plainest import JudgeAttack, Search, searches, template_of
from .plan import Plan, SiegePlan, TrialSpec
from .recover import LATER
from .run import DEADLINE, TIMES, Runner
from .share import Solo
from .siege import Siege

#: What a fired trial is judged by: (spec, trial, control, entry, control entry, same outcome, control with the request
#: made again) -> objections.
Judge = Callable[[TrialSpec, Trace, Trace, Entry, "Entry | None", bool, "Trace | None"], list[Objection]]


#: At most so many attempts of one attack on one leaf, by depth.
ATTEMPTS = {"quick": 3, "standard": 8, "thorough": 40}

#: So many leaves of an entry are attacked whose attacked requests do not come back: each costs the deadline.
PATIENCE = 2

OURS = "an internal error of pytest-prodready, see the report"


@dataclass
class _Control:
    """The run without fault of one test; a second one tells what differs anyway."""

    trace: Trace
    ahead: float = 0.0  # seconds in the future: what an earlier trial left behind for a time is over
    again: Trace | None = None
    reason: str | None = None  # why the test is not repeatable


@dataclass
class Sweeper:
    """Makes the trials of a plan.

    Attributes:
        items: the collected items by node id.
        budget_ends: when to stop, in `time.perf_counter()` seconds; None for never.
        limits: deadlines of markers, by node id, in seconds.
    """

    runner: Runner
    plan: Plan
    judge: Judge
    share: Solo
    items: Mapping[str, pytest.Item]
    usual: Mapping[str, float]
    limits: Mapping[str, float]
    budget_ends: float | None = None
    detectors: Sequence[
        Attack
    ] = ()  # all attacks, wanted or not: what one could do is stopped in the requests of another
    stored: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)  # see `TrialResult.plainest`
    seed: int = 0
    progress: Callable[[TrialResult], None] = lambda result: None
    results: dict[str, TrialResult] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    last: Trace | None = None  # of the newest trial
    _controls: dict[tuple[str, bool], _Control] = field(default_factory=dict)  # by test, and whether the clock is seen
    _failed: set[Point] = field(default_factory=set)
    _retried: set[Point] = field(default_factory=set)
    _degraded: set[Point] = field(default_factory=set)
    _handled: set[Point] = field(default_factory=set)
    _killed: set[str] = field(default_factory=set)
    _overdue: Counter[str] = field(default_factory=Counter)  # by entry: leaves of which an attack did not come back
    _came_back: set[tuple[Point, str]] = field(
        default_factory=set
    )  # after a fault of which family the request was made again
    _repeats: dict[tuple[str, int], Trace] = field(default_factory=dict)
    _ahead: float = 0.0
    _broken_by: str | None = None  # the trial after which the application did not work any more
    _revealed: list[tuple[TrialSpec, Observation]] = field(default_factory=list)  # what handled trials did
    _out_of_time: bool = False

    # ------------------------------------------------------------------------------------------------------- waves
    def sweep(self) -> None:
        """Everything that is this process's share, and then what dead workers left."""
        try:
            self._waves()
            for orphan in self.share.left_over():
                for result in orphan.results:
                    self._count(result)
                if orphan.killed is not None:
                    self._killed_its_worker(orphan.killed)
                self._waves()
        finally:
            self.runner.finish()

    def _waves(self) -> None:
        for specs in self.plan.wave_1():
            self._round(specs)
        handled = lambda point: point in self._handled and point not in self._failed  # noqa: E731
        for specs in self.plan.wave_2(handled, self._retried.__contains__, self._degraded.__contains__):
            self._round(specs)
        if self.plan.depth == "thorough":
            self._round(self._pairs())

    def _pairs(self) -> Iterable[TrialSpec]:
        """One trial for each point that showed under a fault at another."""
        found: dict[tuple[Point, Point], TrialSpec] = {}
        for first, seen in sorted(self._revealed, key=lambda pair: pair[0].sort_key):
            for spec in self.plan.pairs(first, seen):
                found.setdefault((first.point, spec.point), spec)
        return found.values()

    def _round(self, specs: Iterable[TrialSpec]) -> None:
        order = {nodeid: number for number, nodeid in enumerate(self.items)}
        mine = [
            s for s in specs if self.share.mine((s.under or s).point) and s.id not in self.results and s.test in order
        ]
        for spec in sorted(mine, key=lambda s: (order[s.test], s.sort_key)):
            if spec.point in self._failed:
                continue
            if self._is_over():
                self._out_of_time = True
                self._record(TrialResult(spec.id, _data(spec), "not-tried", reason="the budget was used up"))
                continue
            self.share.started(_data(spec))
            self._record(self._contained(spec))

    # ----------------------------------------------------------------------------------------------------- attacks
    def siege(self, attacks: Sequence[Attack], judge: JudgeAttack) -> None:
        """Attack every leaf of every request of the plan."""
        try:
            for planned in self.plan.sieges(attacks):
                point = planned.specs[0].point
                if not self.share.mine(Point(point.site, f"{point.operation} {planned.leaf}", point.entry)):
                    continue
                if planned.specs[0].test not in self.items:
                    continue
                try:
                    self.besiege(planned, attacks, judge)
                except Exception as exc:
                    hub.stop()
                    hub.internal_error(f"the attack on {planned.leaf} of {point.entry} could not be made", exc)
        finally:
            self.runner.finish()

    def besiege(
        self, planned: SiegePlan, attacks: Sequence[Attack], judge: JudgeAttack, only: TrialSpec | None = None
    ) -> None:
        """One re-run of one test, and what each of its attacks has shown.

        Args:
            only: nothing is told of the others.
        """
        first = planned.specs[0]
        item, usual = self.items[first.test], self.usual.get(first.test, 0.0)
        results = [TrialResult(spec.id, _data(spec), "not-repeatable") for spec in planned.specs]
        if self._is_over():
            for result in results:
                result.verdict, result.reason = "not-tried", "the budget was used up"
                self._record(result)
            return
        if self._overdue[first.point.entry] >= PATIENCE:
            for result in results:
                result.verdict, result.reason = "not-tried", "two attacked requests like it did not come back in time"
                self._record(result)
            return
        control = self._control(item, usual)
        self.share.started(_data(first))
        trace, reached, overdue = None, False, ""
        if control.reason is None:
            most = ATTEMPTS[self.plan.depth]
            seconds = self.runner.limit or max(DEADLINE, TIMES * usual)

            known = frozenset[str]()

            def make(search: Search | None = None) -> Siege:
                return Siege(
                    planned, self.detectors or attacks, self.runner.faults, self.runner.clock, seconds, most,
                    self._stored(planned), search, known,
                )  # fmt: skip

            siege = make()
            trace = self.last = self.runner.siege(item, siege, usual)
            if siege.misses():  # a later request of the test uses what is stored: once more, with the attacks for that
                known = frozenset(siege.came_back)
                siege = make()
                trace = self.last = self.runner.siege(item, siege, usual)
            reached, overdue = siege.reached, siege.overdue or (trace.ended or "")
            self._overdue[first.point.entry] += bool(overdue)
        for spec, result in zip(planned.specs, results, strict=True):
            if only not in (None, spec):
                continue
            if trace is None:
                result.reason = control.reason
            elif not reached:
                result.verdict, result.reason = "not-reached", "the request was not made in the same way again"
            else:
                result.seconds = trace.seconds / len(planned.specs)
                result.objections = judge(spec, trace)
                if result.objections:
                    self._make_plainer(
                        spec, result, trace, judge, lambda search: self.runner.siege(item, make(search), usual)
                    )
                worst = next((o for o in result.objections if o.level == ERROR), None)
                result.verdict = "failed" if worst else "handled"
                result.outcome = worst.check if worst else "absorbed"
                if overdue and not result.objections:
                    result.verdict, result.outcome = "not-tried", None
                    result.reason = f"it {overdue} before all attacked requests were made"
            self.share.ended(result)
            self.results[result.id] = result
            self.progress(result)

    def _stored(self, planned: SiegePlan) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for spec in planned.specs:
            for attack, template in self.stored.get(spec.view_leaf, ()):
                found.setdefault(attack, []).append(template)
        return found

    def _make_plainer(
        self,
        spec: TrialSpec,
        result: TrialResult,
        trace: Trace,
        judge: JudgeAttack,
        run: Callable[[Search], Trace],
    ) -> None:
        """The objections as the plainest input shows them, found in a further run of the test."""
        for search in searches(judge, spec, trace, self.detectors, self.seed):
            if isinstance(search, tuple):
                result.plainest.append(search)
                continue
            found = search.found.attack, template_of(search.found)
            if found in self.stored.get(spec.view_leaf, ()):
                result.plainest.append(found)
            elif not self._is_over():
                self.last = again = run(search)
                result.seconds += again.seconds
                result.objections = search.shown_by_best(result.objections, again)
                result.plainest.append((found[0], search.best or found[1]))

    def _is_over(self) -> bool:
        return self.budget_ends is not None and time.perf_counter() >= self.budget_ends

    def _contained(self, spec: TrialSpec) -> TrialResult:
        """A trial in which our own code fails has no verdict, and the next one follows."""
        try:
            return self.try_one(spec)
        except Exception as exc:
            hub.stop()
            hub.internal_error(f"the trial {spec.id} of {spec.test} could not be made", exc)
            return TrialResult(spec.id, _data(spec), "not-repeatable", reason=OURS)

    def _record(self, result: TrialResult) -> None:
        self.share.ended(result)
        self._count(result)
        self.progress(result)

    def _count(self, result: TrialResult) -> None:
        self.results[result.id] = result
        point = result.point
        if result.verdict == "failed":
            self._failed.add(point)
        elif result.verdict == "handled":
            self._handled.add(point)
            if result.outcome == "degraded":
                self._degraded.add(point)
        if result.retried:
            self._retried.add(point)

    def _killed_its_worker(self, spec: dict[str, Any]) -> None:
        point = TrialSpec.from_json({k: v for k, v in spec.items() if k != "id"}).point
        objection = Objection(
            "hang", ERROR, point.site, point.entry, point.operation, "hang", f"{point.site.function} in {point.site.file}",
            "the trial killed its process", "Find what ends the process (os._exit, a crash in C code) when this call fails.",
            {"ended": "the process died"}, spec["test"],
        )  # fmt: skip
        self._record(TrialResult(spec["id"], spec, "failed", "hang", "the trial killed its process", 0.0, [objection]))

    # ------------------------------------------------------------------------------------------------------ trials
    def try_one(self, spec: TrialSpec) -> TrialResult:
        """Make one trial and judge it."""
        result = TrialResult(spec.id, _data(spec), "not-repeatable")
        item, usual = self.items[spec.test], self.usual.get(spec.test, 0.0)
        control = self._control(item, usual, spec.of_clock)
        if control.reason is not None:
            result.reason = control.reason
            return result
        # time does not heal
        came_back = (
            spec.of_clock or (spec.point, _leaves(spec)) in self._came_back or _own_connection(spec, control.trace)
        )
        repeated = None if came_back else self._repeated(item, usual, spec, control)
        limit = self.limits.get(spec.test)
        repeats = repeated is not None or self.plan.faults.by_name[spec.fault].repeats
        trace, arm = self.runner.trial(item, spec, usual, limit, repeats, control.ahead)
        if trace.struck is None and self.results:  # a breaker that an earlier trial opened has closed by then
            trace, arm = self.runner.trial(item, spec, usual, limit, repeats, self._further())
        if trace.stuck:  # the only verdict by a real clock: a machine that stood still does not do so twice
            once_more, its_arm = self.runner.trial(item, spec, usual, limit, repeats, control.ahead)
            if once_more.struck is not None and not once_more.stuck and not once_more.ended:
                trace, arm = once_more, its_arm
        self.last = trace
        result.seconds = trace.seconds
        result.retried = arm.attempts > 1
        self._blocked(trace)
        struck = trace.struck
        if struck is not None:  # by the client itself, below what is armed
            result.retried |= any(
                c.point == struck.point and c.number > struck.number and c.phase == struck.phase for c in trace.calls
            )
        if struck is None or struck.entry is None:
            result.verdict = "not-reached"
            result.reason = scrub(trace.why_failed) or "the call was not made in the same way again"
            return result
        entry = struck.entry
        twin = _twin(spec, struck, control.trace)
        if twin is None:
            result.reason = "the control run did not make this call"
            return result
        unjudged = _unjudged(trace, entry)
        if unjudged is not None:
            result.verdict, result.reason = unjudged
            return result
        again = self._again(item, usual, control, spec, struck, twin, entry)
        alike = same(entry.outcome, twin.outcome, again)
        if trace.again:
            self._came_back.add((spec.point, _leaves(spec)))
        result.objections = self.judge(spec, trace, control.trace, entry, twin, alike, repeated)
        if repeated is not None and (
            (trace.fails_again and not repeated.fails_again) or (trace.fails_beside and not repeated.fails_beside)
        ):
            self._leave_broken(spec)
        worst = next((o for o in result.objections if o.level == ERROR), None)
        if result.objections and self._fails_anyway(item, usual, spec, control.trace, twin):
            result.objections, result.reason = [], "it fails in the same way without what is special about the fault"
        elif worst is not None:
            result.verdict, result.outcome = "failed", worst.check
        else:
            result.verdict, result.outcome = "handled", _outcome(entry, alike)
            if self.plan.depth == "thorough" and spec.under is None:
                self._revealed.append((spec, observe(trace)))
        return result

    def _fails_anyway(self, item: pytest.Item, usual: float, spec: TrialSpec, control: Trace, twin: Entry) -> bool:
        """Whether there is something to object to where the fault does no harm: what a fixture made is out of date."""
        harmless = self.runner.faults.by_name[spec.fault].harmless
        if harmless is None:
            return False
        trace, _ = self.runner.trial(item, replace(spec, variant=harmless), usual, self.limits.get(spec.test))
        entry = trace.struck.entry if trace.struck is not None else None
        return entry is None or bool(self.judge(spec, trace, control, entry, twin, False, None))

    def _blocked(self, trace: Trace) -> None:
        for call in trace.calls:
            if call.error is not None and call.error.origin == "blocked":
                self.blocked.add(call.target)

    def _control(self, item: pytest.Item, usual: float, clock: bool = False) -> _Control:
        control = self._controls.get((item.nodeid, clock))
        if control is None:
            trace, ahead = self.runner.control(item, usual, clock=clock), 0.0
            if not trace.passed and self.results:
                ahead = self._further()
                trace = self.runner.control(item, usual, ahead=ahead, clock=clock)
            self._blocked(trace)
            control = self._controls[item.nodeid, clock] = _Control(trace, ahead)
            if not trace.passed:
                blocked = ", ".join(sorted(self.blocked))
                if trace.error is not None and trace.error.origin == "blocked" and blocked:
                    control.reason = f"the test reaches {blocked}: allow it with --prodready-allow-host"
                else:
                    why = trace.error.text if trace.error is not None else trace.why_failed
                    what = "the test does not pass a second time"
                    if self._broken_by is not None:
                        what = f"the application does not work any more since {self._broken_by}"
                    control.reason = scrub(f"{what}: {' '.join(why.split())[:200]}")
        return control

    def _further(self) -> float:
        """Seconds in the future at which nothing lasts any more that earlier trials left behind for a time."""
        self._ahead += 2 * LATER
        return self._ahead

    def _repeated(self, item: pytest.Item, usual: float, spec: TrialSpec, control: _Control) -> Trace | None:
        """A control run in which the request that will be struck is made again; made before anything can be broken."""
        twin = _twin(spec, None, control.trace)
        if twin is None or twin.kind != "route":
            return None
        key = spec.test, twin.number
        if key not in self._repeats:
            self._repeats[key] = self.runner.control(item, usual, twin.number, control.ahead)
        return self._repeats[key]

    def _leave_broken(self, spec: TrialSpec) -> None:
        """The application did not come back: whether later trials say anything is asked anew."""
        self._controls.clear()
        self._repeats.clear()
        self._broken_by = self._broken_by or f"{spec.fault} at {spec.point.site.file}:{spec.point.site.line}"

    def _again(
        self,
        item: pytest.Item,
        usual: float,
        control: _Control,
        spec: TrialSpec,
        struck: Call,
        twin: Entry,
        entry: Entry,
    ) -> Outcome | None:
        """The outcome of a second control run, made only where it can change the comparison."""
        if same(entry.outcome, twin.outcome, None) or twin.outcome is None or twin.outcome.is_error:
            return None
        outcome = entry.outcome
        if outcome is None or outcome.kind != twin.outcome.kind or outcome.status != twin.outcome.status:
            return None
        if control.again is None:
            control.again = self.runner.control(item, usual, ahead=control.ahead, clock=spec.of_clock)
        found = _twin(spec, struck, control.again)
        return found.outcome if found is not None else None


def _data(spec: TrialSpec) -> dict[str, Any]:
    return {**spec.to_json(), "id": spec.id}


def _twin(spec: TrialSpec, struck: Call | None, control: Trace) -> Entry | None:
    """The entry of the same call in the control run; of a pair, of the call that the first fault struck."""
    spec = spec.under or spec
    calls = [c for c in control.calls if c.phase == "call" and c.failable and c.point == spec.point]
    return calls[spec.occurrence - 1].entry if len(calls) >= spec.occurrence else None


def _unjudged(trace: Trace, entry: Entry) -> tuple[str, str] | None:
    """(verdict, reason) of a trial that says nothing about the application."""
    if trace.ended:
        return None
    error = entry.error
    if error is not None and error.origin == "plugin":
        hub.internal_errors.append(f"in a trial of {trace.test}: {error.name}: {error.text}")
        return "not-repeatable", OURS
    if error is not None and error.origin == "test":
        return (
            "not-repeatable",
            f"a test double cannot serve this fault: {error.name}: {' '.join(error.text.split())[:160]}",
        )
    if error is not None and error.origin == "blocked":
        return "not-repeatable", "another host was reached: allow it with --prodready-allow-host"
    if entry.outcome is None:
        return "not-repeatable", "how the entry ended was not seen"
    return None


def _outcome(entry: Entry, alike: bool) -> str:
    if alike:
        return "absorbed"
    outcome = entry.outcome
    if outcome is not None and outcome.error is not None and outcome.error.origin in ("own", "framework"):
        return "translated"
    if entry.error is not None and not entry.last_resort and entry.kind == "route":
        return "caught-all"
    if outcome is not None and outcome.status is not None and outcome.status >= 500 and "Exception" in entry.handlers:
        return "caught-all"
    return "degraded"


def _leaves(spec: TrialSpec) -> str:
    """What a fault leaves behind that the next request may stumble over: a reply, or a connection with its transaction open or not."""
    family = spec.fault.partition(".")[0]
    stays_open = family == "db" and spec.effect and spec.fault not in ENDING | {"db.commit-lost"}
    return f"{family} in a transaction" if stays_open else family


def _own_connection(spec: TrialSpec, control: Trace) -> bool:
    """The request or the test opens its connection: the next one need not get the transaction that the fault leaves open."""
    calls = [call for call in control.calls if call.entry is not None and call.entry.label == spec.point.entry]
    own = any(call.kind == "connect" or (call.family == "db" and call.passed_in) for call in calls)
    return own and _leaves(spec).endswith("transaction")
