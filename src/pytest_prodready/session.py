"""One run of pytest with us in it: the one place that joins observing, sweeping, judging and reporting."""

from __future__ import annotations

import functools
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from . import __version__, baseline, waivers
from .attacks import Attack
from .baseline import Baseline
from .checks import Check, Suite, View, judge, judges, reads_runs, surveyors, wanted_by
from .declared import validate
from .observation import Observation, observe
from .observed import SeenTrace
from .readiness import Survey, pillars_of, probes_of, reasons_of
from .registries import Registries
from .report.model import CheckInfo, Report, findings, numbered, tally
from .seams import Seams, clock, hub
from .seams.vcr import RECORDED
from .settings import PILLARS, Settings, matches, repeated
from .source import SourceMap, words_in
from .sweep import compat
from .sweep.body import Body
from .sweep.plan import Plan, TrialSpec
from .sweep.quiet import coverage_paused, quiet_hooks
from .sweep.run import Runner
from .sweep.share import Folder, Solo, parts_of, results_of
from .sweep.sweeper import Sweeper
from .sweep.told import told, told_attack
from .trace import Call, Entry, Point, Site, Trace
from .verdicts import ERROR, Objection, TrialResult
from .waivers import STALE, Sure, Waivers
from .whole import Whole

FIXTURES = ("faults", "trace", "payment_api", "growth")


