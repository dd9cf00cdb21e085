"""From what was observed, tried and decided to the report."""

from __future__ import annotations

from collections.abc import Iterable

from . import __version__, waivers
from .again import Again
from .decisions import Decisions
from .judging import Judging
from .observation import Observation
from .readiness import Survey, lost, pillars_of, probes_of, reasons_of, untold
from .report.model import Report, tally
from .seams import hub
from .settings import Settings
from .sweep.plan import Plan
from .trace import Point
from .verdicts import TrialResult


def conclude(
    judging: Judging,
    decisions: Decisions,
    again: Again,
    plan: Plan,
    results: Iterable[TrialResult],
    surveyed: Survey,
    observations: Iterable[Observation],
    notes: list[str],
    options: tuple[str, ...],
) -> Report:
    """The report of a run.

    Args:
        results: how its trials ended.
        surveyed: what the project's dependencies show.
        notes: what else there is to say.
        options: those of the command line that one trial needs again to be the same.
    """
    selection, results = judging.selection, list(results)
    settings = selection.settings
    report = Report(__version__, settings.seed)
    static: dict[tuple[str, Point], tuple[str, str]] = {}
    if not settings.again and any(check.name == "no-timeout" for check in selection.checks):
        for point, spec in plan.endless.items():
            static["no-timeout", point] = (spec.id, spec.fault)
            told = {**spec.to_json(), "id": spec.id}
            results.append(
                TrialResult(spec.id, told, "failed", "no-timeout", "the call has no time-out: it would not end")
            )
    if not settings.again:
        judging.objections += surveyed.objections
    objections = again.seen if settings.again else judging.objections
    decided = decisions.read()
    results = waivers.settle(results, objections, decided)
    report.trials = results
    report.findings = judging.findings(results, objections, decided, static)
    report.notes = [*notes, *surveyed.notes]
    decisions.apply(report, judging.objections)
    for finding in report.findings:
        finding.options = options
    observations = list(observations)
    for observation in observations:
        for seam, count in observation.seams.items():
            report.seams[seam] = report.seams.get(seam, 0) + count
    waived = lambda o: decided.of(o) is not None  # noqa: E731
    wanted, looked_at = selection.wants_check, judging.looked_at
    probes = list(probes_of(results, plan, selection.checks, wanted, judging.objections, looked_at, waived))
    unseen = [one for observation in observations for one in observation.unseen]
    probes += lost(unseen, looked_at, selection.checks)
    report.notes += untold(unseen)
    probes += surveyed.probes(waived)
    tally(report, probes)
    known, chosen = {c.pillar for c in selection.registries.checks}, {c.pillar for c in selection.checks}
    report.pillars = pillars_of(probes, known, chosen, settings.select, settings.ignore, surveyed.blind)
    for reason, count in sorted(reasons_of(results).items()):
        report.notes.append(f"{count} trial{'s' * (count > 1)} without a verdict: {reason}")
    report.internal_errors = list(hub.internal_errors)
    return report


def below(report: Report, settings: Settings) -> list[str]:
    """Why --prodready-fail-under is not met."""
    lines = []
    for name, wanted in settings.fail_under:
        percent = report.total.percent if name == "total" else None
        if name != "total":
            pillar = report.pillars[name]
            percent = pillar.counts.percent if pillar.status == "measured" else None
        if percent is None:
            lines.append(f"Production readiness failure: {name} is inconclusive, fail-under={wanted:g}%")
        elif percent < wanted:
            lines.append(f"Production readiness failure: {name} of {percent:.1f}% is less than fail-under={wanted:g}%")
    return lines
