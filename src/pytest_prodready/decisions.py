"""What the project decided on findings, as one run applies it: waivers and the baseline, and whether they still hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from . import baseline, waivers
from .baseline import Baseline
from .report.model import Report, numbered
from .seams import hub
from .selection import Selection
from .settings import matches
from .source import SourceMap
from .verdicts import ERROR, Objection, TrialResult
from .waivers import STALE, Sure, Waivers
from .whole import Whole


class Decisions:
    """The project's decisions: read once, before anything runs, since a mistake in them ends the run.

    Attributes:
        written: what was written where, one line each.
    """

    def __init__(self, selection: Selection, sources: SourceMap, whole: Whole) -> None:
        self.selection, self.sources, self.whole = selection, sources, whole
        self.settings = selection.settings
        self.written: list[str] = []
        self._waivers: Waivers | None = None  # not read yet
        self._baseline: Baseline | None = None

    @property
    def _names(self) -> list[str]:
        return [check.name for check in self.selection.registries.checks if check.name != STALE.name]

    def read(self) -> Waivers:
        """The waivers; the baseline is read with them.

        Raises:
            pytest.UsageError: for one that is not written as it must be.
        """
        if self._waivers is None:
            settings = self.settings
            sources = [(path, self.sources.classify(str(path))[1]) for path in self.sources.files()]
            self._waivers = waivers.read(settings.root, sources, self._names, date.today())
            if settings.baseline is not None and not settings.again:  # which asks whether it still is as it was
                self._baseline = baseline.read(settings.baseline, settings.root, settings.write_baseline)
        return self._waivers

    def apply(self, report: Report, objections: list[Objection]) -> None:
        """Mark what the baseline knows, and add a finding for each decision that nothing needs any more.

        Args:
            objections: what checks hold against ordinary runs.
        """
        if self.settings.again:
            return
        level = dict(self.settings.levels).get(STALE.name)
        sure = self._sure(report.trials)
        every = [*objections, *(o for result in report.trials for o in result.objections)]
        pointless = waivers.stale(self.read(), every, sure, level)
        if self._baseline is not None:
            if self.settings.write_baseline:
                self._write(self._baseline, report, sure)
            pointless += self._baseline.stale(report.findings, sure, level)
            self._baseline.mark(report.findings)
        if not matches([STALE.name], self.settings.ignore):
            report.findings = sorted([*report.findings, *numbered(pointless)], key=lambda f: f.level != ERROR)

    def _write(self, known: Baseline, report: Report, sure: Sure) -> None:
        try:
            count = known.write(report.findings, sure)
        except OSError as exc:
            report.notes.append(f"the baseline was not written: {exc}")
        else:
            self.written.append(f"Wrote baseline of {count} finding{'s' * (count != 1)} to {known.name}")

    def _sure(self, results: list[TrialResult]) -> Sure:
        """Whether what was not found is not there: not so in a run that left anything out."""
        chosen = {check.name for check in self.selection.checks}
        lacks = [
            *self.whole.ask(self._names),
            *hub.internal_errors,
            *(r.id for r in results if r.verdict == "not-tried"),
        ]
        whole = self.settings.sweep and not lacks
        lost = {r.point.site.file for r in results if r.verdict == "not-repeatable"}
        lost |= self.whole.beside(self.sources.classify(str(path))[1] for path in self.sources.files())

        def sure(check: str, concerns: Callable[[str], bool]) -> bool:
            selected = all(name in chosen for name in self._names if matches([name], [check]))
            return whole and selected and not any(concerns(file) for file in lost)

        return sure
