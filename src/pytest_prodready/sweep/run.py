"""Make one run of one test: the ordinary one, a control run, or a trial."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest

from ..faults import Faults, Strike
from ..seams import hub
from ..seams.awaited import awaited
from ..seams.called import attacked, noted
from ..seams.clock import frozen
from ..source import SourceMap
from ..trace import Call, Entry, Trace
from . import compat
from .arm import Arm, Pair
from .body import Body
from .clock import VirtualClock, calendar_ahead
from .guard import SocketGuard, Threads, deadline, loops_healed, no_exit
from .outcome import plain
from .output import Output
from .plan import TrialSpec
from .quiet import warnings_warn
from .recover import Recovery
from .siege import Siege
from .watch import Watch

#: A trial may take this long in seconds, or this many times what the test takes.
DEADLINE, TIMES = 10.0, 10.0
#: A run in which requests are attacked may take so many times that: the deadline is that of each request.
SIEGE = 6
#: The least seconds that a request gets which is made again.
AGAIN = 5.0


class Runner:
    """Re-runs items through pytest's own protocol.

    Args:
        session: the session that holds the items.
        sources: tells source from tests.
        faults: the registry.
        body: arms what a run needs in the test's body.
        allowed: hosts beyond loopback that trials may reach.
        limit: the user's deadline in seconds, None for the default.
    """

    def __init__(
        self,
        session: pytest.Session,
        sources: SourceMap,
        faults: Faults,
        body: Body,
        allowed: tuple[str, ...],
        limit: float | None,
    ) -> None:
        self.session, self.sources, self.faults, self.body = session, sources, faults, body
        self.clock = VirtualClock(lambda filename: sources.classify(filename)[0] == "source")
        self.guard = SocketGuard(allowed)
        self.threads = Threads()
        self.output = Output()
        self.limit = limit
        self.number = 0
        self.abandoned: list[str] = []
        self.broken_fixtures: list[str] = []
        self._last: pytest.Item | None = None
        self._reports: list[pytest.TestReport] | None = None

    # ------------------------------------------------------------------------------------------------------- runs
    def control(
        self,
        item: pytest.Item,
        usual: float,
        repeated: int | None = None,
        ahead: float = 0.0,
        clock: bool = False,
        calls: bool = False,
    ) -> Trace:
        """The trial in all but the fault.

        Args:
            repeated: number of the entry that is made again, as after a trial.
            ahead: seconds by which it is made in the future.
            clock: it is seen who reads the clock, as in trials with a fault of that.
            calls: it is heard which functions of source the test calls, and what with.
        """

        def again(trace: Trace, entry: Entry) -> bool:
            return entry.number == repeated

        return self._run(item, None, usual, again=again, ahead=ahead, clock=clock, calls=calls)

    def trial(
        self,
        item: pytest.Item,
        spec: TrialSpec,
        usual: float,
        limit: float | None,
        again: bool = False,
        ahead: float = 0.0,
    ) -> tuple[Trace, Arm]:
        """Run `item` with the fault of `spec`.

        Args:
            usual: the test's own time in seconds.
            limit: the deadline that the test's marker sets in seconds, or None.
            again: make the struck request again once the fault is over.
            ahead: seconds by which it is made in the future.
        """
        arm = self._arm(spec)
        trace = self._run(
            item,
            arm,
            usual,
            limit,
            lambda trace, entry: again and trace.struck is not None and trace.struck.entry is entry,
            ahead,
            spec.of_clock,
        )
        if spec.under is not None and not arm.fired:
            trace.struck = None
        return trace, arm

    def siege(self, item: pytest.Item, siege: Siege, usual: float) -> Trace:
        """Run `item` with attacked requests before one of its own."""
        hub.siege, siege.ends_run = siege, True
        try:
            limit = SIEGE * (self.limit or max(DEADLINE, TIMES * usual))
            trace = self._run(item, None, usual, limit, siege=siege)
        finally:
            hub.siege = lambda request: ()
        siege.finish(trace)
        return trace

    def _arm(self, spec: TrialSpec) -> Arm:
        fault = self.faults.by_name[spec.fault]
        driver = self.faults.driver(spec.seam)
        assert driver is not None, f"no driver for {spec.seam}"
        if spec.under is not None:
            return Pair(self._arm(spec.under), spec, fault, driver, self.clock)
        return Arm(spec, fault, driver, self.clock)

    def _run(
        self,
        item: pytest.Item,
        arm: Arm | None,
        usual: float,
        limit: float | None = None,
        again: Callable[[Trace, Entry], bool] = lambda trace, entry: False,
        ahead: float = 0.0,
        clock: bool = False,
        calls: bool = False,
        siege: Siege | None = None,
    ) -> Trace:
        self._share_fixtures_with(item)
        self.number += 1
        trace = Trace(item.nodeid)
        watch = Watch(hub.error_info, lambda entry: self.output.since(entry.printed))
        watched = arm is None or arm.spec.direct

        def watch_direct(found: Entry, frame: FrameType) -> bool:
            if watched:
                watch.add(found, frame)
            return watched

        seconds = limit or self.limit or max(DEADLINE, TIMES * usual)
        self.body.around = [
            *([lambda: frozen(lambda: self.clock.offset)] if clock else []),
            lambda: self.clock.running(ahead, wall=not clock),
            lambda: calendar_ahead(ahead) if ahead and not clock else contextlib.nullcontext(),
            self.guard.active,
            self.threads.active,
            self.output.running,
            warnings_warn,
            lambda: self._armed(arm if siege is None else siege.late, watch_direct, watch.prepare if watched else None),
            lambda: no_exit(trace.end),
            lambda: deadline(seconds, lambda: trace.end(f"took more than {seconds:g} s")),
            *([noted] if calls else []),
            *([attacked, lambda: awaited(siege.pattern)] if siege is not None and siege.of_calls else []),
        ]
        hub.run, hub.production = self.number, True
        hub.printed, hub.plain, hub.later = self.output, plain, self.clock.pass_by
        hub.rounds = Recovery(lambda entry: again(trace, entry), self.clock, max(AGAIN, TIMES * usual))
        hub.start(trace)
        started = time.perf_counter()
        try:
            with (
                loops_healed(lambda: bool(trace.ended or trace.stuck)),
                compat.muted(self.session),
                compat.fresh(item),
                compat.same_examples(item, lambda: trace.struck is not None or (siege is not None and siege.reached)),
            ):
                self._reports = []
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=item.parent)
                reports = self._reports
        finally:
            self._reports = None
            trace.seconds = time.perf_counter() - started
            watch.stop()
            trace.sleeps = self.clock.sleeps
            trace.printed_errors = self.output.since((0, 0))[1]
            hub.stop()
            hub.run, hub.production = 0, False
            hub.printed, hub.plain, hub.later = None, lambda value: None, lambda seconds: None
            hub.rounds = lambda entry, request: ()
            self.body.around = []
        trace.passed = bool(reports) and all(r.passed for r in reports)
        if not trace.passed and trace.error is None:
            failed = next((r for r in reports if not r.passed), None)
            trace.why_failed = (
                f"{failed.when}: {str(failed.longrepr)[:300]}" if failed is not None else "the test did not run"
            )
        if trace.ended or trace.stuck:
            self.abandoned += [name for name in self.threads.abandon() if name not in self.abandoned]
        return trace

    def _share_fixtures_with(self, item: pytest.Item | None) -> None:
        """Keep the wider fixtures that neighbouring runs share, and no others."""
        if self._last is not None and self._last is not item:
            try:
                with compat.muted(self.session):
                    compat.tear_down(self.session, item)
            except Exception as exc:
                self.broken_fixtures.append(f"tearing down after {self._last.nodeid}: {type(exc).__name__}: {exc}")
        self._last = item

    def finish(self) -> None:
        """Tear down all that is still set up."""
        self._share_fixtures_with(None)

    @contextlib.contextmanager
    def _armed(
        self,
        arm: Callable[[Call, Any], Strike | None] | None,
        watch_direct: Callable[[Entry, FrameType], bool],
        before_direct: Callable[[FrameType], None] | None,
    ) -> Iterator[None]:
        hub.striker, hub.watch_direct, hub.before_direct = arm, watch_direct, before_direct
        try:
            yield
        finally:
            hub.striker = hub.watch_direct = hub.before_direct = None

    # ------------------------------------------------------------------------------------------------------ hooks
    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: Any) -> bool | None:
        """Answers the nested call: other plugins' wrappers see a run like any other, nothing is reported."""
        if self._reports is None:
            return None
        self._reports.extend(compat.run_protocol(item, nextitem))
        return True

    @pytest.hookimpl(optionalhook=True, tryfirst=True)
    def pytest_timeout_set_timer(self, item: pytest.Item, settings: Any) -> bool | None:
        """A trial has its deadline; pytest-timeout would end the whole run (its method `thread`) or strike in our code."""
        return None if self._reports is None else True

    @pytest.hookimpl(optionalhook=True, tryfirst=True)
    def pytest_timeout_cancel_timer(self, item: pytest.Item) -> bool | None:
        return None if self._reports is None else True
