"""One run of pytest with us in it: the one place that joins observing, sweeping, judging and reporting."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Generator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from . import __version__
from .again import Again
from .checks import Check, surveyors, wanted_by
from .concluding import below, conclude
from .decisions import Decisions
from .declared import validate
from .judging import Judging, suite_of
from .observation import Observation
from .observing import Observing
from .readiness import Survey
from .registries import Registries
from .report.model import Report
from .seams import Seams, hub
from .seams.vcr import RECORDED
from .selection import Selection
from .settings import Settings, repeated
from .source import SourceMap, words_in
from .sweep import compat
from .sweep.body import Body
from .sweep.plan import Plan
from .sweep.quiet import coverage_paused, quiet_hooks
from .sweep.run import Runner
from .sweep.sweeper import Sweeper
from .trace import Point, Site
from .verdicts import Objection
from .whole import Whole
from .workers import Workers

FIXTURES = ("faults", "trace", "payment_api", "growth", "attack_client")


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
        self.selection = Selection(settings, registries)
        self.judging = Judging(self.selection)
        self.again = Again(config, self.judging)
        self.body = Body()
        self.whole = Whole(config)
        self.decisions = Decisions(self.selection, sources, self.whole)
        self.workers = Workers(config)
        self.share = self.workers.share()
        self.notes: list[str] = []
        self.observing = Observing(self.judging, sources, self.share, self.notes)
        self.surveyed: Survey | None = None  # once a session, where the report is made
        self.plan: Plan | None = None
        self.sweeper: Sweeper | None = None
        self.out_of_reach: list[str] = []  # connections that no seam hears
        self.report: Report | None = None
        self.emitted = False
        self.written: list[str] = []  # what was written where
        self.late = False  # a controller that heard of a marker only from its workers: it concludes at the very end
        self._location: dict[str, tuple[str, int | None, str]] = {}
        hub.sources = sources
        hub.payment_hosts = settings.payment_hosts
        hub.wanted = wanted_by(self.selection.checks)
        hub.hosts = settings.allow_hosts
        hub.plans.clear()
        hub.designed.clear()

    # -------------------------------------------------------------------------------------------------------- xdist
    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        self.workers.started(node)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: Any) -> None:
        self.workers.ended(node)

    # --------------------------------------------------------------------------------------------------- collection
    def pytest_sessionstart(self) -> None:
        if self.settings.entries and not self.workers.is_worker:
            validate(self.settings.entries, self.sources.files())
        if self.settings.sweep and not self.workers.is_worker:
            self.decisions.read()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        wanted = self.again.test()
        if wanted is not None and any(item.nodeid == wanted for item in items):
            others = [item for item in items if item.nodeid != wanted]
            items[:] = [item for item in items if item.nodeid == wanted]
            if others:
                config.hook.pytest_deselected(items=others)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.observing.items = {item.nodeid: item for item in session.items}
        self._location = {item.nodeid: item.location for item in session.items}
        for item in session.items:
            mark = item.get_closest_marker("prodready")
            if mark is not None:
                self.selection.marked[item.nodeid] = mark
        self.notes += compat.replaced_fixtures(session.items, FIXTURES)
        doctests = sum(compat.is_doctest(item) for item in session.items)
        if doctests and self.settings.sweep:
            self.notes.append(f"{doctests} doctest{'s are' if doctests > 1 else ' is'} observed and not swept")
        if not self.workers.is_controller and any(self.observing.observes(item) for item in session.items):
            self.seams.check()
        if self.selection.marked and not self.workers.is_worker:
            self.decisions.read()

    # -------------------------------------------------------------------------------------------------------- sweep
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        try:
            result = yield
        except BaseException:  # -x, --maxfail, Ctrl-C: the suite did not come to its end
            if self.selection.swept:
                self.notes.append("no sweep: the suite was stopped")
            raise
        why_not = self._why_no_sweep(session)
        if why_not is not None:
            if why_not:
                self.notes.append(f"no sweep: {why_not}")
            return result
        interrupted: BaseException | None = None
        try:
            if not self.workers.is_controller:
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
        if not self.workers.is_worker:
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
        if not self.selection.swept:
            return ""
        recording = compat.recording_plugin(self.config)
        if recording:
            return f"{recording} is in update or record mode, and a trial would change its files"
        return None

    def _sweep(self, session: pytest.Session) -> None:
        settings = self.settings
        runner = Runner(
            session, self.sources, self.registries.faults, self.body, settings.allow_hosts, settings.deadline
        )
        self.config.pluginmanager.register(runner, "prodready-runner")
        began = time.perf_counter()
        self.observing.discover(runner)
        self.observing.read_clock(runner, began)
        self.observing.hear_calls(runner, began)
        observations = self.share.exchange(list(self.observing.observations.values()), self.observing.all)
        plan = self._plan(observations)
        sweeper = Sweeper(
            runner=runner,
            plan=plan,
            judge=functools.partial(self.judging.trial, suite_of(observations)),
            share=self.share,
            items=self.observing.items,
            usual={o.test: o.seconds for o in observations},
            limits={
                t: float(m.kwargs["deadline"]) for t, m in self.selection.marked.items() if m.kwargs.get("deadline")
            },
            budget_ends=None if settings.budget is None else began + settings.budget,
            detectors=self.registries.attacks,
            stored=self.again.inputs(),
            seed=settings.seed,
        )
        self.plan, self.sweeper = plan, sweeper
        recorded = sum(o.unswept == RECORDED for o in observations)
        if recorded:
            self.notes.append(f"{recorded} test{'s' * (recorded > 1)} not swept: {RECORDED}")
        self._announce(plan, observations)
        summary: dict[str, Any] = {}
        try:
            if settings.again:
                self.again.run(sweeper, plan, self._survey, self.decisions.read())
            else:
                if any(type(check).judge is not Check.judge for check in self.selection.checks):
                    sweeper.sweep()
                if self.selection.attacks:
                    sweeper.siege(self.selection.attacks, self.judging.attack)
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
        if self.workers.is_worker and self.share.folder is None:
            self.workers.tell(self.observing.all(), summary, list(sweeper.results.values()))

    def _plan(self, observations: list[Observation]) -> Plan:
        return Plan(observations, self.registries.faults, self.settings.depth, self.selection.wants_fault, self.reads())

    def reads(self) -> Callable[[str], bool]:
        """Tells whether a name occurs as a word in source."""
        return words_in(self.sources.files()).__contains__

    def _announce(self, plan: Plan, observations: list[Observation]) -> None:
        terminal = self.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is None or self.workers.is_worker:
            return
        usual = {o.test: o.seconds for o in observations}
        specs = [spec for specs in plan.wave_1() for spec in specs]
        seconds = sum(usual.get(spec.test, 0.0) for spec in specs)
        terminal.write("\n")
        terminal.write_line(
            f"prodready: {len(plan.points)} points, {len(specs)} trials in the first wave, about {seconds:.1f} s"
        )

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
        results = list(self.sweeper.results.values()) if self.sweeper is not None else []
        taken = self.workers.taken()
        if taken is not None:
            parts, summaries, results = taken
            for summary in summaries:
                self.notes += [n for n in summary["notes"] if n not in self.notes]
                self.whole.lacks += summary["lacks"]
                hub.internal_errors += [e for e in summary["internal_errors"] if e not in hub.internal_errors]
            self.observing.observations = {
                o["test"]: Observation.from_json(o) for part in parts for o in part["observations"]
            }
            self.judging.objections = [Objection.from_json(o) for part in parts for o in part["objections"]]
            self.judging.looked_at = [
                (c, Point(Site(*p[0]), p[1], p[2])) for part in parts for c, p in part["looked_at"]
            ]
            self._location = {o.test: o.location for o in self.observing.observations.values()}
        if self.plan is None:
            self.plan = self._plan(list(self.observing.observations.values()))
        if not self.sources.seen_source and not any(self.sources.files()):
            self.notes.insert(
                0,
                f"NO SOURCE FOUND ({self.sources.looked_at()}): nothing was tried; name it with --prodready-source=PATH",
            )
        self.report = conclude(
            self.judging, self.decisions, self.again, self.plan, results, self._survey(),
            self.observing.observations.values(), self.notes, repeated(self.config),
        )  # fmt: skip
        self.again.remember(self.report)
        self._emit(session, self.report)
        self._write(self.report)

    def _survey(self) -> Survey:
        """What the project's dependencies show; nothing is read where no selected check asks."""
        if self.surveyed is not None:
            return self.surveyed
        checks = surveyors(self.selection.checks)
        if not (checks and self.settings.sweep and self.observing.observations):
            return Survey()
        from .survey import survey

        try:
            root = Path(self.sources.root)
            sources = sorted(path for path in self.sources.files() if root in path.parents)  # others declare elsewhere
            self.surveyed = survey(checks, self.settings, sources, min(self.observing.observations), date.today())
        except Exception as exc:
            hub.internal_error("the dependencies could not be looked at", exc)
            self.surveyed = Survey()
        return self.surveyed

    def _emit(self, session: pytest.Session, report: Report) -> None:
        """One failed report a finding, all together, with the test's own node id."""
        if self.settings.no_fail:
            return
        from .report.terminal import story

        with compat.same_stops(session):
            for finding in report.errors:
                for test in dict.fromkeys([finding.test, *(t for t in finding.tests if t in self.selection.marked)]):
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
        if self.workers.is_worker:
            return
        if self.report is None:
            for note in self.notes:
                terminalreporter.write_line(f"prodready: {note}")
            return
        if self.again.story is not None:
            terminalreporter.section("prodready: trial", sep="-")
            terminalreporter.write_line(self.again.story)
            return
        for kind, destination in self.settings.reports:
            reporter = self.registries.reports[kind]
            if reporter.default is None and destination is None:
                terminalreporter.section("prodready: readiness", sep="-")
                terminalreporter.write_line(reporter.render(self.report, terminalreporter._tw.fullwidth))
        for line in [*self.decisions.written, *self.written]:
            terminalreporter.write_line(line)
        for line in below(self.report, self.settings):
            terminalreporter.write_line(f"ERROR: {line}", red=True)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> Generator[None, object, object]:
        if self.late and self.report is None:
            self._conclude(session)
        if not self.workers.is_worker and exitstatus in (0, 1):
            self._set_exit_status(session, exitstatus)
        return (yield)

    def _set_exit_status(self, session: pytest.Session, exitstatus: int) -> None:
        if (self.report is not None and below(self.report, self.settings)) or (
            self.emitted and self.report is not None and self.report.errors and exitstatus == 0
        ):
            session.exitstatus = 1

    def pytest_unconfigure(self) -> None:
        hub.wanted = None
        self.seams.uninstall()
        self.body.uninstall()
        hub.stop()
        self.workers.remove()


def _short(story: list[str]) -> str:
    """The first and the last line: all of it stands in the report."""
    return "\n".join(["prodready: " + story[0], *story[-2:]])