class Session:
    """Observes the ordinary run, sweeps after it, and tells.

    Args:
        config: pytest's.
        settings: what the user asked for.
        registries: all seams, faults, checks and reports.
        seams: already installed with the flag; installed after collection for a marker alone.
    """

    def __init__(
        self,
        config: pytest.Config,
        settings: Settings,
        registries: Registries,
        seams: Seams,
        sources: SourceMap,
    ) -> None:
        self.config, self.settings, self.registries, self.seams, self.sources = (
            config,
            settings,
            registries,
            seams,
            sources,
        )
        self.checks = [c for c in registries.checks if self._selected_check(c.name, c.pillar)]
        self.body = Body()
        self.whole = Whole(config)
        self.waivers: Waivers | None = None  # not read yet
        self.baseline: Baseline | None = None
        self.observations: dict[str, Observation] = {}
        self.objections: list[Objection] = []
        self.seen_again: list[Objection] = []  # by --prodready-finding, where no trial shows it
        self.looked_at: list[tuple[str, Point]] = []  # (check, point)
        self.surveyed: Survey | None = None  # once a session, where the report is made
        self.notes: list[str] = []
        self.out_of_reach: list[str] = []  # connections that no seam hears
        self.items: dict[str, pytest.Item] = {}
        self.marked: dict[str, pytest.Mark] = {}
        self.report: Report | None = None
        self.share = self._share()
        self.folder: Path | None = None  # the controller's
        self.emitted = False
        self.written: list[str] = []  # what was written where
        self.late = False  # a controller that heard of a marker only from its workers: it concludes at the very end
        self._location: dict[str, tuple[str, int | None, str]] = {}
        hub.sources = sources
        hub.payment_hosts = settings.payment_hosts
        hub.wanted = wanted_by(self.checks)

    # ---------------------------------------------------------------------------------------------------- selection
    def _selected_check(self, name: str, pillar: str) -> bool:
        return self._chosen((name, pillar), self.settings.select, self.settings.ignore)

    def _chosen(self, names: tuple[str, str], select: Sequence[str], ignore: Sequence[str]) -> bool:
        """Whether a check (by its name or pillar) is wanted; patterns that name only faults do not choose checks."""
        kinds = [n for c in self.registries.checks for n in (c.name, c.pillar)] + list(PILLARS)
        chosen = [p for p in select if matches(kinds, [p])]
        return not matches(names, ignore) and (not chosen or matches(names, chosen))

    def _wants_fault(self, test: str, fault: str) -> bool:
        mark = self.marked.get(test)
        select = list((mark.kwargs.get("select") if mark else None) or self.settings.select)
        ignore = [*self.settings.ignore, *((mark.kwargs.get("ignore") if mark else None) or ())]
        chosen = [p for p in select if matches(self.registries.faults.by_name, [p])]
        return not matches([fault], ignore) and (not chosen or matches([fault], chosen))

    def _wants_check(self, name: str, test: str) -> bool:
        """Whether the test's own marker leaves this check in."""
        mark = self.marked.get(test)
        if mark is None:
            return True
        pillar = next((c.pillar for c in self.checks if c.name == name), "")
        return self._chosen((name, pillar), mark.kwargs.get("select") or (), mark.kwargs.get("ignore") or ())

    # -------------------------------------------------------------------------------------------------------- xdist
    @property
    def is_controller(self) -> bool:
        """xdist's controller: it runs no test itself."""
        return (
            not self.is_worker
            and getattr(self.config.option, "dist", "no") != "no"
            and self.config.pluginmanager.has_plugin("dsession")
        )

    @property
    def is_worker(self) -> bool:
        return hasattr(self.config, "workerinput")

    def _share(self) -> Solo:
        folder = self.config.workerinput.get("prodready") if self.is_worker else None  # type: ignore[attr-defined]
        if folder and os.path.isdir(folder):
            workerinput = self.config.workerinput  # type: ignore[attr-defined]
            return Folder(Path(folder), workerinput["workerid"], int(workerinput["workercount"]))
        return Solo()

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        if self.folder is None:
            self.folder = Path(tempfile.mkdtemp(prefix="prodready-"))
        (self.folder / f"expected-{node.workerinput['workerid']}").touch()
        node.workerinput["prodready"] = str(self.folder)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: Any) -> None:
        worker = node.workerinput["workerid"]
        output = getattr(node, "workeroutput", None) or {}
        if self.folder is None and "prodready" in output:
            self.folder = Path(tempfile.mkdtemp(prefix="prodready-"))
        if self.folder is not None and not (self.folder / f"finished-{worker}").exists():
            if "prodready" in output:  # a worker without our folder
                alone = json.loads(output["prodready"])
                (self.folder / f"observed-{worker}.json").write_text(json.dumps(alone["observed"]))
                (self.folder / f"summary-{worker}.json").write_text(json.dumps(alone["summary"]))
                lines = [json.dumps({"owner": worker, "result": result}) for result in alone["results"]]
                (self.folder / f"trials-{worker}.jsonl").write_text("\n".join(lines))
            else:
                (self.folder / f"dead-{worker}").touch()

    # --------------------------------------------------------------------------------------------------- collection
    def pytest_sessionstart(self) -> None:
        if self.settings.entries and not self.is_worker:
            validate(self.settings.entries, self.sources.files())
        if self.settings.sweep and not self.is_worker:
            self._read_decisions()

    def _read_decisions(self) -> Waivers:
        """What the project decided on findings: read before anything runs, since a mistake in it ends the run."""
        if self.waivers is None:
            sources = [(path, self.sources.classify(str(path))[1]) for path in self.sources.files()]
            names = [check.name for check in self.registries.checks if check.name != STALE.name]
            self.waivers = waivers.read(self.settings.root, sources, names, date.today())
            again = self.settings.trial or self.settings.finding  # which asks whether it still is as it was
            if self.settings.baseline is not None and not again:
                self.baseline = baseline.read(self.settings.baseline, self.settings.root, self.settings.write_baseline)
        return self.waivers

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        wanted = self._wanted_test()
        if wanted is not None and any(item.nodeid == wanted for item in items):
            others = [item for item in items if item.nodeid != wanted]
            items[:] = [item for item in items if item.nodeid == wanted]
            if others:
                config.hook.pytest_deselected(items=others)

    def _wanted_test(self) -> str | None:
        """The test of the trial or finding that is to be run again, as far as an earlier run's cache tells."""
        key = self.settings.trial or self.settings.finding
        if key is None:
            return None
        known = self._cached().get(key)
        return known["test"] if known else None

    def _cached(self) -> dict[str, Any]:
        cache = getattr(self.config, "cache", None)
        return (cache.get("prodready/known", {}) or {}) if cache is not None else {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = {item.nodeid: item for item in session.items}
        self._location = {item.nodeid: item.location for item in session.items}
        for item in session.items:
            mark = item.get_closest_marker("prodready")
            if mark is not None:
                self.marked[item.nodeid] = mark
        self.notes += compat.replaced_fixtures(session.items, FIXTURES)
        doctests = sum(compat.is_doctest(item) for item in session.items)
        if doctests and self.settings.sweep:
            self.notes.append(f"{doctests} doctest{'s are' if doctests > 1 else ' is'} observed and not swept")
        if not self.is_controller and any(self.observes(item) for item in session.items):
            self.seams.check()
        if self.marked and not self.is_worker:
            self._read_decisions()

    # ------------------------------------------------------------------------------------------------------ observe
    def _why_unswept(self, item: pytest.Item) -> str | None:
        mark = self.marked.get(item.nodeid)
        if mark is not None and mark.kwargs.get("skip"):
            return f"skipped: {mark.kwargs['skip']}"
        if self._injects(item):
            return "the test injects its own fault"
        if compat.is_doctest(item):
            return "doctests are not swept"
        return None

    def observes(self, item: pytest.Item) -> bool:
        if self.settings.sweep or item.nodeid in self.marked:
            return True
        return self._injects(item) or self._looks(item)

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
            if compat.is_hypothesis(item):  # how many examples there are is chance: see `_discover`
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

    def _discover(self, runner: Runner) -> None:
        """What Hypothesis tests do is observed in a run of their own, with examples that are always the same."""
        for nodeid, item in self.items.items():
            known = self.observations.get(nodeid)
            if known is not None and known.passed and not known.unswept and compat.is_hypothesis(item):
                self._keep(item, runner.control(item, known.seconds))

    def _read_clock(self, runner: Runner, began: float) -> None:
        """Who reads the clock is observed in a run of its own, and only where source may read it at all."""
        faults = [name for name, fault in self.registries.faults.by_name.items() if fault.family == clock.SEAM]
        named = any(matches(faults, [pattern]) for pattern in self.settings.select)
        if self.settings.depth == "quick" and not (named or self.settings.trial or self.settings.finding):
            return
        if not any(judges(check, fault) and check.concerns(False, fault) for check in self.checks for fault in faults):
            return
        tests = [
            (item, known)
            for nodeid, item in self.items.items()
            if (known := self.observations.get(nodeid)) is not None
            and known.passed and not known.unswept and any(self._wants_fault(nodeid, fault) for fault in faults)
        ]  # fmt: skip
        if not tests or not clock.is_read_in(self.sources.files()):
            return
        lost = 0
        for item, known in tests:
            if self.settings.budget is not None and time.perf_counter() - began >= self.settings.budget:
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
        objections, looked_at = len(self.objections), len(self.looked_at)
        if hub.deprecations:  # by imports, while tests were collected: the first test stands for all
            early = Trace(min(self.items, default=item.nodeid))
            early.deprecations, hub.deprecations = hub.deprecations, []
            self._look(early)
        if not found.unswept:
            self._look(trace)
            found.unswept = trace.unswept
        self.share.observed(lambda: self._plain([found], self.objections[objections:], self.looked_at[looked_at:]))

    def _look(self, trace: Trace) -> None:
        points: dict[Call | Point, Point | None] = {}
        for check in self.checks:
            if not reads_runs(check) or not self._wants_check(check.name, trace.test):
                continue
            for objection in check.look(trace):
                self.objections.append(replace(self._levelled(objection.scrubbed()), test=trace.test))
            looked_at = list(check.looked_at(trace))
            for seen in looked_at:
                if seen not in points:
                    points[seen] = seen if isinstance(seen, Point) else seen.point
            found = dict.fromkeys(points[seen] for seen in looked_at)
            self.looked_at += [(check.name, point) for point in found if point is not None]

    def _levelled(self, objection: Objection) -> Objection:
        """At the level that the user gave its check."""
        return replace(objection, level=dict(self.settings.levels).get(objection.check, objection.level))

    # -------------------------------------------------------------------------------------------------------- sweep
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        try:
            result = yield
        except BaseException:  # -x, --maxfail, Ctrl-C: the suite did not come to its end
            if self._asked():
                self.notes.append("no sweep: the suite was stopped")
            raise
        why_not = self._why_no_sweep(session)
        if why_not is not None:
            if why_not:
                self.notes.append(f"no sweep: {why_not}")
            return result
        interrupted: BaseException | None = None
        try:
            if not self.is_controller:
                with coverage_paused(), quiet_hooks(), compat.no_allure():
                    self._sweep(session)
        except KeyboardInterrupt as exc:
            interrupted = exc
        except pytest.UsageError:
            hub.stop()
            raise
        except Exception as exc:
            hub.internal_error("the sweep broke off", exc)
        finally:
            hub.stop()
        if not self.is_worker:
            self._conclude(session)
        if interrupted is not None:
            raise interrupted
        return result

    def _why_no_sweep(self, session: pytest.Session) -> str | None:
        """None to sweep, an empty text where there is nothing to say."""
        option = self.config.option
        for name in ("collectonly", "setuponly", "setupplan"):
            if getattr(option, name, False):
                return ""
        if (getattr(option, "usepdb", False) or getattr(option, "trace", False)) and not self.settings.trial:
            return "pytest is debugging"
        if session.shouldfail or session.shouldstop:
            return "the suite was stopped"
        if not self._asked():
            return ""
        recording = compat.recording_plugin(self.config)
        if recording:
            return f"{recording} is in update or record mode, and a trial would change its files"
        return None

    def _asked(self) -> bool:
        return self.settings.sweep or any(not mark.kwargs.get("skip") for mark in self.marked.values())

    def _observed(self) -> dict[str, Any]:
        return self._plain(list(self.observations.values()), self.objections, self.looked_at)

    @staticmethod
    def _plain(
        observations: list[Observation], objections: list[Objection], looked_at: list[tuple[str, Point]]
    ) -> dict[str, Any]:
        return {
            "observations": [o.to_json() for o in observations],
            "objections": [o.to_json() for o in objections],
            "looked_at": looked_at,
        }

    def _sweep(self, session: pytest.Session) -> None:
        settings = self.settings
        runner = Runner(
            session, self.sources, self.registries.faults, self.body, settings.allow_hosts, settings.deadline
        )
        self.config.pluginmanager.register(runner, "prodready-runner")
        began = time.perf_counter()
        self._discover(runner)
        self._read_clock(runner, began)
        observations = self.share.exchange(list(self.observations.values()), self._observed)
        plan = self._plan(observations)
        suite = _suite(observations)
        sweeper = Sweeper(
            runner=runner,
            plan=plan,
            judge=functools.partial(self._judge, suite),
            share=self.share,
            items=self.items,
            usual={o.test: o.seconds for o in observations},
            limits={t: float(m.kwargs["deadline"]) for t, m in self.marked.items() if m.kwargs.get("deadline")},
            budget_ends=None if settings.budget is None else began + settings.budget,
            detectors=self.registries.attacks,
        )
        self.plan, self.sweeper = plan, sweeper
        recorded = sum(o.unswept == RECORDED for o in observations)
        if recorded:
            self.notes.append(f"{recorded} test{'s' * (recorded > 1)} not swept: {RECORDED}")
        self._announce(plan, observations)
        summary: dict[str, Any] = {}
        try:
            if settings.trial or settings.finding:
                self._again(sweeper)
            else:
                if any(type(check).judge is not Check.judge for check in self.checks):
                    sweeper.sweep()
                attacks = self._attacks()
                if attacks:
                    sweeper.siege(attacks, self._judge_attack)
        finally:
            self.config.pluginmanager.unregister(runner)
            for host in sorted(sweeper.blocked):
                self.notes.append(f"trials may not reach {host}: open it with --prodready-allow-host={host}")
            self.notes += [
                f"a thread of a trial could not be ended and was abandoned: {name}" for name in runner.abandoned
            ]
            self.notes += [f"a wider fixture fails on its second set-up: {text}" for text in runner.broken_fixtures]
            summary = {"notes": self.notes, "internal_errors": hub.internal_errors, "lacks": self.whole.lacks}
            self.share.finish(summary)
        if self.is_worker and isinstance(self.share, Solo) and self.share.folder is None:
            alone = {
                "observed": self._observed(),
                "summary": summary,
                "results": [r.to_json() for r in sweeper.results.values()],
            }
            self.config.workeroutput["prodready"] = json.dumps(alone)  # type: ignore[attr-defined]

    def _plan(self, observations: list[Observation]) -> Plan:
        return Plan(observations, self.registries.faults, self.settings.depth, self._wants_fault, self.reads())

    def reads(self) -> Callable[[str], bool]:
        """Tells whether a name occurs as a word in source."""
        return words_in(self.sources.files()).__contains__

    def _announce(self, plan: Plan, observations: list[Observation]) -> None:
        terminal = self.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is None or self.is_worker:
            return
        usual = {o.test: o.seconds for o in observations}
        specs = [spec for specs in plan.wave_1() for spec in specs]
        seconds = sum(usual.get(spec.test, 0.0) for spec in specs)
        terminal.write("\n")
        terminal.write_line(
            f"prodready: {len(plan.points)} points, {len(specs)} trials in the first wave, about {seconds:.1f} s"
        )

    def _judge(
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
        call = trace.struck
        assert call is not None
        view = View(spec.fault, trace, call, entry, control, twin, alike, suite, repeated)
        checks = [check for check in self.checks if check.of_lasting or not spec.lasting]
        wanted = (self._levelled(o.scrubbed()) for o in judge(checks, view) if self._wants_check(o.check, spec.test))
        if spec.under is None:
            return list(wanted)
        site = spec.under.point.site
        first = f"{spec.under.fault} at {site.file}:{site.line}"
        return [replace(o, evidence={**o.evidence, "after": first}) for o in wanted]

    def _attacks(self) -> list[Attack]:
        """The attacks that a wanted check judges."""
        judged = {check.name for check in self.checks if type(check).attacked is not Check.attacked}
        return [attack for attack in self.registries.attacks if attack.name in judged]

    def _judge_attack(self, spec: TrialSpec, trace: Trace) -> list[Objection]:
        attempts = [attempt for attempt in trace.attempts if attempt.attack == spec.fault]
        return [
            replace(objection.scrubbed(), test=spec.test)
            for check in self.checks
            if check.name == spec.fault and self._wants_check(check.name, spec.test)
            for objection in check.attacked(attempts, trace)
        ]

    def _again(self, sweeper: Sweeper) -> None:
        """One trial again, with everything that it saw."""
        known = self._cached()
        key = self.settings.trial or known.get(self.settings.finding or "", {}).get("trial")
        if self._again_attacked(sweeper, key):
            return
        spec = self._spec(sweeper, key)
        if spec is None and self._again_without_trial():
            return
        if spec is None:
            asked = (
                f"--prodready-trial={self.settings.trial}"
                if self.settings.trial
                else f"--prodready-finding={self.settings.finding}"
            )
            raise pytest.UsageError(
                f"{asked}: no such trial in the tests that ran; give the test as its finding prints it"
            )
        level = known.get(spec.id, {}).get("level")
        result = sweeper.try_one(spec)
        if level == "error" or level == "warning":  # what the whole suite knew decides
            result.objections = [replace(o, level=level) for o in result.objections]
            if result.verdict == "handled" and level == ERROR and result.objections:
                result.verdict, result.outcome = "failed", result.objections[0].check
        (result,) = waivers.settle([result], (), self.waivers or Waivers())
        sweeper.results[result.id] = result
        self.story = told(spec, result, sweeper)

    def _again_attacked(self, sweeper: Sweeper, key: str | None) -> bool:
        """One attack on one leaf again, if that is what was asked for."""
        attacks = self._attacks()
        for planned in self.plan.sieges(attacks):
            for spec in planned.specs:
                if spec.id == key:
                    sweeper.besiege(replace(planned, specs=[spec]), attacks, self._judge_attack)
                    (result,) = waivers.settle([sweeper.results[spec.id]], (), self.waivers or Waivers())
                    sweeper.results[spec.id] = result
                    self.story = told_attack(spec, result, sweeper)
                    return True
        return False

    def _spec(self, sweeper: Sweeper, key: str | None) -> TrialSpec | None:
        first, _, second = (key or "").removeprefix("t-").partition("-")
        spec = next((s for s in self.plan.everything() if s.id == f"t-{first}"), None)
        if spec is None or not second:
            return spec
        sweeper.try_one(spec)  # the point of a pair's second fault shows under the first
        assert sweeper.last is not None
        return next((s for s in self.plan.pairs(spec, observe(sweeper.last)) if s.id == key), None)

    def _again_without_trial(self) -> bool:
        """A finding that the ordinary run shows, with no trial to tell of: seen again, or not."""
        self.objections += self._survey().objections
        infos = {c.name: CheckInfo(c.name, c.pillar, c.cwe) for c in self.checks}
        order = {c.name: n for n, c in enumerate(self.checks)}
        of = (self.waivers or Waivers()).of
        shown = findings(infos, order, (), self.objections, dict(self.settings.levels), {}, of)
        finding = next((f for f in shown if f.id == self.settings.finding), None)
        if finding is None:
            return False
        from .report.terminal import story

        key = (finding.check.name, finding.family, finding.handler)
        self.seen_again = [o for o in self.objections if (o.check, o.family, o.handler) == key]
        self.story = "\n".join([*story(finding), "  seen:   in the ordinary run of the test, without any fault"])
        return True

    # ----------------------------------------------------------------------------------------------------- conclude
    def _conclude(self, session: pytest.Session) -> None:
        try:
            self._report(session)
        except pytest.UsageError as exc:  # a controller that hears of a marker only now reads decisions only now
            self.notes.append(str(exc))
            session.exitstatus = pytest.ExitCode.USAGE_ERROR
        except Exception as exc:
            hub.internal_error("the report could not be made", exc)
            self.report = self.report or Report(__version__, self.settings.seed)
            self.report.internal_errors = list(hub.internal_errors)

    def _report(self, session: pytest.Session) -> None:
        if self.is_controller and self.folder is not None:
            folder = self.folder
            parts = parts_of(folder)
            summaries = [json.loads(p.read_text()) for p in sorted(folder.glob("summary-*.json"))]
            results, _ = results_of(folder)
            if any(folder.glob("dead-*")):
                self.whole.lacks.append("a worker died")
            for summary in summaries:
                self.notes += [n for n in summary["notes"] if n not in self.notes]
                self.whole.lacks += summary["lacks"]
                hub.internal_errors += [e for e in summary["internal_errors"] if e not in hub.internal_errors]
            shutil.rmtree(folder, ignore_errors=True)
            self.observations = {o["test"]: Observation.from_json(o) for part in parts for o in part["observations"]}
            self.objections = [Objection.from_json(o) for part in parts for o in part["objections"]]
            self.looked_at = [(c, Point(Site(*p[0]), p[1], p[2])) for part in parts for c, p in part["looked_at"]]
            self.plan = self._plan(list(self.observations.values()))
            self._location = {o.test: o.location for o in self.observations.values()}
        else:
            results = list(self.sweeper.results.values()) if hasattr(self, "sweeper") else []
        self.report = self._make_report(results)
        self._remember(self.report)
        self._emit(session, self.report)
        self._write(self.report)

    def _survey(self) -> Survey:
        """What the project's dependencies show; nothing is read where no selected check asks."""
        if self.surveyed is not None:
            return self.surveyed
        checks = surveyors(self.checks)
        if not (checks and self.settings.sweep and self.observations):
            return Survey()
        from .survey import survey

        try:
            root = Path(self.sources.root)
            sources = sorted(path for path in self.sources.files() if root in path.parents)  # others declare elsewhere
            self.surveyed = survey(checks, self.settings, sources, min(self.observations), date.today())
        except Exception as exc:
            hub.internal_error("the dependencies could not be looked at", exc)
            self.surveyed = Survey()
        return self.surveyed

    def _make_report(self, results: list[TrialResult]) -> Report:
        plan = self.plan
        report = Report(__version__, self.settings.seed)
        again = bool(self.settings.trial or self.settings.finding)
        static: dict[tuple[str, Point], tuple[str, str]] = {}
        if not again and any(check.name == "no-timeout" for check in self.checks):
            for point, spec in plan.endless.items():
                static["no-timeout", point] = (spec.id, spec.fault)
                results.append(
                    TrialResult(
                        spec.id,
                        {**spec.to_json(), "id": spec.id},
                        "failed",
                        "no-timeout",
                        "the call has no time-out: it would not end",
                    )
                )
        infos = {c.name: CheckInfo(c.name, c.pillar, c.cwe) for c in self.checks}
        order = {c.name: n for n, c in enumerate(self.checks)}
        surveyed = self._survey()
        if not again:
            self.objections += surveyed.objections
        objections = self.seen_again if again else self.objections
        decided = self._read_decisions()
        results = waivers.settle(results, objections, decided)
        report.findings = findings(infos, order, results, objections, dict(self.settings.levels), static, decided.of)
        self._live_with(report, results, decided)
        for finding in report.findings:
            finding.options = repeated(self.config)
        report.trials = results
        for observation in self.observations.values():
            for seam, count in observation.seams.items():
                report.seams[seam] = report.seams.get(seam, 0) + count
        waived = lambda o: decided.of(o) is not None  # noqa: E731
        probes = list(probes_of(results, plan, self.checks, self._wants_check, self.objections, self.looked_at, waived))
        probes += surveyed.probes(waived)
        tally(report, probes)
        known, chosen = {c.pillar for c in self.registries.checks}, {c.pillar for c in self.checks}
        report.pillars = pillars_of(probes, known, chosen, self.settings.select, self.settings.ignore, surveyed.blind)
        if not self.sources.seen_source and not any(self.sources.files()):
            self.notes.insert(
                0,
                f"NO SOURCE FOUND ({self.sources.looked_at()}): nothing was tried; name it with --prodready-source=PATH",
            )
        report.notes = [*self.notes, *surveyed.notes]
        for reason, count in sorted(reasons_of(results).items()):
            report.notes.append(f"{count} trial{'s' * (count > 1)} without a verdict: {reason}")
        report.internal_errors = list(hub.internal_errors)
        return report

    def _live_with(self, report: Report, results: list[TrialResult], decided: Waivers) -> None:
        """Mark what the baseline knows, and add a finding for each decision that nothing needs any more."""
        level = dict(self.settings.levels).get(STALE.name)
        if self.settings.trial or self.settings.finding:
            return
        sure = self._sure(results)
        objections = [*self.objections, *(o for result in results for o in result.objections)]
        pointless = waivers.stale(decided, objections, sure, level)
        if self.baseline is not None:
            if self.settings.write_baseline:
                self._write_baseline(self.baseline, report, sure)
            pointless += self.baseline.stale(report.findings, sure, level)
            self.baseline.mark(report.findings)
        if not matches([STALE.name], self.settings.ignore):
            report.findings = sorted([*report.findings, *numbered(pointless)], key=lambda f: f.level != ERROR)

    def _write_baseline(self, known: Baseline, report: Report, sure: Sure) -> None:
        try:
            count = known.write(report.findings, sure)
        except OSError as exc:
            self.notes.append(f"the baseline was not written: {exc}")
        else:
            self.written.append(f"Wrote baseline of {count} finding{'s' * (count != 1)} to {known.name}")

    def _sure(self, results: list[TrialResult]) -> Sure:
        """Whether what was not found is not there: not so in a run that left anything out."""
        chosen = {check.name for check in self.checks}
        checks = [check.name for check in self.registries.checks if check.name != STALE.name]
        lacks = [*self.whole.ask(checks), *hub.internal_errors, *(r.id for r in results if r.verdict == "not-tried")]
        whole = self.settings.sweep and not lacks
        lost = {r.point.site.file for r in results if r.verdict == "not-repeatable"}
        lost |= self.whole.beside(self.sources.classify(str(path))[1] for path in self.sources.files())

        def sure(check: str, concerns: Callable[[str], bool]) -> bool:
            selected = all(name in chosen for name in checks if matches([name], [check]))
            return whole and selected and not any(concerns(file) for file in lost)

        return sure

    def _remember(self, report: Report) -> None:
        cache = getattr(self.config, "cache", None)
        if cache is None or self.settings.trial or self.settings.finding:
            return
        known: dict[str, Any] = {}
        for finding in report.findings:
            if not finding.test:
                continue
            known[finding.id] = {"test": finding.test, "trial": finding.first_trial, "level": finding.level}
        for result in report.trials:
            for objection in result.objections:
                known[result.id] = {"test": result.spec["test"], "level": objection.level}
            if result.outcome == "no-timeout":
                known[result.id] = {"test": result.spec["test"], "level": ERROR}
        with suppress(OSError):
            cache.set("prodready/known", known)

    def _emit(self, session: pytest.Session, report: Report) -> None:
        """One failed report a finding, all together, with the test's own node id."""
        if self.settings.no_fail:
            return
        from .report.terminal import story

        with compat.same_stops(session):
            for finding in report.errors:
                for test in dict.fromkeys([finding.test, *(t for t in finding.tests if t in self.marked)]):
                    message = _short(story(finding))
                    failed = pytest.TestReport(
                        nodeid=test or finding.site.file,
                        location=self._location.get(test, (test or finding.site.file, None, "")), keywords={}, outcome="failed",
                        longrepr=compat.failure(finding.site.file or finding.handler, finding.site.line, message), when="call",
                    )  # fmt: skip
                    self.config.hook.pytest_runtest_logreport(report=failed)
        self.emitted = True

    def _write(self, report: Report) -> None:
        for kind, destination in self.settings.reports:
            reporter = self.registries.reports[kind]
            target = destination or reporter.default
            if target is None:
                continue
            path = self.config.invocation_params.dir / target
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(reporter.render(report), encoding="utf-8")
            except OSError as exc:
                self.notes.append(f"the {kind} report was not written: {exc}")
                report.notes.append(self.notes[-1])
            else:
                self.written.append(f"Wrote {kind} report to {target}")

    # ---------------------------------------------------------------------------------------------------------- end
    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.is_worker:
            return
        if self.report is None:
            for note in self.notes:
                terminalreporter.write_line(f"prodready: {note}")
            return
        if hasattr(self, "story"):
            terminalreporter.section("prodready: trial", sep="-")
            terminalreporter.write_line(self.story)
            return
        for kind, destination in self.settings.reports:
            reporter = self.registries.reports[kind]
            if reporter.default is None and destination is None:
                terminalreporter.section("prodready: readiness", sep="-")
                terminalreporter.write_line(reporter.render(self.report, terminalreporter._tw.fullwidth))
        for line in self.written:
            terminalreporter.write_line(line)
        for line in self._below(self.report):
            terminalreporter.write_line(f"ERROR: {line}", red=True)

    def _below(self, report: Report) -> list[str]:
        """Why --prodready-fail-under is not met."""
        lines = []
        for name, wanted in self.settings.fail_under:
            percent = report.total.percent if name == "total" else None
            if name != "total":
                pillar = report.pillars[name]
                percent = pillar.counts.percent if pillar.status == "measured" else None
            if percent is None:
                lines.append(f"Production readiness failure: {name} is inconclusive, fail-under={wanted:g}%")
            elif percent < wanted:
                lines.append(
                    f"Production readiness failure: {name} of {percent:.1f}% is less than fail-under={wanted:g}%"
                )
        return lines

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> Generator[None, object, object]:
        if self.late and self.report is None:
            self._conclude(session)
        if not self.is_worker and exitstatus in (0, 1):
            self._set_exit_status(session, exitstatus)
        return (yield)

    def _set_exit_status(self, session: pytest.Session, exitstatus: int) -> None:
        if (self.report is not None and self._below(self.report)) or (
            self.emitted and self.report is not None and self.report.errors and exitstatus == 0
        ):
            session.exitstatus = 1

    def pytest_unconfigure(self) -> None:
        hub.wanted = None
        self.seams.uninstall()
        self.body.uninstall()
        hub.stop()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def _short(story: list[str]) -> str:
    """The first and the last line: all of it stands in the report."""
    return "\n".join(["prodready: " + story[0], *story[-2:]])


def _suite(observations: list[Observation]) -> Suite:
    entered = [s for o in observations for s in o.sightings if s.entry_kind != "direct"]
    driven = any(kind != "direct" for o in observations for kind, _ in o.entries)
    return Suite(driven, frozenset(s.point.site for s in entered))
